"""Words that are alike: whoever calls, from wherever, in whichever English, is read the same."""

from __future__ import annotations

import pytest

from carescore.alike import as_alike
from carescore.placeholders import NAME_READ_AS, NUMBER_READ_AS
from carescore.scorer import Scorer
from carescore.tokens import Tokenizer, ids_one_by_one
from carescore.transcript import Transcript, Turn

READ = [
    ("Sarah", NAME_READ_AS),
    ("KWAME,", f"{NAME_READ_AS},"),
    ("(O'Brien)", f"({NAME_READ_AS})"),
    ("Priya's", f"{NAME_READ_AS}'s"),
    ("Glasgow.", f"{NAME_READ_AS}."),
    ("She's", "he's"),
    ("HER", "his"),
    ("ma'am,", "sir,"),
    ("mum's", "dad's"),
    ("Apologised!", "apologized!"),
    ("colour", "color"),
    ("mother-in-law's", "father-in-law's"),
    ("Sarah/Tom", f"{NAME_READ_AS}/{NAME_READ_AS}"),
    ("gonna", "going to"),
    ("'cause", "because"),
    ("y'all", "you all"),
    ("um,", ","),
    ("erm", ""),
    ("40178,", f"{NUMBER_READ_AS},"),
    ("(AB-40178)", f"({NUMBER_READ_AS})"),
    ("#20-7781", f"#{NUMBER_READ_AS}"),
    ("SK718", NUMBER_READ_AS),
    ("colour-2", "color-2"),
]
KEPT = [
    "Will",
    "may",
    "grace",
    "Bill",
    "mark",
    "reading",
    "nice",
    "don't",
    "I've",
    "a.m.",
    ":)",
    "'hello'",
    "",
    "'",
    "...",
    "50%",
    "14",
    "380.",
    "2024,",
    "2019/20",
    "04/07/2024",
    "£1200",
    "1,250.00",
    "10:30pm",
    "SK7",
    "miss",
    "like",
    "hope",
]
ALIKE = [
    ("Hi Sarah, I'm Tom.", "Hi Ngozi, I'm Piotr."),
    ("He's in Leeds with his wife.", "She's in Lagos with her husband."),
    ("I apologise, I'll organise it.", "I apologize, I'll organize it."),
    ("I'm gonna sort it, it ain't right.", "I'm going to sort it, it isn't right."),
    ("um I can erm look", "I can look"),
    ("dunno, kinda", "don't know, kind of"),
]


@pytest.mark.parametrize(("piece", "read"), READ, ids=[row[0] for row in READ])
def test_read_as(piece: str, read: str) -> None:
    assert as_alike(piece) == read


@pytest.mark.parametrize("piece", KEPT)
def test_words_with_another_meaning_and_what_is_no_word_stay(piece: str) -> None:
    assert as_alike(piece) == piece


@pytest.mark.parametrize("text", [text for pair in ALIKE for text in pair])
def test_the_memory_of_pieces_reads_them_as_the_reference_does(text: str) -> None:
    assert Tokenizer().ids([text]).ids.tolist() == ids_one_by_one([text]).ids.tolist()


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[row[0] for row in ALIKE])
def test_alike_texts_have_the_same_tokens(one: str, other: str) -> None:
    assert Tokenizer().ids([one]).ids.tolist() == Tokenizer().ids([other]).ids.tolist()


def test_another_name_or_spelling_moves_no_score() -> None:
    calls = [
        ("Good morning, {name} speaking.", "My {kin} {name} waited in {place} for nine days!"),
        ("I {sorry}, {name}, nine days is far too long. When did {he} ring?", "On Monday, from {place}."),
        ("I'll call {him} myself by noon, {sir}.", "Thank you {name}."),
    ]
    words = [
        {
            "name": "Tom",
            "kin": "husband",
            "place": "Leeds",
            "sorry": "apologise",
            "he": "he",
            "him": "him",
            "sir": "sir",
        },
        {
            "name": "Yetunde",
            "kin": "wife",
            "place": "Accra",
            "sorry": "apologize",
            "he": "she",
            "him": "her",
            "sir": "madam",
        },
    ]
    one, other = (
        Scorer.load().score(
            Transcript(
                call_id="a",
                channel="phone",
                turns=tuple(
                    Turn(index=i, speaker=side, role=side, role_source="told", text=text.format(**filled))
                    for i, (side, text) in enumerate(
                        (side, text)
                        for row in calls
                        for side, text in zip(("agent", "customer"), row, strict=True)
                    )
                ),
            )
        )
        for filled in words
    )
    assert one.score is not None
    assert {name: c.rating for name, c in one.criteria.items()} == {
        name: c.rating for name, c in other.criteria.items()
    }
