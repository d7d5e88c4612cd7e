"""Whisper files looked into: whole ones, cut ones, and those that lie."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pytest

from app.domain.errors import AppError, InvalidInput, Unsupported
from app.infra.hearing.ggml import check
from tests.fakes import ggml


def test_a_whole_file_says_what_it_is(tmp_path: Path) -> None:
    path = ggml.write(tmp_path / "ggml-mine.bin")
    told = check(path)
    assert (told.name, told.english_only, told.precision) == ("ggml-mine", False, "F16")
    assert told.bytes == path.stat().st_size
    assert told.needs > told.bytes
    base = check(ggml.write(tmp_path / "b.bin", ggml.Tiny(layers=6, multilingual=False)))
    assert (base.name, base.english_only) == ("Whisper base", True)


def test_a_machine_too_small(tmp_path: Path) -> None:
    path = ggml.write(tmp_path / "ggml-mine.bin")
    with pytest.raises(Unsupported) as caught:
        check(path, memory=100 * 2**20)
    assert caught.value.key == "errors.model_file_too_big"


def test_every_cut_is_noticed_but_between_parts(tmp_path: Path) -> None:
    whole = ggml.encode()
    path = tmp_path / "cut.bin"
    for length in (0, 3, 47, 60, 500, 70_000, 700_000, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(InvalidInput) as caught:
            check(path)
        assert caught.value.key in ("errors.model_file_cut", "errors.model_file_no_whisper")


@pytest.mark.parametrize(("place", "number"), [
    (0, 1_000), (0, 2**30), (1, 3_000), (2, 0), (3, 3), (4, 10**6), (5, -1), (9, 81),
])  # fmt: skip
def test_sizes_that_cannot_be(tmp_path: Path, place: int, number: int) -> None:
    data = bytearray(ggml.encode())
    struct.pack_into("<i", data, 4 + 4 * place, number)
    path = tmp_path / "odd.bin"
    path.write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        check(path)
    assert caught.value.key == "errors.model_file_broken"


def test_noise_in_the_heads_only_raises_what_it_says(tmp_path: Path) -> None:
    whole, chance = ggml.encode(), random.Random(3)
    path = tmp_path / "noise.bin"
    heads = 48 + 80 * 201 * 4 + 8
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(4):
            data[chance.choice((chance.randrange(4, 60), heads + chance.randrange(4_000)))] = (
                chance.randrange(256)
            )
        path.write_bytes(data)
        try:
            check(path)
        except AppError as error:
            assert error.key.startswith("errors.model_file_")  # noqa: PT017 - or it is still good


def test_no_link_and_no_pipe_is_opened(tmp_path: Path) -> None:
    real = ggml.write(tmp_path / "real.bin")
    (tmp_path / "link.bin").symlink_to(real)
    os.mkfifo(tmp_path / "pipe.bin")
    for name in ("link.bin", "pipe.bin"):
        with pytest.raises(InvalidInput) as caught:
            check(tmp_path / name)
        assert caught.value.key == "errors.model_file_unreadable"
