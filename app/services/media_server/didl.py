"""Writes DIDL-Lite: what a screen is told of an item or a container, as one string.

What it writes stands inside SOAP, so it is escaped twice; both are done here, once, and the pieces
are kept by `directory`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from app.domain.text import clean
from app.services.media_server.makers import FEATURES, TEXTS, Maker, type_of
from app.services.media_server.tree import CLASSES

OPEN: Final = escape(
    '<DIDL-Lite xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/"'
    ' xmlns:dlna="urn:schemas-dlna-org:metadata-1-0/" xmlns:sec="http://www.sec.co.kr/">'
)
CLOSE: Final = escape("</DIDL-Lite>")
_KNOWN: Final = frozenset(
    (
        *("res", "res@size", "res@duration", "res@resolution", "res@bitrate"),
        *("res@nrAudioChannels", "upnp:albumArtURI", "upnp:genre", "dc:date", "dc:description"),
        *("@childCount", "@searchable", "upnp:lastPlaybackPosition", "upnp:playbackCount"),
        *("upnp:seriesTitle", "upnp:episodeNumber", "upnp:episodeSeason", "sec:dcmInfo"),
        *("sec:CaptionInfoEx", "upnp:originalTrackNumber"),
    )
)
_FILTER: Final = 4000
_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MOST_TEXTS: Final = 8
_DESCRIPTION: Final = 400


@dataclass(frozen=True, slots=True)
class View:
    """Through whose eyes the tree is written: each has addresses and words of its own."""

    base: str  # "http://10.0.0.2:8200/dlna/token"
    maker: Maker
    fields: frozenset[str] = _KNOWN
    long: bool = False  # episodes are named with their series

    def has(self, name: str) -> bool:
        """Whether it is told."""
        return name in self.fields


@dataclass(frozen=True, slots=True)
class Thing:
    """One item as the database knows it, with the file that is played."""

    id: int
    kind: str
    title: str
    year: int | None
    season: int | None
    episode: int | None
    series: str | None
    date: str | None
    overview: str | None
    poster: str | None
    position: float
    plays: int
    children: int
    genres: str | None  # one a line
    duration: float | None
    file: int | None = None
    path: bytes = b""  # as it lies on the disk
    size: int = 0
    container: str | None = None
    bit_rate: int | None = None
    media: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A container that is no series: a shelf, a season, a year."""

    id: str
    parent: str
    title: str
    children: int
    kind: str = "object.container.storageFolder"


def fields_of(text: str) -> frozenset[str]:
    """What a Filter asks for; what nobody knows in it does no harm."""
    asked = {each.strip() for each in text[:_FILTER].split(",")}
    if "*" in asked:
        return _KNOWN
    names = {each.replace("container@", "@").replace("item@", "@") for each in asked}
    names |= {each.split("@")[0] for each in names if each.startswith("res@")}
    names |= {"upnp:albumArtURI" for each in names if each.startswith("upnp:albumArtURI@")}
    return frozenset(names & _KNOWN)


def head(tag: str, own: str, parent: str, reference: str = "") -> str:
    """The beginning of an item or container; `tail` follows. Ids are of our own making."""
    refers = f' refID="{reference}"' if reference else ""
    return f'&lt;{tag} id="{own}" parentID="{parent}"{refers}'


def box(one: Box, view: View) -> str:
    """A container, whole."""
    count = f' childCount="{one.children}"' if view.has("@childCount") else ""
    search = ' searchable="1"' if view.has("@searchable") else ""
    told = (
        f' restricted="1"{search}{count}><dc:title>{_text(one.title)}</dc:title>'
        f"<upnp:class>{one.kind}</upnp:class></container>"
    )
    return head("container", one.id, one.parent) + escape(told)


def tail(thing: Thing, view: View, subtitles: Sequence[bytes] = ()) -> str:
    """All of an item behind its ids. `subtitles` are names of files that lie beside it."""
    if thing.kind == "series":
        return escape(_series(thing, view))
    parts = [
        f' restricted="1"><dc:title>{_text(title_of(thing, view.long))}</dc:title>'
        f"<upnp:class>{CLASSES[thing.kind]}</upnp:class>",
        *_about(thing, view),
    ]
    if thing.file is not None:
        if view.has("res"):
            parts.append(_resource(thing, view))
        parts += _captions(thing, view, subtitles)
    return escape("".join([*parts, "</item>"]))


def title_of(thing: Thing, long: bool) -> str:
    """What an item is called: an episode with its number, and with its series where it is alone."""
    if thing.kind != "episode":
        return thing.title
    number = "" if thing.season is None else f"S{thing.season} "
    parts = [thing.series] if long and thing.series else []
    if thing.episode is not None:
        parts.append(f"{number}E{thing.episode}")
    if thing.title and (thing.title != thing.series or not parts):
        parts.append(thing.title)
    return " \u00b7 ".join(part for part in parts if part)


def text_name(name: bytes) -> str:
    """What a file of subtitles is called in addresses: nothing of its name but the ending."""
    ending = name.rpartition(b".")[2].lower().decode("ascii", "replace")
    return f"{hashlib.sha256(name).hexdigest()[:16]}.{ending}"


def clock(seconds: float) -> str:
    """Seconds as DIDL writes a duration."""
    whole = int(seconds * 1000)
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _text(words: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", clean(words)))


def _series(thing: Thing, view: View) -> str:
    count = f' childCount="{thing.children}"' if view.has("@childCount") else ""
    search = ' searchable="1"' if view.has("@searchable") else ""
    return "".join(
        [
            f' restricted="1"{search}{count}><dc:title>{_text(thing.title)}</dc:title>'
            f"<upnp:class>{CLASSES['series']}</upnp:class>",
            *_about(thing, view),
            "</container>",
        ]
    )


def _about(thing: Thing, view: View) -> list[str]:
    parts = []
    if thing.date and view.has("dc:date"):
        parts.append(f"<dc:date>{thing.date}</dc:date>")
    if thing.overview and view.has("dc:description"):
        parts.append(f"<dc:description>{_text(thing.overview[:_DESCRIPTION])}</dc:description>")
    if thing.genres and view.has("upnp:genre"):
        parts += [f"<upnp:genre>{_text(each)}</upnp:genre>" for each in thing.genres.split("\n")]
    if thing.poster and view.has("upnp:albumArtURI"):
        parts += [
            f'<upnp:albumArtURI dlna:profileID="JPEG_TN">{view.base}/thumb/{thing.poster}.jpg'
            "</upnp:albumArtURI>",
            f'<upnp:albumArtURI dlna:profileID="JPEG_SM">{view.base}/poster/{thing.poster}.jpg'
            "</upnp:albumArtURI>",
        ]
    if thing.kind == "episode":
        parts += _episode(thing, view)
    return [*parts, *_watched(thing, view)]


def _episode(thing: Thing, view: View) -> list[str]:
    told: Mapping[str, object] = {
        "upnp:seriesTitle": thing.series,
        "upnp:episodeNumber": thing.episode,
        "upnp:episodeSeason": thing.season,
        "upnp:originalTrackNumber": thing.episode,
    }
    return [
        f"<{name}>{_text(str(value))}</{name}>"
        for name, value in told.items()
        if value is not None and view.has(name)
    ]


def _watched(thing: Thing, view: View) -> list[str]:
    parts = []
    if thing.plays and view.has("upnp:playbackCount"):
        parts.append(f"<upnp:playbackCount>{thing.plays}</upnp:playbackCount>")
    if thing.position > 0 and view.has("upnp:lastPlaybackPosition"):
        place = clock(thing.position)
        parts.append(f"<upnp:lastPlaybackPosition>{place}</upnp:lastPlaybackPosition>")
    if view.maker.bookmarks and view.has("sec:dcmInfo") and thing.kind != "series":
        place = str(int(thing.position * (1000 if view.maker.milliseconds else 1)))
        parts.append(f"<sec:dcmInfo>CREATIONDATE=0,FOLDER=0,BM={place}</sec:dcmInfo>")
    return parts


def _resource(thing: Thing, view: View) -> str:
    ending = thing.path.rpartition(b".")[2].lower().decode("ascii", "replace")
    kind = type_of(ending, thing.container, view.maker)
    told = [f'<res protocolInfo="http-get:*:{kind}:{FEATURES}"']
    if thing.size and view.has("res@size"):
        told.append(f' size="{thing.size}"')
    if thing.duration and view.has("res@duration"):
        told.append(f' duration="{clock(thing.duration)}"')
    if thing.bit_rate and view.has("res@bitrate"):
        told.append(f' bitrate="{thing.bit_rate // 8}"')
    told.append(_tracks(thing, view))
    name = quote(f"{thing.id}.{ending}" if ending.isalnum() else str(thing.id))
    return "".join([*told, f">{view.base}/film/{thing.file}/{name}</res>"])


def _tracks(thing: Thing, view: View) -> str:
    """How large the picture is, and of how many channels the sound."""
    wanted = view.has("res@resolution") or view.has("res@nrAudioChannels")
    tracks: list[dict[str, Any]] = (
        json.loads(thing.media).get("tracks", []) if thing.media and wanted else []
    )
    parts = []
    picture: dict[str, Any] = next((each for each in tracks if each.get("kind") == "video"), {})
    if picture.get("width") and picture.get("height") and view.has("res@resolution"):
        parts.append(f' resolution="{int(picture["width"])}x{int(picture["height"])}"')
    sound: dict[str, Any] = next((each for each in tracks if each.get("kind") == "audio"), {})
    if sound.get("channels") and view.has("res@nrAudioChannels"):
        parts.append(f' nrAudioChannels="{int(sound["channels"])}"')
    return "".join(parts)


def _captions(thing: Thing, view: View, names: Sequence[bytes]) -> list[str]:
    parts = []
    extra = view.maker.captions or not view.fields >= _KNOWN
    for name in names[:_MOST_TEXTS]:
        ending = name.rpartition(b".")[2].lower().decode("ascii", "replace")
        kind = TEXTS.get(ending)
        if kind is None:
            continue
        address = f"{view.base}/text/{thing.file}/{text_name(name)}"
        if view.has("res"):
            parts.append(f'<res protocolInfo="http-get:*:{kind}:*">{address}</res>')
        if extra and view.has("sec:CaptionInfoEx"):
            parts.append(
                f'<sec:CaptionInfoEx sec:type="{ending}">{address}</sec:CaptionInfoEx>'
                f'<sec:CaptionInfo sec:type="{ending}">{address}</sec:CaptionInfo>'
            )
            extra = False  # a screen of theirs takes one
    return parts
