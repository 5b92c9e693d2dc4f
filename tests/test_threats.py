"""The threat model names a test for each line, and each of them is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.examples import REPOSITORY

TEXT = (REPOSITORY / ".github" / "THREATS.md").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.startswith("| ") and "---" not in line][1:]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


def test_every_line_names_a_test() -> None:
    assert len(LINES) > 20
    assert [line for line in LINES if "::test_" not in line.rsplit(" | ", 1)[1]] == []


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_test_is_there(path: str, name: str) -> None:
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("document", ["SECURITY.md", "THREATS.md"])
def test_files_that_documents_name_are_there(document: str) -> None:
    text = (REPOSITORY / ".github" / document).read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w/])(?:tests|src|data)/[\w/.]+\w", text)
    assert [path for path in named if not (REPOSITORY / path).exists()] == []
