"""The `sokoul` command as a real process, and its parts against a station of our own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.cli.parse import FIELDS
from app.domain.errors import NotFound
from app.domain.version import VERSION
from app.infra.control import ControlServer, Progress
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

ROOT = Path(__file__).parents[3]


def _run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=30,
        check=False,
    )


def test_version_is_told_at_once() -> None:
    best = 9.0
    for _ in range(5):
        began = time.monotonic()
        done = _run("--version")
        best = min(best, time.monotonic() - began)
    assert done.stdout.decode().strip() == f"Sokoul {VERSION}"
    assert best < 0.4  # 0.1 s on an idle machine; a heavy import would take longer than this


def test_version_is_the_project_s() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert told["project"]["version"] == VERSION


def test_starting_imports_nothing_heavy() -> None:
    code = (
        "import sys, app.cli\n"
        "heavy = {'sqlalchemy', 'PySide6', 'PTT', 'aiohttp', 'httpx', 'dbos', 'numpy', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=30, check=True
    )
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("command", ["", "serve", "scan", "library", "search", "parse", "doctor"])
def test_help_teaches(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert "examples:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["fly"], ["scan"], ["parse"], ["library", "--limit", "-3"], ["search"]]
)
def test_what_is_not_understood_ends_with_two(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_parse_prints_exactly_the_promised_fields() -> None:
    done = _run("parse", "--json", "Heat.1995.FRENCH.1080p.BluRay.x264-GRP.mkv", "Café - S01E02")
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(rows[0]) == list(FIELDS)
    assert rows[0]["title"] == "Heat"
    assert rows[0]["languages"] == ["fr"]
    assert rows[1]["title"] == "Café"
    assert (rows[1]["season"], rows[1]["episode"]) == (1, 2)


def test_parse_reads_names_from_the_input() -> None:
    names = b"Heat.1995.mkv\n\n\xff\xfe broken \xe9.avi\r\nThe.100.S01E01.720p\n" + b"x" * 20_000
    done = _run("parse", "--json", "-", stdin=names)
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 4
    assert rows[2]["title"] == "The 100"


def test_parse_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "Heat.1995.1080p\x1b[31m.mkv"]) == 0
    told = capsys.readouterr().out
    assert "Heat" in told
    assert "1995" in told
    assert "\x1b" not in told


def test_a_reader_that_leaves_is_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "parse", "--json", *["Heat.1995.mkv"] * 5000],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait(20) == 128 + signal.SIGPIPE
    assert told == b""


def test_an_interrupt_is_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "parse", "-", "--json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"Heat.1995.mkv\n" * 3000)  # more than its buffers hold
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _out, told = process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGINT
    assert told == b""


class Station:
    """A control server with its own loop and thread, answering as the real one would."""

    def __init__(self, paths: Paths) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._loop = asyncio.new_event_loop()
        self._server = ControlServer(
            paths.socket,
            {"raise": self.open, "scan": self.scan, "library": self.library, "status": self.status},
        )
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._server.start(), self._loop).result(5)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._server.stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def open(self, args: Mapping[str, Any], _progress: Progress) -> object:
        self.asked.append(("raise", dict(args)))
        return {}

    async def status(self, _args: Mapping[str, Any], _progress: Progress) -> object:
        return {"pid": os.getpid(), "version": VERSION}

    async def scan(self, args: Mapping[str, Any], progress: Progress) -> object:
        self.asked.append(("scan", dict(args)))
        if args["path"].endswith("forbidden"):
            raise NotFound("errors.no_such_folder", path=args["path"])
        await progress({"phase": "names", "done": 1, "total": 2})
        return {"folder": args["path"], "phase": "done", "files": 2, "notes": 0, "items": 2}

    async def library(self, args: Mapping[str, Any], _progress: Progress) -> object:
        self.asked.append(("library", dict(args)))
        row = {
            "id": 1,
            "kind": "film",
            "title": "Heat\n\u202e",
            "year": 1995,
            "series": None,
            "season": None,
            "episode": None,
            "episodes": 0,
            "duration": 10_200.0,
            "resolution": "1080p",
            "watched": True,
            "position": 0.0,
            "offline": False,
            "note": None,
        }
        return {"total": 2, "items": [row]}


@pytest.fixture
def station(paths: Paths) -> Iterator[Station]:
    running = Station(paths)
    yield running
    running.stop()


def test_a_second_start_raises_the_first_within_a_second(paths: Paths, station: Station) -> None:
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    try:
        began = time.monotonic()
        done = _run("--page", "library")
        took = time.monotonic() - began
    finally:
        lock.release()
    assert done.returncode == 0, done.stderr
    assert station.asked == [("raise", {"page": "library"})]
    assert took < 1.0


def test_a_second_start_beside_a_silent_first_says_so(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    began = time.monotonic()
    assert main([]) == 1
    assert time.monotonic() - began < 2.0
    lock.release()
    assert str(os.getpid()) in capsys.readouterr().err


def test_scan_asks_the_running_station(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    films = tmp_path / "films"
    films.mkdir()
    assert main(["scan", str(films)]) == 0
    assert "2 items" in capsys.readouterr().out
    assert main(["scan", "--json", str(films)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["progress"]["phase"] == "names"
    assert lines[-1]["result"]["items"] == 2


def test_scan_fails_plainly(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(tmp_path / "nothing")]) == 1
    assert "There is no folder" in capsys.readouterr().err
    forbidden = tmp_path / "forbidden"
    forbidden.mkdir()
    assert main(["scan", "--json", str(forbidden)]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "NotFound"


def test_library_for_people_and_programs(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["library", "--search", "heat", "--kind", "film", "--limit", "1"]) == 0
    told = capsys.readouterr().out
    assert "Heat" in told
    assert "(1995)" in told
    assert "2 h 50" in told
    assert "\u202e" not in told
    assert station.asked == [("library", {"search": "heat", "kind": "film", "limit": 1})]
    assert main(["library", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2


def test_commands_refuse_while_a_station_is_only_starting(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    assert main(["library"]) == 1
    assert main(["serve"]) == 1
    lock.release()
    assert "station" in capsys.readouterr().err


def test_doctor_for_programs(
    paths: Paths, capsys: pytest.CaptureFixture[str], station: Station
) -> None:
    status = main(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    states = {check["part"]: check["state"] for check in told["checks"]}
    assert told["good"] is (status == 0)
    assert states["Python"] == "good"
    assert states["SQLite"] == "good"
    assert states["own folders"] == "good"
    assert states["running station"] == "good"
    assert len(states) == len(told["checks"]) >= 16


def test_doctor_ends_with_one_when_something_essential_is_broken(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.database.write_bytes(b"this is no database" * 500)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "Damaged" in told
    assert "→" in told


def test_french(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with contextlib.suppress(SystemExit):
        main(["scan", "/nothing/here"])
    assert "Il n'y a pas de dossier" in capsys.readouterr().err
