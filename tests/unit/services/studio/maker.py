"""A process that makes one video in a folder, so that a test may kill it: its folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.api.capabilities import Capability
from app.api.making import MediaKind, MediaModel
from app.domain.project import Brief, Maker, ProjectState, Step
from app.infra.database.engine import Database
from tests.unit.services.studio.workshop import Diary, Workshop

BRIEF = Brief(
    "Why time runs slower in your kitchen", seconds=25,
    makers={Step.PICTURES: Maker("flux", "flux")},
)  # fmt: skip


def main(place: str) -> None:
    """Make it, or go on with it; says when it began, and at the end that it is done."""
    asyncio.run(_make(Path(place)))


async def _make(folder: Path) -> None:
    database = Database(folder / "station.db")
    await database.open()
    shop = Workshop(database, folder / "studio", Diary(folder / "diary"), pause=0.01)
    shop.shops.can["flux"] = (Capability.DRAWS_PICTURES,)
    shop.shops.models = (MediaModel("flux", "Flux", MediaKind.PICTURE, 0.03),)
    await shop.jobs.start()
    there = await shop.studio.list()
    project = there[0].id if there else await shop.studio.create(BRIEF)
    if there and there[0].state is ProjectState.DRAFT:  # killed before it was started
        await shop.studio.start(project)
    sys.stdout.write("began\n")
    sys.stdout.flush()
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    view = await shop.studio.view(project)
    await shop.jobs.stop()
    await shop.budget.close()
    await database.close()
    sys.stdout.write(f"{view.card.state} {view.spent}\n")
