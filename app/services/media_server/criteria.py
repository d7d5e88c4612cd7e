"""The search and sort languages of ContentDirectory, read whole and turned into SQL.

What comes in never becomes SQL itself: names are looked up in tables, values are bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.text import fold
from app.services.media_server.soap import Fault
from app.services.media_server.tree import CLASSES, DATE, SEASON_OF, parse_id

LONGEST: Final = 4000
DEEPEST: Final = 30
MOST_TERMS: Final = 60
MOST_KEYS: Final = 8

SEARCHABLE: Final = (
    "@id,@parentID,@refID,dc:title,dc:date,upnp:class,upnp:genre,res,res@duration,res@size"
)
SORTS: Final[Mapping[str, str]] = {
    "dc:title": "item.sort_title {0}, item.id {0}",
    "dc:date": f"{DATE} {{0}}",
    "upnp:class": "CASE item.kind WHEN 'series' THEN 0 WHEN 'film' THEN 2 ELSE 1 END {0}",
    "res@duration": "item.duration {0}",
    "upnp:originalTrackNumber": "item.season {0}, item.episode {0}",
    "upnp:episodeNumber": "item.season {0}, item.episode {0}",
}

_TOKEN: Final = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[()])|(?P<op>!=|<=|>=|=|<|>)|(?P<word>[^\s()"=<>!]+))',
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_DURATION: Final = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)\Z")
_COMPARED: Final = frozenset(("=", "!=", "<", "<=", ">", ">="))
_TEXTS: Final = frozenset(("contains", "doesnotcontain", "startswith", "derivedfrom"))
_GENRE: Final = (
    "EXISTS (SELECT 1 FROM media_server_genre g WHERE g.item_id ="
    " coalesce(item.series_id, item.id) AND g.genre <> '' AND {0})"
)
_SIZE: Final = "EXISTS (SELECT 1 FROM file f WHERE f.item_id = item.id AND f.size {0} ?)"


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition over `item`, and what is bound in it."""

    sql: str
    values: tuple[object, ...] = ()


ALL: Final = Clause("1")
_NONE: Final = Clause("0")


def search(criteria: str) -> Clause:
    """What a search asks for. Raises `Fault` 708 for what is not in the language."""
    if len(criteria) > LONGEST:
        raise Fault(708)
    if criteria.strip() in ("*", ""):
        return ALL
    return _Parser(_tokens(criteria)).whole()


def order(criteria: str, usual: str) -> str:
    """The ORDER BY of a sort; `usual` when none is asked for. Raises `Fault` 709."""
    if len(criteria) > LONGEST:
        raise Fault(709)
    keys = [each.strip() for each in criteria.split(",") if each.strip()]
    if len(keys) > MOST_KEYS:
        raise Fault(709)
    told = []
    for key in keys:
        sql = SORTS.get(key.lstrip("+-"))
        if sql is None:
            raise Fault(709)
        told.append(sql.format("DESC" if key.startswith("-") else "ASC"))
    return ", ".join([*told, usual])


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise Fault(708)
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Parser:
    """Descends through a criterion; "and" binds closer than "or"."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0
        self._terms = 0

    def whole(self) -> Clause:
        found = self._either(0)
        if self._place != len(self._tokens):
            raise Fault(708)
        return found

    def _either(self, depth: int) -> Clause:
        return self._joined("or", lambda: self._joined("and", lambda: self._term(depth)))

    def _joined(self, word: str, part: Callable[[], Clause]) -> Clause:
        parts = [part()]
        while self._next() == ("word", word):
            self._place += 1
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        sql = f" {word.upper()} ".join(each.sql for each in parts)
        return Clause(f"({sql})", tuple(value for each in parts for value in each.values))

    def _term(self, depth: int) -> Clause:
        self._terms += 1
        if depth > DEEPEST or self._terms > MOST_TERMS:
            raise Fault(708)
        if self._next() == ("mark", "("):
            self._place += 1
            inner = self._either(depth + 1)
            self._take("mark", ")")
            return inner
        name = self._take("word")
        kind, op = self._next()
        self._place += 1
        if kind == "word" and op == "exists":
            return _exists(name, self._take("word").lower())
        if not (op in _COMPARED if kind == "op" else kind == "word" and op in _TEXTS):
            raise Fault(708)
        value = self._take("text")
        return _compare(name, op, _ESCAPED.sub(r"\1", value[1:-1]))

    def _next(self) -> tuple[str, str]:
        if self._place >= len(self._tokens):
            return "", ""
        kind, text = self._tokens[self._place]
        lower = kind == "word" and text.lower() in {*_TEXTS, "and", "or", "exists"}
        return kind, text.lower() if lower else text

    def _take(self, kind: str, text: str | None = None) -> str:
        found, told = self._next()
        if found != kind or (text is not None and told != text):
            raise Fault(708)
        self._place += 1
        return told


def _exists(name: str, wanted: str) -> Clause:
    if wanted not in ("true", "false"):
        raise Fault(708)
    if name == "upnp:genre":
        there = _GENRE.format("1")
    elif name in ("res", "res@duration", "res@size"):
        there = "item.kind <> 'series'"
    elif name in ("@id", "@parentID", "dc:title", "dc:date", "upnp:class"):
        there = "1"
    elif name == "@refID":
        there = "0"  # what is found is the thing itself, not a reference
    else:
        raise Fault(708)
    return Clause(there if wanted == "true" else f"NOT ({there})")


def _compare(name: str, op: str, value: str) -> Clause:
    rule = _RULES.get(name)
    if rule is None:
        raise Fault(708)
    return rule(op, value)


def _title(op: str, value: str) -> Clause:
    folded = fold(value)
    if op in ("contains", "doesnotcontain") and folded:
        found = Clause("instr(item.folded, ?) > 0", (folded,))
        return found if op == "contains" else Clause(f"NOT ({found.sql})", found.values)
    return _text("item.title", op, value)


def _date(op: str, value: str) -> Clause:
    return _text(DATE, op, value)


def _genre(op: str, value: str) -> Clause:
    if op in ("!=", "doesnotcontain"):
        other = _genre("=" if op == "!=" else "contains", value)
        return Clause(f"NOT ({other.sql})", other.values)
    inner = _text("g.genre", op, value)
    return Clause(_GENRE.format(inner.sql), inner.values)


def _text(expression: str, op: str, value: str) -> Clause:
    if op in _COMPARED:
        return Clause(f"{expression} {op} ? COLLATE NOCASE", (value,))
    if op == "contains":
        return Clause(f"instr(lower({expression}), lower(?)) > 0", (value,))
    if op == "doesnotcontain":
        return Clause(f"instr(lower({expression}), lower(?)) = 0", (value,))
    if op == "startswith":
        return Clause(f"instr(lower({expression}), lower(?)) = 1", (value,))
    raise Fault(708)


def _class(op: str, value: str) -> Clause:
    tests: dict[str, Callable[[str], bool]] = {
        "=": lambda own: own == value,
        "!=": lambda own: own != value,
        "contains": lambda own: value in own,
        "doesnotcontain": lambda own: value not in own,
        "startswith": lambda own: own.startswith(value),
        "derivedfrom": lambda own: own == value or own.startswith(f"{value}."),
    }
    test = tests.get(op)
    if test is None:
        raise Fault(708)
    kinds = [kind for kind, own in CLASSES.items() if test(own)]
    return Clause(f"item.kind IN ({','.join('?' * len(kinds))})", tuple(kinds))


def _duration(op: str, value: str) -> Clause:
    found = _DURATION.match(value)
    if op not in _COMPARED or found is None:
        raise Fault(708)
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
    return Clause(f"item.duration {op} ?", (seconds,))


def _size(op: str, value: str) -> Clause:
    if op not in _COMPARED or not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Fault(708)
    return Clause(_SIZE.format(op), (int(value),))


def _id(op: str, value: str) -> Clause:
    node = parse_id(value)
    if op not in ("=", "!="):
        raise Fault(708)
    known = node is not None and node.kind in ("item", "show")
    found = Clause("item.id = ?", (node.number,)) if node is not None and known else _NONE
    return found if op == "=" else Clause(f"NOT ({found.sql})", found.values)


def _parent(op: str, value: str) -> Clause:
    node = parse_id(value)
    if op != "=":
        raise Fault(708)
    kinds = {"films": "film", "videos": "video", "series": "series"}
    if node is not None and node.kind in kinds:
        return Clause("item.kind = ?", (kinds[node.kind],))
    if node is not None and node.kind == "season":
        return Clause(f"item.kind = 'episode' AND {SEASON_OF}", (node.number, node.part))
    return _NONE


_RULES: Final[Mapping[str, Callable[[str, str], Clause]]] = {
    "dc:title": _title,
    "dc:date": _date,
    "upnp:class": _class,
    "upnp:genre": _genre,
    "res@duration": _duration,
    "res@size": _size,
    "@id": _id,
    "@parentID": _parent,
    "@refID": lambda op, _value: ALL if op == "!=" else _NONE,
}
