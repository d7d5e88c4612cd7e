"""What takes space: measured as it lies on the disk, and only what can be remade is removed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.services.upkeep.space import Part, disks_of, empty, measure, mount_of


def never() -> bool:
    return False


def file(path: Path, size: int, age: float = 0.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(size))
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_parts_are_measured_as_they_lie_on_the_disk(tmp_path: Path) -> None:
    file(tmp_path / "a/one", 100_000)
    os.link(tmp_path / "a/one", tmp_path / "a/again")
    file(tmp_path / "b/two", 50_000)
    with (tmp_path / "a/hole").open("wb") as hole:
        hole.truncate(1 << 30)
    (tmp_path / "a/up").symlink_to(tmp_path)
    odd = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(odd)
    (tmp_path / os.fsdecode(b"caf\xe9") / "three").write_bytes(b"3")
    parts = [
        Part("a", (os.fsencode(tmp_path / "a"),), page="downloads"),
        Part("b", (os.fsencode(tmp_path / "b"), odd)),
        Part("gone", (os.fsencode(tmp_path / "gone"),)),
        Part("file", (os.fsencode(tmp_path / "b/two"),)),
    ]
    uses = measure(parts, never)
    told = {(one.part, one.path.rpartition("/")[2]): one for one in uses}
    together = tmp_path.name
    assert set(told) == {("a", "a"), ("b", together), ("file", "two")}
    assert told["b", together].files == 2
    a = told["a", "a"]
    assert 100_000 <= a.bytes < 200_000  # the hole takes nothing, the second name nothing more
    assert a.files == 3  # with the link upwards, which is not followed
    assert a.page == "downloads"
    assert a.disk == mount_of(os.fsencode(tmp_path))
    disks = disks_of(uses)
    assert [one.mount for one in disks] == [a.disk]
    assert 0 < disks[0].free <= disks[0].total


def test_a_measure_can_be_given_up(tmp_path: Path) -> None:
    file(tmp_path / "a/one", 10)
    parts = [Part("a", (os.fsencode(tmp_path / "a"),))]
    assert measure(parts, lambda: True) == ()


def test_only_what_rests_and_can_be_remade_is_removed(tmp_path: Path) -> None:
    old = file(tmp_path / "cache/deep/old", 9000, age=7200)
    fresh = file(tmp_path / "cache/fresh", 9000)
    kept = file(tmp_path / "films/film.mkv", 9000, age=7200)
    (tmp_path / "cache/out").symlink_to(tmp_path / "films")
    cache = Part("cache", (os.fsencode(tmp_path / "cache"),), freeable=True)
    assert empty(cache, time.time()) >= 9000
    assert not old.exists()
    assert fresh.exists()
    assert kept.exists()
    assert empty(Part("films", (os.fsencode(tmp_path / "films"),)), time.time() + 1e6) == 0
    assert kept.exists()


@pytest.mark.parametrize("gone", ["nothing/here", ""])
def test_a_mount_is_found_also_for_what_is_gone(tmp_path: Path, gone: str) -> None:
    place = mount_of(os.fsencode(tmp_path / gone))
    assert Path(place).is_mount()
