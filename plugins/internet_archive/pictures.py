"""Finds pictures of archive.org a video may show: the query, the licence, the file to take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from app.api import (
    Credit,
    Fields,
    NotFound,
    PictureOffer,
    PictureQuestion,
    Refused,
    Unavailable,
    inside,
    number,
    objects,
    search_words,
    text,
    texts,
)
from plugins.internet_archive.files import is_set, plain_name
from plugins.internet_archive.parsers import IDENTIFIER, LONGEST_TITLE, licence

MOST_ROWS = 60
FIELDS = ("identifier", "title", "creator", "description", "licenseurl", "subject", "rights")
ENDINGS = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp"}
LARGEST = 15_000_000
SMALLEST = 20_000
"""Bytes; a smaller file is a thumbnail of the picture."""
_FREE = re.compile(
    r"creativecommons\.org/(?:licenses/(?:by(?:-sa)?/|publicdomain)|publicdomain/)", re.IGNORECASE
)
_UNNAMED = re.compile(r"publicdomain", re.IGNORECASE)
_SMALL = re.compile(r"(?:__ia_thumb|_thumb|_itemimage)\.[a-z]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """The file of an item that is its picture."""

    url: str
    ending: str
    credit: Credit


def picture_parameters(question: PictureQuestion) -> list[tuple[str, str]]:
    """Return the parameters of a search for free pictures; none when there is no word in it."""
    words = " ".join(search_words(question.words))
    if not words:
        return []
    asked = (
        f"(title:({words}) OR subject:({words}) OR description:({words}))"
        " AND mediatype:(image) AND licenseurl:*creativecommons*"
        " AND -access-restricted-item:true"
    )
    return [
        ("q", asked),
        *(("fl[]", field) for field in FIELDS),
        ("rows", str(max(1, min(question.limit * 4, MOST_ROWS)))),
        ("page", "1"),
        ("output", "json"),
    ]


def parse_offers(
    document: Fields, address: str, host: str, question: PictureQuestion
) -> list[PictureOffer]:
    """Return the pictures that may be used, in the order of the archive."""
    found = inside(document, "response", "docs")
    if not isinstance(found, list):
        raise Unavailable("errors.bad_answer", host=host)
    offers = [offer for one in objects(found) if (offer := parse_offer(one, address)) is not None]
    return offers[: question.limit]


def parse_offer(found: Fields, address: str) -> PictureOffer | None:
    """Return one picture; None when it has no name, or its licence is not free."""
    identifier = found.get("identifier")
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        return None
    credit = credit_of(found, identifier, address)
    if credit is None or not credit.title:
        return None
    about = " ".join((*texts(found.get("description")), *texts(found.get("subject"), 200)))
    return PictureOffer(identifier, credit.title, about[:1000], credit=credit)


def credit_of(found: Fields, identifier: str, address: str) -> Credit | None:
    """Return whom to name; None when the licence is not free, or asks for a name nobody told."""
    place = text(found.get("licenseurl"), 200)
    author = ", ".join(texts(found.get("creator"), 200)[:5])[:300]
    if not _FREE.search(place) or (not author and not _UNNAMED.search(place)):
        return None
    return Credit(
        title=text(found.get("title"), LONGEST_TITLE),
        author=author,
        license=licence(place),
        url=f"{address}/details/{quote(identifier)}",
    )


def parse_picture(item: Fields, identifier: str, address: str, host: str) -> Found:
    """Return the file that shows an item best: the largest that is no larger than is sensible.

    `NotFound` when it was withdrawn, has no such file or is no longer free, `Refused` when it is
    lent to members only.
    """
    about, listed = item.get("metadata"), item.get("files")
    if is_set(item.get("is_dark")) or "error" in item:
        raise NotFound("errors.server_has_not", host=host)
    if not isinstance(about, dict) or not isinstance(listed, list):
        raise Unavailable("errors.bad_answer", host=host)
    if is_set(about.get("access-restricted-item")) or is_set(item.get("nodownload")):
        raise Refused("errors.source_refuses", host=host)
    credit = credit_of(about, identifier, address)
    best = max(objects(listed), key=_worth, default=None)
    if credit is None or best is None or _worth(best) <= 0:
        raise NotFound("errors.server_has_not", host=host)
    name = str(best.get("name"))
    url = f"{address}/download/{quote(identifier)}/{quote(name)}"
    return Found(url, ENDINGS[_ending(name)], credit)


def _worth(file: Fields) -> int:
    """How much a file is wanted; 0: it is not."""
    name = file.get("name")
    if not isinstance(name, str) or not plain_name(name) or is_set(file.get("private")):
        return 0
    if _ending(name) not in ENDINGS or _SMALL.search(name):
        return 0
    size = number(file.get("size")) or 0
    return size if SMALLEST <= size <= LARGEST else 0


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
