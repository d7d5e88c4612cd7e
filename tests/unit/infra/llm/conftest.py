"""Tiny models in files, and a local model that holds one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.llm.model import LocalModel
from tests.fakes import gguf
from tests.unit.infra.llm.parts import model_of


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return gguf.write(tmp_path / "tiny.gguf")


@pytest.fixture(scope="session")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that takes some ten seconds for the long question."""
    shape = gguf.Tiny(context=16_384, wide=256, layers=6, inner=512)
    return gguf.write(tmp_path_factory.mktemp("models") / "slow.gguf", shape)


@pytest.fixture
async def model(tiny: Path) -> AsyncIterator[LocalModel]:
    made = model_of(tiny)
    yield made
    await made.close()


@pytest.fixture
async def slow_model(slow: Path) -> AsyncIterator[LocalModel]:
    made = model_of(slow)
    yield made
    await made.close()
