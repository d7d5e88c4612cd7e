"""Decides in which form a browser gets a film: as it is, or converted while it is sent. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.casting import MediaFacts, Method, Plan

HLS: Final = "application/vnd.apple.mpegurl"
MOST_LINES: Final = 1080
"""What must be converted is scaled down to so many lines."""
_PICTURES: Final = {
    "mp4": frozenset(("h264", "av1", "vp9")),
    "webm": frozenset(("vp8", "vp9", "av1")),
}
_SOUNDS: Final = {
    "mp4": frozenset(("aac", "mp3", "opus", "flac")),
    "webm": frozenset(("opus", "vorbis")),
}
_TYPES: Final = {"mp4": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form a browser may choose; `plan` is None for the file as it is."""

    content_type: str
    plan: Plan | None = None


def forms(facts: MediaFacts) -> tuple[Form, ...]:
    """The forms of a film, the best first; none for what has no picture."""
    if not facts.video:
        return ()
    if _plays(facts):
        return (Form(_TYPES[_kind(facts)]),)
    found = []
    if facts.video == "hevc" and _kind(facts) == "mp4" and _sounds_good(facts):
        found.append(Form('video/mp4; codecs="hvc1"'))  # who has a chip for it plays it
    parts = Form(HLS, _plan(facts, "hls", HLS))
    stream = Form("video/mp4", _plan(facts, "mp4", "video/mp4"))
    return (*found, parts, stream)


def ordered(found: tuple[Form, ...], agent: str) -> tuple[Form, ...]:
    """The forms as a browser should try them, by its ``User-Agent``.

    Apple's play only what can be asked for in parts, and there one can jump; but parts are always
    converted whole, so others first try a stream that keeps the picture: it costs next to nothing.
    """
    keeps = any(form.plan is not None and form.plan.video == "copy" for form in found)
    if not keeps or _is_apples(agent):
        return found
    return tuple(sorted(found, key=lambda form: form.content_type == HLS))


def _is_apples(agent: str) -> bool:
    return "AppleWebKit/" in agent and "Chrome/" not in agent


def file_type(facts: MediaFacts) -> str:
    """The content type of the file itself."""
    return _TYPES.get(_kind(facts), "video/x-matroska" if facts.container == "matroska" else "")


def _kind(facts: MediaFacts) -> str:
    return "mp4" if facts.container in ("mp4", "mov") else facts.container


def _plays(facts: MediaFacts) -> bool:
    kind = _kind(facts)
    good = facts.video in _PICTURES.get(kind, ()) and _sounds_good(facts)
    return good and (facts.video != "h264" or _plain_h264(facts))


def _sounds_good(facts: MediaFacts) -> bool:
    return not facts.sounds or facts.sounds[0].codec in _SOUNDS.get(_kind(facts), ())


def _plain_h264(facts: MediaFacts) -> bool:
    return facts.bits == 8 and facts.chroma == "420" and not facts.interlaced


def _plan(facts: MediaFacts, container: str, content_type: str) -> Plan:
    keeps = facts.video == "h264" and _plain_h264(facts) and container != "hls"
    sounds = facts.sounds[0].codec if facts.sounds else ""
    audio = "" if not sounds else "copy" if sounds in ("aac", "mp3") else "aac"
    many = bool(facts.sounds) and facts.sounds[0].channels > 2 and audio == "aac"
    lossless = audio in ("copy", "")
    return Plan(
        method=(Method.REMUX if lossless else Method.AUDIO) if keeps else Method.FULL,
        container=container,
        content_type=content_type,
        video="copy" if keeps else "h264",
        audio=audio,
        height=0 if keeps else MOST_LINES,
        channels=2 if many else 0,
    )
