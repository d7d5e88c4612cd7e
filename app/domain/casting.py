"""Playing on other screens of the home: what is played, on what, in which form, and how it stands.

Times are seconds, rates bits a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from app.domain.media import FileId, ItemId

DeviceId = NewType("DeviceId", str)
"""Names a device for ever, as the device itself does."""


class Protocol(StrEnum):
    """How a device is spoken to; also the name of the plugin that does."""

    DLNA = "dlna"
    CHROMECAST = "chromecast"


class Method(StrEnum):
    """How much is done to a film before a device gets it; the cheapest first."""

    DIRECT = "direct"  # its file as it is
    REMUX = "remux"  # another container, the same picture and sound
    AUDIO = "audio"  # the sound is converted
    FULL = "full"  # picture and sound are


LADDER = tuple(Method)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTrack:
    """One sound track of a film; `number` counts among the sound tracks from 0."""

    number: int
    codec: str  # as ffprobe names it
    channels: int = 2
    rate: int = 48_000  # samples a second
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleTrack:
    """Subtitles of a film: inside it, then `number` counts among them from 0, or a file beside."""

    number: int | None = None
    path: bytes = b""  # of the file beside it
    codec: str = "subrip"  # as ffprobe names it
    language: str = ""
    title: str = ""

    @property
    def text(self) -> bool:
        """Whether they are letters; pictures can only be burnt in."""
        return self.codec not in ("hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """What the probe found in a film. Empty and 0: not known, or not there."""

    container: str  # "mp4", "matroska", "mpegts", "avi", "mp3"…: one word of our own
    video: str = ""  # codec as ffprobe names it
    profile: str = ""  # "High", "Main 10"
    level: int = 0  # ten times the level: 41
    bits: int = 8  # of a sample
    chroma: str = "420"
    width: int = 0
    height: int = 0
    frames: float = 0.0  # a second
    interlaced: bool = False
    hdr: str = ""
    rotated: bool = False
    sounds: tuple[SoundTrack, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()
    duration: float | None = None
    rate: int = 0
    size: int | None = None  # bytes
    fast_start: bool = True  # its index stands before its pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """In which form a device gets a film, and why in that one.

    `video` and `audio` are encoders' codecs, or ``copy``; empty: there is none. `reason` is a
    message key, one of `casting.why.*`.
    """

    method: Method
    container: str  # "as it is", "mp4", "mpegts", "hls"
    content_type: str
    video: str = "copy"
    audio: str = "copy"
    sound: int = 0  # number of the sound track
    burn: int | None = None  # which of the subtitles is drawn into the picture
    height: int = 0  # scaled down to, 0: as it is
    channels: int = 0  # mixed down to, 0: as it is
    rate: int = 0  # most bits a second of the picture, 0: as it comes
    features: str = ""  # 4th field of DLNA protocolInfo
    reason: str = ""
    args: Mapping[str, object] = field(default_factory=dict)

    @property
    def converts(self) -> bool:
        """Whether ffmpeg works on it."""
        return self.method is not Method.DIRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A screen or loudspeaker of the home, as pages show it."""

    id: DeviceId
    protocol: Protocol
    name: str
    maker: str = ""
    model: str = ""
    here: bool = True
    since: float = 0.0  # unix time at which it came, or went
    sound_only: bool = False
    form: Method | None = None  # the owner's own choice for it; None: as the rules say


@dataclass(frozen=True, slots=True, kw_only=True)
class Castable:
    """Something that can be cast: one of these is given."""

    item: ItemId | None = None
    file: FileId | None = None  # which of the item's, None: the usual one
    ticket: int | None = None  # of the playback service: a download, a result, a stream
    path: bytes = b""


@dataclass(frozen=True, slots=True)
class Offer:
    """A device, and what it would be given of something. `plan` is None while it is away."""

    device: Device
    plan: Plan | None


class CastStage(StrEnum):
    """Where a cast is."""

    PREPARING = "preparing"  # the film is looked at, or converted to its first seconds
    LOADING = "loading"  # the device has it and fetches
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"
    GONE = "gone"  # the device does not answer any more; it goes on when it comes back


OVER = frozenset((CastStage.ENDED, CastStage.FAILED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """What a device plays for us."""

    device: Device
    what: Castable
    stage: CastStage
    title: str
    caption: str = ""
    position: float = 0.0
    duration: float | None = None
    volume: float | None = None  # 0 to 1
    muted: bool = False
    plan: Plan | None = None
    sounds: tuple[SoundTrack, ...] = ()
    sound: int = 0
    subtitles: tuple[SubtitleTrack, ...] = ()
    subtitle: int | None = None  # which of them is on
    has_next: bool = False
    waiting: tuple[str, ...] = ()  # titles of what comes after it
    reason: str = ""  # message key, when it failed
    args: Mapping[str, object] = field(default_factory=dict)
