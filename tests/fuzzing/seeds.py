"""Bytes to begin with: a sound file of each kind, and those in `corpus/` that once led somewhere new."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from carescore.bundle import ARRAYS, MANIFEST
from carescore.coaching.words import FILES as WORDS
from carescore.coaching.words import bundled_text
from carescore.scorecard import bundled_text as bundled_scorecard
from tests.examples import save_tiny_model
from tests.fuzzing.targets import ENDINGS
from tests.report.examples import result
from tests.test_linear_time import FILES

CORPUS: Final = Path(__file__).parent / "corpus"


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """The sound files for a target, then those of the corpus."""
    kept = sorted((CORPUS / target).glob("*")) if (CORPUS / target).is_dir() else []
    return (*_sound(target), *(path.read_bytes() for path in kept))


def _sound(target: str) -> list[bytes]:
    said = "I called you twice, it is still broken. My card is 5105 1051 0510 5100."
    if target == "call":
        return [
            bytes([ENDINGS.index(name.rpartition(".")[2])]) + make(said).encode()
            for name, make in FILES.items()
        ]
    if target in ("manifest", "arrays"):
        folder = save_tiny_model(Path(mkdtemp()))
        return [(folder / (MANIFEST if target == "manifest" else ARRAYS)).read_bytes()]
    if target == "words":
        return [bytes([place]) + bundled_text(name).encode() for place, name in enumerate(WORDS)]
    if target == "saved":
        return [(result().to_json() + "\n").encode(), result("x", None).to_json().encode()]
    if target == "scorecard":
        return [bundled_scorecard().encode()]
    return [
        b"one.txt,Ana\ntwo.txt,Ben\n",
        b"call,criterion,rater,rating\nc1,empathy,Ana,4\nc1,empathy,Ben,3\n",
    ]
