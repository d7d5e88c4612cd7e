"""What is known of the items in words, and their vectors: all that SQL there is to it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.meaning import Known
from app.domain.media import ItemId, MediaKind
from app.domain.text import fold, without_article
from app.infra.database.engine import Database
from app.services.meaning.texts import genres_of, hash_of, match_terms, people_of, text_of

CHUNK = 500
ARTICLES = ("the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das")
GENRE, PERSON = "genre", "person"
_FOUND = "item.kind <> 'episode' AND item.hidden = 0"
_CURRENT = "v.hash = a.hash AND v.model = ?"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an item has that others may share. Names by their folded form."""

    item: int
    kind: str
    title: str
    year: int | None
    genres: dict[str, str]
    people: dict[str, str]
    text: str = ""


class MeaningStore:
    """Only what can be found is told of: films, series and videos that are not hidden."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unasked(self, after: int, limit: int) -> list[int]:
        """Items nobody asked about yet, or whose title changed, with ids above `after`."""
        sql = f"""SELECT item.id FROM item LEFT JOIN meaning_about a ON a.item_id = item.id
            WHERE item.id > ? AND {_FOUND} AND (a.item_id IS NULL OR a.asked_at = 0
            OR a.title <> item.title OR a.year IS NOT item.year)
            ORDER BY item.id LIMIT ?"""  # noqa: S608 - constants
        return [int(row[0]) for row in await self._rows(sql, (after, limit))]

    async def put_known(self, found: Sequence[tuple[int, Known]]) -> None:
        """Keep what is known of items, and under which title and year the library has them."""

        def work(raw: sqlite3.Connection) -> None:
            for item, known in found:
                text = text_of(known)
                raw.execute(
                    "INSERT INTO meaning_about SELECT id, title, year, ?, ?, ? FROM item"
                    " WHERE id = ?"
                    " ON CONFLICT (item_id) DO UPDATE SET title = excluded.title,"
                    " year = excluded.year, text = excluded.text, hash = excluded.hash,"
                    " asked_at = excluded.asked_at",
                    (text, hash_of(text), time.time(), item),
                )
                raw.execute("DELETE FROM meaning_word WHERE item_id = ?", (item,))
                names = [(GENRE, name) for name in genres_of(known)]
                names += [(PERSON, name) for name in people_of(known)]
                raw.executemany(
                    "INSERT INTO meaning_word SELECT ?, ?, id, ? FROM item WHERE id = ?",
                    [(kind, fold(name), name, item) for kind, name in names],
                )

        await self._database.run_write(work)

    async def ask_again(self, items: Sequence[int]) -> None:
        """What is known of these may be old."""
        sql = "UPDATE meaning_about SET asked_at = 0 WHERE item_id = ?"
        await self._write_many(sql, [(item,) for item in items])

    async def ask_again_before(self, moment: float) -> None:
        """What was asked before that moment may be old."""
        await self._write_many(
            "UPDATE meaning_about SET asked_at = 0 WHERE asked_at < ?", [(moment,)]
        )

    async def ask_again_where_little(self) -> None:
        """Somebody may know more now of those without a genre."""
        sql = """UPDATE meaning_about SET asked_at = 0 WHERE item_id NOT IN
            (SELECT item_id FROM meaning_word WHERE kind = 'genre')"""
        await self._write_many(sql, [()])

    async def without_vector(self, model: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Items above `after` whose vector lacks or is outdated: id and text."""
        sql = f"""SELECT a.item_id, a.text FROM meaning_about a JOIN item ON item.id = a.item_id
            LEFT JOIN meaning_vector v ON v.item_id = a.item_id AND {_CURRENT}
            WHERE a.item_id > ? AND {_FOUND} AND v.item_id IS NULL
            ORDER BY a.item_id LIMIT ?"""  # noqa: S608 - constants
        rows = await self._rows(sql, (model, after, limit))
        return [(int(row[0]), str(row[1])) for row in rows]

    async def put_vectors(self, model: str, made: Sequence[tuple[int, str, bytes]]) -> None:
        """Keep vectors: id, the text that was embedded, the vector."""
        sql = "INSERT OR REPLACE INTO meaning_vector SELECT id, ?, ?, ? FROM item WHERE id = ?"
        rows = [(model, hash_of(text), vector, item) for item, text, vector in made]
        await self._write_many(sql, rows)

    async def count(self, model: str) -> tuple[int, int]:
        """How many items have a current vector, and how many there are."""
        sql = f"""SELECT count(v.item_id), count(*) FROM item
            LEFT JOIN meaning_about a ON a.item_id = item.id
            LEFT JOIN meaning_vector v ON v.item_id = a.item_id AND {_CURRENT}
            WHERE {_FOUND}"""  # noqa: S608 - constants
        rows = await self._rows(sql, (model,))
        return int(rows[0][0]), int(rows[0][1])

    async def pairs(self, model: str) -> list[tuple[int, int]]:
        """Id and hash of everything that can be found by its vector."""
        sql = f"""SELECT v.item_id, v.hash FROM item JOIN meaning_vector v ON v.item_id = item.id
            WHERE {_FOUND} AND v.model = ?"""  # noqa: S608 - constants
        return [(int(row[0]), int(row[1])) for row in await self._rows(sql, (model,))]

    async def vectors(self, items: Sequence[int]) -> list[tuple[int, int, bytes]]:
        """Id, hash and vector of some items."""
        sql = "SELECT item_id, hash, vector FROM meaning_vector WHERE item_id IN ({0})"
        return [
            (int(one), int(two), bytes(three)) for one, two, three in await self._of(sql, items)
        ]

    async def facts(self, items: Sequence[int], texts: bool = False) -> dict[int, Facts]:
        """What is known of those of these that can be found."""
        text = "a.text" if texts else "''"
        sql = f"""SELECT item.id, item.kind, item.title, item.year, {text} FROM item
            LEFT JOIN meaning_about a ON a.item_id = item.id
            WHERE {_FOUND} AND item.id IN ({{0}})"""  # noqa: S608 - constants
        names = "SELECT item_id, kind, word, name FROM meaning_word WHERE item_id IN ({0})"

        def work(raw: sqlite3.Connection) -> dict[int, Facts]:
            found: dict[int, Facts] = {}
            for chunk in _chunks(items):
                marks = ",".join("?" * len(chunk))
                for item, kind, title, year, text in raw.execute(sql.format(marks), chunk):
                    found[item] = Facts(item, kind, title, year, {}, {}, text or "")
                for item, kind, word, name in raw.execute(names.format(marks), chunk):
                    if item in found:
                        facts = found[item]
                        (facts.genres if kind == GENRE else facts.people)[word] = name
            return found

        return await self._database.run_read(work)

    async def series_of(self, item: ItemId) -> ItemId:
        """The series of an episode; the item itself when it is none."""
        rows = await self._rows(
            "SELECT coalesce(series_id, id) FROM item WHERE id = ?", (int(item),)
        )
        return ItemId(int(rows[0][0])) if rows else item

    async def called(self, title: str) -> ItemId | None:
        """The item of exactly that title, with or without its article."""
        bare = without_article(fold(title))
        if not bare:
            return None
        names = [bare, *(f"{article} {bare}" for article in ARTICLES)]
        sql = f"""SELECT item.id FROM item WHERE folded IN ({{0}}) AND {_FOUND}
            ORDER BY item.id"""  # noqa: S608 - constants
        rows = await self._of(sql, names)
        return ItemId(int(rows[0][0])) if rows else None

    async def within(
        self, years: tuple[int, int] | None, kinds: Sequence[MediaKind], limit: int
    ) -> list[int]:
        """Items of these years and kinds."""
        sql, values = f"SELECT item.id FROM item WHERE {_FOUND}", list[object]()
        if years is not None:
            sql += " AND item.year BETWEEN ? AND ?"
            values += years
        if kinds:
            sql += f" AND item.kind IN ({','.join('?' * len(kinds))})"
            values += [kind.value for kind in kinds]
        return [int(row[0]) for row in await self._rows(f"{sql} LIMIT ?", (*values, limit))]

    async def names_in(self, phrases: Sequence[str]) -> list[tuple[str, str]]:
        """Those of these folded phrases that are a genre or a person of the library."""
        sql = """SELECT DISTINCT kind, word FROM meaning_word
            WHERE kind IN ('genre', 'person') AND word IN ({0})"""
        return [(str(kind), str(word)) for kind, word in await self._of(sql, phrases)]

    async def having(self, kind: str, words: Sequence[str], limit: int) -> list[int]:
        """Items that have one of these names."""
        marks = ",".join("?" * len(words))
        sql = f"""SELECT DISTINCT item_id FROM meaning_word WHERE kind = ? AND word IN ({marks})
            LIMIT ?"""  # noqa: S608 - only question marks
        return [int(row[0]) for row in await self._rows(sql, (kind, *words, limit))]

    async def rarity(self, item: int) -> tuple[int, dict[tuple[str, str], int]]:
        """How many items there are, and how many have each name of this one."""
        sql = """SELECT w.kind, w.word, (SELECT count(*) FROM meaning_word o
            WHERE o.kind = w.kind AND o.word = w.word) FROM meaning_word w WHERE w.item_id = ?"""

        def work(raw: sqlite3.Connection) -> tuple[int, dict[tuple[str, str], int]]:
            total = raw.execute("SELECT count(*) FROM meaning_about").fetchone()[0]
            rows = raw.execute(sql, (item,)).fetchall()
            return int(total), {(kind, word): int(count) for kind, word, count in rows}

        return await self._database.run_read(work)

    async def by_words(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Items whose text holds some of these words, with how well they fit; best first."""
        if not words:
            return []
        sql = f"""SELECT s.rowid, -bm25(meaning_search) FROM meaning_search s
            CROSS JOIN item ON item.id = s.rowid
            WHERE meaning_search MATCH ? AND {_FOUND} ORDER BY rank LIMIT ?"""  # noqa: S608 - constants
        rows = await self._rows(sql, (match_terms(words), limit))
        return [(int(item), float(score)) for item, score in rows]

    async def _of(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows for each of many values, however many they are."""

        def work(raw: sqlite3.Connection) -> list[tuple[Any, ...]]:
            found: list[tuple[Any, ...]] = []
            for chunk in _chunks(values):
                found += raw.execute(sql.format(",".join("?" * len(chunk))), chunk).fetchall()
            return found

        return await self._database.run_read(work)

    async def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return await self._database.run_read(lambda raw: raw.execute(sql, values).fetchall())

    async def _write_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        given = list(rows)
        await self._database.run_write(lambda raw: raw.executemany(sql, given).close())


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
