"""Asks every plugin that knows about films, and puts their answers together."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import fields, replace
from typing import Protocol

from app.api.capabilities import Capability, MediaDescription, MediaQuestion
from app.domain.errors import AppError
from app.domain.media import Details, MediaKind

log = logging.getLogger(__name__)


class Describers(Protocol):
    """The part of the plugin service this needs."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """Return the plugins that are on and have a capability."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
    ) -> object:
        """Call one."""


def question_about(details: Details, language: str = "en") -> MediaQuestion:
    """Return what to ask about an item of the library."""
    card = details.card
    kind = {MediaKind.SERIES: "series", MediaKind.EPISODE: "episode"}.get(card.kind, "film")
    return MediaQuestion(
        title=card.series if card.series and kind == "episode" else card.title,
        kind=kind,
        year=card.year,
        season=card.season,
        episode=card.episode,
        path=details.files[0].path if details.files else None,
        language=language,
    )


async def with_description(plugins: Describers, details: Details, language: str = "en") -> Details:
    """Return the details with what the plugins know about the item; never raises."""
    said = await describe_media(plugins, question_about(details, language))
    return replace(
        details,
        overview=said.overview or details.overview,
        genres=said.genres or details.genres,
        rating=said.rating if said.rating is not None else details.rating,
        directors=said.directors or details.directors,
    )


async def describe_media(
    plugins: Describers, question: MediaQuestion, timeout: float = 5.0
) -> MediaDescription:
    """Return all that is known; a field comes from the first plugin that has it.

    Never raises: a plugin that fails has told the owner itself. `timeout` is in seconds.
    """
    names = plugins.offering(Capability.DESCRIBES_MEDIA)
    answers = await asyncio.gather(*(_ask(plugins, name, question, timeout) for name in names))
    result = MediaDescription()
    for answer in answers:
        if answer is not None:
            missing = {
                field.name: getattr(answer, field.name)
                for field in fields(MediaDescription)
                if not getattr(result, field.name)
            }
            result = replace(result, **missing)
    return result


async def _ask(
    plugins: Describers, name: str, question: MediaQuestion, timeout: float
) -> MediaDescription | None:
    try:
        answer = await plugins.call(
            name, Capability.DESCRIBES_MEDIA, "describe", question, timeout=timeout
        )
    except AppError as error:
        log.info("%s could not describe %r: %s", name, question.title, error)
        return None
    return answer if isinstance(answer, MediaDescription) else None
