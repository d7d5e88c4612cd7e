"""A phone commands the real program: paired by a code, obeyed, and never twice across a kill."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from tests.fakes.films import Film, make
from tests.plugins.telegram_bot.bot_api import ANNA, STRANGER, TOKEN, BotApi, bot_api
from tests.system.desk import Desk, end, open_desk

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


@pytest.fixture
async def bot() -> AsyncIterator[BotApi]:
    async with bot_api() as made:
        yield made


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", {"SOKOUL_SECRET_TELEGRAM_BOT_TOKEN": TOKEN}) as made:
        yield made


async def choose_bot(desk: Desk, address: str) -> None:
    """The remote is on, and its server is ours."""
    paths = Paths.from_environment(desk.environment)
    paths.make()
    settings = SettingsService(paths.settings, EventBus())
    settings.load()
    await settings.set_plugin("telegram_bot", enabled=True, options={"server": address})


async def told(desk: Desk, *words: str) -> Any:
    """What a command of the station answers."""
    done = await asyncio.to_thread(desk.sokoul, *words, "--json")
    assert done.returncode == 0, done.stderr + desk.log()
    return json.loads(done.stdout)


async def test_a_phone_is_let_in_and_obeyed_and_a_kill_does_nothing_twice(
    seat: Desk, bot: BotApi, tmp_path: Path
) -> None:
    await choose_bot(seat, bot.address)
    folder = tmp_path / "Films"
    make(Film(seconds=4.0, container="mp4"), folder / "Lighthouse (1999).mp4")
    process = await asyncio.to_thread(seat.open_station)
    scanned = await asyncio.to_thread(seat.sokoul, "scan", str(folder))
    assert scanned.returncode == 0, scanned.stderr
    bot.write("/status", sender=STRANGER)
    code = (await told(seat, "remote", "--pair"))["pairing"]["code"]
    await bot.listened()
    bot.write(code)
    await bot.until(lambda: bot.said())
    assert [one["id"] for one in (await told(seat, "remote"))["people"]] == [ANNA]

    before = len(bot.said())
    bot.write("/library Lighthouse")
    await bot.until(lambda: "Lighthouse" in "".join(one.text for one in bot.said()[before:]))
    before = len(bot.said())
    bot.write("/system")
    await bot.until(lambda: "%" in "".join(one.text for one in bot.said()[before:]))

    await bot.listened()
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    bot.forgets = (
        False  # what was confirmed is told again, as after a kill before the next question
    )
    sent, polls = len(bot.said()), bot.polls
    again = await asyncio.to_thread(seat.open_station)
    await bot.until(lambda: bot.polls > polls + 1, 40.0)
    await asyncio.sleep(2)
    assert len(bot.said()) == sent, "something was done twice"
    bot.write("/library Lighthouse")
    await bot.until(lambda: len(bot.said()) > sent)
    assert bot.said(STRANGER) == []
    assert TOKEN not in seat.log()
    assert end(again) == 0


async def test_the_doctor_knows_every_part_and_a_report_holds_no_secret(
    seat: Desk, bot: BotApi, tmp_path: Path
) -> None:
    await choose_bot(seat, bot.address)
    process = await asyncio.to_thread(seat.open_station)
    done = await asyncio.to_thread(seat.sokoul, "doctor", "--json")
    parts = {one["part"] for one in json.loads(done.stdout)["checks"]}
    wanted = {"database", "jobs", "torrents", "vpn", "model", "browser_pool", "lan", "clock"}
    assert wanted | {"keyring", "backup", "provider:telegram_bot"} <= parts
    assert any(one.startswith("disk:") for one in parts)
    report = tmp_path / "report.zip"
    done = await asyncio.to_thread(seat.sokoul, "doctor", "--bundle", str(report))
    assert done.returncode == 0, done.stderr
    assert report.stat().st_size > 1000
    assert TOKEN.encode() not in report.read_bytes()
    made = await told(seat, "backup")
    assert (Path(made["path"]) / "station.db").stat().st_size > 0
    assert end(process) == 0
