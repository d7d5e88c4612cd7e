"""Tells who would be asked now for each task, and who after that one."""

from __future__ import annotations

from typing import Final

from app.api.capabilities import Capability
from app.domain.intelligence import Answerer, Chain, MadeBy, Task
from app.services.intelligence.asking import Asker
from app.services.intelligence.hearing import Hearer
from app.services.intelligence.routing import LOCAL

USUAL_TEXT: Final = "x" * 4_000
USUAL_TOKENS: Final = 1_000
USUAL_SECONDS: Final = 60.0
"""How long a question, its answer and a sound usually are: by these, prices are compared."""


async def chains(asker: Asker, hearer: Hearer) -> tuple[Chain, ...]:
    """The chain of every task, in the order of `Task`."""
    return tuple([await _chain(task, asker, hearer) for task in Task])


async def _chain(task: Task, asker: Asker, hearer: Hearer) -> Chain:
    can = Capability.TRANSCRIBES if task is Task.HEAR else Capability.COMPLETES_TEXT
    services = sorted(
        ((plugin, asker.called(plugin)) for plugin in asker.services.offering(can)),
        key=lambda one: one[1].casefold(),
    )
    asked = await (_ears(asker, hearer) if task is Task.HEAR else _writers(task, asker))
    return Chain(task, asked, tuple(services))


async def _writers(task: Task, asker: Asker) -> tuple[Answerer, ...]:
    places = await asker.order(task, USUAL_TEXT, USUAL_TOKENS)
    return tuple(
        Answerer(
            place.model.name,
            "" if place.source is MadeBy.HERE else place.name,
            asker.rests(place),
        )
        for place in places
    )


async def _ears(asker: Asker, hearer: Hearer) -> tuple[Answerer, ...]:
    return tuple(
        Answerer(model.name, "" if plugin == LOCAL else asker.called(plugin))
        for plugin, model in await hearer.order(USUAL_SECONDS)
    )
