"""The live log: what is found of it, what of earlier runs is in it, what is saved."""

from __future__ import annotations

import json
import logging
from array import array
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.errors import Unavailable, Unsupported
from app.domain.log_lines import ERROR, INFO, WARNING
from app.infra.log_ring import LogRing
from app.infra.logs import JsonFormatter
from app.services.monitoring import old_log
from app.services.monitoring.logbook import FILE_NAME, Logbook, Sought, text_of

CANARY = "c4n4ryS3cr3tValue0123456789abcd"


def tell(
    ring: LogRing, logger: str, level: int, message: str, error: Exception | None = None
) -> None:
    told = (type(error), error, None) if error else None
    record = {"msg": message, "name": logger, "levelno": level, "exc_info": told}
    ring.handle(logging.makeLogRecord(record))


def some() -> tuple[LogRing, Logbook]:
    ring = LogRing(lines=1000)
    tell(ring, "app.services.search.service", INFO, "62 results from 5 providers")
    tell(ring, "plugins.my_sites", WARNING, "timed out after 8 s")
    tell(ring, "plugins.internet_archive", INFO, "Answered in 0.4 s")
    tell(ring, "app.services.publishing.run", ERROR, "post kept", ValueError("Token EXPIRED"))
    tell(ring, "app.services.search.service", logging.DEBUG, "cache asked")
    return ring, Logbook(ring)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), [0, 1, 2, 3, 4]),
        (Sought(INFO), [0, 1, 2, 3]),
        (Sought(WARNING), [1, 3]),
        (Sought(ERROR), [3]),
        (Sought(part="search"), [0, 4]),
        (Sought(part="provider"), [1, 2]),
        (Sought(part="provider my_sites"), [1]),
        (Sought(part="nobody"), []),
        (Sought(text="ANSWERED"), [2]),
        (Sought(text="expired"), [3]),
        (Sought(WARNING, "provider", "8 s"), [1]),
        (Sought(ERROR, "provider"), []),
    ],
)
def test_lines_are_found(sought: Sought, found: list[int]) -> None:
    ring, book = some()
    first = ring.first()
    assert book.find(first, book.last() + 1, sought) == array("q", [first + one for one in found])


def test_lines_after_one() -> None:
    ring, book = some()
    first = ring.first()
    assert [line.number for line in book.after(first)] == [first + one for one in range(1, 5)]
    assert [line.number for line in book.after(0, most=2)] == [first, first + 1]
    assert book.after(book.last()) == ()
    tell(ring, "ui", INFO, "opened")
    (line,) = book.after(book.last() - 1)
    assert (line.part, line.message, line.level) == ("window", "opened", INFO)
    assert book.parts == (
        "provider internet_archive", "provider my_sites", "publishing", "search", "window",
    )  # fmt: skip
    assert [line.message for line in book.lines([first, 1, first + 5])] == [
        "62 results from 5 providers", "opened",
    ]  # fmt: skip


def written(path: Path, *rows: dict[str, object] | str) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))


def row(at: float, message: str, **more: object) -> dict[str, object]:
    told = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    usual = {"time": told, "level": "info", "logger": "app.services.library.x", "message": message}
    return {**usual, **more}


async def test_earlier_runs_are_read(tmp_path: Path) -> None:
    log = tmp_path / "station.log"
    ring = LogRing(lines=1000)
    ring.began = 5000.0005
    written(tmp_path / "station.log.1", row(1000, "oldest"), row(2000, "older"))
    written(
        log,
        row(3000, "yesterday", level="error", error="Traceback\n  ValueError"),
        "{broken",
        '"a text"',
        "[" * 3000,
        '{"time": "never", "level": "info", "logger": "x", "message": "y"}',
        '{"time": 17, "level": {}, "logger": [], "message": null}',
        "\udcff\udcfe",
        "",
        row(4000, f"asked with token={CANARY} \x1b[2J", level="silly", thread="x"),
        row(5000.001, "this run, and in the ring already"),
    )
    tell(ring, "ui", INFO, "this run")
    book = Logbook(ring, log)
    await book.start()
    lines = book.after(0)
    messages = [line.message for line in lines]
    assert messages == [
        "oldest",
        "older",
        "yesterday",
        "asked with token=[hidden]  [2J",
        "this run",
    ]
    assert [line.number for line in lines] == list(range(book.first(), book.last() + 1))
    assert (lines[2].level, lines[2].part) == (ERROR, "library")
    assert lines[2].more == "Traceback\n  ValueError"
    assert lines[3].level == INFO


async def test_what_the_file_handler_writes_is_read_back(tmp_path: Path) -> None:
    log = tmp_path / "station.log"
    record = logging.makeLogRecord({"msg": "é %s", "args": ("“x”\n2",), "name": "ui", "levelno": 30,
                                    "levelname": "WARNING"})  # fmt: skip
    log.write_text(JsonFormatter().format(record) + "\n")
    (line,) = old_log.read_before(log, record.created + 1)
    assert (line.message, line.level, line.part) == ("é “x”\n2", WARNING, "window")
    assert abs(line.at - record.created) < 0.01


async def test_only_so_much_is_read(tmp_path: Path) -> None:
    log = tmp_path / "station.log"
    written(log, *(row(number, f"line {number}") for number in range(1, 400)))
    few = old_log.read_before(log, 1e9, lines=10)
    assert [line.message for line in few] == [f"line {number}" for number in range(390, 400)]
    little = old_log.read_before(log, 1e9, size=2000)
    assert 5 < len(little) < 30
    assert little[-1].message == "line 399"


async def test_no_log_and_a_link_for_one_are_fine(tmp_path: Path) -> None:
    ring = LogRing(lines=10)
    await Logbook(ring, tmp_path / "none.log").start()
    written(tmp_path / "elsewhere", row(1, "not ours"))
    (tmp_path / "station.log").symlink_to(tmp_path / "elsewhere")
    await Logbook(ring, tmp_path / "station.log").start()
    await Logbook(ring).start()
    assert ring.last() < ring.first()


async def test_lines_are_saved_and_nothing_is_overwritten(tmp_path: Path) -> None:
    ring, book = some()
    numbers = book.find(book.first(), book.last() + 1, Sought(WARNING))
    path = await book.save(tmp_path, numbers)
    again = await book.save(tmp_path, numbers)
    assert path == tmp_path / FILE_NAME
    assert again != path
    assert path.read_text() == again.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    told = path.read_text().splitlines()
    assert told[0].endswith("WARN  provider my_sites: timed out after 8 s")
    assert told[1].endswith("ERROR publishing: post kept")
    assert told[2] == "    ValueError: Token EXPIRED"
    assert {one.name for one in tmp_path.glob(".*")} == set()
    assert ring.last() == book.last()


async def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    _, book = some()
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable) as caught:
        await book.save(tmp_path / "file" / "log.txt", [book.first()])
    assert caught.value.key == "errors.log_save"
    with pytest.raises(Unsupported):
        await book.bundle(tmp_path)


def test_a_line_as_text() -> None:
    _, book = some()
    (line,) = book.lines([book.first()])
    assert text_of(line).endswith(" INFO  search: 62 results from 5 providers")
