"""What is loaded when: nothing heavy on import or for help, and no training library to score."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("spacy", "sklearn", "pandas", "numpy", "scipy", "pyarrow", "joblib", "jinja2")
TRAINING = ("sklearn", "pandas", "pyarrow")

TELL = "import sys; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
SCORE = """
from carescore import Scorer, Transcript, Turn
lines = [("customer", "I have been waiting for three days and nobody called me back, I am so upset"),
         ("agent", "Three days without a word is not right, I will ring the engineer myself today.")]
turns = tuple(Turn(index=n, speaker=s, role=s, text=t) for n, (s, t) in enumerate(lines))
result = Scorer.load().score(Transcript(call_id="c", turns=turns))
assert result.status == "draft", result.reason
result.to_json()
"""


def loaded(code: str) -> set[str]:
    """The top-level modules in a new process after the code has run."""
    found = subprocess.run(
        [sys.executable, "-c", f"{code}\n{TELL}"], capture_output=True, text=True, check=True
    )
    return set(found.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import carescore",
        "import carescore; dir(carescore); carescore.__version__; carescore.CareScoreError",
        "import carescore.errors, carescore.transcript, carescore.codebook",
        "import carescore.results",
    ],
)
def test_importing_loads_nothing_heavy(code):
    modules = loaded(code)
    assert "carescore" in modules
    assert modules & {*HEAVY, "pydantic", "typer"} == set()


@pytest.mark.parametrize(
    "arguments", ["'--help'", "'--version'", "'score', '--help'", "'train', '--help'", ""]
)
def test_help_loads_nothing_heavy(arguments):
    code = f"""
import sys
sys.argv = ["carescore", {arguments}]
from carescore.cli import main
try:
    main()
except SystemExit:
    pass
"""
    modules = loaded(code)
    assert "typer" in modules
    assert modules & set(HEAVY) == set()


def test_scoring_loads_no_training_library():
    modules = loaded(SCORE)
    assert {"spacy", "numpy", "safetensors"} <= modules
    assert modules & set(TRAINING) == set()


def test_reading_a_text_file_loads_no_table_library(tmp_path):
    file = tmp_path / "call.txt"
    file.write_text("Agent: Hello, how can I help?\nCustomer: My parcel is late.\n", encoding="utf-8")
    modules = loaded(f"from carescore import read; assert len(read({str(file)!r}).turns) == 2")
    assert modules & {"spacy", "sklearn", "pandas", "pyarrow", "scipy"} == set()
