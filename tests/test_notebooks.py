"""The notebooks run from top to bottom, as a reader would run them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))

PICTURES = {"practice_calls": 1, "score_your_calls": 1}


def test_there_is_one_for_each_kind_of_user():
    assert [path.stem for path in NOTEBOOKS] == ["embed_carescore", "practice_calls", "score_your_calls"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the kernel's own libraries warn as they please
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "commit notebooks without outputs"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [out["data"] for cell in notebook.cells for out in cell.get("outputs", ()) if "data" in out]
    assert all("text/plain" in kinds for kinds in shown), "whoever sees no HTML must miss nothing"
    pictures = sum("image/png" in kinds for kinds in shown)
    assert pictures == PICTURES.get(path.stem, 0)
