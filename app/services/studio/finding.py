"""Finds pictures for a scene: free ones of plugins, or the owner's own; the best that fits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.api.capabilities import Capability
from app.api.making import MadeMedia, PictureOffer, PictureQuestion
from app.domain.errors import AppError
from app.domain.project import AssetKind, PictureSource, Scene
from app.services.studio.assets import AssetLibrary, Use
from app.services.studio.ports import Judge, Services, size_of
from app.services.studio.store import Record

log = logging.getLogger(__name__)

GOOD_ENOUGH: Final = 35
"""A picture that fits its sentence less than this is worse than a card."""
FETCHED: Final = 3
MOST_BYTES: Final = 60_000_000
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp"})
ROLE: Final = "picture"


@dataclass(frozen=True, slots=True)
class _Found:
    score: int
    reason: str
    plugin: str
    offer: PictureOffer


@dataclass(frozen=True, slots=True)
class Finder:
    """Lives on the service loop."""

    library: AssetLibrary
    services: Services
    judge: Judge
    folder: Callable[[], Path | None]

    async def find(self, record: Record, scene: Scene, take: int) -> str | None:
        """Give a scene the best picture there is; who had it, or None when nothing fits."""
        source = record.brief.pictures
        if source is PictureSource.COMMONS:
            return await self._free(record, scene, take)
        if source is PictureSource.FOLDER:
            return await self._own(record, scene, take)
        return None

    async def scored(
        self, record: Record, scene: Scene, shown: Sequence[Mapping[str, str]]
    ) -> list[tuple[int, str]]:
        """How well these fit a scene, and why."""
        said = f"{scene.narration} {scene.visual_prompt}"
        return await self.judge.rank(said, shown, record.brief.language)

    async def _free(self, record: Record, scene: Scene, take: int) -> str | None:
        width, height = size_of(record.brief.shape)
        words = scene.visual_prompt or scene.on_screen_text
        question = PictureQuestion(words[:120], record.brief.language, width, height)
        found: list[_Found] = []
        for plugin in self.services.offering(Capability.FINDS_PICTURES):
            found += await self._offers(plugin, question, record, scene)
        found.sort(key=lambda one: (-one.score, one.offer.reference))
        kept: str | None = None
        for one in found[take : take + FETCHED]:
            if one.score < GOOD_ENOUGH:
                break
            if await self._fetched(record, scene, one, chosen=kept is None):
                kept = kept or self.services.name_of(one.plugin)
        return kept

    async def _offers(
        self, plugin: str, question: PictureQuestion, record: Record, scene: Scene
    ) -> list[_Found]:
        try:
            answer = await self.services.call(
                plugin, Capability.FINDS_PICTURES, "find_pictures", question, patience=20.0
            )
        except AppError as error:
            log.info("%s could not be asked for pictures: %s", plugin, error)
            return []
        assert isinstance(answer, (list, tuple))
        shown = [{"title": one.title, "description": one.description} for one in answer]
        if not shown:
            return []
        scores = await self.scored(record, scene, shown)
        pairs = zip(scores, answer, strict=True)
        return [_Found(score, reason, plugin, offer) for (score, reason), offer in pairs]

    async def _fetched(self, record: Record, scene: Scene, one: _Found, *, chosen: bool) -> bool:
        try:
            made = await self.services.call(
                one.plugin, Capability.FINDS_PICTURES, "fetch_picture", one.offer.reference
            )
            assert isinstance(made, MadeMedia)
            asset = await self.library.put(
                AssetKind.PICTURE, made.content, made.ending, source=one.plugin,
                prompt=f"{one.offer.title} {one.offer.description}"[:500],
                credit=made.credit or one.offer.credit,
            )  # fmt: skip
        except AppError as error:
            log.info("A picture of %s could not be had: %s", one.plugin, error)
            return False
        use = Use(asset, scene.id, ROLE, one.offer.reference[:200], chosen, one.score, one.reason)
        await self.library.use(record.id, use)
        return True

    async def _own(self, record: Record, scene: Scene, take: int) -> str | None:
        folder = self.folder()
        files = await asyncio.to_thread(_pictures, folder) if folder is not None else []
        if not files:
            return None
        shown = [{"title": one.stem.replace("_", " ").replace("-", " ")} for one in files]
        scores = await self.scored(record, scene, shown)
        ranked = sorted(range(len(files)), key=lambda at: (-scores[at][0], files[at].name))
        place = files[ranked[take % len(ranked)]]
        try:
            content = await asyncio.to_thread(_read, place)
            asset = await self.library.put(
                AssetKind.PICTURE, content, place.suffix, source="folder", prompt=place.stem
            )
        except (AppError, OSError) as error:
            log.info("An own picture could not be used: %s", error)
            return None
        score, reason = scores[ranked[take % len(ranked)]]
        await self.library.use(record.id, Use(asset, scene.id, ROLE, "", True, score, reason))
        return place.name


def _pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.suffix.lower() in PICTURES)[:500]


def _read(place: Path) -> bytes:
    if place.stat().st_size > MOST_BYTES:
        raise OSError(f"{place.name} is too large")
    return place.read_bytes()
