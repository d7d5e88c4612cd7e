"""Pages of articles: what is kept of them, and what a page of ill will comes to."""

from __future__ import annotations

import pytest

from plugins.kiwix.client import LARGEST_PAGE
from plugins.kiwix.parsers import LONGEST_TEXT, parse_article

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><title>Clock &amp; time</title>
<link rel="canonical" href="https://en.wikipedia.org/wiki/Clock"><style>p { color: red }</style>
<script>document.write("<p>Written by a script, not to be told.</p>")</script></head>
<body class="mw-body"><!-- <p>A comment is not for the ear at all.</p> -->
<div role="note" class="hatnote other"><p>This article is about the device.</p></div>
<table class="infobox vcard"><tr><td><p>A box with a table in it.</p>
<table><tr><td><p>Another table.</p></td></tr></table>
<p>Still in the box here.</p></td></tr></table>
<figure><figcaption><p>A picture of a clock on a wall.</p></figcaption></figure>
<p class="mw-empty-elt"></p>
<p title='a > b and "<p>" too'>A <b>clock</b> or <i>time&shy;piece</i> (<span
class="IPA">/klɒk/</span>; from Latin) is a device that
measures <a href="Time">time</a>.<sup id="cite_ref-1" class="reference"><a href="#n">[1]</a></sup>
It is a&nbsp;very old invention<br>of people &lt;all&gt;.</p>
<details open><summary><h2 id="History">History</h2></summary>
<p>Sundials were the first. They need
the sun.<sup class="noprint Inline-Template">[<i>citation needed</i>]</sup></p>
<ul><li>A list is not prose and is left out.</li></ul>
<p>An open paragraph is ended by the next one.
<p>The energy is <span class="mwe-math-element"><math><mi>E</mi></math></span> joules a day.</p>
</details>
<h2>See also</h2><p>Nothing after this heading is prose.</p>
<div class="navbox"><p>Links to elsewhere.</p></div></body></html>"""


def test_an_article_becomes_its_prose() -> None:
    article = parse_article(ARTICLE.encode())
    assert article.url == "https://en.wikipedia.org/wiki/Clock"
    assert article.text.split("\n") == [
        "A clock or timepiece (from Latin) is a device that measures time. It is a very old "
        "invention of people <all>.",
        "Sundials were the first. They need the sun.",
        "An open paragraph is ended by the next one.",
        "The energy is joules a day.",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<", b"<p", b"<p>" * 50_000, b"</p>" * 50_000, b"\xff\xfe\x00" * 999, b"<!--", b"<!",
        b"<script>", b"<table>" * 30_000, b"<p>a", b"<p title='", b"<p>No end of a sentence</p>",
        b"&#x110000;&#0;&bogus;" * 99,
    ],
)  # fmt: skip
def test_pages_without_prose(content: bytes) -> None:
    assert parse_article(content).text == ""


@pytest.mark.parametrize(
    "piece",
    [
        b"<", b"<a", b"<a ", b"<!--", b'<a "', b"<a '\"", b'<a "<', b"<p class=", b'<p class="x',
        b"<script>x", b"<p>(((", b"<p>[[[", b"&amp", b"<p>.", b"<style></sty", b"class=\"a\"<",
        b"<p>= = ", b"<p>== a", b"(\xc9\x90; ", b"<p class='a' id=\"b\" ",
    ],
)  # fmt: skip
def test_each_step_through_a_page_goes_forward(piece: bytes) -> None:
    content = piece * (LARGEST_PAGE // len(piece))
    steps = 0

    def over() -> bool:
        nonlocal steps
        steps += 1
        return False

    assert len(parse_article(content, over).text) <= LONGEST_TEXT
    assert steps <= len(content) + 1


def test_the_time_may_be_up() -> None:
    asked: list[int] = []

    def over() -> bool:
        asked.append(1)
        return len(asked) > 3

    text = parse_article(b"<p>One sentence is told here.</p>" * 9, over).text
    assert text == "One sentence is told here."
