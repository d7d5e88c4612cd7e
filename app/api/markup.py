"""Reads XML and HTML that strangers wrote: no entities, no other documents, no surprises."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENCODING = re.compile(rb"""^(\s*<\?xml[^>]*?encoding\s*=\s*)(["'])[^"'>]*\2""")
_TAGS = re.compile(r"<(?:[a-zA-Z/!?][^<>]*)?>")
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_xml(content: bytes, host: str = "") -> Element:
    """Return the root of a document; `Unavailable` when it is none or declares entities.

    One whose encoding is told wrong, or that holds characters XML forbids, is read as UTF-8 with
    marks in their place. `host` names in messages who sent it.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    for text in (content, _mended(content)):
        try:
            root: Element = ElementTree.fromstring(text, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Unavailable("errors.bad_answer", host=host) from error
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
            continue
        return root
    raise Unavailable("errors.bad_answer", host=host)


def iterate_xml(content: bytes, tags: frozenset[str], host: str = "") -> Iterator[Element]:
    """Yield the elements of these names one by one, and forget each when the next is asked for.

    For documents of many megabytes. `Unavailable` at the first mistake: what came before stands.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    root: Element | None = None
    try:
        for event, element in ElementTree.iterparse(
            io.BytesIO(content), events=("start", "end"), forbid_dtd=False
        ):
            if root is None:
                root = element
            if event == "end" and element.tag in tags:
                yield element
                root.clear()
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unavailable("errors.bad_answer", host=host) from error


def plain_text(markup: str, most: int = 4000) -> str:
    """Return the words of a piece of HTML in one line, at most that many characters."""
    text = markup[: most * 8]
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())[:most]


def _mended(content: bytes) -> str:
    """The document as text, whatever encoding it claims: the claim is taken out."""
    text = _ENCODING.sub(rb"\1\2utf-8\2", content.lstrip(b"\xef\xbb\xbf \r\n\t"))
    return _BAD.sub("\N{REPLACEMENT CHARACTER}", text.decode("utf-8", "replace"))
