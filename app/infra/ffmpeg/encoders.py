"""Finds the encoder that really works on this machine, and how much it can do in time."""

from __future__ import annotations

import asyncio
import glob
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import ToolFailed
from app.infra.atomic import replace_file
from app.infra.ffmpeg.running import LIMITS, environment
from app.runtime import children

log = logging.getLogger(__name__)

SOFTWARE: Final = "libx264"
HARDWARE: Final = ("h264_rkmpp", "h264_nvenc", "h264_qsv", "h264_vaapi", "h264_v4l2m2m")
"""The best first; each is tried before it is believed."""
FILTERS: Final = ("zscale", "tonemap", "bwdif", "yadif", "subtitles", "overlay")
TRY_SECONDS: Final = 30.0
"""Nobody waits for it, and the processor may be busy with what matters more."""
MEASURED_FRAMES: Final = 24
DEVICE: Final = "/dev/dri/renderD128"
DEVICES: Final = (
    "/dev/dri/render*", "/dev/video*", "/dev/nvidia*", "/dev/mpp_service",
)  # fmt: skip
"""Through these chips are reached; an answer holds while they are the same."""
LAST: Final = ("nice", "-n", "19")
"""Whatever else wants the processor has it before the probe."""
ENOUGH: Final = 40.0
"""Pictures a second that must be made of a plain test film: a real one is decoded as well."""
_FASTER: Final = {"veryfast": 1.0, "superfast": 1.4, "ultrafast": 2.5}
"""How much quicker than the measured preset the others are."""
_SMALLER: Final = {1080: 1.0, 720: 2.2, 480: 5.0}
_SPENT: Final = re.compile(r"bench: utime=([0-9.]+)s stime=([0-9.]+)s")


@dataclass(frozen=True, slots=True)
class Encoders:
    """How this machine makes H.264; `h264` is empty when it cannot at all.

    `height` is the tallest picture that is made in time, `filters` those of `FILTERS` there are.
    """

    h264: str = SOFTWARE
    preset: str = "veryfast"
    height: int = 1080
    filters: frozenset[str] = frozenset(FILTERS)
    version: str = ""

    @property
    def hardware(self) -> bool:
        """Whether a chip makes the picture."""
        return self.h264 not in ("", SOFTWARE)

    def software(self) -> Encoders:
        """The same without the chip, for when that fails in the middle of a film."""
        return Encoders(SOFTWARE, "superfast", min(self.height, 1080), self.filters, self.version)


UNTRIED: Final = Encoders(SOFTWARE, "superfast")
"""What is used until it is known what works: it does nearly everywhere, and in time."""


def choose(works: Mapping[str, bool], rate: float, filters: Iterable[str] = ()) -> Encoders:
    """Choose from what works (encoder names) and the pictures a second of libx264 veryfast.

    A chip that works is always better; without one the slowest preset and the tallest picture
    that are made in time.
    """
    known = frozenset(filters) & frozenset(FILTERS)
    for name in HARDWARE:
        if works.get(name):
            return Encoders(name, "", 2160, known)
    if not works.get(SOFTWARE):
        return Encoders("", "", 0, known)
    for height, smaller in _SMALLER.items():
        for preset, faster in _FASTER.items():
            if rate * smaller * faster >= ENOUGH:
                return Encoders(SOFTWARE, preset, height, known)
    return Encoders(SOFTWARE, "ultrafast", 480, known)


async def find_encoders(kept: Path | None = None) -> Encoders:
    """Try each encoder with a few pictures, and measure; seconds, of the lowest priority.

    `kept` is a file in which the answer is remembered until there is another ffmpeg or another
    chip. Raises `ToolFailed` ``errors.tool_missing`` without ffmpeg.
    """
    here = await asyncio.to_thread(_here)
    version = await _version()
    if kept is not None:
        found = await asyncio.to_thread(_remembered, kept, here)
        if found is not None and found.version == version:
            return found
    listed = await _listed("-encoders")
    works: dict[str, bool] = {}
    for name in HARDWARE:
        works[name] = name in listed and await _works(name)
    rate = 0.0
    if not any(works.values()) and SOFTWARE in listed:
        rate = await _measured()
        works[SOFTWARE] = rate > 0
    chosen = choose(works, rate, await _listed("-filters"))
    found = Encoders(chosen.h264, chosen.preset, chosen.height, chosen.filters, version)
    log.info("Pictures are made by %s %s up to %s lines", found.h264, found.preset, found.height)
    if kept is not None:
        await asyncio.to_thread(_remember, kept, found, here)
    return found


def recall_encoders(kept: Path) -> Encoders | None:
    """Blocking, a few milliseconds: what `find_encoders` kept, while ffmpeg and chips are the same.

    Starts no program: ffmpeg is known by its file.
    """
    try:
        return _remembered(kept, _here())
    except ToolFailed:
        return None


def picture_words(encoders: Encoders) -> tuple[list[str], str, list[str]]:
    """How the chosen encoder is called: words before the input, the last filters, its own words."""
    name = encoders.h264
    if name == "h264_vaapi":
        return ["-vaapi_device", DEVICE], "format=nv12,hwupload", ["-c:v", name]
    if name == "h264_qsv":
        return [], "format=nv12", ["-c:v", name, "-preset", "veryfast", "-forced_idr", "1"]
    if name == "h264_nvenc":
        return [], "format=yuv420p", ["-c:v", name, "-preset", "p3", "-forced-idr", "1"]
    if name == "h264_v4l2m2m":
        return [], "format=yuv420p", ["-c:v", name, "-num_capture_buffers", "32"]
    if name == "h264_rkmpp":
        return [], "format=nv12", ["-c:v", name]
    return [], "format=yuv420p", ["-c:v", SOFTWARE, "-preset", encoders.preset or "veryfast"]


async def _works(name: str) -> bool:
    before, filters, words = picture_words(Encoders(name, ""))
    test = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24", "-frames:v", "12"]
    try:
        done = await _run(
            [*before, *test, "-vf", filters, *words, "-b:v", "2M", "-f", "h264", "pipe:1"]
        )
    except ToolFailed as error:
        log.info("The encoder %s does not work here: %s", name, error.args_map.get("detail", error))
        return False
    return len(done) > 500


async def _measured() -> float:
    """Pictures of 1080 lines a second, or 0 when libx264 does not work."""
    test = f"testsrc2=size=1920x1080:rate=24,trim=end_frame={MEASURED_FRAMES}"
    words = ["-f", "lavfi", "-i", test, "-vf", "format=yuv420p", "-c:v", SOFTWARE,
             "-preset", "veryfast", "-f", "null", "-"]  # fmt: skip
    began = time.monotonic()
    told = ""
    try:
        done = await _ask(["-v", "info", "-nostats", "-benchmark", *words])
        told = done.errors.decode("utf-8", "replace")
    except ToolFailed as error:
        if error.key != "errors.tool_timeout":
            log.warning("libx264 does not work: %s", error)
            return 0.0
    return rate_of(told, time.monotonic() - began, os.cpu_count() or 1)


def rate_of(told: str, seconds: float, cores: int) -> float:
    """Pictures a second, by the clock or by the processor's time ffmpeg told of: the better one.

    A machine that is busy meanwhile is slow by the clock, and would be thought so for good. Half
    of the cores are counted: they rarely all work, and on boards half of them are small.
    """
    rate = MEASURED_FRAMES / max(0.001, seconds)
    if found := _SPENT.search(told):
        spent = max(0.001, sum(float(one) for one in found.groups()))
        rate = max(rate, MEASURED_FRAMES / spent * max(1.0, cores / 2))
    return rate


async def _listed(what: str) -> frozenset[str]:
    told = (await _run(["-hide_banner", what])).decode("utf-8", "replace")
    return frozenset(re.findall(r"^ \S+\s+(\w+)", told, re.MULTILINE))


async def _version() -> str:
    told = (await _run(["-version"])).decode("utf-8", "replace")
    return told.partition("\n")[0][:120]


async def _run(words: list[str]) -> bytes:
    return (await _ask(["-v", "error", *words])).output


async def _ask(words: list[str]) -> children.Completed:
    return await children.run(
        [*LAST, "ffmpeg", "-nostdin", *words],
        timeout=TRY_SECONDS, limits=LIMITS, env=environment(), limit_output=2**22,
    )  # fmt: skip


def _here() -> str:
    """Blocking. What an answer depends on: ffmpeg's file, the processor, chips and our right to."""
    program = shutil.which("ffmpeg")
    if program is None:
        raise ToolFailed("errors.tool_missing", tool="ffmpeg")
    try:
        file = Path(program).resolve()
        state = file.stat()
    except OSError as error:
        raise ToolFailed("errors.tool_missing", tool="ffmpeg", detail=str(error)) from error
    chips = [
        f"{path}{'' if os.access(path, os.R_OK | os.W_OK) else ' (closed)'}"
        for pattern in DEVICES
        for path in sorted(glob.glob(pattern))  # noqa: PTH207 - patterns of whole paths
    ]
    return f"{file} {state.st_size} {state.st_mtime_ns}, {os.cpu_count()} cores, {chips}"


def _remembered(kept: Path, here: str) -> Encoders | None:
    try:
        told = json.loads(kept.read_text("utf-8"))
        same = told.pop("here") == here
        found = Encoders(**{**told, "filters": frozenset(told["filters"])})
        known = found.h264 in ("", SOFTWARE, *HARDWARE) and found.preset in ("", *_FASTER)
        fits = isinstance(found.height, int) and known
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if fits and same else None


def _remember(kept: Path, found: Encoders, here: str) -> None:
    told = {**asdict(found), "filters": sorted(found.filters), "here": here}
    try:
        replace_file(kept, json.dumps(told).encode())
    except OSError as error:
        log.info("Which encoder works cannot be remembered: %s", error)
