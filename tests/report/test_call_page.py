"""What the page of a call says, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carescore.notes import Coaching
from carescore.report.call import call_page, notes_on
from carescore.report.talk import told_facts
from carescore.results import TurnBehaviours
from carescore.scorer import Scorer
from carescore.talk import talk_facts
from tests.examples import call as lines
from tests.report.examples import SAID, call, notes, result
from tests.report.reading import elements, markdown_text
from tests.report.reading import reader_text as text_of


def headings(page: str) -> list[str]:
    return [" ".join(e.text.split()) for e in elements(page) if e.name in ("h1", "h2", "h3")]


def test_coaching_comes_first_then_criteria_moments_words_talk_and_the_receipt():
    assert headings(call_page(result(), call(), coaching=notes())) == [
        "Call call-1",
        "Coaching",
        "Worth celebrating",
        "One thing to work on",
        "Moments to try again",
        "The story this customer may tell",
        "Criteria",
        "How it adds up",
        "Moments",
        "What was said",
        "Talk",
        "Receipt",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "70 of 100 90% interval 60 to 80",
        "Empathy would be 9 points lower without it.",
        "Answer what they told you. Until then nothing helps.",
        "Measured: with that in 2 places this call would have scored 4 points more.",
        f"Instead of “{SAID}”, you could say: “Three days is long.”",
        "Scored again with it: Empathy +12, nothing else lower.",
        "How Ben met the like (call call-7, turn 3): “Three days in the cold!”",
        "Empathy 70 50 to 90",
        "Clarity Does not apply",
        "Empathy: 3.8 of 5, that is 70 of 100",
        "shows empathy 0.90 × 2.00 1.80",
        "turn 0 0:00 The customer told of trouble, worry or disappointment (Empathy) ● met in turn 1",
        f"{SAID} empathy Also: apology",
    ],
)
def test_the_page_says(sentence):
    assert sentence in text_of(call_page(result(), call(), coaching=notes()))


@pytest.mark.parametrize(
    ("page", "says", "leaves_out"),
    [
        (call_page(result()), "made from a saved result, which holds the quotes", "What was said"),
        (
            call_page(result(), call(), coaching=Coaching()),
            "nothing to say about this call",
            "Worth celebrating",
        ),
        (call_page(result(score=None), call()), "Not scored. Too short.", "Criteria"),
        (call_page(result(), call(), coaching=notes(), home="index.html"), "All calls", "Guessed"),
        (
            call_page(result(role_source="guessed"), call(), coaching=notes()),
            "Guessed: the file does not",
            "All calls",
        ),
        (call_page(result(critical=("empathy",)), call(), coaching=notes()), "Critical: Empathy.", "Guessed"),
        (call_page(result(warnings=("Turn 3 has no time.",))), "Note: Turn 3 has no time.", "Critical"),
        (call_page(result(passed=True)), "Reaches the pass mark.", "Does not reach"),
        (call_page(result(passed=False)), "Does not reach the pass mark.", "Reaches"),
    ],
)
def test_what_is_missing_or_special_is_said(page, says, leaves_out):
    assert says in text_of(page)
    assert leaves_out not in text_of(page)


def test_the_story_tells_no_turn_twice():
    story = notes().story
    assert story is not None
    peak_is_end = replace(story, peak=story.end, answer=None)
    answer_is_last = replace(story, last=story.answer)
    for one, turns in ((story, [0, 1, 2]), (peak_is_end, [2]), (answer_is_last, [0, 1, 2])):
        page = call_page(result(), coaching=Coaching(story=one))
        footers = [e.text for e in elements(page) if e.name == "footer" and not e.attributes]
        assert [int(text.split("turn ")[1].split(",")[0]) for text in footers] == turns
        assert ("And the end:" in text_of(page)) == (len(turns) > 1)


def test_evidence_is_marked_where_it_was_said_with_its_name_behind_it():
    page = elements(call_page(result(), call(), coaching=notes()))
    marks = [(e.attributes["class"], e.text) for e in page if e.name == "mark"]
    tags = [e.text for e in page if e.attributes.get("class", "").startswith("tag")]
    assert marks == [
        ("customer", "It has been off for three days."),
        ("agent", SAID),
        ("customer", "Thank you, truly."),
    ]
    assert tags == ["distress", "empathy", "unresolved"]


def test_what_is_less_sure_than_not_is_only_perhaps_there():
    behaviours = {"apology": 0.3, "thanks": 0.7, "dismissive": 0.45, "deflection": 0.55}
    shown = (TurnBehaviours(index=1, speaker="agent", behaviours=behaviours),)
    text = text_of(call_page(result(turns=shown), call()))
    assert "Also: perhaps apology, thanks, deflection" in text
    assert "dismissive" not in text


def test_markdown_says_the_same():
    document = call_page(result(), call(), coaching=notes(), markdown=True)
    seen = markdown_text(document)
    assert document.startswith("# Call call-1\n")
    for said in (
        SAID,
        "Three days is long.",
        "Empathy would be 9 points lower",
        "moments",
        "Three days in the cold!",
    ):
        assert said.lower() in seen.lower()
    assert "| Empathy | 70 | 50 to 90 | 3.8 | 1 | 1 | 1 |" in document


def test_notes_are_worked_out_where_the_transcript_is_with_the_result(tiny_scorer: Scorer):
    said = lines(
        "A: Good morning, how can I help you?",
        "C: I am frustrated, I called you twice for this.",
        "A: How exhausting. I see to it myself, you have it by Monday.",
        "C: What a relief, thank you.",
    )
    scored = tiny_scorer.score(said)
    assert notes_on(scored) is not None
    assert notes_on(type(scored).from_dict(scored.to_dict())) is None
    assert "Coaching" in headings(call_page(scored, said))


@pytest.mark.parametrize(
    ("starts", "shown"),
    [((0.0, 4.0, 9.0), "Response gap 2.0 s"), ((0.0, 200.0, 400.0), "Response gap 3:18")],
)
def test_facts_of_talk_stand_with_their_units_and_definitions(starts, shown):
    said = call(channel="voice")
    turns = tuple(
        replace(turn, start=start, end=start + 2.0) for turn, start in zip(said.turns, starts, strict=True)
    )
    facts = told_facts(talk_facts(replace(said, turns=turns), result()))
    assert shown in [f"{fact.name} {fact.value}" for fact in facts]
    assert all(fact.definition.endswith(".") for fact in facts)
    assert shown.rsplit(" ", 2)[0] in text_of(
        call_page(result(), replace(said, turns=turns), coaching=notes())
    )
