"""Word vectors: checked before use, scaled to one length."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import save_file

from carescore.errors import TrainingError
from carescore.training.words import STRENGTH, read_word_vectors
from tests.training.invented import write_vectors

IDS = np.array([1, 5, 2**63], dtype=np.uint64)
VECTORS = np.array([[3, 4], [0, 0], [-127, 0]], dtype=np.int8)


def test_every_vector_has_one_length(tmp_path):
    save_file({"ids": IDS, "vectors": VECTORS}, tmp_path / "vectors.safetensors")
    found = read_word_vectors(tmp_path / "vectors.safetensors")
    assert found.ids.tolist() == IDS.tolist()
    assert np.linalg.norm(found.vectors, axis=1).tolist() == pytest.approx([STRENGTH, 0, STRENGTH])
    assert found.vectors[0].tolist() == pytest.approx([0.6 * STRENGTH, 0.8 * STRENGTH])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"ids": IDS}, "not word vectors"),
        ({"ids": IDS.astype(np.int64), "vectors": VECTORS}, "expected rising 64-bit ids"),
        ({"ids": IDS[::-1].copy(), "vectors": VECTORS}, "expected rising 64-bit ids"),
        ({"ids": IDS[:2], "vectors": VECTORS}, "expected rising 64-bit ids"),
        ({"ids": np.array([1, 1, 2], dtype=np.uint64), "vectors": VECTORS}, "expected rising 64-bit ids"),
    ],
)
def test_what_is_no_file_of_vectors_is_refused(arrays, message, tmp_path):
    save_file(arrays, tmp_path / "vectors.safetensors")
    with pytest.raises(TrainingError, match=rf"^vectors\.safetensors: {message}"):
        read_word_vectors(tmp_path / "vectors.safetensors")


@pytest.mark.parametrize("content", [None, b"", b"pickled", b"\x80\x04N."])
def test_what_is_no_safetensors_file_is_refused(content, tmp_path):
    if content is not None:
        (tmp_path / "vectors.safetensors").write_bytes(content)
    with pytest.raises(TrainingError, match=r"^vectors\.safetensors: not word vectors"):
        read_word_vectors(tmp_path / "vectors.safetensors")


def test_the_invented_vectors_are_good(tmp_path):
    assert read_word_vectors(write_vectors(tmp_path)).vectors.shape == (4, 3)
