"""Decides which downloads may run. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.downloads import DownloadId


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that wants to run. `watched`: somebody plays it, or waits to."""

    id: DownloadId
    place: int
    watched: bool = False
    known: bool = True  # what it holds is known; otherwise it is only being asked for


def may_run(wanting: Iterable[Waiting], at_once: int) -> frozenset[DownloadId]:
    """Those that may run: who is watched always, then the first of the queue.

    What only asks for its contents takes no place of those that load, but there is an end to it
    too: twice as many may ask.
    """
    ordered = sorted(wanting, key=lambda one: (not one.watched, one.place))
    chosen: set[DownloadId] = set()
    loading = asking = 0
    for one in ordered:
        if one.known:
            loading += 1
            free = loading <= at_once
        else:
            asking += 1
            free = asking <= 2 * at_once
        if one.watched or free:
            chosen.add(one.id)
    return frozenset(chosen)


def moved(order: Iterable[DownloadId], one: DownloadId, place: int) -> list[DownloadId]:
    """The queue with one of it at another place; places beyond its ends are its ends."""
    rest = [each for each in order if each != one]
    at = max(0, min(place, len(rest)))
    return [*rest[:at], one, *rest[at:]]
