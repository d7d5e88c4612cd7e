"""What the devices of each maker want told differently: a small table, by their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

UNKNOWN: Final = "application/octet-stream"
FEATURES: Final = "DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000"
"""Sought by bytes, not converted, streamed, may wait, DLNA 1.5. No profile: none is proved."""
PICTURE: Final = (
    "DLNA.ORG_PN={profile};DLNA.ORG_OP=01;DLNA.ORG_CI={converted};"
    "DLNA.ORG_FLAGS=00D00000000000000000000000000000"
)

_VIDEO: Final = {
    **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
    **dict.fromkeys(("mkv", "mk3d"), "video/x-matroska"),
    **dict.fromkeys(("ts", "m2ts", "mts", "m2t"), "video/mp2t"),
    **dict.fromkeys(("mpg", "mpeg", "vob"), "video/mpeg"),
    **dict.fromkeys(("ogv", "ogm"), "video/ogg"),
    **{"mov": "video/quicktime", "webm": "video/webm", "avi": "video/x-msvideo"},
    **{"wmv": "video/x-ms-wmv", "asf": "video/x-ms-asf", "flv": "video/x-flv"},
    **{"3gp": "video/3gpp", "rm": "application/vnd.rn-realmedia"},
}
_CONTAINERS: Final = {
    **dict.fromkeys(("mov", "mp4"), "video/mp4"), "matroska": "video/x-matroska",
    "mpegts": "video/mp2t", "mpeg": "video/mpeg", "avi": "video/x-msvideo", "flv": "video/x-flv",
    "asf": "video/x-ms-wmv", "ogg": "video/ogg",
}  # fmt: skip
TEXTS: Final = {"srt": "text/srt", "vtt": "text/vtt", "ass": "text/x-ssa", "ssa": "text/x-ssa",
                "smi": "smi/caption", "sub": "text/sub"}  # fmt: skip
"""The kinds of subtitles that are files of text, by ending."""


@dataclass(frozen=True, slots=True)
class Maker:
    """How to speak to the devices of one maker."""

    name: str
    marks: tuple[str, ...]  # one of them is in what the device says of itself
    types: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # what it calls a type of ours
    bookmarks: bool = False  # it keeps its place here: `sec:dcmInfo`
    milliseconds: bool = False  # and counts it so
    captions: bool = False  # `sec:CaptionInfoEx`


_SAMSUNG: Final = {"video/x-matroska": "video/x-mkv", "video/x-msvideo": "video/x-msvideo"}
PLAIN: Final = Maker("", ())
MAKERS: Final = (  # the first that fits counts
    Maker("samsung-milliseconds", ("SEC_HHP_[TV] Samsung Q", "SEC_HHP_[TV] Samsung 2"),
          _SAMSUNG, bookmarks=True, milliseconds=True, captions=True),
    Maker("samsung", ("SEC_HHP", "SAMSUNG", "Samsung", "DLNADOC/1.50 SEC"), _SAMSUNG,
          bookmarks=True, captions=True),
    Maker("lg", ("LGE", "LG Netcast", "webOS", "LG-", "LGSmartShare"),
          {"video/x-matroska": "video/x-matroska", "video/x-msvideo": "video/avi"}, captions=True),
    Maker("sony", ("BRAVIA", "Sony", "PLAYSTATION"),
          {"video/mp2t": "video/vnd.dlna.mpeg-tts", "video/x-msvideo": "video/divx"}),
    Maker("panasonic", ("Panasonic", "VIERA"), {"video/x-msvideo": "video/divx"}),
    Maker("philips", ("Philips", "PHILIPS"), {"video/x-msvideo": "video/avi"}),
    Maker("microsoft", ("Xbox", "Microsoft"), {"video/x-msvideo": "video/avi"}),
)  # fmt: skip


def maker_of(agent: str, client_info: str = "") -> Maker:
    """Whose device this is, by its ``User-Agent`` and ``X-AV-Client-Info``."""
    told = f"{agent} {client_info}"
    return next((one for one in MAKERS if any(mark in told for mark in one.marks)), PLAIN)


def type_of(ending: str, container: str | None, maker: Maker = PLAIN) -> str:
    """The MIME type of a film as this maker calls it: by what is in it, else by its name."""
    known = _CONTAINERS.get(container or "")
    named = _VIDEO.get(ending)
    if known is None or (named is not None and container in ("mov", "matroska", "asf")):
        known = named or known or UNKNOWN
    return maker.types.get(known, known)


def sources() -> str:
    """Everything this server may send, as `SourceProtocolInfo` says it."""
    own = {*_VIDEO.values(), *(each for one in MAKERS for each in one.types.values())}
    films = [f"http-get:*:{each}:{FEATURES}" for each in sorted(own)]
    pictures = [
        f"http-get:*:image/jpeg:{PICTURE.format(profile='JPEG_TN', converted=1)}",
        f"http-get:*:image/jpeg:{PICTURE.format(profile='JPEG_SM', converted=0)}",
    ]
    return ",".join([*films, *pictures, *(f"http-get:*:{each}:*" for each in ("text/srt",))])
