"""How steps stand, when pieces of them move at the same time and the owner presses pause."""

from __future__ import annotations

import asyncio

from app.domain.project import Brief, ProjectId, ProjectState, Step, StepState
from app.domain.studio import StepView
from app.services.studio.crew import Part
from app.services.studio.works import Work, WorkBook
from tests.unit.services.studio.workshop import Workshop

TOPIC = Brief("Why time runs slower in your kitchen", seconds=25)


async def spoken(shop: Workshop, project: ProjectId) -> StepView:
    view = await shop.studio.view(project)
    return next(one for one in view.steps if one.step is Step.VOICE)


async def speaking(shop: Workshop, pieces: int) -> ProjectId:
    """A project whose voices are being made, with no job behind it."""
    project = await shop.studio.create(TOPIC, start=False)
    await shop.board.state(project, ProjectState.RUNNING)
    await shop.board.begin(project, Step.VOICE, pieces)
    assert (await spoken(shop, project)).state is StepState.RUNNING
    return project


async def test_what_still_runs_after_a_pause_does_not_say_so(shop: Workshop) -> None:
    project = await speaking(shop, 6)
    await shop.studio.pause(project)
    await shop.board.begin(project, Step.VOICE, 6)  # by a piece that was on its way
    await shop.board.part(project, Step.VOICE, "s1", Part("a"), 1, 0.1)  # and one that was done
    step = await spoken(shop, project)
    assert (step.state, step.done) == (StepState.PAUSED, 1)


async def test_a_pause_and_a_piece_that_begins_at_the_same_time(shop: Workshop) -> None:
    for _ in range(20):
        project = await speaking(shop, 6)
        await asyncio.gather(
            shop.studio.pause(project), *(shop.board.begin(project, Step.VOICE, 6) for _ in "abc")
        )
        assert (await spoken(shop, project)).state is StepState.PAUSED


async def test_pieces_that_end_together_all_count(shop: Workshop) -> None:
    project = await speaking(shop, 40)
    works = WorkBook(shop.database)

    async def piece(at: int) -> None:
        more = {"project": project, "kind": "voice"}
        await works.keep(Work(f"mark {at}", "a", asset=f"{at}", more=more, price=2))
        await shop.board.part(project, Step.VOICE, f"s{at}", Part("a", 2), at + 1, 0.1)

    await works.keep(Work("of another", "a", asset="x", more={"project": "p"}, price=500))
    await asyncio.gather(*(piece(at) for at in reversed(range(40))))
    step = await spoken(shop, project)
    assert (step.price, step.done) == (80, 40)
