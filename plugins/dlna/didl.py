"""Writes what a renderer is told of a film: DLNA's own XML, with the ways of two makers in it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from app.api import CastMedia, CastSubtitle
from plugins.dlna.parsers import write_clock

_SPACES = (
    'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" '
    'xmlns:dlna="urn:schemas-dlna-org:metadata-1-0/" '
    'xmlns:sec="http://www.sec.co.kr/" '
    'xmlns:pv="http://www.pv.com/pvns/"'
)
_FILM = "object.item.videoItem.movie"
_SOUND = "object.item.audioItem.musicTrack"


def protocol_info(media: CastMedia) -> str:
    """Return how a film is fetched and what it is, in DLNA's four fields."""
    return f"http-get:*:{media.content_type}:{media.features or '*'}"


def metadata(media: CastMedia) -> str:
    """Return the DIDL-Lite document of a film.

    A subtitle is told three ways: as one more resource (what LG looks for, with PacketVideo's
    attributes on the film's own), and as Samsung's `sec:CaptionInfo`.
    """
    shown = _shown(media)
    parts = [
        f"<DIDL-Lite {_SPACES}>",
        '<item id="0" parentID="-1" restricted="1">',
        f"<dc:title>{_text(media.title or media.url)}</dc:title>",
        f"<upnp:class>{_SOUND if media.sound_only else _FILM}</upnp:class>",
    ]
    if media.caption:
        parts.append(f"<dc:description>{_text(media.caption)}</dc:description>")
    if media.picture:
        parts.append(f"<upnp:albumArtURI>{_text(media.picture)}</upnp:albumArtURI>")
    parts.append(_resource(media, shown))
    if shown is not None:
        kind = _kind(shown)
        address = _text(shown.url)
        parts += [
            f'<res protocolInfo="http-get:*:{_text(shown.content_type)}:*">{address}</res>',
            f'<sec:CaptionInfo sec:type="{kind}">{address}</sec:CaptionInfo>',
            f'<sec:CaptionInfoEx sec:type="{kind}">{address}</sec:CaptionInfoEx>',
        ]
    return "".join([*parts, "</item></DIDL-Lite>"])


def _resource(media: CastMedia, shown: CastSubtitle | None) -> str:
    told = {"protocolInfo": protocol_info(media)}
    if media.duration:
        told["duration"] = f"{write_clock(media.duration)}.000"
    if media.size is not None:
        told["size"] = str(media.size)
    if shown is not None:
        told["pv:subtitleFileType"] = _kind(shown).upper()
        told["pv:subtitleFileUri"] = shown.url
    attributes = " ".join(f"{name}={quoteattr(_clean(value))}" for name, value in told.items())
    return f"<res {attributes}>{_text(media.url)}</res>"


def _shown(media: CastMedia) -> CastSubtitle | None:
    number = media.subtitle
    if number is None or not 0 <= number < len(media.subtitles):
        return None
    return media.subtitles[number]


def _kind(subtitle: CastSubtitle) -> str:
    return "vtt" if subtitle.content_type == "text/vtt" else "srt"


def _text(value: str) -> str:
    return escape(_clean(value))


def _clean(value: str) -> str:
    """Without what XML 1.0 forbids."""
    return "".join(one for one in value if one >= " " and one not in "\ufffe\uffff")
