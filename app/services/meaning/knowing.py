"""Asks the library and the plugins what is known of an item in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from app.domain.meaning import Known
from app.domain.media import Details, ItemId
from app.services.plugins.describe import Describers, describe_media, question_about

LANGUAGE = "en"
"""The language the model of meaning was taught with."""

KnownOf = Callable[[ItemId], Awaitable[Known]]
"""What is known of one item. May raise an `AppError`."""


class Library(Protocol):
    """The part of the library this needs."""

    async def details(self, item: ItemId) -> Details:
        """Return everything known of an item."""


def knower(library: Library, plugins: Describers) -> KnownOf:
    """Ask the library first, and every plugin that describes films."""

    async def known_of(item: ItemId) -> Known:
        details = await library.details(item)
        said = await describe_media(plugins, question_about(details, LANGUAGE))
        return Known(
            title=details.card.title,
            original_title=said.original_title or said.title or "",
            year=details.card.year or said.year,
            overview=said.overview or details.overview or "",
            genres=said.genres or details.genres,
            people=(*(said.directors or details.directors), *said.cast),
        )

    return known_of
