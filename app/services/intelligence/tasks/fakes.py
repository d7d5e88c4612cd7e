"""Which offers are fakes or recordings of a screen: rules first, a model for what they pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.domain.intelligence import Made, Task
from app.domain.release import parse
from app.domain.search import Doubt, Offer, Suspicion, Wanted
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, Urgency, data, listed, obj, whole
from app.services.search.fakes import suspect

MOST: Final = 40
_SYSTEM: Final = (
    "The numbered offers claim to be one title. Which are fakes: a program or an archive in place "
    "of a film, a name that names no film, a size that cannot be for its length and quality? And "
    "which were recorded in a cinema (CAM, TS, HDTS, telesync, cam audio)? Name the numbers; put "
    "a number into neither list when it looks honest."
)
Doubts = tuple[Suspicion | None, ...]


def by_rules(wanted: Wanted, offers: Sequence[Offer], now: float) -> Doubts:
    """What the rules of Search say of each."""
    return tuple(
        suspect(wanted, parse(offer.name), offer, now, hide_camera=False) for offer in offers
    )


async def find(asker: Asker, wanted: Wanted, offers: Sequence[Offer], now: float) -> Made[Doubts]:
    """Return what is wrong with each offer, in order; None: nothing that shows.

    A model only adds to what rules say, and what it adds hides nothing: it is no certain rule.
    """
    ruled = by_rules(wanted, offers, now)
    open_ones = [place for place, doubt in enumerate(ruled) if doubt is None][:MOST]
    if not open_ones:
        return Made(ruled)
    made = await asker.ask(prompt_of(wanted, [offers[place] for place in open_ones]))
    if made is None:
        return Made(ruled)
    found = list(ruled)
    for doubt, name in ((Doubt.CAMERA, "camera"), (Doubt.SIZE, "fake")):
        for number in made.value[name]:
            found[open_ones[number - 1]] = Suspicion(doubt, False, {"source": made.by})
    return Made(tuple(found), made.source, made.by, made.kept)


def prompt_of(wanted: Wanted, offers: Sequence[Offer]) -> Prompt:
    """The question for so many offers."""
    number = whole(1, len(offers))
    asked: dict[str, Any] = {
        "title": wanted.title,
        "year": wanted.year,
        "offers": {
            place: {"name": offer.name[:160], "megabytes": (offer.size or 0) // 1_000_000}
            for place, offer in enumerate(offers, 1)
        },
    }
    return Prompt(
        Task.FAKE,
        _SYSTEM,
        data(asked),
        obj(fake=listed(number, len(offers)), camera=listed(number, len(offers))),
        most_tokens=40 + 6 * len(offers),
        patience=20.0,
        urgency=Urgency.WAITED_FOR,
        temperature=0.0,
    )
