"""Tokens: the same ids as spaCy gives, in any batch, in little time, and with nothing remembered in words."""

from __future__ import annotations

import gc
import pickle
import re
import threading
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import LOWER
from spacy.language import Language

from carescore import tokens
from carescore.alike import as_alike
from carescore.pieces import LONGEST_PIECE, pieces_of
from carescore.scorer import Scorer
from carescore.tokens import Tokenizer, Tokens, ids_one_by_one
from tests.examples import call, corpus_calls

REFERENCE = cache(spacy.blank)
SPECIAL = sorted(REFERENCE("en").tokenizer.rules)
PIECES = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[A-Za-z]{1,9}[,.?!]?", fullmatch=True),
    st.tuples(st.sampled_from(SPECIAL), st.sampled_from(["", *",.?!"])).map("".join),
    st.lists(st.sampled_from([*SPECIAL, " ", ".", "(", "it's", "\u2019", "£5.00"]), max_size=8).map("".join),
)
TEXTS = st.lists(PIECES, max_size=8)


def expected_ids(texts: Sequence[str]) -> Tokens:
    """`ids_one_by_one`, without the time that building spaCy's tokenizer takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "blank", REFERENCE)
        return ids_one_by_one(texts)


@cache
def built() -> Language:
    """What `Tokenizer` builds when it first reads."""
    return spacy.blank("en")


def fresh() -> Tokenizer:
    """A tokenizer that has read nothing yet, without the time that building it takes."""
    tokenizer = Tokenizer()
    tokenizer._nlp = built()
    return tokenizer


def words(text: str) -> list[str]:
    """The lower-cased tokens of a text, by way of their ids."""
    nlp = REFERENCE("en")
    names = {token.lower: token.lower_ for token in nlp(text.replace("\u2019", "'"))}
    return [names[int(token)] for token in fresh().ids([text]).ids]


def assert_same(found: Tokens, expected: Tokens) -> None:
    assert found.offsets.tolist() == expected.offsets.tolist()
    assert found.ids.tolist() == expected.ids.tolist()


def joined(parts: Sequence[Tokens]) -> Tokens:
    counts = np.concatenate([part.counts for part in parts])
    return Tokens(
        ids=np.concatenate([part.ids for part in parts]), offsets=np.concatenate([[0], np.cumsum(counts)])
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n ", []),
        ("Oh NO", ["oh", "no"]),
        ("I can't.", ["i", "ca", "n't", "."]),
        ("I can\u2019t.", ["i", "ca", "n't", "."]),
        ("a  b\u00a0c\x1cd", ["a", "b", "c", "d"]),
        ("at 10am, please", ["at", "10", "am", ",", "please"]),
        ("Mr. Ode :)", ["mr.", "ode", ":)"]),
    ],
)
def test_reads_words(text, expected):
    assert words(text) == expected


@given(texts=TEXTS)
def test_gives_the_ids_of_spacy(texts):
    assert_same(fresh().ids(texts), expected_ids(texts))


@given(texts=TEXTS, cuts=st.lists(st.integers(0, 8), max_size=3))
def test_any_split_into_batches_gives_the_same_ids(texts, cuts):
    tokenizer = fresh()
    bounds = sorted({0, *(min(cut, len(texts)) for cut in cuts), len(texts)})
    parts = [
        tokenizer.ids(texts[start:end]) for start, end in zip(bounds, [*bounds[1:], len(texts)], strict=True)
    ]
    assert_same(joined(parts), expected_ids(texts))


@given(batches=st.lists(TEXTS, max_size=6))
def test_a_full_memory_starts_afresh_with_the_same_ids(batches):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "MEMORY", 3)
        tokenizer = fresh()
        for texts in [*batches, *batches]:
            assert_same(tokenizer.ids(texts), expected_ids(texts))


def test_the_memory_stays_bounded(monkeypatch):
    monkeypatch.setattr(tokens, "MEMORY", 50)
    tokenizer = fresh()
    sizes = []
    for batch in range(40):
        tokenizer.ids([f"word{batch}a word{batch}b"] * 3)
        sizes.append(len(tokenizer._memory.places))
    assert max(sizes) == 52
    assert min(sizes[30:]) < 50


def test_reads_the_corpus_as_spacy_reads_whole_turns():
    texts = [turn.text for one in corpus_calls() for turn in one.turns][::7]
    nlp = REFERENCE("en")
    found = fresh().ids(texts)
    alike = [" ".join(" ".join(map(as_alike, pieces_of(text))).split()) for text in texts]
    whole = [nlp(text).to_array([LOWER]).reshape(-1) for text in alike]
    assert found.ids.tolist() == np.concatenate(whole).tolist()
    assert found.counts.tolist() == [len(row) for row in whole]


@pytest.mark.parametrize(
    "run",
    ["(" * 100_000, "😀" * 100_000, "e\u0301" * 50_000, "👩\u200d🚀" * 33_334, "." * 100_000, "a-" * 50_000],
    ids=["brackets", "emoji", "combining marks", "joined emoji", "dots", "hyphens"],
)
def test_a_long_run_without_spaces_is_read_in_pieces(run):
    pieces = pieces_of(run)
    assert "".join(pieces) == run
    assert max(map(len, pieces)) == LONGEST_PIECE
    assert len(pieces) == -(-len(run) // LONGEST_PIECE)
    tokenizer = fresh()
    assert tokenizer.ids([run]).counts.tolist() == [
        sum(tokenizer.ids([piece]).counts.sum() for piece in pieces)
    ]
    assert len(tokenizer._memory.places) <= 4


def test_one_long_run_leaves_the_words_around_it_whole():
    assert pieces_of(f"yes {'x' * 65} no") == ["yes", "x" * 64, "x", "no"]


def test_no_batch_is_too_small():
    assert_same(fresh().ids([]), Tokens(ids=np.zeros(0, np.uint64), offsets=np.zeros(1, np.int64)))
    assert fresh().ids(["", ""]).counts.tolist() == [0, 0]


def test_travels_without_its_memory():
    tokenizer = Tokenizer()
    tokenizer.ids(["canary words"])
    packed = pickle.dumps(tokenizer)
    assert b"canary" not in packed
    assert len(packed) < 200
    assert_same(pickle.loads(packed).ids(["canary words"]), expected_ids(["canary words"]))  # noqa: S301


def test_threads_may_share_it():
    tokenizer = Tokenizer()
    texts = [[f"thread {n} says number{n * 50 + k} twice" for k in range(50)] for n in range(8)]
    found: dict[int, Tokens] = {}

    def read(n: int) -> None:
        found[n] = [tokenizer.ids([text]) for text in texts[n]][-1]

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for n in range(8):
        assert_same(found[n], expected_ids(texts[n][-1:]))


def kept_strings(pattern: str) -> list[str]:
    """Every string that something in memory holds and that fits the pattern."""
    gc.collect()
    fits = re.compile(pattern).search
    found = set()
    things = gc.get_objects()
    while things:
        thing = things.pop()
        keys = tuple(thing) if type(thing) is dict else ()  # get_referents tells only their values
        for held in (*keys, *gc.get_referents(thing)):
            if type(held) is str:
                if fits(held):
                    found.add(held)
            elif type(held) in (dict, tuple) and not gc.is_tracked(held):
                things.append(held)  # the collector does not list what holds only plain values
    return sorted(found)


def score_canaries(scorer: Scorer) -> int:
    """Score a call with 200 words that exist nowhere else, and count its scored turns."""
    known = "I am so frustrated with you, I rang twice and nobody came to help me. " * 2
    secret = [" ".join(f"zq{n}canary" for n in range(first, first + 20)) for first in range(0, 200, 20)]
    lines = [f"{'CA'[n % 2]}: {known}{text}" for n, text in enumerate(secret)]
    return len(scorer.score(call(*lines)).turns)


def test_no_word_of_a_call_stays_in_memory(scorer):
    assert score_canaries(scorer) == 10
    assert kept_strings(r"zq\d+canary") == []
    vocabulary = scorer._tokenizer._nlp.vocab
    assert [word for word in vocabulary.strings if "canary" in word] == []
    assert [lexeme.orth_ for lexeme in vocabulary if "canary" in lexeme.orth_] == []


def test_kept_strings_finds_what_is_kept():
    keep = [{f"zq{number}kept": number for number in (7, 8)}]
    assert kept_strings(r"zq\d+kept") == list(keep[0])
