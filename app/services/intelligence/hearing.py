"""Puts speech into words, by the first model that can; nobody may be there who can."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from app.api.capabilities import Capability
from app.api.thinking import SoundQuestion, SpeechModel, Transcript
from app.domain.budget import PaidCall, PaidKind
from app.domain.errors import AppError, Refused
from app.domain.intelligence import Made, MadeBy, Policy, Task
from app.services.intelligence.asking import Asker
from app.services.intelligence.routing import LOCAL

log = logging.getLogger(__name__)

PATIENCE: Final = 900.0
"""Seconds for one sound at a service: a long one on a slow machine."""
HERE_PATIENCE: Final = 12 * 3_600.0
"""Seconds for one sound here, where a film may take as long as it plays."""
Progress = Callable[[float], None]


class Ear(Protocol):
    """What hears on this machine."""

    def described(self) -> SpeechModel | None:
        """What it is; None while there is none to be asked."""

    async def hear(
        self, question: SoundQuestion, on_progress: Progress | None = None
    ) -> Transcript:
        """Write down what is said; tells how much is done, 0 to 1."""


def price_of(model: SpeechModel, seconds: float) -> int | None:
    """What a sound costs, in millionths of a dollar, begun seconds whole; None: nobody knows."""
    if model.price is None:
        return None
    return math.ceil(math.ceil(seconds) * model.price * 1_000_000 / 60)


class Hearer:
    """Lives on the service loop. `ear` is what hears here, when something does."""

    def __init__(self, asker: Asker, ear: Ear | None = None) -> None:
        self._asker = asker
        self._ear = ear

    async def hear(
        self, question: SoundQuestion, on_progress: Progress | None = None
    ) -> Made[Transcript] | None:
        """Write down what is said; None when nobody can. `question.model` is chosen here.

        `on_progress` hears how much is done, 0 to 1; services do not tell.
        """
        for place, model in await self.order(question.seconds):
            began = time.monotonic()
            try:
                if place == LOCAL:
                    told = await self._here(replace(question, model=model.id), on_progress)
                else:
                    told = await self._ask(place, model, question)
            except AppError as error:
                log.info("%s did not hear: %s", place, error)
                if not isinstance(error, Refused):
                    self._asker.answered(Task.HEAR, place, began, ok=False)
                continue
            self._asker.answered(Task.HEAR, place, began, ok=True)
            source = MadeBy.HERE if place == LOCAL or model.price == 0 else MadeBy.SERVICE
            return Made(told, source, model.name)
        return None

    async def order(self, seconds: float) -> list[tuple[str, SpeechModel]]:
        """Who is asked to hear so long a sound, by plugin; `LOCAL` is what hears here.

        The service the owner named comes first; then what hears here, then services: what costs
        nothing before the cheapest, unknown prices last. Whoever wants the best asks services
        before the own model: they hear with the largest.
        """
        policy, named = self._asker.policy(Task.HEAR), self._asker.named(Task.HEAR)
        found = await self._services()
        wished = [pair for pair in found if pair[0] == named]
        if policy is Policy.RULES:
            return wished
        local = self._ear.described() if self._ear is not None else None
        here = [(LOCAL, local)] if local is not None else []
        away = [pair for pair in found if pair[0] != named]
        if policy is Policy.ONLY_HERE:
            away = [pair for pair in away if pair[1].price == 0]

        def cost(pair: tuple[str, SpeechModel]) -> float:
            price = price_of(pair[1], seconds)
            return math.inf if price is None else price

        away.sort(key=cost)
        return wished + (away + here if policy is Policy.BEST else here + away)

    async def _services(self) -> list[tuple[str, SpeechModel]]:
        found: list[tuple[str, SpeechModel]] = []
        for plugin in self._asker.services.offering(Capability.TRANSCRIBES):
            try:
                told = await self._asker.services.call(
                    plugin, Capability.TRANSCRIBES, "speech_models"
                )
            except AppError as error:
                log.info("%s does not say what it hears with: %s", plugin, error)
                continue
            assert isinstance(told, (list, tuple))
            found += [(plugin, model) for model in told]
        return found

    async def _here(self, question: SoundQuestion, on_progress: Progress | None) -> Transcript:
        assert self._ear is not None
        async with asyncio.timeout(HERE_PATIENCE):
            return await self._ear.hear(question, on_progress)

    async def _ask(self, plugin: str, model: SpeechModel, question: SoundQuestion) -> Transcript:
        price = price_of(model, question.seconds)
        call = PaidCall(PaidKind.HEARING, plugin, Task.HEAR.value, price, model.name)
        async with self._asker.paying(call):
            told = await self._asker.services.call(
                plugin,
                Capability.TRANSCRIBES,
                "transcribe",
                replace(question, model=model.id),
                timeout=PATIENCE,
            )
        assert isinstance(told, Transcript)
        return told
