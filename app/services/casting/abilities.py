"""What a device can play: lines of container, picture and sound, and the type it wants to hear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

MOST_SINKS: Final = 2000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture codec and how much of it. `level` is ten times the level; 0: any."""

    codec: str
    level: int = 0
    bits: int = 8
    height: int = 1080


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of file a device plays; `pictures` is empty for files of sound only.

    `early`: the index must stand before the pictures.
    """

    container: str
    content_type: str
    pictures: tuple[Picture, ...] = ()
    sounds: frozenset[str] = frozenset()
    early: bool = False

    def picture(self, codec: str) -> Picture | None:
        """How much of a codec it plays."""
        return next((one for one in self.pictures if one.codec == codec), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """Everything that is known of what a device plays.

    `targets` are the containers films are converted into, the best first; `letters` the way by
    which it takes subtitles beside a film: "vtt", "srt", or none.
    """

    lines: tuple[Line, ...]
    targets: tuple[str, ...] = ("mpegts", "mp4", "mpeg")
    letters: str = ""
    sound: str = "aac"
    interlaced: bool = False
    turns: bool = False
    dolby: bool = False
    name: str = ""

    def line(self, container: str, *, picture: bool) -> Line | None:
        """The line for films, or for sound, in a container."""
        found = (one for one in self.lines if one.container == container)
        return next((one for one in found if bool(one.pictures) == picture), None)


TYPES: Final = {
    # What GStreamer calls QuickTime is MP4 too, and renderers made with it name nothing else.
    "mp4": ("video/mp4", "video/x-m4v", "video/quicktime"),
    "mov": ("video/quicktime", "video/mp4"),
    "matroska": ("video/x-matroska", "video/x-mkv"),
    "webm": ("video/webm",),
    "mpegts": ("video/mp2t", "video/vnd.dlna.mpeg-tts", "video/mpegts", "video/mpeg"),
    "mpeg": ("video/mpeg", "video/mp2p"),
    "avi": ("video/avi", "video/x-msvideo", "video/divx", "video/vnd.avi"),
    "asf": ("video/x-ms-wmv", "video/x-ms-asf"),
    "flv": ("video/x-flv",),
    "ogg": ("video/ogg", "application/ogg"),
    "hls": ("application/x-mpegURL", "application/vnd.apple.mpegurl"),
}
"""How the type of a film in a container may be written; the usual way first."""
SOUND_TYPES: Final = {
    "mp3": ("audio/mpeg", "audio/mp3", "audio/mpeg3"),
    "flac": ("audio/flac",),
    "wav": ("audio/wav", "audio/wave", "audio/vnd.wave"),
    "aac": ("audio/aac", "audio/vnd.dlna.adts"),
    "mp4": ("audio/mp4", "audio/m4a"),
    "ogg": ("audio/ogg", "application/ogg"),
    "matroska": ("audio/x-matroska",),
    "webm": ("audio/webm",),
    "asf": ("audio/x-ms-wma",),
    "ac3": ("audio/ac3", "audio/vnd.dolby.dd-raw"),
}
_HINTS: Final = {
    "video/h264": "h264", "video/avc": "h264", "video/h265": "hevc", "video/hevc": "hevc",
    "video/vp9": "vp9", "video/vp8": "vp8", "video/av1": "av1", "audio/ac3": "ac3",
    "audio/vnd.dolby.dd-raw": "ac3", "audio/eac3": "eac3", "audio/dts": "dts",
    "audio/vnd.dts": "dts", "audio/opus": "opus", "audio/flac": "flac",
}  # fmt: skip
"""Types that name a coding rather than a file: what plays it plays it inside of films, too."""
_H264: Final = Picture("h264", 41)
_USUAL: Final = {
    "mp4": ((_H264,), ("aac", "mp3")),
    "mov": ((_H264,), ("aac", "mp3")),
    "matroska": ((_H264,), ("aac", "mp3", "ac3")),
    "mpegts": ((_H264, Picture("mpeg2video")), ("aac", "ac3", "mp2", "mp3")),
    "mpeg": ((Picture("mpeg2video", height=576), Picture("mpeg1video")), ("mp2", "ac3")),
    "avi": ((Picture("mpeg4"),), ("mp3", "ac3", "mp2")),
    "webm": ((Picture("vp8"), Picture("vp9")), ("vorbis", "opus")),
    "asf": ((Picture("wmv3"), Picture("vc1")), ("wmav2",)),
    "flv": ((_H264, Picture("flv1")), ("aac", "mp3")),
    "ogg": ((Picture("theora"),), ("vorbis",)),
}
"""What a device that plays a container plays in it, when it says no more."""
_USUAL_SOUND: Final = {
    "mp3": ("mp3",), "flac": ("flac",), "wav": ("pcm_s16le",), "aac": ("aac",), "mp4": ("aac",),
    "ogg": ("vorbis",), "matroska": ("aac", "mp3", "flac"), "webm": ("vorbis", "opus"),
    "asf": ("wmav2",), "ac3": ("ac3",),
}  # fmt: skip
_ROOMY: Final = ("mp4", "mov", "matroska", "mpegts")
"""Containers in which every coding a device hints at may come."""

SAFE: Final = Line("mp4", "video/mp4", (_H264,), frozenset(("aac",)), early=True)
"""What every screen of the last ten years plays."""
SAFE_SOUND: Final = Line("mp3", "audio/mpeg", (), frozenset(("mp3",)))


class Sinks:
    """The list of a renderer, as it says what it plays (protocolInfo)."""

    def __init__(self, sinks: Iterable[str]) -> None:
        self._told: dict[str, str] = {}  # plain type: as the device writes it
        self.profiles: set[str] = set()
        self._profiles_of: dict[str, set[str]] = {}
        for sink in tuple(sinks)[:MOST_SINKS]:
            parts = sink.split(":", 3)
            if len(parts) == 4 and parts[0].strip().lower() in ("http-get", "*"):
                self._take(parts[2].strip(), parts[3])

    def __bool__(self) -> bool:
        """Whether it says anything at all."""
        return bool(self._told)

    def spelled(self, types: Iterable[str]) -> str:
        """The first of these types the device plays, written as it writes it; else nothing."""
        for one in types:
            if found := self._told.get(plain_type(one)):
                return found
        # A device that says it plays everything has no spelling of its own.
        first = next(iter(types))
        family = first.partition("/")[0]
        return first if "*" in self._told or f"{family}/*" in self._told else ""

    def film_type(self, container: str) -> str:
        """How the device calls films in a container; nothing when it does not play them."""
        types = TYPES.get(container, ())
        if container == "mpegts" and not self._streams_in("video/mpeg"):
            types = tuple(one for one in types if one != "video/mpeg")
        return self.spelled(types) if types else ""

    def sound_type(self, container: str) -> str:
        """How the device calls songs in a container."""
        types = SOUND_TYPES.get(container, ())
        return self.spelled(types) if types else ""

    def hints(self) -> frozenset[str]:
        """The codings it names outright."""
        found = {codec for kind, codec in _HINTS.items() if plain_type(kind) in self._told}
        for profile in self.profiles:
            if profile.startswith("HEVC"):
                found.add("hevc")
            if "EAC3" in profile:
                found.add("eac3")
            elif "AC3" in profile:
                found.add("ac3")
        return frozenset(found)

    def _streams_in(self, kind: str) -> bool:
        told = self._profiles_of.get(plain_type(kind), set())
        return any(one.startswith(("MPEG_TS", "AVC_TS", "HEVC_TS")) for one in told)

    def _take(self, kind: str, more: str) -> None:
        kind = kind.partition(";")[0].strip()
        self._told.setdefault(plain_type(kind), kind)
        for part in more.split(";"):
            name, _sign, value = part.strip().partition("=")
            if name == "DLNA.ORG_PN":
                self.profiles.add(value)
                self._profiles_of.setdefault(plain_type(kind), set()).add(value)


def plain_type(kind: str) -> str:
    """A type without capitals, parameters and the ``x-`` of those that are not registered."""
    family, _stroke, name = kind.partition(";")[0].strip().lower().partition("/")
    return f"{family}/{name.removeprefix('x-')}" if name else family


def told_by(sinks: Sinks) -> Abilities:
    """What a device that is not known can play by its own list."""
    hints = sinks.hints()
    lines = []
    for container, (pictures, sounds) in _USUAL.items():
        if kind := sinks.film_type(container):
            line = Line(container, kind, pictures, frozenset(sounds))
            lines.append(_widened(line, hints))
    for container, codecs in _USUAL_SOUND.items():
        if kind := sinks.sound_type(container):
            lines.append(Line(container, kind, (), frozenset(codecs)))
    letters = sinks.spelled(("text/srt", "application/x-subrip", "smi/caption"))
    everything = "*" in letters or not letters
    return Abilities(lines=tuple(lines), letters="" if everything else "srt")


def agreed(abilities: Abilities, sinks: Sinks) -> Abilities:
    """What a known device plays, in the words of its own list; without one as it is known."""
    if not sinks:
        return abilities
    lines = []
    for line in abilities.lines:
        kind = (sinks.film_type if line.pictures else sinks.sound_type)(line.container)
        if kind:
            lines.append(replace(line, content_type=kind))
    return replace(abilities, lines=tuple(lines))


def _widened(line: Line, hints: frozenset[str]) -> Line:
    if line.container not in _ROOMY and line.container != "webm":
        return line
    room = {"vp8", "vp9", "av1", "opus"} if line.container == "webm" else hints
    known = {one.codec for one in line.pictures}
    more = (
        Picture(codec, bits=10 if codec == "hevc" else 8, height=2160 if codec != "vp8" else 1080)
        for codec in sorted(hints & room & {"hevc", "vp9", "av1"} - known)
    )
    sounds = hints & room & {"ac3", "eac3", "dts", "opus", "flac"}
    return replace(line, pictures=(*line.pictures, *more), sounds=line.sounds | sounds)
