"""Vectors are those of another implementation, and what is related lies near."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from app.infra.embedding.encoder import Encoder
from app.infra.embedding.place import SIZE, find_model, mark_of
from app.infra.embedding.weights import read_safetensors
from tests.unit.infra.embedding.conftest import Reference


@pytest.fixture(scope="module")
def encoder(model: Path) -> Encoder:
    return Encoder(model)


def test_the_same_vectors_as_the_reference(encoder: Encoder, reference: Reference) -> None:
    made = encoder.encode([text for text, _vector in reference.vectors])
    assert made.dtype == np.float32
    assert made.shape == (len(reference.vectors), SIZE)
    for row, (text, vector) in zip(made, reference.vectors, strict=True):
        assert float(row @ vector) == pytest.approx(1, abs=1e-5), text
        assert np.abs(row - vector).max() < 2e-6, text


def test_neither_order_nor_company_matters(encoder: Encoder) -> None:
    texts = [("word " * (number % 50)) + str(number) for number in range(70)]
    together = encoder.encode(texts)
    for place in (0, 31, 32, 69):
        alone = encoder.encode([texts[place]])[0]
        assert np.abs(together[place] - alone).max() < 1e-5


def test_what_is_related_lies_nearer(encoder: Encoder) -> None:
    space, ship, bread = encoder.encode(
        [
            "A slow film about a lonely astronaut near a black hole.",
            "A man alone on a spaceship drifts through space.",
            "How to bake sourdough bread at home.",
        ]
    )
    assert float(space @ ship) > 0.35
    assert abs(float(space @ bread)) < 0.15


def test_the_mark_tells_the_model(model: Path) -> None:
    assert mark_of(model).startswith("all-MiniLM-L6-v2:")


@pytest.mark.parametrize("package", ["no_such_package", "tests.no.such", "json"])
def test_without_its_package_there_is_no_model(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.infra.embedding.place.PACKAGE", package)
    assert find_model() is None


def _file(place: Path, header: object, data: bytes = b"") -> Path:
    told = json.dumps(header).encode()
    place.write_bytes(struct.pack("<Q", len(told)) + told + data)
    return place


def test_weights_are_read_by_their_names(tmp_path: Path) -> None:
    numbers = np.arange(6, dtype="<f4")
    header = {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "b": {"dtype": "I64", "shape": [1], "data_offsets": [24, 32]},
    }
    found = read_safetensors(_file(tmp_path / "w", header, numbers.tobytes() + bytes(8)))
    assert list(found) == ["a"]
    assert found["a"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_weights_that_lie_outside_the_file_are_refused(tmp_path: Path) -> None:
    header = {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
    with pytest.raises(ValueError, match="outside"):
        read_safetensors(_file(tmp_path / "w", header, bytes(4)))
    (tmp_path / "x").write_bytes(struct.pack("<Q", 10**12) + b"{}")
    with pytest.raises(ValueError, match="header"):
        read_safetensors(tmp_path / "x")
