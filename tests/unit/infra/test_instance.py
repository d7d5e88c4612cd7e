"""The lock that keeps a user to one station, tried with real processes."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.errors import Refused
from app.infra.instance import InstanceLock, secure_folder

_HOLDER = """
import sys, time
from pathlib import Path
from app.infra.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print("held" if lock.acquire() else "taken", flush=True)
time.sleep(60)
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    )


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _end(process: subprocess.Popen[str], number: int = signal.SIGKILL) -> None:
    process.send_signal(number)
    process.wait(5)
    assert process.stdout is not None
    process.stdout.close()


def test_second_process_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "run" / "station.lock"
    first = _holder(path)
    try:
        assert _first_line(first) == "held"
        lock = InstanceLock(path)
        began = time.monotonic()
        assert not lock.acquire()
        assert time.monotonic() - began < 0.5
        assert lock.owner() == first.pid
    finally:
        _end(first)


def test_kill_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "station.lock"
    for _ in range(3):
        first = _holder(path)
        assert _first_line(first) == "held"
        _end(first, signal.SIGKILL)
    lock = InstanceLock(path)
    assert lock.acquire()
    lock.release()


def test_stale_file_and_permissions(tmp_path: Path) -> None:
    path = tmp_path / "run" / "station.lock"
    path.parent.mkdir(mode=0o755)
    path.write_text("999999\nleft behind by something long dead")
    path.chmod(0o666)
    lock = InstanceLock(path)
    assert lock.acquire()
    assert lock.held
    assert lock.acquire()  # again by the same object: still held
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert lock.owner() == os.getpid()
    lock.release()
    lock.release()
    assert lock.owner() is None
    assert InstanceLock(path).acquire()


def test_links_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("keep me")
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    (folder / "station.lock").symlink_to(target)
    with pytest.raises(Refused):
        InstanceLock(folder / "station.lock").acquire()
    assert target.read_text() == "keep me"

    (tmp_path / "linked").symlink_to(folder)
    with pytest.raises(Refused):
        secure_folder(tmp_path / "linked")


def test_a_fifo_in_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "station.lock"
    os.mkfifo(path)
    with pytest.raises(Refused):
        InstanceLock(path).acquire()
