from __future__ import annotations

import asyncio

import pytest

from app.api import AuthRequired, InvalidInput, Option, OptionKind, SetupSession

FIELDS = (Option("address", OptionKind.TEXT, ""), Option("key", OptionKind.SECRET, ""))


async def wizard(session: SetupSession) -> str:
    """A setup as a plugin writes it: ask, try, ask again, done."""
    problem = None
    while True:
        given = await session.form(FIELDS, title="setup", problem=problem)
        if given["key"] == "right":
            return str(given["address"])
        problem = AuthRequired("errors.server_wants_sign_in")


async def test_a_straight_line_with_a_second_try() -> None:
    session = SetupSession()
    running = asyncio.create_task(wizard(session))
    form = await session.next_form()
    assert form is not None
    assert form.problem is None
    session.answer({"address": "a", "key": "wrong"})
    form = await session.next_form()
    assert form is not None
    assert isinstance(form.problem, AuthRequired)
    session.answer({"address": "b", "key": "right"})
    assert await running == "b"
    session.finish()
    assert await session.next_form() is None


async def test_a_bad_value_leaves_the_form_waiting() -> None:
    session = SetupSession()
    with pytest.raises(InvalidInput):
        session.answer({})
    running = asyncio.create_task(wizard(session))
    await session.next_form()
    with pytest.raises(InvalidInput):
        session.answer({"address": 5})
    session.answer({"address": "a", "key": "right"})
    assert await running == "a"


async def test_the_owner_may_leave() -> None:
    session = SetupSession()
    running = asyncio.create_task(wizard(session))
    await session.next_form()
    session.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
