"""Reads an article of a ZIM file: a web page, of which its paragraphs are kept. Pure.

The page may be anything: each step goes forward, and looks no further than a tag can be long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.api import Credit, web_address
from app.api.prose import prose

LONGEST_TEXT = 6_000
MOST_PARAGRAPHS = 200
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})((?:[^<>\"']++|\"[^\"]{0,8000}+\"|'[^']{0,8000}+')*+)>"
)
_NAMED = re.compile(r"""\b(class|id|rel|href|role)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')""")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_RAW = frozenset({"script", "style", "title", "textarea", "noscript", "template"})
_SKIPPED = frozenset({"table", "figure", "nav", "aside", "head", "footer", "form", "math", "svg",
                      "audio", "video", "button", "select", "figcaption"})  # fmt: skip
_APART = re.compile(
    r"\b(?:infobox\w*|navbox\w*|reference|references|reflist|mw-editsection|hatnote|metadata"
    r"|noprint|thumb|gallery|toc|mw-references-wrap|mw-empty-elt|ext-phonos|IPA|rt-commentedText"
    r"|bandeau-\w+|homonymie|mwe-math-element|sidebar|ambox|dablink)\b"
)
_MANY = re.compile(r"\b(?:disambigbox|dmbox|disambig|homonymie-page|disambiguation)\b")
_HEADINGS = frozenset({"h2", "h3", "h4"})
_BREAKING = frozenset({"div", "section", "details", "li", "ul", "ol", "dl", "dd", "h1", *_HEADINGS})


@dataclass(frozen=True, slots=True)
class About:
    """What a ZIM file says of itself."""

    title: str
    creator: str
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """The prose of a page, and the address it says it has; no prose when it has none to tell."""

    text: str
    url: str


class _Page:
    """Walks through a page and keeps what paragraphs and headings say."""

    def __init__(self, markup: str, over: Callable[[], bool]) -> None:
        self._markup = markup
        self._over = over
        self.lines: list[str] = []
        self.url = ""
        self.many = False  # it only lists meanings of a name
        self._line: list[str] | None = None
        self._mark = ""
        self._skipping = ""
        self._depth = 0

    def read(self) -> None:
        """Read until there is enough, the page ends, or the time is up."""
        at, end = 0, len(self._markup)
        while at < end and len(self.lines) < MOST_PARAGRAPHS and not self._over():
            begins = self._markup.find("<", at)
            begins = end if begins < 0 else begins
            self._say(self._markup[at:begins])
            at = self._step(begins) if begins < end else end
        self._finish()

    def _step(self, at: int) -> int:
        """Take what begins with the bracket at a place; return where to go on."""
        if self._markup.startswith("<!--", at):
            return self._past("-->", at + 4)
        if self._markup.startswith(("<!", "<?"), at):
            return self._past(">", at + 2)
        tag = _TAG.match(self._markup, at)
        if tag is None:
            self._say("<")
            return at + 1
        name = tag[2].lower()
        if name in _RAW and not tag[1]:
            found = re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE).search(
                self._markup, tag.end()
            )
            return self._past(">", found.start()) if found else len(self._markup)
        if tag[1]:
            self._closes(name)
        else:
            self._opens(name, tag[3])
        return tag.end()

    def _past(self, mark: str, at: int) -> int:
        found = self._markup.find(mark, at)
        return len(self._markup) if found < 0 else found + len(mark)

    def _opens(self, name: str, told: str) -> None:
        if self._skipping:
            self._depth += name == self._skipping
            return
        named = {
            one[1]: html.unescape(one[2] or one[3] or "") for one in _NAMED.finditer(told[:20_000])
        }
        marks = f"{named.get('class', '')} {named.get('id', '')}"
        if name == "link" and named.get("rel") == "canonical" and not self.url:
            self.url = web_address(named.get("href"))
        if len(marks) > 1 and _MANY.search(marks):
            self.many = True
        if name in _VOID:
            self._say(" ")
        elif (name in _SKIPPED and name != "head") or (len(marks) > 1 and _APART.search(marks)):
            self._skipping, self._depth = name, 1
        elif name == "p" or name in _HEADINGS:
            self._finish()
            self._line, self._mark = [], "" if name == "p" else "== "
        elif name in _BREAKING:
            self._finish()

    def _closes(self, name: str) -> None:
        if self._skipping:
            self._depth -= name == self._skipping
            if self._depth == 0:
                self._skipping = ""
        elif name == "p" or name in _BREAKING:
            self._finish()

    def _say(self, told: str) -> None:
        if self._line is not None and not self._skipping:
            self._line.append(told)

    def _finish(self) -> None:
        if self._line:
            told = " ".join(html.unescape("".join(self._line)).split())
            if told:
                self.lines.append(f"{self._mark}{told}{self._mark[::-1]}")
        self._line = None


def parse_article(content: bytes, over: Callable[[], bool] = lambda: False) -> Article:
    """Return the prose of a page; `over` says when to stop."""
    page = _Page(content.decode("utf-8", "replace"), over)
    page.read()
    text = "" if page.many else prose("\n".join(page.lines), LONGEST_TEXT)
    return Article(text, page.url)


def credit_of(title: str, about: About, url: str) -> Credit:
    """Return whom to name: who made the file's content, under the licence it tells.

    A file that tells none is under CC BY-SA when it is of a wiki, as those are.
    """
    told = f"{about.title} {about.creator} {about.source}".lower()
    usual = "CC BY-SA" if "wiki" in told else ""
    source = about.source if "://" in about.source else f"https://{about.source}"
    return Credit(
        title=title,
        author=about.creator or about.title,
        license=about.licence or usual,
        url=url or (web_address(source) if about.source else ""),
    )


def languages_of(told: str) -> Iterator[str]:
    """Yield the codes of languages a file names."""
    yield from (one.strip().lower() for one in told.split(",")[:20] if one.strip())
