"""Judges what an address leads to by what its server says and by the first bytes; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.api import Hit, HitKind, HttpAnswer, Stream, Unavailable
from plugins.direct_link.addresses import Magnet, WebAddress, read_magnet, read_size
from plugins.direct_link.names import clean_name, disposition_name, ending

SAMPLE = 4096
"""Bytes of a file looked at."""
MEDIA = frozenset(
    {
        *("mkv", "mp4", "m4v", "avi", "mov", "wmv", "webm", "ts", "m2ts", "mts", "mpg", "mpeg"),
        *("ogv", "flv", "3gp", "vob", "divx", "asf", "rm", "rmvb", "mxf", "mpd"),
        *("mp3", "m4a", "m4b", "aac", "flac", "ogg", "oga", "opus", "wav", "wma", "ac3", "mka"),
    }
)
_PAGES = ("html", "htm", "xhtml")
_PLAYLISTS = ("application/vnd.apple.mpegurl", "application/x-mpegurl")
_LISTS = (*_PLAYLISTS, "audio/mpegurl", "audio/x-mpegurl")  # these may be of songs as well
_NEVER = re.compile(
    r"image/.*|font/.*|text/(?:html|css|xml|javascript)|application/(?:.*\+)?(?:json|xml)"
    r"|application/(?:pdf|javascript|zip)"
)
_TORRENT = re.compile(
    rb"d(?:8:announce|13:announce-list|7:comment|10:created by|13:creation date|8:encoding|4:info"
    rb"|5:nodes|8:url-list|9:httpseeds|12:piece layers)"
)
_MAGIC = (
    (re.compile(rb"\x1aE\xdf\xa3.{0,64}webm", re.DOTALL), "webm"),
    (re.compile(rb"\x1aE\xdf\xa3"), "mkv"),
    (re.compile(rb".{4}ftypqt", re.DOTALL), "mov"),
    (re.compile(rb".{4}(?:ftyp|moov|mdat|wide)", re.DOTALL), "mp4"),
    (re.compile(rb"RIFF.{4}AVI ", re.DOTALL), "avi"),
    (re.compile(rb"RIFF.{4}WAVE", re.DOTALL), "wav"),
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"fLaC"), "flac"),
    (re.compile(rb"ID3|\xff[\xf2\xf3\xfa\xfb]"), "mp3"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "aac"),
    (re.compile(rb"FLV\x01"), "flv"),
    (re.compile(rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), "asf"),
    (re.compile(rb"\x00\x00\x01[\xba\xb3]"), "mpg"),
    (re.compile(rb"\.RMF"), "rm"),
    (re.compile(rb"G.{187}G", re.DOTALL), "ts"),
    (re.compile(rb".{4}G.{191}G", re.DOTALL), "m2ts"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server said of an address. None and empty: it did not say."""

    kind: HitKind | None = None
    sure: bool = False  # nothing more needs to be asked
    type: str = ""
    size: int | None = None
    name: str = ""
    container: str = ""
    ranges: bool | None = None
    magnet: Magnet | None = None


def head_facts(answer: HttpAnswer, address: WebAddress) -> Facts:
    """What the headers tell."""
    if (magnet := _led_to(answer)) is not None:
        return Facts(HitKind.TORRENT, sure=True, magnet=magnet)
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    facts = Facts(
        type=told,
        size=_length(answer),
        name=disposition_name(answer.headers.get("content-disposition", "")),
        ranges={"bytes": True, "none": False}.get(answer.headers.get("accept-ranges", "").lower()),
    )
    if told == "application/dash+xml":
        return replace(facts, kind=HitKind.FILE, container="mpd", sure=True)
    if _NEVER.fullmatch(told):
        return replace(facts, sure=True)
    if told == "application/x-bittorrent":
        return replace(facts, kind=HitKind.TORRENT, sure=True)
    if told in _PLAYLISTS:
        return replace(facts, kind=HitKind.PLAYLIST, sure=True)
    if told.startswith(("video/", "audio/")) and told not in _LISTS:
        empty = answer.headers.get("content-length", "").strip() == "0"
        return replace(facts, kind=None if empty else HitKind.FILE, sure=not empty)
    by_name = ending(facts.name or address.last)
    return replace(facts, kind=HitKind.FILE if facts.size and by_name in MEDIA else None)


def sample_facts(answer: HttpAnswer, address: WebAddress, before: Facts) -> Facts:
    """What the first bytes tell, beside what the headers told before."""
    headers = head_facts(answer, address)
    facts = replace(
        headers,
        name=before.name or headers.name,
        size=_whole_length(answer) or before.size,
        ranges=True if answer.status == 206 else before.ranges,
    )
    if headers.sure:
        return facts
    content = answer.content[:SAMPLE]
    start = content.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if start.startswith(b"#EXTM3U"):
        streams = b"#EXT-X-" in content
        return replace(facts, kind=HitKind.PLAYLIST if streams else None, sure=True)
    if _TORRENT.match(content):
        return replace(facts, kind=HitKind.TORRENT, sure=True)
    if (magic := _container(content)) is not None:
        return replace(facts, kind=HitKind.FILE, container=magic, sure=True)
    known = ending(facts.name or address.last) in MEDIA and not is_text(content)
    return replace(facts, kind=HitKind.FILE if known else None, sure=True)


def is_text(content: bytes) -> bool:
    """Whether bytes are words, or nothing at all: no film begins so."""
    if b"\0" in content:
        return False
    try:
        content[:-4].decode("utf-8")  # the last letter may be cut
    except UnicodeDecodeError:
        return False
    return True


def web_hit(address: WebAddress, facts: Facts) -> Hit | None:
    """Return the hit of an address; None when it leads to nothing to watch."""
    if facts.magnet is not None:
        return magnet_hit(facts.magnet)
    if facts.kind is None:
        return None
    name = facts.name or clean_name(address.last) or address.host
    if facts.kind is HitKind.TORRENT:
        return Hit(title=name, kind=HitKind.TORRENT, reference=address.link)
    by_name = ending(name)
    container = by_name if by_name in MEDIA else facts.container
    return Hit(
        title=name,
        kind=facts.kind,
        link=address.link,
        size=facts.size if facts.kind is HitKind.FILE else None,
        container=container or None,
    )


def home_hit(address: WebAddress) -> Hit | None:
    """Return the hit of an address in the owner's own network, by its name alone.

    The web client of a plugin does not go there, and should not: any page could then send it. The
    owner typed the address, so it is taken for what its name says it is.
    """
    end = ending(clean_name(address.last))
    if address.bare or end in _PAGES:
        return None
    kind = {"m3u8": HitKind.PLAYLIST, "torrent": HitKind.TORRENT}.get(end, HitKind.FILE)
    name = clean_name(address.last) or address.host
    return Hit(title=name, kind=kind, link=address.link, container=end if end in MEDIA else None)


def magnet_hit(magnet: Magnet) -> Hit:
    """Return the hit of a magnet link."""
    return Hit(
        title=magnet.name or magnet.info_hash,
        kind=HitKind.TORRENT,
        link=magnet.link,
        info_hash=magnet.info_hash,
        size=magnet.size,
    )


def parse_download(answer: HttpAnswer) -> Stream:
    """Return what the address of a torrent gave: its bytes, or the magnet link it leads to."""
    if (magnet := _led_to(answer)) is not None:
        return Stream(url=magnet.link, kind=HitKind.TORRENT, title=magnet.name)
    content = answer.content
    whole = _TORRENT.match(content) and b"4:info" in content and content.rstrip()[-1:] == b"e"
    if answer.status != 200 or not whole:
        raise Unavailable("errors.bad_answer", host=answer.host)
    name = disposition_name(answer.headers.get("content-disposition", ""))
    return Stream(url="", kind=HitKind.TORRENT, title=name, content=content)


def _led_to(answer: HttpAnswer) -> Magnet | None:
    """The magnet link an answer leads to, or is."""
    if 300 <= answer.status < 400:
        return read_magnet(answer.headers.get("location", ""))
    start = answer.content[:16_000].strip()
    return read_magnet(start.decode("utf-8", "replace")) if start[:8] == b"magnet:?" else None


def _length(answer: HttpAnswer) -> int | None:
    """The size the headers tell; that of a packed answer is another one."""
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        return None
    return read_size(answer.headers.get("content-length", ""))


def _whole_length(answer: HttpAnswer) -> int | None:
    """The size of the whole file, of which perhaps only a part came."""
    if answer.status == 206:
        return read_size(answer.headers.get("content-range", "").rpartition("/")[2])
    return _length(answer)


def _container(content: bytes) -> str | None:
    return next((name for pattern, name in _MAGIC if pattern.match(content)), None)
