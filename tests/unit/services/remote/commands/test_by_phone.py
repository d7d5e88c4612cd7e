"""Commands from a real chat: the plugin, the Bot API on loopback, edits and presses in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.infra.paths import Paths
from app.services.remote.commands.cast import CastCommand
from app.services.remote.commands.download import DownloadCommand
from app.services.remote.commands.search import SearchCommand
from tests.fakes.downloads import GB, load
from tests.fakes.sources import FakeSource, file, torrent
from tests.plugins.telegram_bot.bot_api import BotApi, Message, bot_api
from tests.unit.services.remote import house as phones
from tests.unit.services.remote.commands.conftest import House, Make, Slow, port, until

NIGHT = "Night.of.the.Living.Dead.1968"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as made:
        yield made


@pytest.fixture
async def phone(paths: Paths, tmp_path: Path, api: BotApi) -> AsyncIterator[phones.House]:
    async with phones.house_of(paths, tmp_path / "built_in", api, paired=True) as made:
        yield made


async def test_a_search_fills_and_a_row_plays_by_presses(
    phone: phones.House, api: BotApi, desks: Make, house: House
) -> None:
    slow = Slow(torrent(f"{NIGHT}.2160p.BluRay.x265-BIG", 16e9, 7))
    desk = await desks(
        a=FakeSource([file(f"{NIGHT}.1080p.WEB.mp4", "http://a.example/n.mp4")]), c=slow
    )
    house.join(desk.bus)
    phone.more["search"] = SearchCommand(house.means(desk.service))
    await phone.again()
    await api.listened()
    api.write("Night of the Living Dead 1968")  # without a slash
    await until(lambda: "2 of 3 sources · 1 found" in newest(api).text)
    message = newest(api)
    slow.may.set()
    await until(lambda: "2 found" in message.text)
    api.press(message, "1")
    await until(lambda: names(message)[-1:] == ["◂ Back"])
    api.press(message, "◂ Back")
    await until(lambda: names(message)[:1] == ["1"])
    api.press(message, "1")
    await until(lambda: "📺 Kitchen" in names(message))
    api.press(message, "📺 Kitchen")
    await until(lambda: "Kitchen · playing" in message.text)
    api.press(message, "⏸ Pause")
    await until(lambda: "Kitchen · paused" in message.text)
    assert ("pause", "cc-1") in house.casting.orders
    assert len(api.said()) == 1  # one message for all of it


async def test_the_next_command_lets_the_last_stand_and_it_can_be_gone_on_with(
    phone: phones.House, api: BotApi, house: House
) -> None:
    house.library.all = {}
    row = load(1, size=4 * GB, done=GB)
    house.downloads.all[row.id] = row
    phone.more["download"] = DownloadCommand(house.means(None))
    phone.more["cast"] = CastCommand(
        port(house.casting), port(house.library), house.items, house.screens, house.sheets
    )
    await phone.again()
    await api.listened()
    api.write("/download")
    await until(lambda: "25 %" in newest(api).text)
    message = newest(api)
    api.write("/cast")
    await until(lambda: "Refresh" in names(message))
    api.press(message, "Refresh")
    await until(lambda: "Refresh" not in names(message))
    house.downloads.move_on(100.0)
    await until(lambda: "25 %" not in message.text)
    api.write("/cancel")
    await until(lambda: "Refresh" in names(message))
    await until(lambda: not house.sheets._live)


def newest(api: BotApi) -> Message:
    said = api.said()
    if not said:
        raise LookupError("nothing is said yet")
    return said[-1]


def names(message: Message) -> list[str]:
    return [one["text"] for one in message.buttons]
