"""What a search found, as a message says it."""

from __future__ import annotations

from typing import Final

from app.domain.search import (
    Fit,
    HitKind,
    Judged,
    Result,
    SearchView,
    SourcePhase,
    StartGuess,
    StartKind,
)
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from app.services.remote.commands.telling import joined, lines, numbered, short
from app.services.search.fetching import can_fetch

LIBRARY: Final = "library"
PAGE: Final = 6
"""Rows in one message: they fit on a phone without scrolling far."""
MOST_SILENT: Final = 3
_SILENT: Final = (SourcePhase.FAILED, SourcePhase.RESTING)


def shown(view: SearchView, resolution: str = "") -> list[Result]:
    """The rows that are told, the best first; only those of a resolution when one is given."""
    return [
        row
        for row in view.results
        if row.hidden is None and (not resolution or row.best.release.resolution == resolution)
    ]


def resolutions(view: SearchView, most: int = 3) -> list[str]:
    """The resolutions to choose from, the largest first; none when there is no choice."""
    found = {row.best.release.resolution for row in shown(view)} - {None, ""}
    ordered = sorted((str(one) for one in found), key=_height, reverse=True)
    return ordered[:most] if len(ordered) > 1 else []


def whole(phrases: Phrases, view: SearchView, first: int, resolution: str = "") -> str:
    """The message: who has answered, a page of rows, and who did not answer."""
    found = shown(view, resolution)
    page = found[first : first + PAGE]
    listed = [
        numbered(first + at, title(row.best), told(phrases, row)) for at, row in enumerate(page, 1)
    ]
    return lines(
        phrases.say("remote.search.head", title=short(view.wanted.typed)),
        answered(phrases, view, len(found)),
        "\n" if listed else "",
        *listed,
        "\n" if listed else "",
        _empty(phrases, view) if not found and view.done else "",
        silent(phrases, view),
    )


def answered(phrases: Phrases, view: SearchView, count: int) -> str:
    """How many sources have answered, and how much they found."""
    asked = [one for one in view.sources if one.phase is not SourcePhase.SKIPPED]
    open_ones = sum(one.phase is SourcePhase.SEARCHING for one in asked)
    found = phrases.say("remote.search.found", count=count)
    if not open_ones:
        took = phrases.say("remote.search.took", seconds=round(view.seconds, 1))
        return joined((found, took if view.seconds >= 0.1 else ""))  # noqa: PLR2004 - not worth telling
    done = phrases.say("remote.search.answered", done=len(asked) - open_ones, count=len(asked))
    return joined((done, found))


def silent(phrases: Phrases, view: SearchView) -> str:
    """Who did not answer, and why when it is one alone."""
    failed = [one for one in view.sources if one.phase in _SILENT]
    if not failed:
        return ""
    names = ", ".join(short(one.name, 30) for one in failed[:MOST_SILENT])
    if len(failed) > MOST_SILENT:
        names += " …"
    reason = telling.why(phrases, failed[0].reason, failed[0].args) if len(failed) == 1 else ""
    said = phrases.say("remote.search.silent", names=names)
    return f"{said} {reason}" if reason else said


def title(one: Judged) -> str:
    """What was found, by its title, with the year or the episode."""
    release = one.release
    name = short(release.title or one.offer.name)
    if release.episode is not None:
        season = f"S{release.season:02}" if release.season is not None else ""
        return f"{name} {season}E{release.episode:02}"
    return f"{name} ({release.year})" if release.year else name


def told(phrases: Phrases, row: Result) -> str:
    """Quality, size, where it is, and how soon it would play."""
    best = row.best
    return joined(
        (
            best.release.resolution or "",
            telling.size(phrases, best.offer.size),
            source(phrases, row),
            seeds(phrases, best),
            start(phrases, best.start),
        )
    )


def detail(phrases: Phrases, row: Result) -> str:
    """Everything about a row that helps to choose."""
    best = row.best
    offer, release = best.offer, best.release
    spoken = ", ".join(offer.languages or release.languages)
    doubt = best.suspicion is not None
    return lines(
        title(best),
        short(offer.name, 200),
        "\n",
        joined(
            (
                release.resolution or "",
                short(release.video_codec or "", 20),
                telling.size(phrases, offer.size),
                telling.length(phrases, offer.duration) if offer.duration else "",
                short(spoken, 40),
            )
        ),
        joined((source(phrases, row), seeds(phrases, best))),
        start(phrases, best.start),
        phrases.say("remote.search.doubt") if doubt else "",
        short(offer.description, telling.LONG // 2),
    )


def source(phrases: Phrases, row: Result) -> str:
    """Where it can be had: the best place, and how many more there are."""
    best = row.best.offer
    at_home = best.item is not None or best.source == LIBRARY
    name = phrases.say("remote.search.library") if at_home else short(best.source_name, 30)
    others = len({one.offer.source for one in row.judged} - {best.source})
    return f"{name} +{others}" if others else name


def seeds(phrases: Phrases, one: Judged) -> str:
    """How many have a torrent whole."""
    if one.offer.kind is not HitKind.TORRENT or one.offer.seeders is None:
        return ""
    return phrases.say("remote.search.seeds", count=one.offer.seeders)


def start(phrases: Phrases, guess: StartGuess) -> str:
    """How soon it would play; nothing when nobody knows."""
    if guess.kind is StartKind.UNKNOWN:
        return ""
    if guess.kind is StartKind.SOON and guess.seconds is not None:
        return phrases.say("remote.search.start.in", count=max(1, round(guess.seconds)))
    return phrases.say(f"remote.search.start.{guess.kind.value}")


def can_take(row: Result) -> bool:
    """Whether it can be had as a download."""
    return any(can_fetch(one.offer) for one in row.judged)


def sure(view: SearchView) -> list[Result]:
    """The rows that are what was wanted, as far as can be said, the best first."""
    return [row for row in shown(view) if row.best.verdict.fit in (Fit.EXACT, Fit.LIKELY)]


def _empty(phrases: Phrases, view: SearchView) -> str:
    asked = [one for one in view.sources if one.phase is not SourcePhase.SKIPPED]
    if not asked:
        return phrases.say("remote.search.no_sources")
    hidden = len(view.results)
    if hidden:
        return phrases.say("remote.search.all_hidden", count=hidden)
    return phrases.say("remote.search.nothing")


def _height(resolution: str) -> int:
    digits = "".join(char for char in resolution if char.isdigit())
    return int(digits[:5] or 0)
