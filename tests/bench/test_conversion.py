"""How soon a converted film begins, and how much quicker than it plays it is made."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import pytest

from app.domain.casting import MediaFacts, Plan, Protocol
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.encoders import Encoders, find_encoders
from app.infra.ffmpeg.facts import facts
from app.services.casting.rules import plan
from tests.bench.report import write
from tests.fakes import films
from tests.fakes.converting import Bench, bench, device

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS = 5
SECONDS = 20.0
FILM = films.Film(video="hevc", seconds=SECONDS, size="1920x1080", rate=24)
TARGETS = {
    "hls": (device("Google Inc.", "Chromecast"), Protocol.CHROMECAST),
    "fragmented mp4": (device("?", "?", ("video/mp4",)), Protocol.DLNA),
    "mpegts": (device("Samsung", "UE40D"), Protocol.DLNA),
}


async def begun(tools: Bench, known: MediaFacts, told: Plan, start: float) -> float:
    """Seconds from the wish to the first bytes, or to the first segment."""
    source = os.fsencode(films.make(FILM))
    began = time.perf_counter()
    going, address = await tools.offered(Task(source, known, told, start))
    if told.container == "hls":
        await tools.get(address.replace("index.m3u8", f"{int(start) // 2}.ts"))
    else:
        async with tools.http.get(address) as answer:
            await answer.content.readany()
    took = time.perf_counter() - began
    await tools.converter.close(going)
    return took


async def test_the_first_picture_and_the_speed(tmp_path: Path) -> None:
    films.make(FILM)
    probed = time.perf_counter()
    encoders = await find_encoders()
    figures: dict[str, object] = {
        "probing the encoders s": round(time.perf_counter() - probed, 2),
        "encoder": f"{encoders.h264} {encoders.preset} {encoders.height}",
    }

    async def chosen() -> Encoders:
        return encoders

    looked = time.perf_counter()
    known = await facts(os.fsencode(films.make(FILM)))
    figures["looking at the film s"] = round(time.perf_counter() - looked, 3)
    async with bench(tmp_path / "work", chosen) as tools:
        for name, target in TARGETS.items():
            told = plan(*target, known, encoders=encoders)
            for start in (0.0, 10.0):
                took = [await begun(tools, known, told, start) for _ in range(ROUNDS)]
                figures[f"{name} from {start:.0f} s: begins after s"] = round(
                    statistics.median(took), 3
                )
            began = time.perf_counter()
            await tools.whole(Task(os.fsencode(films.make(FILM)), known, told))
            figures[f"{name}: times as quick as it plays"] = round(
                SECONDS / (time.perf_counter() - began), 2
            )
    write("conversion", figures)
