"""A terminal to run commands in, and calls to run them on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Terminal

CALL = """\
Agent: Good morning, how can I help you?
Customer: I am frustrated, I called you twice for this.
Agent: How exhausting. I see to it myself, you have it by Monday.
Customer: What a relief, thank you.
"""


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Runs commands."""
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A folder with two calls."""
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "one.txt").write_text(CALL, encoding="utf-8")
    (folder / "two.txt").write_text(CALL.replace("exhausting", "sorry I am"), encoding="utf-8")
    return folder
