"""Finds pictures a video may show: what is asked, what is taken, under which licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.api import (
    Credit,
    Fields,
    NotFound,
    PictureOffer,
    PictureQuestion,
    inside,
    number,
    objects,
    search_words,
    text,
    web_address,
)
from plugins.wikimedia.parsers import LONGEST_TITLE, readable, valid_title

MOST_PICTURES = 50
WIDTHS = (960, 1280, 1920, 3840)
"""The widths Wikimedia keeps ready; others would be made for us alone."""
SMALLEST = 500
LARGEST_SIDE = 30_000
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff"})
_ALWAYS = {"action": "query", "format": "json", "formatversion": "2", "prop": "imageinfo"}
_TOLD = "LicenseShortName|LicenseUrl|License|Artist|Credit|ImageDescription|ObjectName|NonFree"
_FREE = re.compile(
    r"^(?:cc0\b|cc[ -]by(?:[ -]sa)?(?:[ -]\d[\d.,-]*)?\b|public domain\b|pd\b|no restrictions\b"
    r"|attribution\b)",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?<![a-z])(?:nc|nd|non-?commercial|no ?deriv\w*)(?![a-z])", re.IGNORECASE)
_UNNAMED = re.compile(r"^(?:cc0|public domain|pd|no restrictions)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"(\d{3,4})/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a wiki: where its picture of the asked width is, and whose work it is."""

    url: str
    credit: Credit


def picture_parameters(question: PictureQuestion) -> Mapping[str, str]:
    """Return the parameters of a search for pictures; none when there is no word in it."""
    words = " ".join(search_words(question.words))
    if not words:
        return {}
    return _ALWAYS | {
        "generator": "search",
        "gsrnamespace": "6",
        "gsrsearch": f"filetype:bitmap {words}",
        "gsrlimit": str(max(1, min(question.limit * 3, MOST_PICTURES))),
        "iiprop": "url|size|mime|extmetadata",
        "iiextmetadatafilter": _TOLD,
        "iiextmetadatalanguage": question.language or "en",
    }


def fetch_parameters(title: str, width: int) -> Mapping[str, str]:
    """Return the parameters that ask where one picture is, in a width, and whose it is."""
    return _ALWAYS | {
        "titles": title,
        "iiprop": "url|size|mime|extmetadata",
        "iiurlwidth": str(width),
        "iiextmetadatafilter": _TOLD,
    }


def parse_offers(document: Fields, place: str, question: PictureQuestion) -> list[PictureOffer]:
    """Return the free pictures of an answer that are large enough, in the order of the search."""
    pages = list(objects(inside(document, "query", "pages")))
    pages.sort(key=lambda page: _place_of(page))
    offers = [offer for page in pages if (offer := parse_offer(page, place, question)) is not None]
    return offers[: question.limit]


def parse_offer(page: Fields, place: str, question: PictureQuestion) -> PictureOffer | None:
    """Return one picture; None when it may not be used, or is none that can be shown."""
    title, info = page.get("title"), next(objects(page.get("imageinfo")), None)
    if not isinstance(title, str) or info is None or not valid_title(title):
        return None
    width, height = _side(info, "width"), _side(info, "height")
    credit = credit_of(info, title, place)
    if credit is None or not _shown(info) or min(width, height) < SMALLEST:
        return None
    about = info.get("extmetadata")
    return PictureOffer(
        reference=f"{width_for(question, width, height)}/{title}",
        title=credit.title,
        description=text(inside(about, "ImageDescription", "value"), 1000),
        width=width,
        height=height,
        credit=credit,
    )


def parse_picture(document: Fields, place: str, host: str) -> Found:
    """Return where a picture is; `NotFound` when it is gone or may no longer be used."""
    page = next(objects(inside(document, "query", "pages")), {})
    info = next(objects(page.get("imageinfo")), None)
    title = text(page.get("title"), LONGEST_TITLE)
    credit = credit_of(info, title, place) if info is not None else None
    if info is None or credit is None or not _shown(info):
        raise NotFound("errors.server_has_not", host=host)
    url = web_address(info.get("thumburl"), place) or web_address(info.get("url"), place)
    if not url:
        raise NotFound("errors.server_has_not", host=host)
    return Found(url, credit)


def credit_of(info: Fields, title: str, place: str) -> Credit | None:
    """Return whom to name; None when the licence is not free, or asks for a name nobody told."""
    about = info.get("extmetadata")
    licence = _words(about, "LicenseShortName") or _words(about, "License")
    source = _words(about, "Credit")
    author = _words(about, "Artist") or ("" if source.lower() == "own work" else source)
    if not is_free(licence, _words(about, "LicenseUrl")) or _words(about, "NonFree"):
        return None
    if not author and not _UNNAMED.match(licence):
        return None
    return Credit(
        title=_words(about, "ObjectName") or readable(title),
        author=author,
        license=licence,
        url=web_address(info.get("descriptionurl"), place),
    )


def is_free(licence: str, address: str = "") -> bool:
    """Whether a licence lets a video use, change and sell it."""
    told = f"{licence} {address.lower().replace('/', ' ')}"
    return bool(_FREE.match(licence)) and not _BOUND.search(told)


def width_for(question: PictureQuestion, width: int, height: int) -> int:
    """Return the width to ask for so that a picture covers the frame, as far as it is so large."""
    covering = max(question.width, question.height * width / max(1, height))
    wanted = next((one for one in WIDTHS if one >= covering), WIDTHS[-1])
    fitting = [one for one in WIDTHS if one <= width]
    return min(wanted, fitting[-1] if fitting else WIDTHS[0])


def read_reference(reference: str) -> tuple[int, str] | None:
    """Return the width and the title in a reference; None when it is none of ours."""
    found = _REFERENCE.fullmatch(reference)
    if found is None or int(found[1]) not in WIDTHS or not valid_title(found[2]):
        return None
    return int(found[1]), found[2]


def _shown(info: Fields) -> bool:
    return text(info.get("mime"), 60).lower() in SHOWN


def _side(info: Fields, name: str) -> int:
    return number(info.get(name), LARGEST_SIDE) or 0


def _words(about: object, field: str) -> str:
    return text(inside(about, field, "value"), 300)


def _place_of(page: Fields) -> int:
    told = number(page.get("index"))
    return 10**9 if told is None else told
