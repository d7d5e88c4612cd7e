"""Prices nobody knows: asked, allowed up to an amount, or never."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.budget import Limit, Limits, Span, Unknown
from app.domain.errors import Refused
from app.domain.events import NoticeRaised, PriceAsked
from tests.unit.services.budget.money import CENT, World, call

ASKING = Limits((Limit(Span.MONTH, 10 * CENT),), unknown=Unknown.ASK, unknown_most=4 * CENT)


async def _asked(world: World) -> int:
    with pytest.raises(Refused, match=r"errors\.price_unknown") as refused:
        await world.budget.reserve(call(None))
    return int(str(refused.value.args_map["question"]))


async def test_a_yes_counts_for_one_call_like_it(world: World) -> None:
    world.limits = ASKING
    asked = await _asked(world)
    assert await _asked(world) == asked
    assert len(world.of(PriceAsked)) == len(world.of(NoticeRaised)) == 1
    waiting = await world.budget.questions()
    assert [(one.id, one.service, one.most) for one in waiting] == [(asked, "shop", 4 * CENT)]
    await world.budget.answer(asked, True)
    assert await world.budget.questions() == ()
    with pytest.raises(Refused, match=r"errors\.price_unknown"):
        await world.budget.reserve(call(None, what="another"))
    held = await world.another().reserve(call(None))
    assert await world.standing() == (0, 4 * CENT)
    await world.budget.settle(held, 5 * CENT)
    assert await world.standing() == (5 * CENT, 0)
    await _asked(world)


async def test_a_yes_is_used_by_one_of_many(world: World) -> None:
    import asyncio

    world.limits = ASKING
    await world.budget.answer(await _asked(world), True)
    tried = await asyncio.gather(
        *(world.budget.reserve(call(None)) for _ in range(6)), return_exceptions=True
    )
    assert sum(not isinstance(one, Refused) for one in tried) == 1
    assert await world.standing() == (0, 4 * CENT)


async def test_a_no_stands_for_a_day_and_a_yes_too(world: World) -> None:
    world.limits = ASKING
    await world.budget.answer(await _asked(world), False)
    with pytest.raises(Refused, match=r"errors\.price_declined"):
        await world.budget.reserve(call(None))
    world.now += 86_401
    again = await _asked(world)
    await world.budget.answer(again, True)
    world.now += 86_401
    await _asked(world)
    assert len(world.of(PriceAsked)) == 3


async def test_a_yes_does_not_pass_a_limit_and_is_kept_for_later(world: World) -> None:
    world.limits = ASKING
    await world.budget.reserve(call(7 * CENT))
    await world.budget.answer(await _asked(world), True)
    with pytest.raises(Refused, match=r"errors\.budget_spent"):
        await world.budget.reserve(call(None))
    world.limits = replace(ASKING, limits=(Limit(Span.MONTH, 20 * CENT),))
    await world.budget.reserve(call(None))


async def test_up_to_an_amount_goes_without_a_question(world: World) -> None:
    world.limits = replace(ASKING, unknown=Unknown.UP_TO)
    await world.budget.reserve(call(None))
    await world.budget.reserve(call(None))
    with pytest.raises(Refused, match=r"errors\.budget_spent"):
        await world.budget.reserve(call(None))
    assert await world.standing() == (0, 8 * CENT)
    assert world.of(PriceAsked) == []


@pytest.mark.parametrize("most", [0, CENT])
async def test_never_and_up_to_nothing_refuse(world: World, most: int) -> None:
    unknown = Unknown.NEVER if most else Unknown.UP_TO
    world.limits = replace(ASKING, unknown=unknown, unknown_most=most)
    with pytest.raises(Refused, match=r"errors\.price_never"):
        await world.budget.reserve(call(None))
    assert await world.budget.questions() == ()


async def test_with_nothing_held_a_spent_limit_still_refuses(world: World) -> None:
    world.limits = replace(ASKING, unknown_most=0)
    await world.budget.answer(await _asked(world), True)
    await world.budget.reserve(call(10 * CENT))
    with pytest.raises(Refused, match=r"errors\.budget_spent"):
        await world.budget.reserve(call(None))


async def test_questions_nobody_answered_are_forgotten(world: World) -> None:
    world.limits = ASKING
    await _asked(world)
    world.now += 7 * 86_400 + 1
    await world.budget.start()
    assert await world.budget.questions() == ()
