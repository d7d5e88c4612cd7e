"""How soon a phone is answered: what the remote adds to a command, beside a bare loop over httpx.

The Bot API stands on loopback; measured is from the moment somebody wrote to the moment the
answer arrived there. The command itself does nothing.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from app.domain.remote import Person
from app.infra.paths import Paths
from app.services.remote.store import RemoteStore
from tests.bench.report import write
from tests.plugins.telegram_bot.bot_api import ANNA, TOKEN, BotApi, bot_api
from tests.unit.services.remote.house import PLUGIN, House, house_of

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]
PEOPLE = tuple(range(ANNA, ANNA + 5))
EACH = 12
"""Messages of each person: he is not taken for a flood."""
GOAL = 0.3


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as made:
        yield made


@pytest.fixture
async def house(paths: Paths, tmp_path: Path, api: BotApi) -> AsyncIterator[House]:
    async with house_of(paths, tmp_path / "built_in", api, paired=True) as made:
        store = RemoteStore(made.database)
        for person in PEOPLE:
            await store.add(PLUGIN, Person(person, str(person), time.time()))
        await made.again()
        yield made


async def answered(api: BotApi, write_: Callable[[int], Awaitable[None]]) -> list[float]:
    """Seconds to each answer, one after the other."""
    told = []
    for at in range(EACH * len(PEOPLE)):
        person = PEOPLE[at % len(PEOPLE)]
        before = len(api.said(person))
        await api.listened()
        began = time.monotonic()
        await write_(person)
        await api.until(lambda person=person, before=before: len(api.said(person)) > before)  # type: ignore[misc]  # mypy cannot read defaults of lambdas
        told.append(api.said(person)[-1].times[0] - began)
    return told


async def bare(api: BotApi) -> None:
    """Polls and answers, and nothing else."""
    base, offset = f"{api.address}/bot{TOKEN}", 0
    async with httpx.AsyncClient(timeout=40) as client:
        while True:
            asked = {"timeout": 25, "offset": offset}
            came = (await client.post(f"{base}/getUpdates", json=asked)).json()["result"]
            for update in came:
                offset = update["update_id"] + 1
                chat = update["message"]["chat"]["id"]
                await client.post(f"{base}/sendMessage", json={"chat_id": chat, "text": "found"})


async def test_answers(house: House, api: BotApi) -> None:
    async def written(person: int) -> None:
        api.write("/search x", person, date=int(time.time()) + 1)

    ours = await answered(api, written)
    await house.remote.stop()
    loop = asyncio.create_task(bare(api))
    theirs = await answered(api, written)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    middle, bare_middle = statistics.median(ours), statistics.median(theirs)
    write("remote", {
        "answer (median)": f"{middle * 1000:.1f} ms",
        "answer (slowest of 20)": f"{sorted(ours)[int(len(ours) * 0.95)] * 1000:.1f} ms",
        "bare loop (median)": f"{bare_middle * 1000:.1f} ms",
        "times as long": f"{middle / bare_middle:.1f}",
        "added": f"{(middle - bare_middle) * 1000:.1f} ms",
    })  # fmt: skip
    assert middle - bare_middle <= GOAL
