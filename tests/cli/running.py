"""Run the command line inside the test's process, as `carescore ...` would."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from carescore.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """Runs commands, and keeps what they print from the test's own output."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def run(self, *arguments: object) -> Ran:
        """The exit code, the standard output and the standard error of `carescore ARGUMENTS`."""
        self.capture.readouterr()
        self.patch.setattr(sys, "argv", ["carescore", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        captured = self.capture.readouterr()
        return Ran(code, captured.out, captured.err)
