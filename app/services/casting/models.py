"""The table of devices that are known by name, and what each of them plays."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from app.api.casting import CastDevice
from app.domain.casting import Protocol
from app.services.casting.abilities import (
    SAFE,
    SAFE_SOUND,
    SOUND_TYPES,
    TYPES,
    Abilities,
    Line,
    Picture,
    Sinks,
    agreed,
    told_by,
)

_WEB_SOUNDS: Final = frozenset(("aac", "mp3", "opus", "vorbis", "flac"))
_TV_SOUNDS: Final = frozenset(("aac", "mp3", "ac3", "eac3", "mp2"))
_ALL_SOUNDS: Final = _TV_SOUNDS | _WEB_SOUNDS | {"dts", "truehd", "alac", "pcm_s16le", "wmav2"}
_ALL_PICTURES: Final = tuple(
    Picture(codec, bits=10, height=2160)
    for codec in ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mpeg1video", "wmv3",
                  "vc1", "msmpeg4v3", "theora", "flv1")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """Devices whose description fits a pattern. The pattern reads ``maker|model``."""

    protocol: Protocol
    pattern: re.Pattern[str]
    abilities: Abilities


def abilities_of(device: CastDevice, protocol: Protocol) -> Abilities:
    """What a device plays: as known by its model, in the words of its own list, or the safest.

    A device that plays sound only has no lines with a picture.
    """
    found = _known(device, protocol)
    sinks = Sinks(device.sinks)
    if found is not None:
        found = agreed(found, sinks)
    elif sinks:
        found = told_by(sinks)
    else:
        cast = protocol is Protocol.CHROMECAST
        found = _cast() if cast else Abilities(lines=(SAFE, SAFE_SOUND), targets=("mp4",))
    if device.sound_only:
        found = replace(found, lines=tuple(one for one in found.lines if not one.pictures))
    return found


def _known(device: CastDevice, protocol: Protocol) -> Abilities | None:
    told = f"{device.maker}|{device.model}"[:300]
    for model in MODELS:
        if model.protocol is protocol and model.pattern.search(told):
            return model.abilities
    return None


def _film(container: str, pictures: tuple[Picture, ...], sounds: frozenset[str]) -> Line:
    return Line(container, TYPES[container][0], pictures, sounds)


def _song(container: str, *sounds: str) -> Line:
    return Line(container, SOUND_TYPES[container][0], (), frozenset(sounds))


_WEB_SONGS: Final = (
    _song("mp3", "mp3"), _song("flac", "flac"), _song("wav", "pcm_s16le"), _song("mp4", "aac"),
    _song("ogg", "vorbis", "opus"), _song("webm", "vorbis", "opus"), _song("aac", "aac"),
)  # fmt: skip


def _cast(
    level: int = 41, height: int = 1080, more: tuple[Picture, ...] = (), name: str = ""
) -> Abilities:
    """A Cast receiver is a web page: MP4, WebM, and HLS for what is converted."""
    pictures = (Picture("h264", level, height=height), *(p for p in more if p.codec == "hevc"))
    modern = tuple(p for p in more if p.codec != "hevc")
    web = (Picture("vp8", height=min(height, 1080)), *modern)
    made = Line("hls", TYPES["hls"][0], (Picture("h264", level, height=height),),
                frozenset(("aac",)))  # fmt: skip
    lines = (
        _film("mp4", (*pictures, *modern), _WEB_SOUNDS - {"vorbis"}),
        _film("webm", web, frozenset(("opus", "vorbis"))),
        made,
        *_WEB_SONGS,
    )
    return Abilities(lines=lines, targets=("hls", "mp4"), letters="vtt", name=name)


def _tv(
    name: str,
    *,
    pictures: tuple[Picture, ...] = (Picture("h264", 41),),
    letters: str = "",
    sound: str = "aac",
    sounds: frozenset[str] = _TV_SOUNDS,
) -> Abilities:
    """A television set of the usual kind."""
    old = (Picture("mpeg2video"),)
    lines = (
        _film("mp4", pictures, sounds),
        _film("mov", pictures, sounds),
        _film("matroska", pictures, sounds),
        _film("mpegts", (*pictures, *old), sounds),
        _film("mpeg", old, frozenset(("mp2", "ac3"))),
        _film("avi", (Picture("mpeg4"),), frozenset(("mp3", "ac3", "mp2"))),
        _song("mp3", "mp3"),
        _song("flac", "flac"),
        _song("mp4", "aac"),
        _song("wav", "pcm_s16le"),
    )
    return Abilities(lines=lines, letters=letters, sound=sound, interlaced=True, name=name)


def _everything(name: str, *, letters: str, turns: bool) -> Abilities:
    """A renderer that plays by FFmpeg or GStreamer: whatever is in a container it names."""
    films = tuple(_film(one, _ALL_PICTURES, _ALL_SOUNDS) for one in TYPES if one != "hls")
    songs = tuple(Line(one, SOUND_TYPES[one][0], (), _ALL_SOUNDS) for one in SOUND_TYPES)
    return Abilities(
        lines=(*films, *songs), letters=letters, interlaced=True, turns=turns, name=name
    )


def _model(protocol: Protocol, pattern: str, abilities: Abilities) -> Model:
    return Model(protocol, re.compile(pattern, re.IGNORECASE), abilities)


_HEVC: Final = Picture("hevc", 51, 10, 2160)
_VP9: Final = Picture("vp9", height=2160)
_UHD: Final = (Picture("h264", 51, height=2160), _HEVC, _VP9)
_FULL_HD: Final = (Picture("h264", 42),)
_CC, _DLNA = Protocol.CHROMECAST, Protocol.DLNA
_LOUD: Final = Abilities(lines=_WEB_SONGS, targets=("mp3",), name="a loudspeaker")

MODELS: Final = (
    _model(_CC, r"\|(Chromecast Audio|Google (Home|Nest)( Mini| Max)?$|Nest (Audio|Mini|Wifi)|"
                r"Google Nest (Mini|Audio)|Google Cast Group|.*speaker)", _LOUD),
    _model(_CC, r"\|Google TV Streamer", _cast(52, 2160, (_HEVC, _VP9, Picture(
        "av1", bits=10, height=2160)), "Google TV Streamer")),
    _model(_CC, r"\|(Chromecast HD|Chromecast with Google TV|Google TV$)",
           _cast(51, 1080, (Picture("hevc", 51, 10), Picture("vp9")), "Chromecast with Google TV")),
    _model(_CC, r"\|Chromecast Ultra", _cast(42, 2160, (_HEVC, _VP9), "Chromecast Ultra")),
    _model(_CC, r"\|(Google )?(Nest Hub|Home Hub)",
           _cast(41, 720, (Picture("vp9", height=720),), "Nest Hub")),
    # Three generations call themselves so; the oldest decides.
    _model(_CC, r"\|Chromecast$", _cast(41, name="Chromecast")),
    _model(_DLNA, r"^Samsung.*\|.*([UQGK][AENT]\d\d(J[SU]|[K-T]|Q|LS|S9)|UHD|QLED)",
           _tv("Samsung UHD", pictures=_UHD, letters="srt")),
    _model(_DLNA, r"^Samsung", _tv("Samsung", letters="srt", sound="ac3")),
    _model(_DLNA, r"^LG.*\|.*(OLED|QNED|NANO|\d\dU[A-Z]|webOS)",
           _tv("LG webOS", pictures=_UHD, letters="srt")),
    _model(_DLNA, r"^LG", _tv("LG", letters="srt")),
    _model(_DLNA, r"^Sony.*\|.*(BRAVIA|KDL-|KD-|XR-)",
           _tv("Sony Bravia", pictures=_FULL_HD, sound="ac3")),
    _model(_DLNA, r"^Sony.*\|.*PlayStation", _tv("PlayStation", pictures=_FULL_HD, sound="ac3")),
    _model(_DLNA, r"^Panasonic", _tv("Panasonic Viera", pictures=_FULL_HD, sound="ac3")),
    _model(_DLNA, r"^(Philips|TP ?Vision)", _tv("Philips", pictures=_FULL_HD, letters="srt")),
    _model(_DLNA, r"^Microsoft.*\|.*Xbox", _tv("Xbox", pictures=_FULL_HD, sound="ac3")),
    _model(_DLNA, r"\|.*Kodi|^(XBMC|Kodi)", _everything("Kodi", letters="srt", turns=True)),
    _model(_DLNA, r"gmediarender|gmrender", _everything("gmediarender", letters="", turns=False)),
    _model(_DLNA, r"rygel", _everything("Rygel", letters="", turns=False)),
)  # fmt: skip
"""Read from above; the first that fits counts."""
