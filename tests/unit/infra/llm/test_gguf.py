"""Looking into model files: the good ones, the wrong ones, and those that mean harm."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import AppError, InvalidInput, Unsupported
from app.infra.llm.gguf import WORK_MEMORY, check
from tests.fakes import gguf

GIGABYTE = 10**9


def refused(path: Path) -> str:
    with pytest.raises(AppError) as told:
        check(path, 16 * GIGABYTE)
    return told.value.key


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def test_what_a_model_says_of_itself(tmp_path: Path) -> None:
    shape = gguf.Tiny(
        file_type=15, pairs=(("general.license", "apache-2.0"), ("general.organization", "Nobody"))
    )
    path = gguf.write(tmp_path / "a model.gguf", shape)
    facts = check(path, 16 * GIGABYTE)
    assert facts.path == path
    assert facts.bytes == path.stat().st_size
    assert (facts.architecture, facts.name) == ("llama", "Tiny Random")
    assert (facts.quantisation, facts.context) == ("Q4_K_M", 2_048)
    assert (facts.license, facts.publisher) == ("apache-2.0", "Nobody")
    assert facts.has_chat_template
    words, wide, inner = len(gguf.tokens()[0]), 64, 128
    layer = 2 * wide + 4 * wide * wide + 3 * wide * inner
    assert facts.parameters == 2 * words * wide + wide + 2 * layer
    assert facts.token_memory == 2 * 4 * (16 + 16) * 2  # layers, heads, key and value, bytes
    assert facts.needs(1_000) == facts.bytes + 512_000 + WORK_MEMORY


def test_what_is_not_told_is_empty(tmp_path: Path) -> None:
    path = gguf.write(tmp_path / "a.gguf", gguf.Tiny(template=None, pairs=(), file_type=999))
    facts = check(path)
    assert (facts.license, facts.publisher, facts.quantisation) == ("", "", "")
    assert not facts.has_chat_template


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    assert refused(tmp_path / "away.gguf") == "errors.model_file_missing"
    (tmp_path / "folder.gguf").mkdir()
    assert refused(tmp_path / "folder.gguf") == "errors.model_file_unreadable"
    os.mkfifo(tmp_path / "pipe.gguf")  # opening it would wait for ever
    assert refused(tmp_path / "pipe.gguf") == "errors.model_file_unreadable"


@pytest.mark.parametrize("data", [b"", b"GG", b"PK\x03\x04 a zip", b"{}" * 500])
def test_files_that_are_no_models(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(data)
    assert refused(path) == "errors.model_file_no_gguf"


def test_a_download_that_broke_off_is_told_wherever_it_did(tmp_path: Path) -> None:
    whole, path = gguf.encode(), tmp_path / "a.gguf"
    for size in [4, 9, 24, 60, 1_000, 5_000, 20_000, len(whole) - 300_000, len(whole) - 1]:
        path.write_bytes(whole[:size])
        assert refused(path) == "errors.model_file_cut", size
    path.write_bytes(whole)
    check(path)


@pytest.mark.parametrize(
    "head",
    [
        struct.pack("<IQQ", 3, 0, 2**63),  # so many values
        struct.pack("<IQQ", 3, 2**63, 0),  # so many tensors
        struct.pack("<IQQ", 1, 0, 0),
        struct.pack(">IQQ", 3, 0, 0),  # written the other way round
        struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**62),  # so long a name
        struct.pack("<IQQ", 3, 0, 1) + text("a") + struct.pack("<I", 77),
        struct.pack("<IQQ", 3, 0, 1) + text("a") + struct.pack("<IIQ", 9, 4, 2**60),
        struct.pack("<IQQ", 3, 0, 1) + text("a") + struct.pack("<IIQ", 9, 9, 1),  # lists of lists
        struct.pack("<IQQ", 3, 0, 1) + text("general.name") + struct.pack("<IQ", 8, 2**40),
        struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<I", 2**31),
        struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<IQQ", 2, 2**40, 2**40),
        struct.pack("<IQQ", 3, 0, 1) + text("general.alignment") + struct.pack("<II", 4, 0),
    ],
)
def test_heads_that_make_no_sense(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(b"GGUF" + head + bytes(2_000))
    assert refused(path) == "errors.model_file_broken"


def test_a_tensor_beyond_the_end_is_a_cut_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    tensor = text("t") + struct.pack("<IQIQ", 1, 4, 0, 2**50)
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + tensor + bytes(2_000))
    assert refused(path) == "errors.model_file_cut"


@pytest.mark.parametrize("architecture", ["bert", "clip", "whisper", "flux"])
def test_models_of_something_else_are_told(tmp_path: Path, architecture: str) -> None:
    path = gguf.write(tmp_path / "a.gguf", gguf.Tiny(architecture=architecture))
    assert refused(path) == "errors.model_file_no_language"


def test_an_addition_to_a_model_is_none(tmp_path: Path) -> None:
    path = gguf.write(tmp_path / "a.gguf", gguf.Tiny(pairs=(("general.type", "adapter"),)))
    assert refused(path) == "errors.model_file_no_language"


def test_one_that_is_too_big_for_this_machine(tmp_path: Path) -> None:
    path = gguf.write(tmp_path / "a.gguf")
    with pytest.raises(Unsupported) as told:
        check(path, 512_000_000)
    assert told.value.key == "errors.model_file_too_big"
    assert told.value.args_map["have"] == 512_000_000
    check(path, GIGABYTE)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 24_000), st.binary(min_size=1, max_size=9)), max_size=4))
def test_whatever_is_changed_it_is_read_or_refused(
    tmp_path: Path, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(_WHOLE)
    for place, new in changes:
        data[place : place + len(new)] = new
    path = tmp_path / "changed.gguf"
    path.write_bytes(data)
    try:
        facts = check(path, 16 * GIGABYTE)
    except (InvalidInput, Unsupported):
        return  # any other error is a defect
    assert 0 <= facts.needs(1_024) < 16 * GIGABYTE
    assert len(facts.name) <= 200


_WHOLE = gguf.encode(gguf.Tiny(wide=16, layers=1, inner=16))
