"""Turns what the catalogue says into hits and streams; pure, no input or output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.api import (
    Fields,
    Hit,
    HitKind,
    NotFound,
    Stream,
    Unavailable,
    Work,
    language_code,
    number,
    objects,
    seconds,
    text,
    web_address,
)

MOST_SECTIONS = 1000
MOST_AUTHORS = 20
LONGEST_NAME = 4
"""Words: what is longer is no author's name."""
ARTICLES = frozenset(
    (
        *("the", "an", "a", "een", "de", "het", "le", "la", "les", "un", "une", "des"),
        *("der", "die", "das", "ein", "eine", "el", "los", "las"),
        *("o", "os", "as", "um", "uns", "uma", "umas"),
    )
)
"""Words the catalogue takes off the beginning of a title and keeps apart."""
ARCHIVE = re.compile(r"http://((?:[a-z0-9-]+\.)*archive\.org(?:/|$))", re.IGNORECASE)


def titles_to_try(asked: str) -> tuple[str, ...]:
    """Return the title as the catalogue would hold it first, then as it was asked."""
    whole = " ".join(asked.replace("^", " ").split())[:200]
    first, _, rest = whole.partition(" ")
    if rest and first.casefold() in ARTICLES:
        return (rest, whole)
    return (whole,) if whole else ()


def last_name(asked: str) -> str:
    """Return the last word of what may be an author's name, or nothing."""
    words = asked.replace("^", " ").split()
    return words[-1][:100] if 0 < len(words) <= LONGEST_NAME else ""


def written_by(hit: Hit, asked: str) -> bool:
    """Whether each word asked for stands in the names of a book's authors."""
    names = f" {_folded(hit.creator)}"
    return all(f" {word}" in names for word in _folded(asked).split())


def parse_books(said: object, host: str) -> list[Hit]:
    """Return the books of an answer; what is not of the right shape is left out.

    None is an answer without books; `Unavailable` when the whole is none of the catalogue's.
    """
    if said is None:
        return []
    return [hit for book in _books(said, host) if (hit := _hit(book)) is not None]


def parse_sections(said: object, wanted: str, host: str) -> list[Stream]:
    """Return the sections of the book of this number; `NotFound` when it is not among them."""
    for book in _books(said, host):
        if _identifier(book) == wanted:
            return [
                _stream(part, section)
                for part, section in enumerate(_sections(book)[:MOST_SECTIONS], 1)
            ]
    raise NotFound("errors.server_has_not", host=host)


def _books(said: object, host: str) -> Iterator[Fields]:
    if not isinstance(said, dict) or ("books" not in said and "error" not in said):
        raise Unavailable("errors.bad_answer", host=host)
    books = said.get("books", [])
    if not isinstance(books, list | dict):
        raise Unavailable("errors.bad_answer", host=host)
    return _tables(books)


def _tables(found: object) -> Iterator[Fields]:
    """The objects of a list, which may come as an object keyed by index."""
    return objects(list(found.values()) if isinstance(found, dict) else found)


def _identifier(book: Fields) -> str:
    told = number(book.get("id"), 10**10)
    return "" if told is None else str(told)


def _hit(book: Fields) -> Hit | None:
    identifier, title = _identifier(book), text(book.get("title"), 500)
    page = web_address(book.get("url_librivox"))
    duration = seconds(book.get("totaltimesecs")) or seconds(book.get("totaltime"))
    if not identifier or not title or not (page or duration):
        return None  # without either it is a book that nobody has finished reading yet
    spoken = language_code(book.get("language"))
    written = number(book.get("copyright_year"), 2200)
    return Hit(
        title=title,
        kind=HitKind.ITEM,
        reference=identifier,
        work=Work.AUDIOBOOK,
        year=written if written and written >= 1000 else None,
        duration=duration,
        languages=(spoken,) if spoken else (),
        description=text(book.get("description")),
        creator=_authors(book.get("authors")),
        licence="Public domain",
        poster=web_address(book.get("coverart_jpg")) or web_address(book.get("coverart_thumbnail")),
        page=page,
        files=number(book.get("num_sections")) or None,
    )


def _authors(found: object) -> str:
    names = []
    for author in list(_tables(found))[:MOST_AUTHORS]:
        name = f"{text(author.get('first_name'), 100)} {text(author.get('last_name'), 100)}"
        names.append(name.strip())
    return ", ".join(dict.fromkeys(name for name in names if name))[:500]


def _sections(book: Fields) -> list[Fields]:
    """The sections that can be listened to, in their order."""
    found = [one for one in _tables(book.get("sections")) if web_address(one.get("listen_url"))]
    return sorted(found, key=lambda one: _place(one.get("section_number")))


def _place(told: object) -> float:
    """Where a section stands: prefaces are often number 0, those without one come last."""
    found = number(told)
    return float("inf") if found is None else found


def _stream(part: int, section: Fields) -> Stream:
    spoken = language_code(section.get("language"))
    url = web_address(section.get("listen_url"))
    return Stream(
        url=ARCHIVE.sub(r"https://\1", url, count=1),
        title=text(section.get("title"), 500),
        part=part,
        duration=seconds(section.get("playtime")),
        container="mp3" if url.casefold().endswith(".mp3") else None,
        languages=(spoken,) if spoken else (),
    )


def _folded(words: str) -> str:
    """Words without accents, capitals and punctuation."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", kept).strip()
