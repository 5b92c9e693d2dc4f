"""The editable files of coaching."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from carescore.coaching.words import FILES, Line, bundled_text, bundled_words, load_words
from carescore.codebook import AGENT_BEHAVIOURS
from carescore.errors import UsageError
from tests.growth import linear

NOT_FOR_AGENTS = re.compile(
    r"\b(always|never|emotional|stressed|lazy|rude|attitude|personality|you are a|bad agent|failed)\b",
    re.IGNORECASE,
)


def test_every_behaviour_of_the_agent_has_words() -> None:
    missing = set(AGENT_BEHAVIOURS) - set(bundled_words().notes.behaviours) - {"refusal"}
    assert not missing


def test_words_speak_of_deeds_and_not_of_people() -> None:
    text = bundled_text("words.toml")
    sentences = [line for line in text.splitlines() if not line.startswith("#")]
    assert not [line for line in sentences if NOT_FOR_AGENTS.search(line)]


def test_every_line_has_a_slot_and_no_stock_phrase() -> None:
    words = bundled_words()
    for line in words.lines.line:
        assert line.slots, line.text
        assert not words.vocabulary.is_stock(line.text), line.text


def test_every_line_is_written_once() -> None:
    texts = [line.text for line in bundled_words().lines.line]
    assert len(texts) == len(set(texts))


def test_a_line_makes_up_no_time_name_or_number() -> None:
    for line in bundled_words().lines.line:
        said = re.sub(r"\{\w+\}|\[[^\]]*\]", "", line.text)
        assert not re.search(
            r"\d|\b(monday|tuesday|within|tomorrow|today|(?:an|one|two) hours?|minutes)\b", said.lower()
        ), line.text


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("I understand your frustration.", True),
        ("I do understand how you feel, sir", True),
        ("We apologise for any inconvenience this may have caused.", True),
        ("I UNDERSTAND YOUR CONCERN", True),
        ("I can only imagine how disappointing that is", True),
        ("Four calls about one boiler is too many.", False),
        ("I'm sorry that nobody came on Monday.", False),
    ],
)
def test_stock(text: str, stock: bool) -> None:
    assert bundled_words().vocabulary.is_stock(text) is stock


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My parcels, and the 14th!", {"parcel", "14th"}),
        ("I would really like to know", set()),
        ("the boiler's off", {"boiler"}),
    ],
)
def test_content(text: str, words: set[str]) -> None:
    assert bundled_words().vocabulary.content(text) == words


def test_a_line_begins_each_sentence_with_a_capital() -> None:
    line = Line(when=("effort",), shows="empathy", text="{did}. that is long. {wait}!")
    assert line.filled({"did": "you waited", "wait": "3 days"}) == "You waited. That is long. 3 days!"


@pytest.mark.parametrize("name", FILES)
def test_own_words_replace_the_bundled_file(name: str, tmp_path: Path) -> None:
    changed = bundled_text(name).replace("LINES", "").replace("Answer what they told you", "Say it back")
    (tmp_path / name).write_text(changed, encoding="utf-8")
    words = load_words(tmp_path)
    if name == "words.toml":
        assert words.notes.behaviours["empathy"].title.startswith("Say it back")
    assert words.lines.line
    assert words.vocabulary.things


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("lines.toml", "{hold} on hold", "Hold", "without a {slot}"),
        ("lines.toml", "{hold} on hold", "{holding}", "there is no slot '{holding}'"),
        ("lines.toml", 'when = ["effort", "distress"]', 'when = ["anger"]', "'anger' is not a behaviour"),
        ("lines.toml", 'schema = "carescore.lines/1"', 'schema = "x"', "lines.toml: schema"),
        ("words.toml", "[openings.other]", "[openings.others]", "[openings.other] is missing"),
        ("words.toml", "[story]", "[story", "not valid TOML"),
        ("vocabulary.toml", "plain = [", "plane = [", "vocabulary.toml"),
    ],
)
def test_unusable_words_say_what_is_wrong(
    tmp_path: Path, name: str, old: str, new: str, sentence: str
) -> None:
    text = bundled_text(name)
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(sentence)):
        load_words(tmp_path)


def test_a_folder_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none of words\.toml"):
        load_words(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        load_words(tmp_path)


def test_a_copied_folder_gives_the_bundled_words(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(str(files("carescore.coaching").joinpath(name)), tmp_path / name)
    assert load_words(tmp_path) == bundled_words()


def test_looking_for_stock_phrases_takes_time_in_proportion_only() -> None:
    linear(bundled_words().vocabulary.is_stock, lambda size: "understand your " * size, 15_000)
