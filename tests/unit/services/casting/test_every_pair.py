"""Every pair of codecs, for devices of several kinds: planned, converted, and really watched."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from app.api.casting import CastDevice
from app.domain.casting import MediaFacts, Method, Plan, Protocol
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.facts import facts
from app.services.casting.rules import plan
from tests.fakes import films
from tests.fakes.converting import QUICK, Bench, bench, device
from tests.fakes.watching import Watched, watch

CAST, DLNA = Protocol.CHROMECAST, Protocol.DLNA
KINDS: dict[str, tuple[CastDevice, Protocol]] = {
    "Chromecast": (device("Google Inc.", "Chromecast"), CAST),
    "Ultra": (device("Google Inc.", "Chromecast Ultra"), CAST),
    "plain": (device("A Maker", "A Set", ("video/mp4", "video/x-matroska")), DLNA),
    "Sony": (device("Sony Corporation", "BRAVIA KDL-40", ("video/mp4", "video/vnd.dlna.mpeg-tts",
                    "video/x-matroska", "video/avi", "audio/mpeg")), DLNA),
    "old": (device("A Maker", "An Old Set", ("http-get:*:video/mpeg:DLNA.ORG_PN=MPEG_PS_PAL",)),
            DLNA),
    "loudspeaker": (device("Google Inc.", "Chromecast Audio", sound_only=True), CAST),
}  # fmt: skip
_OUTSIDE = {"mpegts": "mpegts", "hls": "mpegts", "mpeg": "mpeg", "mp3": "mp3", "aac": "aac"}
_INSIDE = {"mp3": "mp3", "aac": "aac", "ac3": "ac3", "mp2": "mp2"}
KEY = 0.5
"""Seconds between two key frames of the films."""


def wrong(seen: Watched, told: Plan, known: MediaFacts, start: float) -> list[str]:
    """What of a converted film is not as it was promised."""
    picture = known.video if told.video == "copy" else told.video
    sound = known.sounds[0].codec if told.audio == "copy" else told.audio
    copied = told.video == "copy"
    found = {
        "container": seen.container.startswith(_OUTSIDE.get(told.container, "mov")),
        "picture": seen.video == picture,
        "sound": seen.audio == sound,
        "channels": not told.channels or seen.channels == told.channels,
        "rate": told.audio == "copy" or seen.rate == 48_000,
        # The quickest preset writes less than High allows.
        "profile": told.video != "h264"
        or (seen.profile in ("Constrained Baseline", "Main", "High") and seen.pixels == "yuv420p"),
        "length": abs(seen.seconds - (films.PAIR_SECONDS - start)) < (KEY if copied else 0) + 0.15,
        "begins": seen.tone is not None
        and -0.1 < seen.tone - (films.FLASH - start) < (KEY if copied else 0) + 0.1,
    }
    if told.video:
        found["together"] = (
            seen.flash is not None and seen.tone is not None and abs(seen.flash - seen.tone) <= 0.1
        )
    return [name for name, right in found.items() if not right]


async def check(tools: Bench, path: Path, kind: str, start: float) -> str:
    """Plan and convert a film for a device; returns what was wrong with it, or nothing."""
    target, protocol = KINDS[kind]
    source = os.fsencode(path)
    known = await facts(source)
    told = plan(target, protocol, known, encoders=QUICK)
    if not told.converts:
        return "" if told.method is Method.DIRECT else "odd"
    start = 0.0 if told.container == "hls" else start
    content = await tools.whole(Task(source=source, facts=known, plan=told, start=start))
    seen = await asyncio.to_thread(watch, content)
    failed = wrong(seen, told, known, start)
    return f"{path.name} for {kind} from {start}: {failed} {seen} {told}" if failed else ""


async def check_all(folder: Path, cases: list[tuple[Path, str, float]]) -> None:
    turns = asyncio.Semaphore(2)
    async with bench(folder) as tools:

        async def one(path: Path, kind: str, start: float) -> str:
            async with turns:
                return await check(tools, path, kind, start)

        async with asyncio.TaskGroup() as group:
            doing = [group.create_task(one(*case)) for case in cases]
        found = [one.result() for one in doing]
        assert [text for text in found if text] == []
        assert tools.converter.processes == []
    assert not folder.exists()


@pytest.mark.parametrize("picture", ["h264", "hevc", "vp9", "av1", "mpeg4", "mpeg2video"])
async def test_every_pair_plays_on_a_chromecast_and_a_set(picture: str, tmp_path: Path) -> None:
    pairs = [one for one in films.pairs("mkv") if one[0] == picture]
    cases = [(films.pair(*one, "mkv"), "Chromecast", float(n % 2)) for n, one in enumerate(pairs)]
    cases += [(films.pair(*one, "mkv"), "Sony", float(n % 2)) for n, one in enumerate(pairs[1::2])]
    await check_all(tmp_path / "work", cases)


@pytest.mark.parametrize("container", ["mp4", "ts", "avi", "webm"])
async def test_every_container_plays_on_something(container: str, tmp_path: Path) -> None:
    kinds = list(KINDS)
    cases = [
        (films.pair(*one, container), kinds[number % len(kinds)], float(number // 2 % 2))
        for number, one in enumerate(films.pairs(container))
    ]
    await check_all(tmp_path / "work", cases)
