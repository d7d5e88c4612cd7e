"""Outages, kills, other programs with the same bot, and a bot that becomes another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.domain.errors import Unavailable
from app.services.remote import listening
from app.services.remote.store import FORGOTTEN, RemoteStore
from tests.fakes.plugins import ROOT
from tests.plugins.telegram_bot.bot_api import ANNA, TOKEN, BotApi
from tests.unit.services.remote.house import PLUGIN, House


@contextlib.contextmanager
def child(house: House, marks: Path, *, hangs: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A station in a process of its own; killed at the end."""
    told = [house.api.address, str(house.built_in), str(marks), "hangs" if hangs else "ends"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.services.remote.child", *told], cwd=ROOT,
        env=dict(os.environ),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_nothing_is_done_twice_after_a_kill(
    paired: House, api: BotApi, tmp_path: Path
) -> None:
    await paired.stop()
    marks = tmp_path / "marks"
    try:
        with child(paired, marks, hangs=True):
            await api.listened()
            api.forgets = False  # what it heard is told again after the kill
            api.write("/mark once")
            await api.until(lambda: marks.exists() and marks.read_text(), 60)
        assert marks.read_text() == "once\n"
        polls = api.polls
        with child(paired, marks, hangs=False):
            await api.until(lambda: api.polls >= polls + 2, 60)  # it was told of the first again
            await api.listened()
            api.write("/mark again")
            await api.until(lambda: "marked again" in paired.texts(), 60)
        assert marks.read_text() == "once\nagain\n"
        assert "marked once" not in paired.texts()
    finally:
        await paired.start()


async def test_it_is_noted_before_it_is_done(
    paired: House, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = RemoteStore.hear, []

    async def hear(store: RemoteStore, bot: str, number: int, now: float) -> None:
        await asyncio.sleep(0.05)  # whatever were begun too early would have run by now
        seen.append((number, tuple(paired.search.asked)))
        await real(store, bot, number, now)

    monkeypatch.setattr(RemoteStore, "hear", hear)
    numbers = [api.write("/search one"), api.write("/search two")]
    await api.until(lambda: len(paired.search.asked) == 2)
    assert seen == [(numbers[0], ()), (numbers[1], ("one",))]
    assert await RemoteStore(paired.database).heard(f"{PLUGIN} @lights_bot", time.time())


async def test_what_cannot_be_noted_is_not_done(
    paired: House, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "FIRST_PAUSE", 0.05)
    real, full = RemoteStore.hear, [True]

    async def hear(store: RemoteStore, bot: str, number: int, now: float) -> None:
        if full:
            raise Unavailable("errors.remote_disk")
        await real(store, bot, number, now)

    monkeypatch.setattr(RemoteStore, "hear", hear)
    api.write("/search x")
    await api.until(lambda: paired.remote.state().problem == "errors.remote_disk")
    assert paired.search.asked == []
    full.clear()
    await api.until(lambda: paired.texts() == ["found x"])  # it was not confirmed, and is new yet


async def test_a_number_says_nothing_after_some_days(house: House) -> None:
    store = RemoteStore(house.database)
    assert await store.heard("b", 1000.0) == 0
    await store.hear("b", 7, 1000.0)
    await store.hear("b", 9, 1001.0)
    assert await store.heard("b", 1001.0 + FORGOTTEN) == 9
    assert await store.heard("b", 1002.0 + FORGOTTEN) == 0
    assert await store.heard("c", 1001.0) == 0


async def test_an_outage_is_told_once_down_and_once_up(
    paired: House, api: BotApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(listening, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(listening, "LONGEST_PAUSE", 0.05)
    caplog.set_level(logging.INFO, "app.services.remote")
    port = int(api.address.rpartition(":")[2])
    await api.close()
    await api.until(lambda: paired.remote.state().problem)
    await asyncio.sleep(0.4)  # it tries again and again meanwhile
    state = paired.remote.state()
    assert not state.listening
    assert state.problem == "errors.server_offline"
    assert dict(state.problem_args)["host"] == "127.0.0.1"
    assert TOKEN not in str(state)
    await api.open(port)
    await api.until(lambda: paired.remote.state().listening)
    assert paired.remote.state().problem == ""
    told = [one.getMessage() for one in caplog.records]
    assert sum("does not hear" in one for one in told) == 1
    assert sum("hears again" in one for one in told) == 1
    api.write("/search x")
    await api.until(lambda: paired.texts() == ["found x"])


async def test_another_program_with_the_same_bot_is_given_way(paired: House, api: BotApi) -> None:
    asked = api.polls
    async with httpx.AsyncClient() as other:
        await other.post(f"{api.address}/bot{TOKEN}/getUpdates", json={"timeout": 0})
    await api.until(lambda: paired.remote.state().problem)
    state = paired.remote.state()
    assert state.problem == "errors.chat_other_listener"
    assert not state.listening
    await asyncio.sleep(0.3)
    assert api.polls == asked + 1  # it stays away for a while
    await paired.settings.set("remote", "publish", False)  # the owner did something: look again
    await api.until(lambda: api.polls > asked + 1)
    assert api.calls("getUpdates")[-1]["timeout"] == listening.WAIT  # that it is heard is not
    assert not paired.remote.state().listening  # said before it was heard for a while


async def test_a_wrong_token_is_a_problem_until_it_is_right(paired: House, api: BotApi) -> None:
    await paired.plugins.set_option(PLUGIN, "token", TOKEN[:-1] + "-")
    await api.until(lambda: paired.remote.state().problem == "errors.post_bot_token")
    await paired.plugins.set_option(PLUGIN, "token", TOKEN)
    await api.until(lambda: paired.remote.state().listening)
    await api.listened()
    api.write("/search x")
    await api.until(lambda: paired.texts() == ["found x"])


async def test_it_listens_only_while_it_is_wanted(paired: House, api: BotApi) -> None:
    await paired.settings.set("remote", "enabled", False)
    await api.until(lambda: not paired.remote.state().listening)
    asked = api.polls
    api.write("/search secret")
    await asyncio.sleep(0.2)
    assert api.polls == asked
    await paired.settings.set("remote", "enabled", True)
    await api.until(lambda: api.polls > asked)
    await paired.remote.remove(ANNA)
    await api.until(lambda: not paired.remote.state().listening)
    await paired.plugins.disable(PLUGIN)
    assert paired.remote.state().plugin == ""


async def test_the_end_waits_for_nobody(paired: House, api: BotApi) -> None:
    api.write("/slow")
    await api.until(lambda: paired.slow.began)
    await api.listened()
    async with asyncio.timeout(listening.WAIT / 2):
        await paired.stop()
    assert paired.slow.ended == 1
    await paired.start()


async def test_a_hot_server_is_not_asked_without_rest(paired: House, api: BotApi) -> None:
    """What has no number cannot be confirmed: it comes at once, again and again."""
    asked = api.polls
    api.raw({"update_id": "wild", "message": {}})
    await asyncio.sleep(1.5)
    assert asked < api.polls <= asked + 4
    api.updates.clear()
    api.write("/search x")
    await api.until(lambda: paired.texts() == ["found x"])
