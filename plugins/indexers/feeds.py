"""Reads the XML of feeds as servers really write it, and the errors they tell in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.api import AppError, AuthRequired, HttpAnswer, NotFound, Unavailable, parse_xml, plain_text
from plugins.indexers.caps import attribute, local_name
from plugins.indexers.model import NotOffered
from plugins.indexers.values import number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Hide = Callable[[str], str]
LONGEST = 20_000
MOST_ATTRIBUTES = 300
MOST_REPEATS = 40
_ENTITY = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};)(\w{1,32};)?")
_KEPT_ENTITIES = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")
_NAMES = (
    (b"torznab", b"http://torznab.com/schemas/2015/feed"),
    (b"newznab", b"http://www.newznab.com/DTD/2010/feeds/attributes/"),
    (b"atom", b"http://www.w3.org/2005/Atom"),
)
_ERROR = re.compile(rb"^[\xef\xbb\xbf\s]*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)?<error\b", re.S)
_WEB = re.compile(r"(?:https?|magnet):\S+")


def read_xml(content: bytes, host: str = "") -> Element:
    """Return the root; bare ampersands, HTML's entities and undeclared prefixes are mended."""
    try:
        return parse_xml(content, host)
    except Unavailable:
        mended = _mended(content)
        if mended == content:
            raise
    return parse_xml(mended, host)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, in which no text holds the instance's key any more."""

    texts: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    enclosure: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    permanent: bool = True  # its guid is an address
    newznab: bool = False  # its attributes are of Newznab's kind

    def first(self, *names: str) -> str:
        """The first of these attributes that is there, else an element of that name."""
        for name in names:
            if told := self.attributes.get(name):
                return told[0]
        return next((self.texts[name] for name in names if name in self.texts), "")


def read_items(root: Element, hide: Hide, host: str = "") -> Iterator[Item]:
    """Yield the entries of a feed; `Unavailable` when it is no feed."""
    if local_name(root.tag) not in ("rss", "channel", "rdf"):
        raise Unavailable("errors.bad_answer", host=host)
    for element in root.iter():
        if local_name(element.tag) == "item":
            yield _item(element, hide)


def raise_trouble(answer: HttpAnswer, root: Element | None, name: str, hide: Hide) -> None:
    """Raise what an error document says, whatever the status it came with; else do nothing."""
    if root is None and _ERROR.match(answer.content[:4096]):
        root = read_xml(answer.content, answer.host)
    if root is None:
        return
    for element in (root, *list(root)[:3]):
        if local_name(element.tag) == "error":
            code = number(attribute(element, "code"), 99_999) or 0
            told = hide(plain_text(attribute(element, "description"), 160))
            raise _trouble(code, _WEB.sub("…", told), answer, name)


def _trouble(code: int, told: str, answer: HttpAnswer, name: str) -> AppError:
    """The error of a code of the protocol; `told` is what the server says beside it."""
    pause = replace(answer, status=429).retry_after
    if 100 <= code <= 102:
        return AuthRequired("errors.indexer_key_refused", name=name)
    if 200 <= code <= 203:
        return NotOffered("errors.indexer_error", name=name, detail=told or str(code))
    if code == 300:
        return NotFound("errors.server_has_not", host=name)
    if code == 410:
        return Unavailable("errors.indexer_resting", name=name)
    limit = code in (429, 501) or (code == 500 and answer.status < 500)
    if limit or answer.status == 429 or pause is not None:
        return Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
    return Unavailable("errors.indexer_error", name=name, detail=told or str(code))


def _item(element: Element, hide: Hide) -> Item:
    texts: dict[str, str] = {}
    attributes: dict[str, list[str]] = {}
    enclosure: dict[str, str] = {}
    categories: list[str] = []
    permanent, spaces = True, set()
    for child in list(element)[:MOST_ATTRIBUTES]:
        name = local_name(child.tag)
        if name == "attr":
            spaces.add("newznab" in str(child.tag).lower())
            told = hide(attribute(child, "value")[:LONGEST]).strip()
            _add(attributes.setdefault(attribute(child, "name").strip().lower(), []), told)
        elif name == "enclosure":
            found = {local_name(key): hide(told[:LONGEST]) for key, told in child.items()}
            if not enclosure and not found.get("type", "").startswith("image/"):
                enclosure = found
        else:
            told = hide((child.text or "")[:LONGEST]).strip()
            if name == "category":
                _add(categories, told)
            elif name == "guid":
                permanent = attribute(child, "ispermalink").lower() != "false"
            texts.setdefault(name, told)
    return Item(
        texts=texts,
        attributes={name: tuple(told) for name, told in attributes.items()},
        enclosure=enclosure,
        categories=(*categories, *attributes.get("category", ())),
        permanent=permanent,
        newznab=spaces == {True},
    )


def _add(told: list[str], value: str) -> None:
    """Repeats make a list; the same again is no news."""
    if value and value not in told and len(told) < MOST_REPEATS:
        told.append(value)


def _mended(content: bytes) -> bytes:
    mended = _ENTITY.sub(_character, content)
    for prefix, space in _NAMES:
        if b"<" + prefix + b":" in mended and b"xmlns:" + prefix not in mended:
            declared = b' xmlns:%b="%b"' % (prefix, space)
            mended = re.sub(rb"(<(?:rss|channel|caps)\b)", rb"\1" + declared, mended, count=1)
    return mended


def _character(found: re.Match[bytes]) -> bytes:
    """An entity of HTML as the number of its character; an ampersand that is none as one."""
    name = found[1]
    if name in _KEPT_ENTITIES:
        return found[0]
    known = html.unescape(f"&{name.decode('ascii', 'replace')}") if name else "&"
    if not name or known.startswith("&"):
        return b"&amp;" + (name or b"")
    return "".join(f"&#{ord(one)};" for one in known).encode()
