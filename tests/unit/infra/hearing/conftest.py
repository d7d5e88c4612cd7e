"""Tiny models in files, an ear that has one, and a sound that takes a while."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.hearing.ear import LocalEar
from tests.fakes import ggml
from tests.unit.infra.hearing.parts import ear_of, noise


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ggml.write(tmp_path_factory.mktemp("ears") / "ggml-tiny.bin")


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty minutes: what is begun with it does not end by itself."""
    return noise(tmp_path_factory.mktemp("sounds") / "long.wav", 1_200)


@pytest.fixture
async def ear(tiny: Path) -> AsyncIterator[LocalEar]:
    made = ear_of(tiny)
    yield made
    await made.close()
