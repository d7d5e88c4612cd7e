"""Makes the sound of a video in one go of its own: voices over music, even in loudness, AAC."""

from __future__ import annotations

import logging
import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import AppError, ToolFailed
from app.domain.timeline import Music, Timeline
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.running import LIMITS, POLITE, environment, input_words
from app.infra.montage.crew import error_of
from app.infra.montage.plan import Known, mark_of
from app.infra.montage.wish import RATE
from app.runtime import children
from app.runtime.children import Word

log = logging.getLogger(__name__)

EDITION: Final = 1
LOUDNESS: Final = -14.0  # LUFS
CEILING: Final = -2.1  # dB: coding to AAC adds a little, and -1.5 dBTP are to be kept
CLOSE: Final = 0.2  # LU
ROUNDS: Final = 5
MOST_GAIN: Final = 36.0
SILENT: Final = -60.0
RATIO: Final = 4.0
BITS: Final = "192k"
DEADLINE: Final = 900.0
MOST_SPOKEN: Final = 500
_LOUD: Final = re.compile(rb"^\s+I:\s+(\S+) LUFS", re.MULTILINE)
_PEAK: Final = re.compile(rb"^\s+Peak:\s+(\S+) dBFS", re.MULTILINE)
_HOLD: Final = f"alimiter=limit={10 ** (CEILING / 20):.6f}:level=0:latency=1:attack=4:release=80"
_PLAIN: Final = f"aresample={RATE},aformat=sample_fmts=fltp:channel_layouts=stereo"


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a sound is: LUFS, and its highest true peak in dBTP."""

    loudness: float
    peak: float

    @property
    def silent(self) -> bool:
        """Whether there is nothing to hear."""
        return self.loudness < SILENT


def mark_of_sound(timeline: Timeline, known: Mapping[str, Known]) -> str:
    """A name for all that is in the sound."""
    music = timeline.music
    return mark_of(
        [
            EDITION, timeline.seconds,
            [[known[one.path].mark, one.start, one.seconds] for one in timeline.voice],
            None if music is None else [known[music.path].mark, music.gain, music.duck],
        ]
    )  # fmt: skip


async def make_sound(timeline: Timeline, work: Path, out: Path) -> Level:
    """Write the sound as AAC in MP4 to `out`, exactly as long as the video.

    Raises `ToolFailed` ``errors.montage_asset`` naming the scene whose voice is broken,
    ``errors.montage_music``, `Unavailable` ``errors.montage_disk_full``.
    """
    mixing = _Mixing(timeline, work)
    try:
        return await mixing.make(out)
    except ToolFailed as error:
        raise await mixing.explained(error) from error


class _Mixing:
    def __init__(self, timeline: Timeline, work: Path) -> None:
        self._timeline, self._work = timeline, work
        self._seconds = round(timeline.seconds * timeline.fps) / timeline.fps
        self._end = f"atrim=end_sample={round(self._seconds * RATE)}"

    async def make(self, out: Path) -> Level:
        voice, music = self._timeline.voice[:MOST_SPOKEN], self._timeline.music
        spoken, mix = self._work / "voice.wav", self._work / "mix.wav"
        level = Level(-math.inf, -math.inf)
        if voice:
            level = await self._run(self._voice_inputs(), self._voices(), spoken, peak=not music)
        if music is not None:
            level = await self._under(music, level, spoken if voice else None, mix)
        elif voice:
            mix = spoken
        else:
            inputs: list[Word] = ["-f", "lavfi", "-i", f"anullsrc=r={RATE}:cl=stereo"]
            await self._run(inputs, f"[0:a]{_PLAIN},{self._end}", mix)
        return await self._even(mix, level, out)

    def _voice_inputs(self) -> list[Word]:
        words: list[Word] = []
        for one in self._timeline.voice[:MOST_SPOKEN]:
            words += input_words(os.fsencode(one.path))
        return words

    def _voices(self) -> str:
        """All voices, each at its time, as one sound that is as long as the video."""
        chains, names = [], []
        for number, one in enumerate(self._timeline.voice[:MOST_SPOKEN]):
            names.append(f"[v{number}]")
            chains.append(
                f"[{number}:a:0]{_PLAIN},atrim=end={one.seconds:.6f},asetpts=PTS-STARTPTS,"
                f"adelay=delays={round(max(0.0, one.start) * RATE)}S:all=1{names[-1]}"
            )
        mixed = f"{''.join(names)}amix=inputs={len(names)}:duration=longest:normalize=0"
        return ";".join([*chains, f"{mixed},{_PLAIN},apad,{self._end}"])

    async def _under(self, music: Music, voice: Level, spoken: Path | None, mix: Path) -> Level:
        """Lay the music under the voice: so much softer than it, and softer still while it lasts.

        A compressor that listens to the voice holds the music down. `apad`: it would end with it.
        """
        bed = self._work / "music.wav"
        fade = min(2.5, self._seconds / 4)
        chain = (
            f"[0:a:0]{_PLAIN},{self._end},asetpts=PTS-STARTPTS,apad,{self._end},"
            f"afade=t=in:d={min(1.0, fade):.3f},"
            f"afade=t=out:st={self._seconds - fade:.3f}:d={fade:.3f}"
        )
        words = ["-stream_loop", "-1", *input_words(os.fsencode(music.path))]
        level = await self._run(words, chain, bed, peak=spoken is None)
        if spoken is None or voice.silent:
            bed.replace(mix)
            return level
        gain = 0.0 if level.silent else voice.loudness + music.gain - level.loudness
        duck = min(abs(music.duck), 30.0)
        threshold = _share(voice.loudness - duck / (1 - 1 / RATIO))
        graph = (
            f"[0:a]aformat=channel_layouts=stereo,apad,asplit[voice][side];"
            f"[1:a]aformat=channel_layouts=stereo,volume={_bounded(gain):.2f}dB[bed];"
            f"[bed][side]sidechaincompress=threshold={min(max(threshold, 0.001), 1.0):.6f}"
            f":ratio={RATIO}:attack=20:release=400[low];"
            f"[voice][low]amix=inputs=2:duration=longest:normalize=0,{_PLAIN},{self._end}"
        )
        return await self._run(["-i", str(spoken), "-i", str(bed)], graph, mix)

    async def _even(self, mix: Path, level: Level, out: Path) -> Level:
        """Bring it to its loudness. Peaks are held down only when they are in the way.

        That makes it softer, so it is done in rounds.
        """
        gain = 0.0 if level.silent else _bounded(LOUDNESS - level.loudness)
        limited = not level.silent and level.peak + gain > CEILING
        inputs: list[Word] = ["-i", str(mix)]
        for _round in range(ROUNDS if limited else 0):
            graph = f"[0:a]volume={gain:.3f}dB,{_HOLD},{_PLAIN},{self._end}"
            found = await self._run(inputs, graph, None, peak=False)
            off = LOUDNESS - found.loudness
            gain = _bounded(gain + off * 1.25)  # what is added is held down in part, too
            if abs(off) <= CLOSE:
                break
        # at twice the rate the peaks between samples are seen, too
        hold = f"aresample={2 * RATE},{_HOLD}," if limited else ""
        graph = f"[0:a]volume={gain:.3f}dB,{hold}{_PLAIN},{self._end}"
        return await self._run(inputs, graph, out, code=True)

    async def _run(
        self, inputs: Sequence[Word], graph: str, out: Path | None, *, peak: bool = True,
        code: bool = False,
    ) -> Level:  # fmt: skip
        """Run a graph into a file, or nowhere, and measure what went there."""
        words: list[Word] = [
            *POLITE, "ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-y", "-v", "info",
            "-threads", "1", "-filter_complex_threads", "1", *inputs, "-filter_complex",
            f"{graph},ebur128{'=peak=true' if peak else ''}[out]", "-map", "[out]",
            *(("-c:a", "aac", "-aac_coder", "fast", "-b:a", BITS, "-f", "mp4") if code else
              ("-c:a", "pcm_f32le", "-f", "wav" if out else "null")),
            "-bitexact", str(out or "-"),
        ]  # fmt: skip
        done = await children.run(
            words, timeout=DEADLINE, limit_output=2**22, limits=LIMITS, env=environment()
        )
        return Level(_last(_LOUD, done.errors), _last(_PEAK, done.errors))

    async def explained(self, error: ToolFailed) -> AppError:
        """Whose fault it is, when one of the files is not what it was."""
        detail = str(error.args_map.get("detail", error))
        if "No space left" in detail or "File too large" in detail:
            return error_of("full", "", "", detail, self._work.parent)
        named = [(one.scene, one.path) for one in self._timeline.voice]
        if self._timeline.music is not None:
            named.append(("", self._timeline.music.path))
        for scene, path in named:
            try:
                sound = bool((await facts(os.fsencode(path))).sounds)
            except AppError:
                sound = False
            if not sound:
                return error_of("asset", scene, Path(path).name, detail, self._work)
        log.warning("The sound could not be made: %s", error)
        return ToolFailed("errors.montage_failed", detail=detail)


def _last(pattern: re.Pattern[bytes], text: bytes) -> float:
    found = pattern.findall(text)
    try:
        value = float(found[-1]) if found else -math.inf
    except ValueError:
        return -math.inf
    return value if not math.isnan(value) else -math.inf


def _share(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _bounded(gain: float) -> float:
    return min(max(gain, -MOST_GAIN), MOST_GAIN)
