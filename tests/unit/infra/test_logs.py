"""The log: what it keeps, what it hides, and how it turns over."""

from __future__ import annotations

import asyncio
import json
import logging
import stat
import sys
import threading
from pathlib import Path

import pytest

from app.infra import logs
from app.infra.logs import TurningFile, redact
from app.infra.paths import Paths

CANARY = "c4n4ryS3cr3tValue0123456789abcd"


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        f"token={CANARY}",
        f"GET /api?t=search&apikey={CANARY}&q=heat",
        f"https://indexer.test/api?api_key={CANARY}",
        f"Authorization: Bearer {CANARY}",
        f"Authorization: Basic {CANARY}==",
        "{'Authorization': 'Bearer " + CANARY + "', 'Accept': '*/*'}",
        f"[('authorization', 'token {CANARY}')]",
        f"Cookie: session={CANARY}; other={CANARY}",
        f"Set-Cookie: id={CANARY}; Path=/",
        f"X-Api-Key: {CANARY}",
        f"X-Plex-Token={CANARY}",
        f"password={CANARY}",
        f"password = '{CANARY} with spaces'",
        '{"password": "' + CANARY + '"}',
        '{"client_secret": "' + CANARY + '", "name": "x"}',
        '{"refresh_token": "' + CANARY + '"}',
        f"access_token={CANARY}&token_type=bearer",
        f"https://user:{CANARY}@tracker.test/announce",
        f"http://tracker.test/{CANARY}/announce",
        f"http://tracker.test/announce/{CANARY}",
        f"http://tracker.test/announce.php?passkey={CANARY}",
        "magnet:?xt=urn:btih:" + "a" * 40 + f"&tr=http%3A%2F%2Ft.test%2F{CANARY}%2Fannounce",
        "magnet:?xt=urn:btih:"
        + "a" * 40
        + f"&tr=http%3A%2F%2Ft.test%2Fannounce%3Fpasskey%3D{CANARY}",
        f"torrent_pass={CANARY}",
        f"https://t.test/rss?authkey={CANARY}&rsskey={CANARY}",
        f"sk-{CANARY}",
        f"bot 123456789:{CANARY}_moreofit",
        f"eyJhbGciOiJIUzI1NiJ9.{CANARY}.{CANARY}",
        f"PASSWORD:{CANARY}",
        f"secret: {CANARY}",
    ],
)
def test_secrets_are_hidden(text: str) -> None:
    assert CANARY not in redact(text)
    assert CANARY not in redact(f"before {text} after")


@pytest.mark.parametrize(
    "text",
    [
        "Scanned /films/Password Swordfish (2001).mkv in 0.2 s",
        "magnet:?xt=urn:btih:" + "0123456789abcdef0123456789abcdef01234567" + "&dn=Heat",
        "The folder /media/disk is away",
        "seconds=3 size=12 path=/films/Secretary.mkv",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text) == text


def test_no_canary_reaches_the_file(paths: Paths) -> None:
    logs.setup(paths)
    log = logging.getLogger("canary")
    log.info("asking %s", f"https://x.test/?apikey={CANARY}")
    log.info("headers %s", {"Authorization": f"Bearer {CANARY}"})
    log.warning("extra", extra={"password": CANARY, "api_key": CANARY, "harmless": "kept"})
    error = ValueError(f"token={CANARY}")
    log.error("failed with password=%s", CANARY, exc_info=error)
    text = paths.log.read_text()
    assert CANARY not in text
    rows = _lines(paths.log)
    assert rows[2]["harmless"] == "kept"
    assert "ValueError" in rows[3]["error"]
    assert rows[0]["level"] == "info"
    assert rows[0]["time"].endswith("Z")


def test_level_private_and_repeatable(paths: Paths) -> None:
    logs.setup(paths, level="warning")
    logs.setup(paths, level="warning")
    logging.getLogger("x").info("not kept")
    logging.getLogger("x").warning("kept")
    assert [row["message"] for row in _lines(paths.log)] == ["kept"]
    assert stat.S_IMODE(paths.log.stat().st_mode) == 0o600


def test_bad_calls_and_odd_text_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "station.log"
    handler = TurningFile(path)
    handler.setFormatter(logs.JsonFormatter())
    for record in (
        {"msg": "surrogate %s", "args": ("\udcff\x00\n",)},
        {"msg": "x" * 100_000},
        {"msg": "%d items", "args": ("no number",)},
    ):
        handler.handle(logging.makeLogRecord(record))
    handler.close()
    rows = _lines(path)
    assert rows[0]["message"] == "surrogate \udcff\x00\n"
    assert len(rows[1]["message"]) == logs.LONGEST
    assert "could not be told" in rows[2]["message"]


def test_it_turns_over(tmp_path: Path) -> None:
    path = tmp_path / "station.log"
    handler = TurningFile(path, size=1000, kept=3)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for index in range(100):
        handler.handle(logging.makeLogRecord({"msg": f"{index:03d} " + "x" * 95}))
    handler.close()
    files = sorted(tmp_path.glob("station.log*"))
    assert [file.suffix for file in files] == [".log", ".1", ".2", ".3"]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert path.read_text().splitlines()[-1].startswith("099")


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("keep me")
    (tmp_path / "station.log").symlink_to(target)
    handler = TurningFile(tmp_path / "station.log")
    handler.handle(logging.makeLogRecord({"msg": "hello"}))
    handler.close()
    assert target.read_text() == "keep me"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_uncaught_errors_of_threads_are_logged(paths: Paths) -> None:
    logs.setup(paths)

    def fail() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=fail, name="worker-7")
    thread.start()
    thread.join()
    row = _lines(paths.log)[-1]
    assert row["message"] == "Thread worker-7 failed"
    assert "in a thread" in row["error"]


async def test_uncaught_errors_of_a_loop_are_logged(paths: Paths) -> None:
    logs.setup(paths)
    loop = asyncio.get_running_loop()
    logs.watch_loop(loop)

    def fail() -> None:
        raise RuntimeError("in a callback")

    loop.call_soon(fail)
    await asyncio.sleep(0.01)
    assert "in a callback" in _lines(paths.log)[-1]["error"]


def test_the_program_s_own_failure_is_logged(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.setup(paths)
    sys.excepthook(RuntimeError, RuntimeError("the end"), None)
    assert "the end" in _lines(paths.log)[-1]["error"]
    assert "the end" in capsys.readouterr().err
