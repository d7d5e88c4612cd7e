"""What is said in a chat keeps the pace of the service, and the last word arrives."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from app.infra.paths import Paths
from app.services.remote.pace import Limits, Pace
from app.services.remote.presses import LIVES, MOST_EACH, Presses
from app.services.remote.talk import Button, Talk
from tests.plugins.telegram_bot.bot_api import BotApi
from tests.unit.services.remote.house import House, house_of

APART = 0.25


class Telling:
    """A command a test speaks through."""

    name = "tell"

    def __init__(self) -> None:
        self.talk: asyncio.Future[Talk] = asyncio.get_running_loop().create_future()

    async def run(self, talk: Talk, words: str) -> None:
        self.talk.set_result(talk)


async def talk_of(house: House, api: BotApi) -> Talk:
    command = Telling()
    house.more["tell"] = command
    await house.again()
    await api.listened()
    api.write("/tell", date=int(time.time()) + 1)
    return await command.talk


async def press(_talk: Talk) -> None:
    """A button that does nothing."""


async def test_edits_are_paced_and_the_last_one_arrives(
    paths: Paths, tmp_path: Path, api: BotApi
) -> None:
    limits = Limits(apart=APART, burst=3, edits=1000, span=1.0)
    async with house_of(paths, tmp_path / "built_in", api, limits, paired=True) as house:
        talk = await talk_of(house, api)
        said = await talk.say("0 %")
        message = api.said()[-1]
        for percent in range(1, 101):
            await said.edit(f"{percent} %")
            await asyncio.sleep(0.01)
        await api.until(lambda: message.text == "100 %")
        pauses = [b - a for a, b in zip(message.times, message.times[1:], strict=False)]
        assert min(pauses) >= APART * 0.8  # they leave so far apart; on their way they may close up
        assert len(message.texts) < 50
        edits = len(api.calls("editMessageText"))
        await said.edit("100 %")
        await said.edit("100 %")
        await asyncio.sleep(2 * APART)
        assert len(api.calls("editMessageText")) == edits


async def test_edits_in_a_minute_are_counted() -> None:
    pace = Pace(Limits(apart=0.0, burst=1, edits=5, span=0.5))
    began = time.monotonic()
    for _ in range(11):
        await pace.edit()
    assert time.monotonic() - began >= 1.0


async def test_a_few_messages_may_go_at_once() -> None:
    pace = Pace(Limits(apart=0.2, burst=3, edits=5, span=1.0))
    began = time.monotonic()
    for _ in range(3):
        await pace.message()
    quick = time.monotonic() - began
    for _ in range(2):
        await pace.message()
    assert time.monotonic() - began >= 0.4
    assert quick < time.monotonic() - began


async def test_a_pause_the_service_asks_for_is_kept(paired: House, api: BotApi) -> None:
    talk = await talk_of(paired, api)
    said = await talk.say("0 %")
    message = api.said()[-1]
    api.busy["editMessageText"] = [4]
    began = time.monotonic()
    await said.edit("50 %")
    await api.until(lambda: message.text == "50 %")  # nobody had to say it again
    assert time.monotonic() - began >= 4.0
    api.busy["editMessageText"] = [4]
    await said.edit("60 %")
    await api.until(lambda: not api.busy["editMessageText"])
    await said.edit("100 %")
    await api.until(lambda: message.text == "100 %")
    assert message.texts == ["0 %", "50 %", "100 %"]


async def test_a_message_that_is_gone_is_no_error(
    paired: House, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    talk = await talk_of(paired, api)
    said = await talk.say("soon gone", [[Button("x", press)]])
    api.messages.remove(api.said()[-1])
    await said.edit("one")
    await api.until(lambda: api.calls("editMessageText"))
    await said.edit("two")
    await talk.say("still here")
    assert len(api.calls("editMessageText")) == 1
    assert "ERROR" not in {one.levelname for one in caplog.records}


async def test_a_button_that_stays_keeps_its_key(paired: House, api: BotApi) -> None:
    pressed: list[int] = []

    def button(number: int) -> Button:
        async def note(_talk: Talk) -> None:
            pressed.append(number)

        return Button("Cancel", note)

    talk = await talk_of(paired, api)
    said = await talk.say("1", [[button(1)]])
    message = api.said()[-1]
    first = message.buttons[0]["callback_data"]
    await said.edit("2", [[Button("More", press), button(2)]])
    await api.until(lambda: message.text == "2")
    assert message.buttons[1]["callback_data"] == first
    await said.edit("2", [[Button("More", press), button(3)]])  # looks the same: nothing is sent
    await api.listened()
    api.press(message, "Cancel")
    await api.until(lambda: pressed)
    assert pressed == [3]
    await said.edit("3")
    await api.until(lambda: message.text == "3")
    api.press_data(message, first)
    await api.until(lambda: len(api.answers) == 2)
    assert api.answers[1][1] == "This is over. Ask again."
    assert pressed == [3]


async def test_a_file_goes_along(paired: House, api: BotApi, tmp_path: Path) -> None:
    picture = tmp_path / "poster.jpg"
    picture.write_bytes(b"\xff\xd8\xff" + b"x" * 5000)
    talk = await talk_of(paired, api)
    said = await talk.say("a poster", [[Button("Play", press)]], picture)
    message = api.said()[-1]
    assert message.file == picture.read_bytes()
    await said.edit("another caption")
    await api.until(lambda: message.text == "another caption")


def test_keys_live_an_hour_and_are_bounded() -> None:
    now = [0.0]
    presses = Presses(lambda: now[0])
    key = presses.add(1, press)
    assert len(key.encode()) <= 64
    assert presses.find(key, 1, "5") is press  # not yet bound: it is being sent
    presses.bind([key], "5")
    assert presses.find(key, 1, "5") is press
    assert presses.find(key, 1, "6") is None
    assert presses.find(key, 2, "5") is None
    now[0] = LIVES - 1
    assert presses.find(key, 1, "5") is press
    now[0] = LIVES
    assert presses.find(key, 1, "5") is None
    mine = presses.add(1, press, "7")
    for _ in range(MOST_EACH * 3):
        presses.add(2, press, "8")
    assert len(presses) == MOST_EACH + 1
    assert presses.find(mine, 1, "7") is press
    presses.forget_person(2)
    assert len(presses) == 1
