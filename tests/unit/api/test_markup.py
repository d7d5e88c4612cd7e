from __future__ import annotations

import contextlib
import time

import pytest

from app.api import Unavailable, iterate_xml, parse_xml, plain_text
from tests.fakes.web import ENTITIES


def test_a_document_is_read_whatever_it_claims() -> None:
    assert parse_xml(b"<?xml version='1.0' encoding='utf-8'?><a>\xc3\xa9</a>").text == "\xe9"
    assert parse_xml(b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>").text == "\xe9"
    assert parse_xml(b"<?xml version='1.0' encoding='klingon'?><a>\xc3\xa9</a>").text == "\xe9"
    assert parse_xml(b"\xef\xbb\xbf<a>b\x01</a>").text == "b\ufffd"
    assert parse_xml(b"<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>").text == "\ufffd"


@pytest.mark.parametrize(
    "content",
    [ENTITIES.encode(), b"", b"<a>", b"{}", b"<a></b>", b"\xff\xfe\x00\xd8", b"<!DOCTYPE a><a/>"],
)
def test_what_is_no_plain_document_is_refused(content: bytes) -> None:
    with pytest.raises(Unavailable) as told:
        parse_xml(content, "films.example")
    assert told.value.args_map == {"host": "films.example"}


def test_deep_documents_end() -> None:
    begun = time.monotonic()
    with contextlib.suppress(Unavailable):
        parse_xml(b"<a>" * 200_000)
    assert time.monotonic() - begun < 5


def test_large_documents_are_read_piece_by_piece() -> None:
    guide = b"<!DOCTYPE tv SYSTEM 'xmltv.dtd'><tv>" + b"<programme><title>x</title></programme>" * 9
    titles = [
        one.findtext("title") for one in iterate_xml(guide + b"</tv>", frozenset({"programme"}))
    ]
    assert titles == ["x"] * 9
    broken = iterate_xml(guide + b"<oops", frozenset({"programme"}))
    assert len([next(broken) for _ in range(9)]) == 9  # what came before the mistake stands
    with pytest.raises(Unavailable):
        next(broken)
    with pytest.raises(Unavailable):
        list(iterate_xml(ENTITIES.encode(), frozenset({"item"})))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>Night</b> of the&nbsp;<i>Living</i> Dead", "Night of the Living Dead"),
        ("3 < 5 &amp; 6 > 2", "3 < 5 & 6 > 2"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<img src=x onerror=alert(1)>A", "A"),
        ("a\n\n b\t c", "a b c"),
        ("", ""),
        ("<" * 50_000, "<" * 4000),
    ],
)
def test_markup_becomes_words(markup: str, text: str) -> None:
    assert plain_text(markup) == text
