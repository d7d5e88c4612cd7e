"""Finds out with ffprobe what is in a film: everything that decides whether a device plays it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from app.domain.casting import MediaFacts, SoundTrack, SubtitleTrack
from app.domain.errors import ToolFailed, Unsupported
from app.infra.ffmpeg import running
from app.infra.ffmpeg.heads import Head, head_of
from app.infra.ffmpeg.running import Outside, Source

SECONDS: Final = 15.0
LARGEST: Final = 2**20
MOST_TRACKS: Final = 100
MOST_TEXT: Final = 200
LONGEST: Final = 30 * 86_400.0
_ASKED: Final = (
    "format=format_name,duration,bit_rate,size:format_tags=major_brand"
    ":stream=index,codec_type,codec_name,codec_tag_string,profile,level,pix_fmt,width,height,"
    "avg_frame_rate,field_order,color_transfer,channels,sample_rate,bits_per_raw_sample,duration"
    ":stream_tags=language,title,rotate:stream_disposition=default,attached_pic,still_image"
    ":stream_side_data=side_data_type,rotation,dv_profile"
)
_CONTAINERS: Final = {
    "mov": "mp4", "matroska": "matroska", "avi": "avi", "mpegts": "mpegts", "mpeg": "mpeg",
    "flv": "flv", "asf": "asf", "ogg": "ogg", "rm": "rm", "mp3": "mp3", "flac": "flac",
    "wav": "wav", "aac": "aac", "ac3": "ac3", "eac3": "eac3", "dts": "dts",
}  # fmt: skip
_PIXELS: Final = re.compile(r"yuva?j?(4\d\d)p(\d\d)?")
_PACKED: Final = {"nv12": ("420", 8), "nv21": ("420", 8), "p010": ("420", 10), "gray": ("400", 8)}
_TRANSFERS: Final = {"smpte2084": "HDR10", "arib-std-b67": "HLG"}
_DOLBY: Final = frozenset(("dvh1", "dvhe", "dva1", "dvav", "dav1"))
Fields = Mapping[str, object]


async def facts(
    source: Source, outside: Outside | None = None, *, seconds: float = SECONDS
) -> MediaFacts:
    """Look at a film: a file, or an address of our own loopback server while it loads.

    Raises `NotFound` when the file is gone, `Unsupported` ``errors.cast_not_media`` when there is
    nothing in it that plays, `ToolFailed` when it cannot be looked at in so many `seconds`.
    """
    await running.require(source)
    words = [
        "ffprobe", "-v", "error", "-max_streams", str(MOST_TRACKS), "-probesize", "5000000",
        "-analyzeduration", "5000000", "-show_entries", _ASKED, "-of", "json=compact=1",
        *running.input_words(source),
    ]  # fmt: skip
    try:
        done = await running.run(
            words, source, outside or Outside(), timeout=seconds, limit_output=LARGEST
        )
        document = json.loads(done.output)
    except ToolFailed as error:
        if error.key not in ("errors.tool_failed", "errors.tool_chatty"):
            raise
        raise Unsupported("errors.cast_not_media", name=running.name_of(source)) from error
    except (ValueError, RecursionError) as error:
        raise Unsupported("errors.cast_not_media", name=running.name_of(source)) from error
    found = parse(document, await head_of(source))
    if found is None:
        raise Unsupported("errors.cast_not_media", name=running.name_of(source))
    return found


def parse(document: object, head: Head = Head()) -> MediaFacts | None:  # noqa: B008 - it is frozen
    """Read ffprobe's answer; None when nothing in it plays. Fields that are wrong are left out."""
    told = _object(document)
    form = _object(told.get("format"))
    streams = [_object(one) for one in _list(told.get("streams"))[:MOST_TRACKS]]
    pictures = [one for one in streams if one.get("codec_type") == "video" and not _still(one)]
    sounds = _sounds(one for one in streams if one.get("codec_type") == "audio")
    if not pictures and not sounds:
        return None
    duration = _float(form.get("duration"), LONGEST)
    plain = MediaFacts(
        container=_container(form, head),
        sounds=sounds,
        subtitles=_subtitles(one for one in streams if one.get("codec_type") == "subtitle"),
        duration=duration or None,
        rate=int(_float(form.get("bit_rate"), 1e10)),
        size=int(_float(form.get("size"), 2.0**62)) or None,
        fast_start=head.fast_start,
    )
    return _with_picture(plain, pictures[0]) if pictures else plain


def _with_picture(facts: MediaFacts, stream: Fields) -> MediaFacts:
    codec = _text(stream.get("codec_name"))
    chroma, bits = _pixels(_text(stream.get("pix_fmt")))
    sides = [_object(one) for one in _list(stream.get("side_data_list"))]
    turns = [_float(one.get("rotation"), 360.0, least=-360.0) for one in sides]
    turns.append(_float(_object(stream.get("tags")).get("rotate"), 360.0, least=-360.0))
    return replace(
        facts,
        video=codec,
        profile=_text(stream.get("profile")),
        level=_level(codec, int(_float(stream.get("level"), 1000.0))),
        bits=bits,
        chroma=chroma,
        width=int(_float(stream.get("width"), 65535.0)),
        height=int(_float(stream.get("height"), 65535.0)),
        frames=_ratio(stream.get("avg_frame_rate")),
        interlaced=stream.get("field_order") in ("tt", "bb", "tb", "bt"),
        hdr=_hdr(stream, sides),
        rotated=any(turn % 360 for turn in turns),
    )


def _container(form: Fields, head: Head) -> str:
    name = _text(form.get("format_name")).partition(",")[0]
    if name == "mov" and _object(form.get("tags")).get("major_brand") == "qt  ":
        return "mov"
    if name == "matroska" and head.webm:
        return "webm"
    return _CONTAINERS.get(name, name)


def _pixels(name: str) -> tuple[str, int]:
    """Chroma and bits of a sample, by the name of a pixel format."""
    if found := _PIXELS.match(name):
        return found[1], int(found[2] or 8)
    for start, known in _PACKED.items():
        if name.startswith(start):
            return known
    return ("444", 8) if name else ("420", 8)


def _level(codec: str, level: int) -> int:
    """Ten times the level, of the coders whose levels rules look at."""
    if codec == "h264":
        return 9 if level == 9 else level
    if codec == "hevc":
        return level // 3
    if codec == "av1":
        return (2 + (level >> 2)) * 10 + (level & 3) if level < 31 else 0
    return 0


def _hdr(stream: Fields, sides: list[Fields]) -> str:
    found = _TRANSFERS.get(_text(stream.get("color_transfer")), "")
    if found:
        return found
    dolby = any("DOVI" in _text(one.get("side_data_type")) for one in sides)
    return "DV" if dolby or stream.get("codec_tag_string") in _DOLBY else ""


def _sounds(streams: Iterable[Fields]) -> tuple[SoundTrack, ...]:
    return tuple(
        SoundTrack(
            number=number,
            codec=_text(stream.get("codec_name")),
            channels=int(_float(stream.get("channels"), 64.0)) or 2,
            rate=int(_float(stream.get("sample_rate"), 1e6)) or 48_000,
            language=_tag(stream, "language"),
            title=_tag(stream, "title"),
        )
        for number, stream in enumerate(streams)
    )


def _subtitles(streams: Iterable[Fields]) -> tuple[SubtitleTrack, ...]:
    return tuple(
        SubtitleTrack(
            number=number,
            codec=_text(stream.get("codec_name")),
            language=_tag(stream, "language"),
            title=_tag(stream, "title"),
        )
        for number, stream in enumerate(streams)
    )


def _still(stream: Fields) -> bool:
    kinds = _object(stream.get("disposition"))
    return bool(kinds.get("attached_pic") or kinds.get("still_image"))


def _tag(stream: Fields, name: str) -> str:
    told = " ".join(_text(_object(stream.get("tags")).get(name)).split())
    return "" if told == "und" else told


def _object(value: object) -> Fields:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value[:MOST_TEXT] if isinstance(value, str) else ""


def _float(value: object, most: float, *, least: float = 0.0) -> float:
    """A number within its bounds, written as one or as a text; else 0."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0.0
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return 0.0
    return found if math.isfinite(found) and least <= found <= most else 0.0


def _ratio(value: object) -> float:
    above, _stroke, below = _text(value).partition("/")
    divisor = _float(below or "1", 1e9)
    return _float(_float(above, 1e12) / divisor, 1000.0) if divisor else 0.0
