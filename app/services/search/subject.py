"""What is known of the wanted thing itself: from the own library, from plugins, from results."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.api.capabilities import MediaQuestion
from app.domain.errors import AppError
from app.domain.media import Card, Details, ItemId, LibraryQuery, MediaKind
from app.domain.release import Release
from app.domain.search import Fit, HitKind, Offer, Result, Subject, Wanted, Work
from app.domain.text import fold
from app.services.plugins.describe import Describers, describe_media, question_about
from app.services.search.matching import Facts, judge
from app.services.search.offers import offer_of_card, release_of_card

log = logging.getLogger(__name__)

KINDS = (MediaKind.FILM, MediaKind.SERIES, MediaKind.EPISODE, MediaKind.VIDEO)
MOST = 30


class Library(Protocol):
    """What searching asks of the library."""

    async def listing(self, query: LibraryQuery) -> Sequence[int]:
        """Return the ids of what resembles a text, best first."""

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """Return what is known of some items."""

    async def details(self, item: ItemId) -> Details:
        """Return everything known of an item."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the own library has, as offers, and the card that is the wanted thing itself."""

    offers: tuple[tuple[Offer, Release], ...] = ()
    card: Card | None = None


async def look_at_home(library: Library, wanted: Wanted, name: str) -> Found:
    """Search the own library; episodes of a wanted series only when they were asked for."""
    if wanted.address or not wanted.title:
        return Found()
    ids = await library.listing(LibraryQuery(kinds=KINDS, text=wanted.title))
    cards = await library.cards(ids[:MOST])
    pairs: list[tuple[Offer, Release]] = []
    own: Card | None = None
    for card in cards:
        offer, release = offer_of_card(card, name), release_of_card(card)
        fit = judge(wanted, release, Facts(HitKind.FILE, offer.work, card.duration)).fit
        if fit is Fit.WRONG or card.offline:
            continue
        pairs.append((offer, release))
        if own is None and fit is Fit.EXACT:
            own = card
    return Found(tuple(pairs), own)


async def ask_about(
    library: Library, plugins: Describers, wanted: Wanted, own: Card | None, language: str
) -> tuple[Subject | None, Wanted]:
    """What is known of it, and the wish with other titles, length and release filled in."""
    if wanted.address or not wanted.title:
        return None, wanted
    details = await _details(library, own)
    question = question_about(details, language) if details else _question(wanted, language)
    said = await describe_media(plugins, question)
    titles = tuple(
        title
        for title in dict.fromkeys((said.title, said.original_title))
        if title and title.casefold() != wanted.title.casefold()
    )
    known = replace(
        wanted,
        alternatives=(*wanted.alternatives, *titles),
        duration=wanted.duration or (own.duration if own is not None else None),
    )
    if details is None and said.title is None and not said.overview:
        return None, known
    return (
        Subject(
            title=own.title if own is not None else said.title or wanted.title,
            year=(own.year if own is not None else None) or said.year or wanted.year,
            work=_work(own),
            duration=own.duration if own is not None else None,
            genres=said.genres or (details.genres if details is not None else ()),
            creator=", ".join(said.directors[:2]),
            overview=said.overview or (details.overview if details is not None else "") or "",
            item=own.id if own is not None else None,
        ),
        known,
    )


def _question(wanted: Wanted, language: str) -> MediaQuestion:
    return MediaQuestion(
        title=wanted.title,
        kind="episode" if wanted.episode is not None else "series" if wanted.season else "film",
        year=wanted.year,
        season=wanted.season,
        episode=wanted.episode,
        language=language,
    )


def from_results(wanted: Wanted, results: Sequence[Result]) -> Subject | None:
    """What the best result that surely fits tells of it; None when none does."""
    for result in results[:20]:
        best = result.best
        if best.verdict.fit not in (Fit.EXACT, Fit.LIKELY) or result.hidden is not None:
            continue
        offers = [one.offer for one in result.judged]
        told = next((offer for offer in offers if offer.description), best.offer)
        poster = next((offer.poster for offer in offers if offer.poster), "")
        other = next((one.best.offer.poster for one in results[:10] if _may_lend(one)), "")
        release = best.release
        return Subject(
            title=_nicest(wanted, results),
            year=release.year or wanted.year,
            work=best.offer.work,
            duration=next(
                (one.offer.duration for one in result.judged if one.offer.duration), None
            ),
            creator=told.creator,
            overview=told.description,
            poster=poster or other,
        )
    return None


def _may_lend(result: Result) -> bool:
    """Whether its picture may stand for the wanted thing."""
    return bool(result.best.offer.poster) and result.best.verdict.fit is Fit.EXACT


def _nicest(wanted: Wanted, results: Sequence[Result]) -> str:
    """The title as a source writes it, rather than as it was typed in haste."""
    mine = fold(wanted.title)
    written = (row.best.release.title for row in results[:50])
    same = [title for title in written if fold(title) == mine and not title.islower()]
    if same:
        return next((title for title in same if not title.isupper()), same[0])
    return wanted.title.title() if wanted.title.islower() else wanted.title


async def _details(library: Library, own: Card | None) -> Details | None:
    if own is None:
        return None
    try:
        return await library.details(own.id)
    except AppError as error:
        log.info("The item %s could not be looked at: %s", own.id, error)
        return None


def _work(card: Card | None) -> Work | None:
    if card is None:
        return None
    works = {MediaKind.FILM: Work.FILM, MediaKind.SERIES: Work.SERIES}
    return works.get(card.kind, Work.VIDEO)
