"""Meaning that lives in memory, for view-models and pages alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.domain.errors import AppError
from app.domain.intelligence import Made, MadeBy
from app.domain.meaning import Alike
from app.domain.media import ItemId, MediaKind


class FakeMeaning:
    """Answers with these items; `error` makes every question fail, `holding` lets it wait."""

    def __init__(self, *items: int, rules: bool = False) -> None:
        self.items = items
        self.rules = rules
        self.error: AppError | None = None
        self.asked: list[object] = []
        self.shared: dict[int, tuple[str, ...]] = {}
        self.holding = 0.0

    async def like(self, item: ItemId, limit: int = 20) -> Made[tuple[Alike, ...]]:
        """Answer about an item."""
        self.asked.append(item)
        return await self._answer()

    async def search(
        self, text: str, limit: int = 60, kinds: Sequence[MediaKind] = ()
    ) -> Made[tuple[Alike, ...]]:
        """Answer a wish."""
        self.asked.append((text, tuple(kinds)))
        return await self._answer()

    async def _answer(self) -> Made[tuple[Alike, ...]]:
        await asyncio.sleep(self.holding)
        if self.error is not None:
            raise self.error
        found = tuple(Alike(ItemId(one), 0.5, self.shared.get(one, ())) for one in self.items)
        return Made(found) if self.rules else Made(found, MadeBy.HERE, "a model")
