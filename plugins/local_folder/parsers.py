"""Names and sidecars of posts in a folder, and the feed made of them; pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from email.utils import formatdate
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from app.api.publishing import PostFile, PostWanted

SIDECAR = "post.json"
LARGEST_SIDECAR = 400_000
MOST_ITEMS = 500
"""Posts a feed names, the newest: readers fetch it whole each time."""
LONGEST_NAME = 60
_KEY = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"(?:[\w][\w -]{0,79} )?\[[0-9a-f]{12}\]")
_ENDING = re.compile(r"[a-z0-9]{1,5}")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm",
    "mkv": "video/x-matroska", "mp3": "audio/mpeg", "m4a": "audio/mp4", "jpg": "image/jpeg",
    "png": "image/png", "srt": "application/x-subrip", "vtt": "text/vtt",
}  # fmt: skip
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
ATOM = "http://www.w3.org/2005/Atom"
PODCAST = "https://podcastindex.org/namespace/1.0"
for _short, _long in {"itunes": ITUNES, "media": MEDIA, "atom": ATOM, "podcast": PODCAST}.items():
    Xml.register_namespace(_short, _long)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What lies beside the files of a post: all the feed says of it. `at`: seconds since 1970."""

    key: str
    title: str
    description: str
    tags: tuple[str, ...]
    language: str
    link: str
    at: float
    video: str
    size: int
    seconds: float
    width: int
    height: int
    poster: str = ""
    captions: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """How the feed is called, and where the folder is: its web address or its ``file:`` one."""

    title: str
    place: str


def folder_name(wanted: PostWanted) -> str:
    """The folder of a post: words of its title, and its key, which no other has."""
    plain = unicodedata.normalize("NFC", wanted.title)
    plain = re.sub(r"[^\w-]+", " ", plain).strip(" -_")
    while len(plain.encode()) > LONGEST_NAME:
        plain = plain[:-1]
    plain = plain.strip(" -_")
    return f"{plain} {ending_of_key(wanted.key)}".strip()


def ending_of_key(key: str) -> str:
    """What every folder of that post ends with."""
    return f"[{key[:12]}]"


def is_name(name: str) -> bool:
    """Whether a folder may be called so: nothing that leads out of where it lies."""
    return _NAME.fullmatch(name) is not None


def is_hidden(name: str) -> bool:
    """Whether a folder is one of ours in which a post is put together."""
    return re.fullmatch(r"\.[0-9a-f]{32}\.part", name) is not None


def is_key(key: str) -> bool:
    """Whether it is a post's key."""
    return _KEY.fullmatch(key) is not None


def file_name(role: str, file: PostFile) -> str:
    """How a file of a post is called: by what it is, with an ending that is harmless."""
    ending = file.ending.lower()
    return f"{role}.{ending}" if _ENDING.fullmatch(ending) else role


def sidecar_of(wanted: PostWanted, at: float) -> Sidecar:
    """What is written beside a post's files."""
    video = wanted.video
    assert video is not None
    return Sidecar(
        wanted.key, wanted.title, wanted.description, tuple(wanted.tags), wanted.language,
        wanted.link, at, file_name("video", video), video.size, video.seconds, video.width,
        video.height,
        "" if wanted.thumbnail is None else file_name("poster", wanted.thumbnail),
        "" if wanted.captions is None else file_name("captions", wanted.captions),
    )  # fmt: skip


def sidecar_text(sidecar: Sidecar) -> bytes:
    """A sidecar as its file holds it."""
    return json.dumps(asdict(sidecar), indent=1).encode()


def parse_sidecar(content: bytes) -> Sidecar | None:
    """Read one; None for a file somebody has spoilt."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not {one.name for one in fields(Sidecar)} <= set(told):
        return None
    found = Sidecar(
        key=_text(told["key"]),
        title=_text(told["title"]),
        description=_text(told["description"]),
        tags=tuple(_text(one) for one in _list(told["tags"])),
        language=_text(told["language"]),
        link=_text(told["link"]),
        at=_number(told["at"]),
        video=_file(told["video"]),
        size=int(_number(told["size"])),
        seconds=_number(told["seconds"]),
        width=int(_number(told["width"])),
        height=int(_number(told["height"])),
        poster=_file(told["poster"]),
        captions=_file(told["captions"]),
    )
    return found if is_key(found.key) and found.video else None


def feed_text(feed: Feed, posts: Sequence[tuple[str, Sidecar]], now: float) -> bytes:
    """The feed (RSS 2.0): posts by the name of their folder, the newest first."""
    newest = sorted(posts, key=lambda one: (-one[1].at, one[0]))[:MOST_ITEMS]
    root = Xml.Element("rss", {"version": "2.0"})
    channel = Xml.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.place)
    _add(channel, "description", feed.title)
    _add(channel, "language", newest[0][1].language if newest else "en")
    _add(channel, "lastBuildDate", formatdate(now))
    _add(channel, "generator", "Sokoul")
    told = {"href": f"{feed.place}feed.xml", "rel": "self", "type": "application/rss+xml"}
    Xml.SubElement(channel, f"{{{ATOM}}}link", told)
    _add(channel, f"{{{ITUNES}}}author", feed.title)
    _add(channel, f"{{{ITUNES}}}explicit", "false")
    pictured = next(((name, one.poster) for name, one in newest if one.poster), None)
    if pictured is not None:
        address = _address(feed, *pictured)
        Xml.SubElement(channel, f"{{{ITUNES}}}image", {"href": address})
    for name, one in newest:
        _item(channel, feed, name, one)
    Xml.indent(root, " ")
    made: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _item(channel: Xml.Element, feed: Feed, name: str, one: Sidecar) -> None:
    item = Xml.SubElement(channel, "item")
    _add(item, "title", one.title)
    _add(item, "description", one.description)
    _add(item, "link", one.link or _address(feed, name, one.video))
    Xml.SubElement(item, "guid", {"isPermaLink": "false"}).text = one.key
    _add(item, "pubDate", formatdate(one.at))
    address, kind = _address(feed, name, one.video), type_of(one.video)
    Xml.SubElement(item, "enclosure", {"url": address, "length": str(one.size), "type": kind})
    if one.seconds:
        _add(item, f"{{{ITUNES}}}duration", str(round(one.seconds)))
    medium = "audio" if kind.startswith("audio/") else "video"
    told = {"url": address, "fileSize": str(one.size), "type": kind, "medium": medium}
    sides = {"duration": round(one.seconds), "width": one.width, "height": one.height}
    told |= {key: str(value) for key, value in sides.items() if value}
    content = Xml.SubElement(item, f"{{{MEDIA}}}content", told)
    _add(content, f"{{{MEDIA}}}title", one.title)
    if one.tags:
        _add(content, f"{{{MEDIA}}}keywords", ", ".join(one.tags))
    if one.poster:
        poster = _address(feed, name, one.poster)
        Xml.SubElement(content, f"{{{MEDIA}}}thumbnail", {"url": poster})
        Xml.SubElement(item, f"{{{ITUNES}}}image", {"href": poster})
    if one.captions:
        told = {"url": _address(feed, name, one.captions), "type": type_of(one.captions)}
        Xml.SubElement(item, f"{{{PODCAST}}}transcript", told)


def type_of(name: str) -> str:
    """The media type of a file, by its ending."""
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def _address(feed: Feed, name: str, file: str) -> str:
    return f"{feed.place}{quote(name)}/{quote(file)}"


def _add(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = _NOT_XML.sub("", text)


def _file(value: object) -> str:
    """The name of a file beside the sidecar; nothing for one that leads elsewhere."""
    name = _text(value)
    plain = re.fullmatch(r"(?:video|poster|captions)(?:\.[a-z0-9]{1,5})?", name)
    return name if plain else ""


def _text(value: object) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value[:500] if isinstance(value, list) else []


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value < 2**53 else 0.0


def session_of(text: str) -> Mapping[str, Any]:
    """Read a session; empty for one that is none."""
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
