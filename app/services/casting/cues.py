"""Reads the lines of subtitles and writes them anew: nothing of a hostile file gets through.

Only words pass, and whether they are slanted, bold or underlined. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

MOST_CUES: Final = 20_000
MOST_LINES: Final = 10
LONGEST_LINE: Final = 500
LONGEST: Final = 360_000.0
_TIME: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING: Final = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(.*)")
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]"
)
_TOP: Final = re.compile(r"\{[^}]*\\an[789][^}]*\}")
_ORDERS: Final = re.compile(r"\{[\\*][^}]*\}")
_TAG: Final = re.compile(r"<(/?)([A-Za-z0-9.:_-]+)[^<>]*>")
_KEPT: Final = frozenset(("i", "b", "u"))


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one second to another; `lines` with ``<i>``, ``<b>``, ``<u>`` alone."""

    start: float
    end: float
    lines: tuple[str, ...]
    top: bool = False


def read(text: str, *, web: bool = False) -> tuple[Cue, ...]:
    """Read SRT or, when `web`, WebVTT, in the order of time; what is no cue is left out."""
    found: list[Cue] = []
    for timing, lines in _blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        cue = _cue(timing, lines, web=web)
        if cue is not None:
            found.append(cue)
        if len(found) >= MOST_CUES:
            break
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def shifted(cues: Iterable[Cue], seconds: float) -> tuple[Cue, ...]:
    """Return what is still to be shown in a stream that begins so many seconds later."""
    return tuple(
        replace(one, start=max(0.0, one.start - seconds), end=one.end - seconds)
        for one in cues
        if one.end > seconds
    )


def web_vtt(cues: Iterable[Cue]) -> bytes:
    """Write WebVTT."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        place = " line:8%" if cue.top else ""
        lines = "\n".join(_escaped(line) for line in cue.lines)
        parts.append(f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}{place}\n{lines}\n")
    return "\n".join(parts).encode()


def srt(cues: Iterable[Cue]) -> bytes:
    """Write SRT in UTF-8."""
    parts = [
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n"
        + "\n".join(line.replace("-->", "->") for line in cue.lines)
        + "\n"
        for number, cue in enumerate(cues, 1)
    ]
    return "\n".join(parts).encode()


def _blocks(lines: list[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Each line of times with the lines under it, up to an empty one."""
    timing: re.Match[str] | None = None
    under: list[str] = []
    for line in lines:
        found = _TIMING.match(line[:LONGEST_LINE]) if "-->" in line else None
        if found is None and line.strip():
            under.append(line)
            continue
        if timing is not None:
            # Without an empty line between them, the number of the next cue hangs below this one.
            yield timing, under[:-1] if found and under and under[-1].strip().isdigit() else under
        timing, under = found, []
    if timing is not None:
        yield timing, under


def _cue(timing: re.Match[str], lines: list[str], *, web: bool) -> Cue | None:
    start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:8])
    joined = "\n".join(line[:LONGEST_LINE] for line in lines[:MOST_LINES])
    top = bool(_TOP.search(joined))
    if web:
        joined = html.unescape(_hidden(joined))
    kept = [clean for line in joined.split("\n") if (clean := _clean(line)).strip()]
    if not kept or not start < end <= LONGEST:
        return None
    return Cue(start, end, _balanced(kept), top)


def _hidden(text: str) -> str:
    """Entities that would become tags stay what they are: signs."""
    return re.sub(r"&(lt|gt|#0*6[02]|#x0*3[ce]);", lambda found: _SIGN[found[1][:1] == "l"], text)


_SIGN: Final = {True: "\u2039", False: "\u203a"}


def _clean(line: str) -> str:
    line = _ORDERS.sub("", _CONTROL.sub("", line))
    parts: list[str] = []
    place = 0
    for tag in _TAG.finditer(line):
        parts.append(_plain(line[place : tag.start()]))
        name = tag[2].lower().partition(".")[0]
        if name in _KEPT:
            parts.append(f"<{tag[1]}{name}>")
        place = tag.end()
    return "".join([*parts, _plain(line[place:])]).strip()


def _plain(text: str) -> str:
    """Words in which nothing can be read as a tag."""
    return re.sub(r"<(?=[/!?A-Za-z])", "", text)


def _balanced(lines: list[str]) -> tuple[str, ...]:
    """Close in each line what it opens, and open what it closes."""
    done, open_tags = [], list[str]()
    for line in lines:
        before = "".join(f"<{name}>" for name in open_tags)
        kept: list[str] = []
        for piece in re.split(r"(</?[ibu]>)", line):
            found = re.fullmatch(r"<(/?)([ibu])>", piece)
            if found is None:
                kept.append(piece)
            elif not found[1] and found[2] not in open_tags:
                open_tags.append(found[2])
                kept.append(piece)
            elif found[1] and open_tags and open_tags[-1] == found[2]:
                open_tags.pop()
                kept.append(piece)
        after = "".join(f"</{name}>" for name in reversed(open_tags))
        done.append(before + "".join(kept) + after)
    return tuple(done)


def _escaped(line: str) -> str:
    pieces = re.split(r"(</?[ibu]>)", line)
    return "".join(
        piece if place % 2 else html.escape(piece, quote=False)
        for place, piece in enumerate(pieces)
    )


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int((rest or "0").ljust(3, "0")) / 1000


def _stamp(seconds: float, point: str) -> str:
    ticks = round(seconds * 1000)
    minutes, ticks = divmod(ticks, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ticks // 1000:02}{point}{ticks % 1000:03}"
