"""Cuts a release name into words and finds among them the tags that are no part of a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.domain.release_languages import BRACKETED, SUBTITLE_ONLY, fits_case, languages
from app.domain.release_words import SURE, TAG, Word, plain_edition, vocabulary

_TOKEN: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*\+?")
_BRACKETS: Final = re.compile(
    r"[\[({\u3010\uff08\u300c\u2605][^\[\](){}\u3010\u3011\uff08\uff09]*[\])}\u3011\uff09\u300d\u2605]"
)
_COUNTED: Final = re.compile(r"(?:\d+x|x\d+)?([^\W\d_]{2,})(?:x?\d)?$")
_GLUE: Final = frozenset({"", " ", ".", "_", "-", "/", "&", "'", " - ", ". ", ", ", ","})
_TIGHT: Final = frozenset({"", " ", ".", "_", "-", "/", "'", "x"})
_BEFORE: Final = frozenset(
    {
        "multi",
        "multi2",
        "multi3",
        "ppv",
        "dual",
        "dualaudio",
        "internal",
        "limited",
        "amzn",
        "dsnp",
        "subbed",
    }
)
_TITLE_WORDS: Final = (
    "3d md ld ai it max st ma ws fs ou vip new line org open star red nick fox abc cw stan cr ip "
    "movie 20 51 71 raw raws clean audio read final pack bonus extras sample proof fin tv roku"
)
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_SUFFIX: Final = re.compile(r"^(.{2,})(subs?|subbed|dub|dubbed|audio)$")
_PIXELS: Final = re.compile(r"(\d{3,4})[x\u0445](\d{3,4})[pi]?")
_WIDTHS: Final = ((3800, "2160p"), (2500, "1440p"), (1700, "1080p"), (1100, "720p"), (1000, "576p"))
_OPEN: Final = frozenset("[({\u3010_&+")
_LONGEST: Final = 4
_SUB_WORDS_WORDS: Final = (
    "sub subs subtitle subtitles subbed softsub softsubs hardsub esub esubs legendas napisy "
    "st sottotitoli undertekst untertitel subt subtitulos subtitulado altyazi txt forced"
)
_SUB_WORDS: Final = frozenset(_SUB_WORDS_WORDS.split())
_AUDIO_WORDS_WORDS: Final = "audio dub dubbed dual dubs line aud dubbing"
_AUDIO_WORDS: Final = frozenset(_AUDIO_WORDS_WORDS.split())


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


def scan(text: str, *, subtitle: bool = False) -> Scan:
    """Find every word and every possible tag of a name; of a subtitle file also its language."""
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
    _add_neighbours(result)
    if subtitle:
        _add_last_language(result)
    return result


def _add_neighbours(found: Scan) -> None:
    """Codes too short to trust alone are languages beside another language: `eng-fre-pt`."""
    table = languages()
    added = False
    for step in (1, -1):
        order = range(len(found.tokens)) if step == 1 else range(len(found.tokens) - 1, -1, -1)
        for index in order:
            token = found.tokens[index]
            name = token.lower.rstrip("+")
            if index in found.tag_at or name not in table or not _beside(found, index, step):
                continue
            if name in BRACKETED and found.text[token.start - 1 : token.start] == ".":
                continue
            tag = Tag(index, index, Word("language", name, TAG))
            found.tags.append(tag)
            found.tag_at[index] = tag
            added = True
    if added:
        found.tags.sort()
    _promote(found)


def _promote(found: Scan) -> None:
    """Make languages sure where a title would not say them: `English Subs`, `EN FR DE`."""
    run = 0
    for position in range(len(found.tags) - 1, -1, -1):
        tag = found.tags[position]
        if tag.word.field != "language":
            continue
        after = found.tags[position + 1] if position + 1 < len(found.tags) else None
        joined = (
            after is not None and after.first == tag.last + 1 and after.word.field == "language"
        )
        run = run + 1 if joined else 1
        before = found.tags[position - 1] if position else None
        runs_on = (
            before is not None
            and before.last == tag.first - 1
            and (before.word.field == "language")
        )
        sure = joined and after is not None and after.word.weight == SURE
        if sure or _is_subtitle(found, tag) or (run >= 2 and runs_on):
            promoted = tag._replace(word=tag.word._replace(weight=SURE))
            found.tags[position] = promoted
            found.tag_at[tag.first] = promoted


def _add_last_language(found: Scan) -> None:
    """Read the last word of a subtitle file's name (`film.en.srt`) as its language."""
    index = len(found.tokens) - 1
    if index < 0 or found.tokens[index].lower not in languages():
        return
    if index in found.tag_at:
        found.tags.remove(found.tag_at[index])
    tag = Tag(index, index, Word("language", found.tokens[index].lower, SURE))
    found.tags.append(tag)
    found.tag_at[index] = tag


def _beside(found: Scan, index: int, step: int) -> bool:
    other = found.tag_at.get(index - step)
    if other is None or other.word.field != "language":
        return False
    first, second = sorted((index, index - step))
    glue = found.text[found.tokens[first].end : found.tokens[second].start]
    if len(found.tokens[index].lower) == 2 and glue == " ":
        return found.tokens[index].text.isupper()
    return glue.strip(" ") in {"-", ".", ",", "/", "+", "&", "_", "|", ""}


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
        if other > index and word is not None and _tells_two(word, key):
            continue
        if word is not None and (other == index or len(key) >= 4 or key in {"vc1", "ac3", "dd5"}):
            best = Tag(index, other, word)
    return best or _size(tokens, index) or _language(text, tokens, index)


def _tells_two(word: Word, key: str) -> bool:
    """Whether words that are one tag when written together are two when apart: `BD 720p`."""
    if word.field == "resolution":
        return key[0] in "bhm"
    return word.field == "source" and key.endswith(("x264", "x265", "80p", "20p"))


def _size(tokens: list[Token], index: int) -> Tag | None:
    """`1920x816`, whatever the height a film's shape gives."""
    match = _PIXELS.fullmatch(tokens[index].lower)
    if match is None:
        return None
    width = int(match[1])
    value = next((name for least, name in _WIDTHS if width >= least), "480p")
    return Tag(index, index, Word("resolution", value, SURE))


def _language(text: str, tokens: list[Token], index: int) -> Tag | None:
    token = tokens[index]
    lower = token.lower.rstrip("+")
    table = languages()
    name = token.text.rstrip("+")
    if lower not in table:
        suffixed = _SUFFIX.match(lower)
        if suffixed is not None and suffixed[1] in table:
            sure = SURE if suffixed[2].startswith("sub") else TAG
            return Tag(index, index, Word("language", suffixed[1], sure))
        counted = _COUNTED.match(lower)
        if counted is None or counted[1] not in table:
            return None
        name, lower = name[counted.start(1) : counted.end(1)], counted[1]
    if not fits_case(name, lower):
        return None
    if lower in BRACKETED and text[token.start - 1 : token.start] not in _OPEN:
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
    if (
        tag.word.value in _BEFORE
        or tag.word.value == "PPV"
        or (tag.word.weight > 1 and tag.word.field == "language")
    ):
        return not limited or written not in {"Multi", "Dual", "Limited", "Internal"}
    if tag.word.field == "noise" and (tag.word.value in _TITLES or limited):
        return False
    if written.isupper() and not shouting and len(written) > 1:
        return not written.isdigit()
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
        if tag.first >= zone
        or (tag.word.weight >= SURE and tag.word.field == "language")
        or (tag.word.weight >= SURE and found.bracketed(found.start_of(tag)))
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
    after = _word(found, tag.last + 1)
    if after in _AUDIO_WORDS:
        return False
    if after in _SUB_WORDS and _together(found, tag.last) and not _is_language(found, tag.last + 2):
        return True
    first = tag.first
    while first and _is_language(found, first - 1):
        first -= 1
    return first > 0 and _word(found, first - 1) in _SUB_WORDS and _together(found, first - 1, "(")


def _together(found: Scan, index: int, allowed: str = "") -> bool:
    """Whether no bracket stands between a word and the next."""
    glue = found.text[found.tokens[index].end : found.tokens[index + 1].start]
    return not any(mark in glue.replace(allowed, "") for mark in "[](){}" if mark != allowed)


def _word(found: Scan, index: int) -> str:
    return found.tokens[index].lower if 0 <= index < len(found.tokens) else ""


def _is_language(found: Scan, index: int) -> bool:
    tag = found.tag_at.get(index)
    return tag is not None and tag.word.field == "language"
