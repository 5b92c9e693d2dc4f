from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from carescore.elimination import last_role
from carescore.errors import TranscriptError
from carescore.role_cues import CUES, PHRASES
from carescore.roles import CONFIDENT, assign
from carescore.transcript import Channel, Role, RoleSource, Transcript, Turn
from tests.growth import linear

CORPUS = Path(__file__).parent.parent / "data" / "corpus" / "calls"

AGENT = [
    "Thank you for calling Harbour Bank, this is Rosa speaking, how can I help you today?",
    "I'm sorry to hear that. Can I take your account number, please?",
    "Thank you. Let me check that for you. I can see the payment on your account.",
    "You'll get a letter within five working days. Is there anything else I can help you with?",
]
CUSTOMER = [
    "Hi, I'm calling about my card. I've been charged twice and I don't know what to do.",
    "It's four four one nine.",
    "Oh good. How long will I have to wait for my money?",
    "No, that's all, thank you so much for your help.",
]
SECOND_AGENT = [
    "Hello, you're through to the card team. I understand you were charged twice, I apologise for that.",
    "I can see both payments here. I've put the refund through for you, our team will confirm by email.",
    "You're welcome. Have a lovely day.",
]
FRIENDS = [
    [
        "hey are you coming tonight?",
        "yeah i think so, what time",
        "around 8, bring your guitar",
        "ok see you there",
    ],
    [
        "Did you see the game last night?",
        "No, I had to work late.",
        "We lost, three nil.",
        "Oh no, not again.",
    ],
    [
        "Hi Mum, it's me.",
        "Hello darling, how are you?",
        "I'm fine, I was at the lake.",
        "Lovely, was it warm?",
    ],
    [
        "What do you think of the flat?",
        "I like it but it is small.",
        "It has a garden.",
        "True, let me think.",
    ],
]


def call(
    *said: tuple[str, str],
    roles: dict[str, Role] | None = None,
    channel: Channel | None = None,
    agent: str | None = None,
) -> Transcript:
    told = roles or {}
    turns = tuple(
        Turn(
            index=index,
            speaker=speaker,
            text=text,
            role=told.get(speaker, "unknown"),
            role_source="told" if speaker in told else "unknown",
        )
        for index, (speaker, text) in enumerate(said)
    )
    return Transcript(call_id="c1", source="c1.txt", turns=turns, channel=channel, agent=agent)


def two(first: str = "spk_0", second: str = "spk_1", **options: object) -> Transcript:
    said = [
        (s, t)
        for pair in zip(AGENT, CUSTOMER, strict=True)
        for s, t in zip((first, second), pair, strict=True)
    ]
    return call(*said, **options)  # type: ignore[arg-type]


def roles_of(transcript: Transcript) -> dict[str, tuple[Role, RoleSource]]:
    return {turn.speaker: (turn.role, turn.role_source) for turn in transcript.turns}


@pytest.mark.parametrize(
    ("labels", "agent"),
    [
        (("Dana", "Luis"), "Dana"),
        (("Dana", "Luis"), "  dANA "),
        (("Dana Ito", "Luis"), "Dana"),
        (("Dana Ito", "Luis"), "ito"),
        (("Agent (Dana)", "Luis"), "dana"),
        (("Dana (Card team)", "Luis"), "Dana"),
        (("spk_0", "spk_1"), "spk_0"),
        (("spk_0", "spk_1"), "0"),
        (("channel 1", "channel 2"), "1"),
        (("channel 1", "channel 2"), "Channel 1"),
        (("channel 1", "channel 2"), "ch_1"),
        (("1", "2"), "channel 1"),
        (("Speaker 1", "Speaker 2"), "speaker 1"),
        (("A", "B"), "a"),
    ],
)
def test_given_agent(labels: tuple[str, str], agent: str) -> None:
    given = assign(two(*labels), agent=agent)
    assert roles_of(given) == {labels[0]: ("agent", "given"), labels[1]: ("customer", "given")}
    assert given.role_source == "given"
    assert not given.warnings


def test_given_agent_beats_the_file_and_leaves_other_told_roles() -> None:
    told: dict[str, Role] = {"Luis": "agent", "IVR": "bot", "Kai": "agent"}
    transcript = call(
        ("Dana", "Hello"), ("Luis", "Hi"), ("IVR", "Press one"), ("Kai", "Yes"), ("Ida", "Oh"), roles=told
    )
    assert roles_of(assign(transcript, agent="Dana")) == {
        "Dana": ("agent", "given"),
        "Luis": ("agent", "told"),
        "IVR": ("bot", "told"),
        "Kai": ("agent", "told"),
        "Ida": ("customer", "given"),
    }
    told = {"Dana": "customer"}
    assert roles_of(assign(call(("Dana", "Hello"), ("Luis", "Hi"), roles=told), agent="Dana")) == {
        "Dana": ("agent", "given"),
        "Luis": ("customer", "given"),
    }


def test_a_told_customer_beside_a_told_agent_is_not_made_a_second_agent() -> None:
    told: dict[str, Role] = {"Dana": "customer", "Luis": "agent", "Kai": "agent"}
    transcript = call(("Dana", "Hello"), ("Luis", "Hi"), ("Kai", "Yes"), roles=told)
    with pytest.raises(TranscriptError) as caught:
        assign(transcript, agent="dana")
    assert str(caught.value) == (
        "c1.txt, c1: the file tells that 'Dana' is the customer and 'Luis' and 'Kai' the agent. Name nobody, "
        "and the file decides; if it has the sides the wrong way round, change its labels."
    )


@pytest.mark.parametrize(
    ("labels", "agent", "said"),
    [
        (
            ("Dana", "Luis"),
            "Omar",
            "c1.txt, c1: no speaker is called 'Omar'. The speakers are 'Dana', 'Luis'.",
        ),
        (
            ("Dana Ito", "Dana Lee"),
            "Dana",
            "'Dana' fits 2 speakers. The speakers are 'Dana Ito', 'Dana Lee'.",
        ),
        (("spk_0", "spk_1"), "2", "no speaker is called '2'"),
        (("spk_0", "spk_1"), "", "no speaker is called ''"),
        (("Agent", "Customer"), " ", "no speaker is called ' '"),
        (("Dana", "Luis"), "Dan", "no speaker is called 'Dan'"),
    ],
)
def test_unknown_agent_is_refused_with_the_labels(labels: tuple[str, str], agent: str, said: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        assign(two(*labels), agent=agent)
    assert said in str(caught.value)
    assert "charged" not in str(caught.value)


def test_given_agent_may_be_the_name_that_the_file_tells() -> None:
    told: dict[str, Role] = {"Agent": "agent", "Customer": "customer"}
    transcript = call(("Agent", "Hello"), ("Customer", "Hi"), roles=told, agent="Dana")
    assert roles_of(assign(transcript, agent="dana"))["Agent"] == ("agent", "given")


def test_told_roles_are_kept() -> None:
    transcript = call(("a", "Hello"), ("b", "Hi"), roles={"a": "customer", "b": "agent"})
    assert assign(transcript) is transcript


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"Agent": "agent", "Luis": "unknown"}, ("Luis", "customer")),
        ({"Dana": "unknown", "Caller": "customer", "IVR": "bot"}, ("Dana", "agent")),
        ({"Agent": "agent", "Kai": "agent", "Luis": "unknown"}, ("Luis", "customer")),
        ({"Agent": "agent", "Luis": "unknown", "Ida": "unknown"}, None),
        ({"Agent": "agent", "Caller": "customer", "Ida": "unknown"}, None),
        ({"Dana": "unknown", "Luis": "unknown"}, None),
        ({"IVR": "bot", "Luis": "unknown"}, None),
        ({"Agent": "agent", "Unknown Speaker": "unknown"}, None),
        ({}, None),
    ],
)
def test_last_role(roles: dict[str, Role], expected: tuple[str, Role] | None) -> None:
    assert last_role(roles) == expected


def test_the_role_that_is_left_over_is_joined() -> None:
    assigned = assign(call(("Agent", "Hello"), ("Luis", "Hi"), ("Agent", "Yes"), roles={"Agent": "agent"}))
    assert roles_of(assigned)["Luis"] == ("customer", "joined")
    assert assigned.role_guess is None
    assert not assigned.warnings


@pytest.mark.parametrize("first", ["spk_0", "spk_1"])
def test_guess(first: str) -> None:
    second = "spk_1" if first == "spk_0" else "spk_0"
    assigned = assign(two(first, second))
    assert roles_of(assigned) == {first: ("agent", "guessed"), second: ("customer", "guessed")}
    assert assigned.role_guess is not None
    assert assigned.role_guess.speaker == first
    assert CONFIDENT <= assigned.role_guess.confidence < 1
    assert assigned.role_guess.reasons
    (warning,) = assigned.warnings
    assert warning.startswith(f"Guessed that {first} is the agent (confidence 1.00: ")
    assert warning.endswith('). Say agent="..." (or --agent on the command line) to decide it yourself.')
    assert "charged" not in warning


def test_guess_without_punctuation_or_capitals() -> None:
    transcript = two()
    plain = replace(
        transcript,
        turns=tuple(
            replace(t, text=t.text.lower().translate({ord(c): "" for c in ".,?'"})) for t in transcript.turns
        ),
    )
    assert roles_of(assign(plain))["spk_0"] == ("agent", "guessed")


@pytest.mark.parametrize(("labels", "name"), [(("Dana Ito", "Luis"), "Dana Ito"), (("spk_0", "spk_1"), None)])
def test_agents_name_comes_from_the_label(labels: tuple[str, str], name: str | None) -> None:
    assert assign(two(*labels)).agent == name
    assert assign(two(*labels), agent=labels[0]).agent == name
    assert assign(two(*labels, agent="Kai")).agent == "Kai"


def test_several_agents_and_a_bystander() -> None:
    said = [
        (s, t) for pair in zip(AGENT, CUSTOMER, strict=True) for s, t in zip(("A", "B"), pair, strict=True)
    ]
    said += [
        (s, t)
        for pair in zip(SECOND_AGENT, CUSTOMER, strict=False)
        for s, t in zip(("C", "B"), pair, strict=True)
    ]
    said += [("D", "Mum?")]
    assigned = assign(call(*said))
    assert {s: r for s, (r, _) in roles_of(assigned).items()} == {
        "A": "agent",
        "B": "customer",
        "C": "agent",
        "D": "customer",
    }
    assert "A and C are agents" in assigned.warnings[0]
    assert assigned.agent is None


def test_those_beside_a_told_agent_are_guessed() -> None:
    said = [
        (s, t)
        for pair in zip(AGENT, CUSTOMER, strict=True)
        for s, t in zip(("Agent", "B"), pair, strict=True)
    ]
    said += [("C", t) for t in SECOND_AGENT]
    assigned = assign(call(*said, roles={"Agent": "agent"}))
    assert roles_of(assigned) == {
        "Agent": ("agent", "told"),
        "B": ("customer", "guessed"),
        "C": ("agent", "guessed"),
    }
    # A husband who asks as she does.
    said[-3:] = [
        ("C", "And what do I do with my card? I've been to the shop and I was told to ring."),
        ("C", "Okay."),
    ]
    assigned = assign(call(*said, roles={"Agent": "agent"}))
    assert "B and C are customers" in assigned.warnings[0]


@pytest.mark.parametrize("texts", FRIENDS)
def test_friends_have_no_agent(texts: list[str]) -> None:
    assigned = assign(call(*((("a", "b")[n % 2], text) for n, text in enumerate(texts))))
    assert {role for role, _ in roles_of(assigned).values()} == {"unknown"}
    assert assigned.role_guess is not None
    assert assigned.role_guess.confidence < CONFIDENT
    (warning,) = assigned.warnings
    assert warning.startswith("It is not known who the agent is; ")
    assert "(or --agent on the command line) to decide it yourself." in warning


def test_a_lecture_has_no_agent() -> None:
    lecture = "If you want to build your own robot you can order one. Of course our team will help you."
    assert roles_of(assign(call(("a", lecture), ("b", f"{CUSTOMER[0]} {CUSTOMER[2]}"))))["a"][0] == "agent"
    assigned = assign(call(("a", lecture), ("b", "I'm sure."), ("a", lecture)))
    assert {role for role, _ in roles_of(assigned).values()} == {"unknown"}


@pytest.mark.parametrize(
    "transcript",
    [
        call(*(("Dana", text) for text in AGENT)),
        call(*(("Dana", text) for text in AGENT), ("Unknown Speaker", "Hi")),
        call(("Unknown Speaker", "Hi"), ("Unknown Speaker", "Hello")),
        call(("Dana", "Hello"), ("IVR", "Press one"), roles={"IVR": "bot"}),
    ],
)
def test_one_person_alone_stays_unknown(transcript: Transcript) -> None:
    assigned = assign(transcript)
    assert "unknown" in {role for role, _ in roles_of(assigned).values()}
    assert assigned.role_guess is None
    assert "only one person speaks" in assigned.warnings[0]


def test_nameless_turns_beside_known_sides_stay_unknown() -> None:
    transcript = call(
        ("Agent", "Hello"),
        ("Caller", "Hi"),
        ("Unknown Speaker", "Oh"),
        roles={"Agent": "agent", "Caller": "customer"},
    )
    assert assign(transcript) is transcript


@pytest.mark.parametrize(
    ("labels", "agent"),
    [
        (("+1 555*****00", "Rosa"), "Rosa"),
        (("lee", "support_kim"), "support_kim"),
        (("customer-7", "kim"), "kim"),
    ],
)
def test_labels_count_as_evidence(labels: tuple[str, str], agent: str) -> None:
    said = [
        (labels[n % 2], text) for n, text in enumerate(["Hello.", "Hello.", "The order.", "Which order?"])
    ]
    assigned = assign(call(*said))
    assert assigned.role_guess is not None
    assert assigned.role_guess.speaker == agent


def _corpus(*, channel: bool, plain: bool) -> list[tuple[Transcript, str]]:
    calls = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for labels in ({"agent": "spk_0", "customer": "spk_1"}, {"agent": "spk_1", "customer": "spk_0"}):
                turns = [(labels[turn["speaker"]], turn["text"]) for turn in row["turns"]]
                if plain:
                    turns = [(who, "".join(c if c.isalnum() else " " for c in t.lower())) for who, t in turns]
                known: Channel = "voice" if row["channel"] == "phone" else row["channel"]
                calls.append((call(*turns, channel=known if channel else None), labels["agent"]))
    return calls


@pytest.mark.parametrize(("channel", "plain"), [(True, False), (False, False), (False, True)])
def test_guesses_on_the_corpus(channel: bool, plain: bool) -> None:
    calls = _corpus(channel=channel, plain=plain)
    assigned = [(assign(transcript), agent) for transcript, agent in calls]
    guesses = [(t.role_guess, agent) for t, agent in assigned]
    right = [guess.speaker == agent for guess, agent in guesses if guess is not None]
    taken = [
        guess.speaker == agent
        for guess, agent in guesses
        if guess is not None and guess.confidence >= CONFIDENT
    ]
    assert len(right) == len(calls) >= 2000
    assert sum(right) >= 0.97 * len(right)
    assert len(taken) >= 0.7 * len(right)  # a thread of two short messages seldom tells enough
    assert sum(taken) >= 0.998 * len(taken)


def test_every_phrase_can_be_found() -> None:
    phrases = [phrase for cue in PHRASES for phrase in cue.phrases]
    assert len(phrases) == len(set(phrases))
    for phrase in phrases:
        words = phrase.split()
        assert 1 <= len(words) <= 3
        assert all(word.isalnum() and word == word.lower() for word in words)
    assert all(cue.weight for cue in CUES)


def test_long_calls_take_linear_time() -> None:
    def long_call(length: int) -> Transcript:
        return call(
            *((("a", "b")[n % 2], f"{AGENT[n % 4]} {n} don’t £5 " * 2) for n in range(length)),
        )

    linear(assign, long_call, 1_000)
