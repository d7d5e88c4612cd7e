"""A search as plain rows, for commands and other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.errors import NotFound
from app.domain.search import Judged, Result, SearchView, SourcePhase, SourceState

SHOWN_PHASES = (SourcePhase.FAILED, SourcePhase.RESTING)


def told(view: SearchView, source: str = "", limit: int | None = None) -> dict[str, Any]:
    """Return the rows that are not hidden, the best first, and what each source said.

    `source` names one by its key or its name; `NotFound` when there is none.
    """
    rows = [row for row in view.results if row.hidden is None]
    if source:
        key = _key_of(view.sources, source)
        rows = [row for row in rows if any(one.offer.source == key for one in row.judged)]
    return {
        "query": view.wanted.typed,
        "seconds": round(view.seconds, 3),
        "total": len(rows),
        "hidden": sum(row.hidden is not None for row in view.results),
        "results": [_row(row) for row in rows[:limit]],
        "sources": [told_source(one) for one in view.sources],
    }


def told_source(state: SourceState) -> dict[str, Any]:
    """What one source said."""
    trouble: Mapping[str, object] = {}
    if state.phase in SHOWN_PHASES:
        trouble = {"reason": state.reason, "args": dict(state.args), "until": state.until}
    return {
        "source": state.source,
        "name": state.name,
        "phase": state.phase.value,
        "found": state.found,
        "seconds": round(state.seconds, 3),
        **trouble,
    }


def _key_of(states: Sequence[SourceState], wanted: str) -> str:
    mine = wanted.casefold()
    for state in states:
        if mine in (state.source.casefold(), state.name.casefold()):
            return state.source
    known = ", ".join(state.source for state in states)
    raise NotFound("errors.source_unknown", source=wanted[:80], known=known)


def _row(row: Result) -> dict[str, Any]:
    best = row.best
    return {
        **_place(best),
        "score": row.score,
        "fit": best.verdict.fit.value,
        "decided_by": best.verdict.by.value,
        "title": best.release.title,
        "year": best.release.year,
        "season": best.release.season,
        "episode": best.release.episode,
        "resolution": best.release.resolution,
        "codec": best.release.video_codec,
        "languages": list(best.offer.languages or best.release.languages),
        "group": best.release.group,
        "points": {part.name: part.points for part in best.score.parts},
        "others": [_place(one) for one in row.judged[1:]],
    }


def _place(one: Judged) -> dict[str, Any]:
    offer = one.offer
    return {
        "name": offer.name,
        "source": offer.source,
        "source_name": offer.source_name,
        "kind": offer.kind.value,
        "size": offer.size,
        "seeders": offer.seeders,
        "published": offer.published,
        "link": offer.link,
        "page": offer.page,
        "item": offer.item,
        "start": one.start.kind.value,
        "start_seconds": one.start.seconds,
    }
