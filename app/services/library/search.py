"""Finds items as somebody types: any word order, typos, accents, Chinese, one letter.

Words of three letters and more are looked up in the trigram index. When that finds little, each
word is replaced by the words of the library it is closest to. One and two letters are compared
with the beginnings of words, and characters of languages without spaces anywhere.
"""

from __future__ import annotations

import bisect
import logging
import re
import sqlite3
import time
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.media import MediaKind
from app.domain.text import fold, without_article
from app.infra.database.engine import Database

log = logging.getLogger(__name__)

MOST = 1000
"""As many results as anybody will look through."""

ENOUGH = 5
LONGEST = 100
MOST_WORDS = 8
CLOSE = 6
WORDS_EVERY = 10.0
"""Seconds between readings of the words while a scan changes them all the time."""

_WORDLESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class Search:
    """Searches titles. Keeps the words of the library in memory once they were needed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words: list[str] = []
        self._stale = True
        self._read_at = -WORDS_EVERY

    def changed(self) -> None:
        """Titles came or went: the words are read again when they are next needed."""
        self._stale = True

    async def find(self, text: str, kinds: Sequence[MediaKind]) -> list[int]:
        """Ids of visible items of these kinds, the best first, at most `MOST`."""
        words = fold(text[:LONGEST]).split()[:MOST_WORDS]
        if not words:
            return []
        chosen = [kind.value for kind in kinds] or [kind.value for kind in MediaKind]
        return await self._database.run_read(lambda raw: self._find(raw, words, chosen))

    def _find(self, raw: sqlite3.Connection, words: list[str], kinds: list[str]) -> list[int]:
        rows = _exact(raw, words, kinds)
        if len(rows) < ENOUGH and any(len(word) >= 3 for word in words):
            known = {row[0] for row in rows}
            near = self._near(raw, words, kinds)
            rows = _ranked(rows, words) + [row for row in near if row[0] not in known]
            return [row[0] for row in rows][:MOST]
        return [row[0] for row in _ranked(rows, words)]

    def _near(
        self, raw: sqlite3.Connection, words: list[str], kinds: list[str]
    ) -> list[tuple[int, str]]:
        """Rows that hold, for each word, one that is written nearly like it."""
        if self._stale and time.monotonic() - self._read_at > WORDS_EVERY:
            self._stale = False
            self._read_at = time.monotonic()
            rows = raw.execute("SELECT DISTINCT folded FROM item WHERE hidden = 0")
            self._words = sorted({word for row in rows for word in row[0].split()})
        choices = [
            _close(word, self._words, last=place == len(words) - 1)
            for place, word in enumerate(words)
        ]
        if not all(choices):
            return []
        groups = [[word for word in group if len(word) >= 3] for group in choices]
        terms = [f"({' OR '.join(_quoted(word) for word in group)})" for group in groups if group]
        if not terms:
            return []
        found = _match(raw, " AND ".join(terms), kinds)
        best = [words[place] if not group else group[0] for place, group in enumerate(choices)]
        return [
            row
            for row in _ranked(found, best)
            if all(any(word in row[1] for word in group) for group in choices)
        ]


def _exact(raw: sqlite3.Connection, words: list[str], kinds: list[str]) -> list[tuple[int, str]]:
    long = [word for word in words if len(word) >= 3]
    short = [word for word in words if len(word) < 3]
    first = _beginning(raw, " ".join(words), kinds)
    if len(first) >= MOST:
        return first
    if long:
        rows = _match(raw, " AND ".join(_quoted(word) for word in long), kinds)
        rows = [row for row in rows if all(_has(row[1], word) for word in short)]
    else:
        rows = _scan(raw, short, kinds)
    known = {row[0] for row in first}
    return first + [row for row in rows if row[0] not in known]


def _beginning(raw: sqlite3.Connection, text: str, kinds: list[str]) -> list[tuple[int, str]]:
    marks = ",".join("?" * len(kinds))
    sql = f"""SELECT id, folded FROM item INDEXED BY ix_item_folded WHERE folded >= ? AND folded < ?
        AND hidden = 0 AND kind IN ({marks}) LIMIT {MOST}"""  # noqa: S608 - only question marks
    return raw.execute(sql, (text, text + "\U0010ffff", *kinds)).fetchall()


def _match(raw: sqlite3.Connection, terms: str, kinds: list[str]) -> list[tuple[int, str]]:
    marks = ",".join("?" * len(kinds))
    sql = f"""SELECT item.id, item.folded FROM item_search CROSS JOIN item
        ON item.id = item_search.rowid WHERE item_search MATCH ? AND item.hidden = 0
        AND item.kind IN ({marks}) LIMIT {MOST}"""  # noqa: S608 - only question marks
    return raw.execute(sql, (terms, *kinds)).fetchall()


def _scan(raw: sqlite3.Connection, words: list[str], kinds: list[str]) -> list[tuple[int, str]]:
    """For words too short for the index: look at every title, which is quick enough."""
    marks = ",".join("?" * len(kinds))
    tests = " AND ".join(["instr(' ' || folded, ?) > 0"] * len(words))
    values = [word if _WORDLESS.search(word) else " " + word for word in words]
    sql = f"""SELECT id, folded FROM item INDEXED BY ix_item_folded WHERE {tests} AND hidden = 0
        AND kind IN ({marks}) LIMIT {MOST}"""  # noqa: S608 - constants and question marks
    return raw.execute(sql, (*values, *kinds)).fetchall()


def _has(folded: str, word: str) -> bool:
    return word in folded if _WORDLESS.search(word) else f" {word}" in f" {folded}"


def _close(word: str, words: list[str], *, last: bool) -> list[str]:
    """The words of the library nearest to one: itself when it is there, else the likeliest."""
    if len(word) < 3:
        return [word]
    exact = [each for each in (word,) if _known(word, words)]
    if exact:
        return exact
    allowed = 1 if len(word) <= 5 else 2
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed, limit=CLOSE)
    near = [str(each[0]) for each in found]
    if last and len(near) < CLOSE and len(word) >= 4:  # still being typed: compare beginnings
        begun = sorted({each[: len(word)] for each in words if len(each) > len(word)})
        more = process.extract(word, begun, scorer=OSA.distance, score_cutoff=allowed, limit=CLOSE)
        near += [str(each[0]) for each in more]
    return near


def _known(word: str, words: list[str]) -> bool:
    place = bisect.bisect_left(words, word)
    return place < len(words) and words[place].startswith(word)


def _ranked(rows: Sequence[tuple[int, str]], words: Sequence[str]) -> list[tuple[int, str]]:
    """Whole titles first, then beginnings, words in order, words at all; short before long."""
    text = " ".join(words)
    starts = [f" {word}" for word in words]

    def rank(row: tuple[int, str]) -> tuple[int, int, str]:
        folded = row[1]
        if text in (folded, without_article(folded)):
            return 0, len(folded), folded
        if folded.startswith(text):
            return 1, len(folded), folded
        padded = f" {folded}"
        if f" {text}" in padded:
            return 2, len(folded), folded
        begun = all(start in padded for start in starts)
        return (3 if begun else 4), len(folded), folded

    return sorted(rows, key=rank)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""').replace("\0", "") + '"'
