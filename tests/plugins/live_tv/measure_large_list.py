"""A process of its own that loads a large list as the station does, and says how that went."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.api import Hit, SearchQuestion, Unavailable, Work
from plugins.live_tv.index import Index, fold
from tests.fakes.plugins import provider
from tests.plugins.live_tv.lists import WORDS

ASKED = (*WORDS[::2], *(f"{one} {two}" for one, two in zip(WORDS[::3], WORDS[5:], strict=False)))
ODD = ("hd", "e", "zzz", "france 199 hd", "bbc sport max hd", "hd world 77", "news zzz", "الج")


class Ticker:
    """How long the loop was held at most."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._task = asyncio.get_running_loop().create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            self.worst = max(self.worst, time.perf_counter() - before - 0.01)

    def stop(self) -> float:
        self._task.cancel()
        return self.worst


def peak() -> float:
    """Megabytes at most; the resource module would tell the parent's, where that was larger."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


async def main(address: str, place: str) -> None:
    began = time.perf_counter()
    async with provider("live_tv", Path(place), seconds=60.0, address=address) as channels:
        ticker = Ticker()
        hits = await until_loaded(channels)
        loaded = time.perf_counter() - began
        for asked in (*ASKED, *ODD):
            await channels.search("list", SearchQuestion(asked, Work.CHANNEL))
        held = ticker.stop()
        index = channels._keeper._index
        report = {
            "hits": len(hits),
            "channels": len(index.channels),
            "loaded": loaded,
            "held": held,
            "quick": [timed(partial(index.find, asked, 100)) for asked in (*ASKED, *ODD)],
            "naive": timed(lambda: naive(index, "bbc")),
            "peak": peak(),
        }
    sys.stdout.write(json.dumps(report))


async def until_loaded(channels: Any) -> list[Hit]:
    while True:
        try:
            return list(await channels.search("list", SearchQuestion("bbc", Work.CHANNEL)))
        except Unavailable as error:
            if error.key != "errors.list_loading":
                raise


def naive(index: Index, asked: str) -> list[str]:
    """What a program does that folds each name at each search."""
    return [one.name for one in index.channels if fold(asked) in fold(one.name)][:100]


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor: others on the machine do not count."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
