"""Makes one WebVTT file of the parts of a stream's subtitles, on the clock of the film. Pure.

https://www.w3.org/TR/webvtt1/ and, for the parts, https://datatracker.ietf.org/doc/html/rfc8216
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.errors import Unsupported

LARGEST_PART: Final = 4_000_000
LARGEST: Final = 16_000_000
MOST_CUES: Final = 100_000
LONGEST_TEXT: Final = 4_000
"""Letters of one cue."""
SLACK: Final = 60.0
"""Seconds a last line may stand behind the end of the film."""
TICKS: Final = 90_000
_ROUND: Final = 1 << 33
"""Ticks after which the clock of a transport stream begins anew."""
_STAMP: Final = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+(.{{0,200}}))?")
_MAP: Final = re.compile(r"X-TIMESTAMP-MAP=(.{1,200})")
_LOCAL: Final = re.compile(rf"LOCAL:{_STAMP}")
_TICKS: Final = re.compile(r"MPEGTS:(\d{1,12})")
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Cue:
    """One text and when it is shown, in seconds."""

    start: float
    end: float
    text: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part holds; `ticks` of the film's clock stand for `local` seconds of its own."""

    cues: tuple[Cue, ...]
    ticks: int | None = None
    local: float = 0.0


def is_subtitles(start: bytes) -> bool:
    """Whether a file begins as WebVTT does."""
    plain = start.removeprefix(b"\xef\xbb\xbf")
    return plain.startswith(b"WEBVTT") and plain[6:7] in (b"", b" ", b"\t", b"\r", b"\n")


def parse(data: bytes) -> Part:
    """Read a part. Styles, regions and notes are left out; a cue that makes no sense too.

    Raises `Unsupported` when it is none, or far too large.
    """
    if not is_subtitles(data) or len(data) > LARGEST_PART:
        raise Unsupported("errors.subtitles_unreadable")
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    head, *blocks = re.split(r"\n{2,}", text)
    ticks, local = _map_in(head)
    lines = head.split("\n")
    first = next((at for at, line in enumerate(lines) if "-->" in line), None)
    if first is not None:  # no empty line behind the head
        blocks.insert(0, "\n".join(lines[first:]))
    found = (_cue(block) for block in blocks)
    return Part(tuple(cue for cue in found if cue is not None), ticks, local)


def joined(parts: Sequence[Part], begins: int | None, seconds: float) -> bytes:
    """One file of all parts. `begins` is where the film begins on its own clock, in ticks.

    Lines that stand in two parts, because they are shown across the border, come once. Raises
    `Unsupported` when there is nothing in them, or far too much.
    """
    cues = _placed(parts, begins)
    if not any(-SLACK <= cue.start <= seconds + SLACK for cue in cues):
        cues = _placed(parts, None)  # a clock that has nothing to do with the film's
    shown = {cue for cue in cues if cue.end > 0 and cue.start <= seconds + SLACK}
    if not shown or len(shown) > MOST_CUES:
        raise Unsupported("errors.subtitles_unreadable")
    lines = ["WEBVTT", ""]
    for cue in sorted(shown, key=lambda one: (one.start, one.end, one.text)):
        times = f"{_stamp(max(0.0, cue.start))} --> {_stamp(cue.end)}"
        lines += [f"{times} {cue.settings}".rstrip(), cue.text, ""]
    made = "\n".join(lines).encode()
    if len(made) > LARGEST:
        raise Unsupported("errors.subtitles_unreadable")
    return made


def _placed(parts: Iterable[Part], begins: int | None) -> list[Cue]:
    placed = []
    for part in parts:
        shift = 0.0
        if begins is not None and part.ticks is not None:
            ahead = (part.ticks - begins) % _ROUND
            ahead -= _ROUND if ahead >= _ROUND // 2 else 0
            shift = ahead / TICKS - part.local
        placed += [
            Cue(round(one.start + shift, 3), round(one.end + shift, 3), one.text, one.settings)
            for one in part.cues
        ]
    return placed


def _map_in(head: str) -> tuple[int | None, float]:
    found = _MAP.search(head)
    if found is None:
        return None, 0.0
    ticks, local = _TICKS.search(found[1]), _LOCAL.search(found[1])
    if ticks is None:
        return None, 0.0
    return int(ticks[1]), 0.0 if local is None else _seconds(local.groups())


def _cue(block: str) -> Cue | None:
    lines = block.strip("\n").split("\n")
    if lines and "-->" not in lines[0]:
        lines = lines[1:]  # its name
    found = _TIMES.fullmatch(lines[0].strip()) if lines else None
    if found is None:
        return None
    told = found.groups()
    start, end = _seconds(told[:4]), _seconds(told[4:8])
    text = "\n".join(_CONTROLS.sub("", line).rstrip() for line in lines[1:]).strip("\n")
    text = re.sub(r"\n{2,}", "\n", text).replace("-->", "->")[:LONGEST_TEXT]
    if not text.strip() or end <= start:
        return None
    return Cue(start, end, text, _CONTROLS.sub("", told[8] or "").replace("-->", "").strip())


def _seconds(told: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in told)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
