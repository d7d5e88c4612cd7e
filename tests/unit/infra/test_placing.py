"""Finished files find their place, and never take another's."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.infra.placing import place


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "loaded" / "film.mkv"
    path.parent.mkdir()
    path.write_bytes(b"film" * 1000)
    return path


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_on_the_same_disk_it_is_a_second_name(film: Path, tmp_path: Path) -> None:
    there = place(film, tmp_path / "library/Film (1999)/Film.mkv")
    assert there.stat().st_ino == film.stat().st_ino
    assert there == tmp_path / "library/Film (1999)/Film.mkv"


def test_placing_it_again_changes_nothing(film: Path, tmp_path: Path) -> None:
    target = tmp_path / "library/Film.mkv"
    assert place(film, target) == place(film, target) == target
    assert os.listdir(target.parent) == ["Film.mkv"]


def test_another_file_of_that_name_is_left(film: Path, tmp_path: Path) -> None:
    target = tmp_path / "Film.mkv"
    target.write_bytes(b"mine")
    assert place(film, target).name == "Film (2).mkv"
    assert target.read_bytes() == b"mine"


def test_on_another_disk_it_is_copied(film: Path, other_disk: Path) -> None:
    target = other_disk / "films/Film.mkv"
    assert place(film, target) == target
    assert target.read_bytes() == film.read_bytes()
    assert place(film, target) == target  # as after a kill between the copy and the note of it
    assert os.listdir(target.parent) == ["Film.mkv"]


def test_a_full_disk_is_told_and_nothing_is_left(film: Path, other_disk: Path) -> None:
    film.write_bytes(bytes(3_000_000))
    with pytest.raises(OSError, match="No space") as told:
        place(film, other_disk / "Film.mkv")
    assert told.value.errno == errno.ENOSPC
    assert os.listdir(other_disk) == []


def test_a_link_of_that_name_is_not_followed(film: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    target = tmp_path / "Film.mkv"
    target.symlink_to(outside)
    assert place(film, target).name == "Film (2).mkv"
    assert not outside.exists()
