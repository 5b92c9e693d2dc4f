"""Cards, codes, IBANs, phone numbers and e-mails, said in a few thousand ways that nobody wrote down."""

from __future__ import annotations

import random
import re
from itertools import groupby

import pytest

from carescore.redact import redact
from tests.examples import call


def words(text: str) -> list[str]:
    return text.split()


UNITS = words("oh one two three four five six seven eight nine")
TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
PHONETIC = words(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
PLAIN = words(
    "apple box cat dog egg fish goat hat ink jug kite lemon moon nut orange pin queen rain sugar tea under "
    "van water xylophone yellow zebra"
)
FILLERS = ("um", "uh", "er", "then", "and then", "")
NODS = ("yep", "mm hmm", "okay", "go on", "yes", "got that", "and")
RESTARTS = ("sorry i'll start again", "let me start again", "no sorry from the start", "hang on no")
LEADS = ("", "it's", "yeah it's", "um", "okay so", "right")

# Published for tests by schemes, banks and regulators.
CARDS = words(
    "4242424242424242 5555555555554444 5200828282828210 5105105105105100 378282246310005 371449635398431 "
    "6011111111111117 6011000990139424 3566002020360505 4111111111111111 4012888888881881 4444333322221111"
)
IBANS = words(
    "GB29NWBK60161331926819 GB82WEST12345698765432 IE29AIBK93115212345678 DE89370400440532013000 "
    "FR1420041010050500013M02606 NL91ABNA0417164300 ES9121000418450200051332 AT611904300234573201 "
    "BE68539007547034 PT50000201231234567890154 LU120010001234567891 NO8330001234567"
)
PHONES = ("07700 900{}", "0161 4960 {}", "020 7946 0{}", "415 555 0{}", "0113 496 0{}")


def digits(text: str, chance: random.Random) -> str:
    """Digits as people say them: one by one, in pairs, doubled and tripled."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    if chance.random() < 0.2 and all(len(pair) == 2 and pair[0] != "0" for pair in pairs):
        return " ".join(map(pair_of_digits, pairs))
    words = []
    for digit, run in groupby(text):
        left = len(list(run))
        while left:
            times = left if left in (2, 3) and chance.random() < 0.6 else 1
            zero = chance.choice(["oh", "zero", "nought"])
            word = zero if digit == "0" else UNITS[int(digit)]
            words.append(f"{('', 'double ', chance.choice(['triple ', 'treble ']))[times - 1]}{word}")
            left -= times
    return " ".join(words)


def pair_of_digits(pair: str) -> str:
    if pair[0] == "1":
        return TEENS[int(pair[1])]
    return TENS[int(pair[0]) - 2] + (f" {UNITS[int(pair[1])]}" if pair[1] != "0" else "")


def letters(text: str, chance: random.Random) -> str:
    """Letters one by one, by the words of pilots, or as in apple."""
    way = chance.choice(["{0}", "{1}", "{0} for {2}", "{0} as in {2}"])
    places = ("abcdefghijklmnopqrstuvwxyz".index(letter) for letter in text.lower())
    return " ".join(way.format(chr(97 + at), PHONETIC[at], PLAIN[at]) for at in places)


def in_fours(text: str, chance: random.Random) -> list[str]:
    fours = re.findall(".{1,4}", text)
    return [" ".join(_said(part, chance) for part in re.findall(r"\d+|\D+", four)) for four in fours]


def _said(part: str, chance: random.Random) -> str:
    return digits(part, chance) if part.isdigit() else letters(part, chance)


def told(pieces: list[str], chance: random.Random) -> list[tuple[str, list[str]]]:
    """The turns in which pieces are told, the agent's between them, each with what in it is private."""
    way = chance.choice(["once", "turns", "fillers", "restart", "back", "commas"])
    lead = chance.choice(LEADS)
    if way == "turns":
        turns = [turn for piece in pieces for turn in ((chance.choice(NODS), []), (piece, [piece]))]
        return turns[1:]
    if way == "restart":
        begun = pieces[: chance.randrange(1, len(pieces))] if len(pieces) > 1 else pieces
        whole = [lead, *begun, chance.choice(RESTARTS), *pieces]
        return [(" ".join(whole).strip(), [*begun, *pieces])]
    between = {"fillers": lambda: f" {chance.choice(FILLERS)} ", "commas": lambda: ", "}.get(way, lambda: " ")
    text = lead
    for at, piece in enumerate(pieces):
        text += (between() if at else " ") + piece
    once = [(re.sub(" +", " ", text).strip(), pieces)]
    return [*once, (f"so that's {' '.join(pieces)}", pieces)] if way == "back" else once


def found(asked: str, turns: list[tuple[str, list[str]]]) -> tuple[int, int]:
    """How many private pieces are covered to the last letter, of how many."""
    lines = [f"A: {asked}"]
    lines += [f"{'CA'[at % 2]}: {text}" for at, (text, _) in enumerate(turns)]
    spans = redact(call(*lines)).spans
    good = every = 0
    for turn, (text, pieces) in enumerate(turns, 1):
        covered = {
            at for span in spans if span.turn == turn for at in range(span.original_start, span.original_end)
        }
        start = 0
        for piece in pieces:
            start = text.index(piece, start)
            good += all(at in covered or text[at] == " " for at in range(start, start + len(piece)))
            every += 1
            start += len(piece)
    return good, every


def card(chance: random.Random) -> list[str]:
    return in_fours(chance.choice(CARDS), chance)


def iban(chance: random.Random) -> list[str]:
    return in_fours(chance.choice(IBANS), chance)


def phone(chance: random.Random) -> list[str]:
    number = chance.choice(PHONES).format(f"{chance.randrange(100, 200)}")
    return [digits(part, chance) for part in number.split()]


def code(chance: random.Random) -> list[str]:
    return [digits(f"{chance.randrange(1000):03}", chance)]


def email(chance: random.Random) -> list[str]:
    name = chance.choice(
        ["priya dot okonkwo", "silver barn", "jonas underscore forty two", letters("devi", chance)]
    )
    return [f"{name} at {chance.choice(['gmail dot com', 'example dot org', 'proton mail dot com'])}"]


@pytest.mark.parametrize(
    ("pieces", "asked", "recall"),
    [
        (card, ("can i take the long card number", "the number across the front of the card"), 0.99),
        (code, ("the three digits on the back", "what's the c v v", "the security number please"), 0.99),
        (iban, ("what's your iban", "could you read me the iban"), 0.99),
        (phone, ("what's your phone number", "best number to reach you on"), 0.97),
        (email, ("what's your email", "can i take an email address"), 0.97),
    ],
)
def test_most_ways_of_saying_it_are_found(pieces, asked, recall):
    chance = random.Random(7)
    counts = [found(chance.choice(asked), told(pieces(chance), chance)) for _ in range(200)]
    good, every = (sum(column) for column in zip(*counts, strict=True))
    assert good / every >= recall
