from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.infra.settings_file import LARGEST, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_what_is_saved_is_read(path: Path) -> None:
    file = SettingsFile(path)
    file.save({"version": 1, "look": {"scale": 120, "language": "fr"}})
    assert file.load().document == {"version": 1, "look": {"scale": 120, "language": "fr"}}
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_file_is_no_problem(path: Path) -> None:
    loaded = SettingsFile(path).load()
    assert loaded.document == {}
    assert loaded.problems == ()


def test_a_peek_moves_nothing(path: Path) -> None:
    file = SettingsFile(path)
    assert file.peek() == {}
    file.save({"version": 1})
    file.save({"version": 2})
    assert file.peek() == {"version": 2}
    path.write_text("version = ", "utf-8")
    assert file.peek() == {"version": 1}
    assert path.read_text("utf-8") == "version = "
    path.unlink()
    assert file.peek() == file.load().document == {}


def test_the_generation_before_is_kept(path: Path) -> None:
    file = SettingsFile(path)
    file.save({"version": 1})
    file.save({"version": 2})
    assert "version = 1" in path.with_name("settings.toml.bak").read_text()
    assert sorted(entry.name for entry in path.parent.iterdir()) == [
        "settings.toml",
        "settings.toml.bak",
    ]


def test_a_broken_file_goes_aside_and_the_one_before_is_used(path: Path) -> None:
    file = SettingsFile(path)
    file.save({"version": 1, "look": {"scale": 120}})
    file.save({"version": 1, "look": {"scale": 130}})
    path.write_bytes(b'[look\nscale = "')
    loaded = file.load()
    assert loaded.document == {"version": 1, "look": {"scale": 120}}
    assert [problem.key for problem in loaded.problems] == ["settings.problem.restored"]
    aside = Path(str(loaded.problems[0].args["path"]))
    assert aside.read_bytes() == b'[look\nscale = "'
    assert not path.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"= 3", b"#" * (LARGEST + 1)])
def test_a_broken_file_without_another_gives_defaults(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    loaded = SettingsFile(path).load()
    assert loaded.document == {}
    assert [problem.key for problem in loaded.problems] == ["settings.problem.broken"]


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    loaded = SettingsFile(path).load()
    assert loaded.document == {}
    assert [problem.key for problem in loaded.problems] == ["settings.problem.unreadable"]


def test_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "sokoul.toml"
    real.parent.mkdir()
    real.write_text("version = 1\n")
    path.parent.mkdir()
    path.symlink_to(real)
    SettingsFile(path).save({"version": 1, "look": {"scale": 140}})
    assert path.is_symlink()
    assert "scale = 140" in real.read_text()


def test_a_disk_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.save({"version": 1, "look": {"scale": 120}})
    before = path.read_bytes()

    def fail(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unavailable) as told:
        file.save({"version": 1, "look": {"scale": 130}})
    assert told.value.args_map["reason"] == "No space left on device"
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0
    yield place
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_really_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    file = SettingsFile(small_disk / "settings.toml")
    file.save({"version": 1, "look": {"scale": 120}})
    before = (small_disk / "settings.toml").read_bytes()
    if not os.path.ismount(small_disk):  # no right to mount here: the failing fsync above stands in
        return
    with pytest.raises(Unavailable):
        file.save({"version": 1, "much": "x" * 200_000})
    assert (small_disk / "settings.toml").read_bytes() == before
    assert [entry.name for entry in small_disk.iterdir()] == ["settings.toml"]
    file.save({"version": 1, "look": {"scale": 130}})
