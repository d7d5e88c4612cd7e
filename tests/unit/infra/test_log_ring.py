"""The lines kept in memory: bounded, numbered, without secrets, safe from every thread."""

from __future__ import annotations

import logging
import sys
import threading

import pytest

from app.domain.log_lines import LogLine
from app.infra import logs
from app.infra.log_ring import BYTES, LINES, MESSAGE, MORE, LogRing
from app.infra.paths import Paths

CANARY = "c4n4ryS3cr3tValue0123456789abcd"


def told(ring: LogRing, *messages: str, logger: str = "app.services.search.x") -> None:
    for message in messages:
        ring.handle(logging.makeLogRecord({"msg": message, "name": logger, "levelno": 20}))


def lines(ring: LogRing) -> list[LogLine]:
    return [LogLine._make(row) for row in ring.rows(ring.first(), ring.last() + 1)]


def old(*messages: str) -> list[LogLine]:
    return [LogLine(0, 1.0, 20, "studio", message) for message in messages]


def test_setup_installs_one_that_is_found_again(paths: Paths) -> None:
    assert logs.ring().last() < logs.ring().first()
    first = logs.setup(paths)
    ring = logs.setup(paths)
    assert ring is logs.ring()
    assert [one for one in logging.getLogger().handlers if isinstance(one, LogRing)] == [ring]
    logging.getLogger("app.services.search.service").warning("62 results")
    assert first.last() < first.first()
    (line,) = lines(ring)
    assert (line.part, line.level, line.message) == ("search", logging.WARNING, "62 results")
    assert line.logger == "app.services.search.service"
    assert "62 results" in paths.log.read_text()


def test_the_oldest_lines_make_room() -> None:
    ring = LogRing(lines=100)
    told(ring, *(f"line {number}" for number in range(250)))
    kept = lines(ring)
    assert [line.message for line in kept] == [f"line {number}" for number in range(150, 250)]
    numbers = [line.number for line in kept]
    assert numbers == list(range(ring.first(), ring.last() + 1))
    told(ring, "one more")
    assert ring.last() == numbers[-1] + 1
    assert ring.first() == numbers[0] + 1


def test_any_stretch_can_be_asked_for() -> None:
    ring = LogRing(lines=10)
    told(ring, *map(str, range(15)))
    first = ring.first()
    for start in range(first - 3, first + 13):
        for end in range(start - 1, first + 13):
            asked = [row[0] for row in ring.rows(start, end)]
            assert asked == [one for one in range(start, end) if first <= one <= ring.last()]


def test_long_lines_cannot_fill_the_memory() -> None:
    ring = LogRing(lines=LINES, size=200_000)
    for number in range(2000):
        error = ValueError(f"{number} " + "x" * 5000)
        trace = (ValueError, error, None)
        record = {"msg": "y" * 5000, "name": "a", "levelno": 40, "exc_info": trace}
        ring.handle(logging.makeLogRecord(record))
    kept = lines(ring)
    assert 1 < len(kept) < 60
    assert ring.size() <= 200_000
    real = sum(sys.getsizeof(line.message) + sys.getsizeof(line.more) for line in kept)
    assert real <= ring.size()
    assert all(len(line.message) <= MESSAGE + 1 and len(line.more) <= MORE for line in kept)
    assert kept[-1].more.endswith("xxx")


def test_a_full_ring_of_usual_lines_fits_its_promise() -> None:
    ring = LogRing(lines=2000)
    told(
        ring,
        *(f"{number} results from 5 providers in 1.41 s for “a film”" for number in range(2000)),
    )
    assert ring.size() / 2000 * LINES <= BYTES <= 40_000_000


def test_no_secret_gets_in() -> None:
    ring = LogRing(lines=100)
    log = logging.getLogger("canary of the ring")
    log.addHandler(ring)
    try:
        log.warning("asking %s", f"https://x.test/?apikey={CANARY}")
        log.warning("headers %s", {"Authorization": f"Bearer {CANARY}"})
        log.warning(
            "magnet:?xt=urn:btih:%s&tr=http%%3A%%2F%%2Ft%%2F%s%%2Fannounce", "a" * 40, CANARY
        )
        log.error("failed", exc_info=ValueError(f"token={CANARY}"))
        log.warning("%s\npassword=%s", "x" * 3 * MESSAGE, CANARY)
    finally:
        log.removeHandler(ring)
    kept = lines(ring)
    assert len(kept) == 5
    assert CANARY not in repr(kept)
    assert "ValueError: token=[hidden]" in kept[3].more


@pytest.mark.parametrize(
    ("message", "shown", "more"),
    [
        ("plain", "plain", ""),
        ("bell\x07 and \x1b[31mred", "bell  and  [31mred", ""),
        ("turned \u202eround", "turned  round", ""),
        ("first\nsecond\tx", "first…", "first\nsecond\tx"),
        ("broken \udcff", "broken \N{REPLACEMENT CHARACTER}", ""),
        ("a" * 600, "a" * MESSAGE + "…", "a" * 600),
    ],
)
def test_a_line_is_one_line_and_harmless(message: str, shown: str, more: str) -> None:
    ring = LogRing(lines=10)
    told(ring, message)
    (line,) = lines(ring)
    assert (line.message, line.more) == (shown, more)
    assert line.message.isprintable()


def test_a_wrong_call_is_told_and_ends_nobody() -> None:
    ring = LogRing(lines=10)
    record = {"msg": "%d films", "args": ("no number",), "name": "app.x", "levelno": 20}
    ring.handle(logging.makeLogRecord(record))
    assert "could not be told" in lines(ring)[0].message


def test_eight_threads_write_while_two_read() -> None:
    ring = LogRing(lines=3000)
    ended = threading.Event()
    wrong: list[object] = []

    def write(name: int) -> None:
        for number in range(2000):
            told(ring, f"{name}:{number}")

    def read() -> None:
        while not ended.is_set():
            rows = ring.rows(ring.first(), ring.last() + 1)
            numbers = [row[0] for row in rows]
            if numbers != list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False:
                wrong.append(numbers)
            ring.parts()

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert ring.last() - 3000 + 1 == ring.first()
    assert ring.last() == 3000 + 16_000 - 1
    order: dict[str, int] = {}
    for line in lines(ring):
        name, number = line.message.split(":")
        assert int(number) > order.get(name, -1)
        order[name] = int(number)


def test_an_earlier_run_goes_below() -> None:
    ring = LogRing(lines=10)
    told(ring, *"abc")
    first = ring.first()
    assert ring.put_below(old("old 1", "old 2")) == 2
    assert ring.first() == first - 2
    assert [line.message for line in lines(ring)] == ["old 1", "old 2", "a", "b", "c"]
    assert ring.parts() == ("search", "studio")
    assert ring.put_below(old(*map(str, range(20)))) == 5
    assert [line.message for line in lines(ring)][:3] == ["15", "16", "17"]
    assert ring.put_below(old("no room")) == 0
    told(ring, *map(str, range(10)))
    assert ring.parts() == ("search",)
