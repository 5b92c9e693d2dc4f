"""What is found in a customer's words for a line to use."""

from __future__ import annotations

import pytest

from carescore.coaching.facts import is_grave, read_facts
from carescore.coaching.words import bundled_words
from tests.growth import bounded

VOCABULARY = bundled_words().vocabulary


def facts(text: str, *before: str) -> dict[str, str]:
    return read_facts(text, before, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        ("I've been on hold thirty five minutes", "hold", "thirty-five minutes"),
        ("waited 40 mins in this queue", "hold", "40 minutes"),
        ("I've been without a phone for three weeks", "wait", "three weeks"),
        ("it's been like two weeks", "wait", "two weeks"),
        ("i've rung four times now", "calls", "four calls"),
        ("I have emailed you twice about it", "calls", "two emails"),
        ("this is my fifth call", "calls", "a fifth call"),
        ("I've been in three times", "calls", "three visits"),
        ("i came in to the branch twice", "calls", "two visits"),
        ("My flight is on Saturday", "event", "your flight on Saturday"),
        ("my daughter's birthday is tomorrow", "event", "your daughter's birthday tomorrow"),
        ("my mum can't get up the stairs", "person", "your mum"),
        ("I'm really worried now", "feeling", "worried"),
        ("i'm at the end of my tether", "feeling", "at the end of your tether"),
        ("I'm tired of explaining my troubles.", "tired", "tired of explaining your troubles"),
        ("we've no heating since Friday", "lack", "heating"),
        ("you took forty quid off me", "money", "forty quid"),
        ("there's a charge of £1,204.50 on it", "money", "£1,204.50"),
        ("the bill is three hundred and twelve pound", "money", "three hundred and twelve pound"),
        ("They told me to ring on Monday.", "told", "to ring on Monday"),
        ("What is a deductible?", "term", '"deductible"'),
        ("my kids sleep in there", "yours", "your kids sleep in there"),
        ("she's on oxygen all day", "they", "she's on oxygen all day"),
        ("and the heating's gone off again", "plight", "the heating's gone off again"),
        ("then nobody rang me", "nobody", "nobody rang you"),
        ("I restarted the router five times", "did", "you restarted the router five times"),
        ("i lost a day's pay", "hit", "you lost a day's pay"),
        ("I can't flush the toilet", "hit", "you can't flush the toilet"),
    ],
)
def test_found(text: str, slot: str, words: str) -> None:
    assert facts(text).get(slot) == words


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("they said it takes three weeks", "wait"),
        ("that's three weeks then", "wait"),
        ("my son is two years old", "wait"),
        ("I'm not worried about it", "feeling"),
        ("he is worried sick", "feeling"),
        ("I've got twenty quid till Friday", "money"),
        ("my flight was lovely", "event"),
        ("my mum told me so", "person"),
        ("you cancelled my order and I called you twice a liar", "did"),
        ("I want my money back", "did"),
        ("I never asked for a second line", "did"),
        ("My name has changed since", "yours"),
        ("what is that?", "term"),
        ("why did nobody put it in the letter", "nobody"),
        ("no problem with the app", "lack"),
    ],
)
def test_left_out(text: str, slot: str) -> None:
    assert slot not in facts(text)


@pytest.mark.parametrize(
    ("turns", "grave", "lost"),
    [
        (("My mother died on the ninth.",), True, "your mother"),
        (("it's my husband alwyn he died in october",), True, "your husband"),
        (("I lost my wife last year", "and now this letter"), True, "your wife"),
        (("No. He's dead.",), True, None),
        (("I was there for my brother's funeral.",), True, "your brother"),
        (("my phone just died", "the battery is dead"), False, None),
        (("I'm dying to hear",), True, None),
    ],
)
def test_loss(turns: tuple[str, ...], grave: bool, lost: str | None) -> None:
    assert is_grave(turns, VOCABULARY) is grave
    assert facts(turns[-1], *turns[:-1]).get("lost") == lost


@pytest.mark.parametrize(
    "unit", ["a ", "told me to ", "my son ", "1 ", "£1 ", "i was ", "on hold ", "’", "no "]
)
def test_time_does_not_grow_with_the_text(unit: str) -> None:
    bounded(facts, lambda size: unit * size, 50_000)
