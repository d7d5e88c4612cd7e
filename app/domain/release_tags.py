"""Cuts a release name into words and finds among them the tags that are no part of a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.domain.release_languages import SUBTITLE_ONLY, fits_case, languages
from app.domain.release_words import SURE, TAG, Word, plain_edition, vocabulary

_TOKEN: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*\+?")
_BRACKETS: Final = re.compile(
    r"[\[({\u3010\uff08\u300c\u2605][^\[\](){}\u3010\u3011\uff08\uff09]*[\])}\u3011\uff09\u300d\u2605]"
)
_COUNTED: Final = re.compile(r"(?:\d+x|x\d+)?([^\W\d_]{2,})(?:x?\d)?$")
_GLUE: Final = frozenset({"", " ", ".", "_", "-", "/", "&", "'", " - ", ". ", ", ", ","})
_TIGHT: Final = frozenset({"", " ", ".", "_", "-", "/", "'", "x"})
_LONGEST: Final = 4
_SUB_WORDS: Final = frozenset(
    [
        "sub",
        "subs",
        "subtitle",
        "subtitles",
        "subbed",
        "softsub",
        "softsubs",
        "hardsub",
        "esub",
        "esubs",
        "legendas",
        "napisy",
        "st",
        "sottotitoli",
        "undertekst",
        "untertitel",
        "subt",
        "subtitulos",
        "subtitulado",
        "altyazi",
        "txt",
        "forced",
    ]
)
_AUDIO_WORDS: Final = frozenset(
    ["audio", "dub", "dubbed", "dual", "dubs", "line", "aud", "dubbing"]
)


class Token(NamedTuple):
    """A word of the name and where it stands."""

    start: int
    end: int
    text: str
    lower: str


class Tag(NamedTuple):
    """A recognised word (or words): its place among the tokens, what it says, how surely."""

    first: int
    last: int  # inclusive
    word: Word


@dataclass(slots=True)
class Scan:
    """A name, cut: its tokens, its tags by first token, and its brackets."""

    text: str
    tokens: list[Token]
    tags: list[Tag]
    brackets: list[tuple[int, int]]
    tag_at: dict[int, Tag] = field(default_factory=dict)  # token index → the tag covering it

    def bracketed(self, position: int) -> bool:
        """Whether that character stands inside brackets."""
        return any(start < position < end for start, end in self.brackets)

    def start_of(self, tag: Tag) -> int:
        """The character at which a tag begins."""
        return self.tokens[tag.first].start

    def end_of(self, tag: Tag) -> int:
        """The character after a tag."""
        return self.tokens[tag.last].end


def scan(text: str) -> Scan:
    """Find every word and every possible tag of a name."""
    tokens = [Token(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(text)]
    brackets = (
        [(m.start(), m.end()) for m in _BRACKETS.finditer(text)] if _has_bracket(text) else []
    )
    result = Scan(text, tokens, [], brackets)
    words = vocabulary()
    index = 0
    while index < len(tokens):
        tag = _match(text, tokens, index, words)
        if tag is None:
            index += 1
            continue
        result.tags.append(tag)
        for covered in range(tag.first, tag.last + 1):
            result.tag_at[covered] = tag
        index = tag.last + 1
    return result


def _has_bracket(text: str) -> bool:
    return any(mark in text for mark in "[({\u3010\uff08\u300c\u2605")


def _match(text: str, tokens: list[Token], index: int, words: dict[str, Word]) -> Tag | None:
    key = ""
    best: Tag | None = None
    last = min(index + _LONGEST, len(tokens))
    for other in range(index, last):
        token = tokens[other]
        if other > index and text[tokens[other - 1].end : token.start] not in _TIGHT:
            break
        key += token.lower.replace("'", "").replace("\u2019", "")
        word = words.get(key) or (words.get(key[:-1]) if key.endswith("+") else None)
        if word is not None and (other == index or len(key) >= 4 or key in {"vc1", "ac3", "dd5"}):
            best = Tag(index, other, word)
    return best or _language(tokens, index)


def _language(tokens: list[Token], index: int) -> Tag | None:
    token = tokens[index]
    lower = token.lower.rstrip("+")
    table = languages()
    name = token.text.rstrip("+")
    if lower not in table:
        counted = _COUNTED.match(lower)
        if counted is None or counted[1] not in table:
            return None
        name, lower = name[counted.start(1) : counted.end(1)], counted[1]
    if not fits_case(name, lower):
        return None
    return Tag(index, index, Word("language", lower, TAG))


def title_end(found: Scan, limit: int, after: int) -> int:
    """Where the title stops at the latest: at the first sure tag, or what leads up to it.

    `limit` is where something else (a year, an episode) already ends it; `after` is where the
    title begins.
    """
    end = limit
    for tag in found.tags:
        start = found.start_of(tag)
        if start <= after or start >= end:
            continue
        if tag.word.weight >= SURE or (_in_tag_bracket(found, tag) and start > after + 1):
            end = start
            break
    return _back_up(found, end, after, limited=end == limit and limit < len(found.text))


def _in_tag_bracket(found: Scan, tag: Tag) -> bool:
    """Whether the tag opens a bracket that holds nothing but tags."""
    start = found.start_of(tag)
    for opening, closing in found.brackets:
        if opening < start < closing:
            inside = [i for i, t in enumerate(found.tokens) if opening < t.start < closing]
            return all(i in found.tag_at for i in inside)
    return False


def _back_up(found: Scan, end: int, after: int, limited: bool) -> int:
    """Give the ordinary words just before the end to the tags, when they look like tags."""
    index = next((i for i, t in enumerate(found.tokens) if t.start >= end), len(found.tokens))
    if index == len(found.tokens) and not limited:
        return end
    shouting = found.text[after:end].isupper()
    while index > 0:
        tag = found.tag_at.get(index - 1)
        if tag is None or found.start_of(tag) <= after:
            break
        if not _leads_up(found, tag, limited, shouting):
            break
        index = tag.first
        end = found.tokens[index].start
    return end


def _leads_up(found: Scan, tag: Tag, limited: bool, shouting: bool) -> bool:
    written = found.text[found.start_of(tag) : found.end_of(tag)]
    if tag.word.field == "edition" and tag.last > tag.first:
        return True
    if written.isupper() and not shouting and len(written) > 1:
        return tag.word.value not in {"ai", "it", "2"} and not written.isdigit()
    if limited:
        return False
    if tag.word.field == "edition":
        return plain_edition(written.lower())
    return tag.word.field == "language" and len(written) > 2


def zone_start(found: Scan, end: int) -> int:
    """From which token on the words are tags rather than title."""
    return next((i for i, t in enumerate(found.tokens) if t.start >= end), len(found.tokens))


def usable(found: Scan, zone: int) -> list[Tag]:
    """The tags that count: those after the title, and sure ones in brackets before it."""
    return [
        tag
        for tag in found.tags
        if tag.first >= zone or (tag.word.weight >= SURE and found.bracketed(found.start_of(tag)))
    ]


def spoken(found: Scan, tags: list[Tag]) -> tuple[str, ...]:
    """The languages the tags tell; those of subtitles only when there are no others."""
    audio: list[str] = []
    subtitles: list[str] = []
    table = languages()
    for tag in tags:
        if tag.word.field != "language":
            continue
        target = subtitles if _is_subtitle(found, tag) else audio
        target += [code for code in table[tag.word.value] if code not in target]
    return tuple(audio or subtitles)


def _is_subtitle(found: Scan, tag: Tag) -> bool:
    if tag.word.value in SUBTITLE_ONLY:
        return True
    tokens = found.tokens
    after = tokens[tag.last + 1].lower if tag.last + 1 < len(tokens) else ""
    before = tokens[tag.first - 1].lower if tag.first else ""
    if after in _AUDIO_WORDS:
        return False
    return after in _SUB_WORDS or before in _SUB_WORDS
