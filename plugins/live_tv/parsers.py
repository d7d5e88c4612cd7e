"""Reads M3U lists of channels, piece by piece; pure, no input or output."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

from app.api import text
from plugins.live_tv.index import fold

MOST_CHANNELS = 500_000
LINES_AT_ONCE = 2_000
LONGEST_LINE = 65_536
LONGEST_ADDRESS = 4_000
LONGEST_HEADER = 1_000
LONGEST_NAME = 500

_USUAL = re.compile(r'#EXTINF:-?\d+((?:\s+[\w-]+="[^"]*")*)\s*,(?!\s*[\w-]+="[^"]*")(.*)')
_USUAL_FACT = re.compile(r'([\w-]+)="([^"]*)"')
_INFO = re.compile(r"#EXTINF\s*:?\s*-?[\d.]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s*([A-Za-z][\w-]*)=(?:"([^"]*)"|'([^']*)'|([^\s",]*))""")
_AFTER_COMMA = re.compile(r"""\s*,\s*([A-Za-z][\w-]*)=(?:"([^"]*)"|'([^']*)')()(?=\s*[,\w])""")
_OTHER = re.compile(r"\s+|[^\s,]+")
_ADDRESS = re.compile(
    r"https?://(?:[^\s/?#@]*@)?([^\s/?#@:\[\]]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_ADULT = re.compile(
    r"(?<!\w)(?:xxx|adulte?s?|adult[io]s?|erwachsene|porno?|erotic\w*|erotik\w*|hentai)(?!\w)|18\s?\+|\+\s?18",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtube-nocookie\.com|youtu\.be|twitch\.tv|dailymotion\.com)$"
)
_LICENCE = re.compile(
    r"inputstream\.adaptive\.(?:license_|drm|server_certificate|pre_init_data)", re.IGNORECASE
)
_HEADERS = {
    **dict.fromkeys(("http-user-agent", "user-agent"), "User-Agent"),
    **dict.fromkeys(("http-referrer", "http-referer", "referrer", "referer"), "Referer"),
    **dict.fromkeys(("http-origin", "origin"), "Origin"),
}
_BLOCKED = re.compile(r"\[geo[ -]?blocked\]", re.IGNORECASE)
_A_STREAM = (b"#EXT-X-TARGETDURATION", b"#EXT-X-STREAM-INF")


class Channel(NamedTuple):
    """One channel of a list. A named tuple: there may be hundreds of thousands of them."""

    name: str
    address: str
    guide_id: str = ""
    guide_name: str = ""  # what a guide may call it, where it differs from the name
    logo: str = ""
    group: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    protected: bool = False


class ListReader:
    """Reads a list. `step` goes on for some thousand lines, so that others get a turn between."""

    def __init__(self, content: bytes, *, hide_blocked: bool) -> None:
        self.channels: list[Channel] = []
        self.folded: list[str] = []  # the names of the channels, in the same order
        self.guide = ""  # the address of the guide the list names
        self.is_list = False
        self.is_stream = False  # a stream of its own, which is no list of channels
        self._hide_blocked = hide_blocked
        self._lines = _lines(content)
        self._groups: dict[str, tuple[str, bool]] = {}
        self._group = ""  # of #EXTGRP, which holds until the next one
        self._forget()

    def step(self) -> bool:
        """Read on; False when the end is reached."""
        for _ in range(LINES_AT_ONCE):
            line = next(self._lines, None)
            if line is None or self.is_stream or len(self.channels) >= MOST_CHANNELS:
                return False
            self._read(line)
        return True

    def _forget(self) -> None:
        """Begin a new entry."""
        self._name: str | None = None
        self._facts: dict[str, str] = {}
        self._headers: dict[str, str] = {}
        self._protected = False

    def _read(self, line: bytes) -> None:
        if len(line) > LONGEST_LINE:
            self._forget()
            return
        if not line.startswith(b"#"):
            self._address(_decoded(line))
            return
        mark = line[:24].upper()
        if mark.startswith(b"#EXTINF"):
            self.is_list = True
            self._name, self._facts = _entry(_decoded(line))
        elif mark.startswith((b"#EXTVLCOPT", b"#EXTHTTP", b"#KODIPROP")):
            self._property(_decoded(line))
        elif mark.startswith(b"#EXTGRP"):
            self._group = _decoded(line).partition(":")[2].strip()
        elif mark.startswith(b"#EXTM3U"):
            self.is_list = True
            self.guide = self.guide or _guide(_decoded(line))
        elif mark.startswith(_A_STREAM):
            self.is_stream = True

    def _property(self, line: str) -> None:
        """What a player is told about an entry, before or after its #EXTINF."""
        kind, _, told = line.partition(":")
        name, _, value = (part.strip() for part in told.partition("="))
        if kind.upper() == "#KODIPROP":
            self._protected = self._protected or bool(value and _LICENCE.match(name))
        elif kind.upper() == "#EXTVLCOPT":
            _add_header(self._headers, name, value)
        else:
            for header, value in _json_headers(told):
                _add_header(self._headers, header, value)

    def _address(self, line: str) -> None:
        """The last line of an entry: keep the channel if it is one."""
        name, facts = self._name, self._facts
        headers, protected = self._headers, self._protected
        self._forget()
        address, _, more = line.partition("|")
        address = address.strip()
        for header in facts.keys() & _HEADERS.keys():
            _add_header(headers, header, facts[header])
        for header, value in parse_qsl(more[:LONGEST_ADDRESS]) if more else ():
            protected = protected or header.lower().startswith("drm")
            _add_header(headers, header.removeprefix("!"), value)
        told = facts.get("group-title", "").strip()
        self._group = "" if told else self._group
        group, adult = self._judged(told or self._group)
        other = facts.get("tvg-name", "")[:LONGEST_NAME]
        shown = _clean(name or "") or _clean(other)
        if name is None or not shown or adult or not _plays(address):
            return
        if self._hide_blocked and (_blocked(shown) or _blocked(other)):
            return
        self.folded.append(fold(shown))
        self.channels.append(
            Channel(
                name=shown,
                address=address,
                guide_id=facts.get("tvg-id", "").strip()[:LONGEST_NAME],
                guide_name="" if other == shown else other,
                logo=facts.get("tvg-logo", "").strip()[:LONGEST_ADDRESS],
                group=group,
                headers=tuple(headers.items()),
                protected=protected,
            )
        )

    def _judged(self, told: str) -> tuple[str, bool]:
        """The name of a group, one object for all who are in it, and whether it is for adults."""
        found = self._groups.get(told)
        if found is None:
            shown = text(told, 200)
            found = self._groups[told] = (shown, _ADULT.search(shown) is not None)
        return found


def _lines(content: bytes) -> Iterator[bytes]:
    """The lines that are not empty. One that is far too long comes as its beginning only."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    if b"\n" not in content[: 16 * LONGEST_LINE]:
        content = content.replace(b"\r", b"\n")
    stream = io.BytesIO(content.removeprefix(b"\xef\xbb\xbf"))
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        if stripped := line.strip():
            yield line if len(line) > LONGEST_LINE else stripped


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _clean(name: str) -> str:
    """A name in one line without markup; most are so already, which is quicker to see."""
    if name.isprintable() and "<" not in name and "&" not in name:
        return " ".join(name[:LONGEST_NAME].split())
    return text(name, LONGEST_NAME)


def _entry(line: str) -> tuple[str, dict[str, str]]:
    """The name and the attributes of an #EXTINF line, with or without quotes.

    The name begins after the first comma that no attribute follows; it may hold commas itself.
    """
    if usual := _USUAL.fullmatch(line):  # most are so, and quicker to read
        return usual[2].strip(), {
            name.lower(): told for name, told in _USUAL_FACT.findall(usual[1])
        }
    start = _INFO.match(line)
    at = start.end() if start else 0
    facts: dict[str, str] = {}
    while at < len(line):
        found = _ATTRIBUTE.match(line, at) or _AFTER_COMMA.match(line, at)
        if found:
            name, one, other, bare = found.groups()
            facts.setdefault(name.lower(), one or other or bare or "")
            at = found.end()
        elif line[at] == ",":
            return line[at + 1 :].strip(), facts
        else:
            other_text = _OTHER.match(line, at)
            at = other_text.end() if other_text else at + 1
    return "", facts


def _guide(line: str) -> str:
    """The guide an #EXTM3U line names; of several the first."""
    _, facts = _entry(line.replace("#EXTM3U", "#EXTINF", 1))
    told = facts.get("x-tvg-url") or facts.get("url-tvg") or facts.get("tvg-url") or ""
    return told.partition(",")[0].strip()


def _json_headers(told: str) -> Iterator[tuple[str, str]]:
    """The headers of an #EXTHTTP line."""
    try:
        found = json.loads(told)
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict):
        yield from ((name, value) for name, value in found.items() if isinstance(value, str))


def _add_header(headers: dict[str, str], name: str, value: str) -> None:
    """Keep a header if it is one a player may be told to send; the first one counts."""
    known = _HEADERS.get(name.strip().lower())
    value = value.strip().strip('"')
    if known and value and len(value) <= LONGEST_HEADER and value.isascii() and value.isprintable():
        headers.setdefault(known, value)


def _plays(address: str) -> bool:
    """Whether an address is one of a stream on the web, and not of a page with a player in it."""
    found = _ADDRESS.fullmatch(address) if len(address) <= LONGEST_ADDRESS else None
    return found is not None and address.isprintable() and not _PAGES.search(found[1].lower())


def _blocked(name: str) -> bool:
    """Whether a list says that a channel can be seen in its own country only."""
    return "Ⓖ" in name or ("[" in name and _BLOCKED.search(name) is not None)
