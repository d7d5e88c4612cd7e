"""A station in a process of its own, which a test kills while it obeys a command."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from app.infra.paths import Paths
from app.services.remote.talk import Talk
from tests.plugins.telegram_bot.bot_api import BotApi
from tests.unit.services.remote.house import House

EARLIER = 40.0
"""Seconds its clock is behind: what was sent before it began is new to it, but for its number."""


class Mark:
    """Leaves a mark that stays, then goes on for ever or ends."""

    name = "mark"

    def __init__(self, marks: Path, *, hangs: bool) -> None:
        self._marks, self._hangs = marks, hangs

    async def run(self, talk: Talk, words: str) -> None:
        with self._marks.open("a") as file:
            file.write(f"{words}\n")
            file.flush()
            os.fsync(file.fileno())
        if self._hangs:
            await asyncio.Event().wait()
        await talk.say(f"marked {words}")


async def main(address: str, built_in: str, marks: str, hangs: str) -> None:
    """Obey until killed."""
    api = BotApi()
    api.address = address
    house = House(Paths.from_environment(), Path(built_in), api)
    house.more["mark"] = Mark(Path(marks), hangs=hangs == "hangs")
    house.clock = lambda: time.time() - EARLIER
    await house.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
