"""A station that is killed at 40 moments of a post: never is one out twice, none is forgotten.

Of every plugin that has a platform (``tests/plugins/<name>/platform.py``), and of one made up for
tests. The station is real; the platform lives in the process of the test, and outlives it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import gcd
from pathlib import Path
from typing import Any

import pytest

from app.domain.post import AccountId, Manner, Post, PostState, Words
from tests.fakes.platforms import (
    FakePlatform,
    installed,
    picture_file,
    platform_of,
    platforms,
    video_file,
)
from tests.fakes.posting import SOURCE, Board, Newsroom
from tests.fakes.posting_life import START, Order, prepare

pytestmark = pytest.mark.timeout(300)

KILLS = 40
ROOT = Path(__file__).parents[2]
TOGETHER = 4
HONEST_ENDS = ((PostState.UNCONFIRMED, 1), (PostState.UNCONFIRMED, 0))
"""What is right too where a platform cannot tell what there is."""
KINDS = ("blackboard", *platforms())


@dataclass(frozen=True)
class Moment:
    """When a life is killed: at so many of its own moments, or requests that came, or were done."""

    own: int = 0
    asked: int = 0
    done: int = 0


UNHARMED = Moment()


@dataclass
class Life:
    """How a life ended: by itself, with the post so, or not."""

    died: int = 0
    told: dict[str, Any] = field(default_factory=dict)


class Midwife:
    """The process that everything is loaded in, and of which lives are forks."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._heard: dict[int, asyncio.Queue[dict[str, Any]]] = {}

    async def live(self, order: Order, platform: FakePlatform, kill: Moment) -> Life:
        """One life, killed at a moment the platform sees when `kill` says so."""
        number = len(self._heard)
        heard = self._heard[number] = asyncio.Queue()
        told = {"number": number, **asdict(replace(order, kill=kill.own))}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        async with asyncio.timeout(50):
            born = (await heard.get())["born"]

            async def watch(moment: str, request: int) -> None:
                if request - before == (kill.asked if moment == "asked" else kill.done):
                    os.kill(born, signal.SIGKILL)

            before, platform.watch, life = len(platform.seen), watch, Life()
            while "died" not in (told := await heard.get()):
                life.told = told
        platform.watch = None
        life.died = told["died"]
        return life

    async def listen(self) -> None:
        """Hear what lives tell, until there are none any more."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            self._heard[told["number"]].put_nowait(told)


@pytest.fixture
async def midwife() -> AsyncIterator[Midwife]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    made = Midwife(process)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(made.listen())
        yield made
        assert process.stdin is not None
        process.stdin.close()
    await process.wait()


@dataclass
class Stage:
    """What all lives of a platform begin with."""

    kind: str
    place: Path
    account: str = ""
    post: str = ""
    numbers: int = 0
    ports: list[int] = field(default_factory=list)

    @property
    def fake(self) -> type[FakePlatform]:
        return Board if self.kind == "blackboard" else platform_of(self.kind)

    async def prepare(self) -> None:
        """A home with a planned post in it, which is copied for each kill."""
        platform = await self.platform(self.place / "first")
        home, plugins = self.place / "home", self.installed(platform)

        async def draft(station: Newsroom, account: AccountId) -> Post:
            video = video_file(self.place, 40_000).path
            picture = picture_file(self.place).path if self.fake.NEEDS_PICTURE else b""
            posts = await station.service.compose(
                video, [account], Words("A lighthouse", "In fog.", ("sea",)), thumbnail=picture,
                manner=Manner(choices=self.fake.CHOICES),
            )  # fmt: skip
            await station.service.send([posts[0].id])
            return posts[0]

        self.account, self.post = await prepare(
            home, plugins, self.kind, platform.options(), platform.secrets(), draft
        )
        await platform.close()

    async def platform(self, place: Path) -> FakePlatform:
        place.mkdir(parents=True)
        made = self.fake(place)
        made.port = self.ports.pop() if self.ports else 0
        await made.open()
        return made

    def installed(self, platform: FakePlatform) -> Path:
        """A folder of plugins for a platform that lies there."""
        plugins = self.place / f"plugins{platform.port or self.numbers}"
        if not plugins.exists():
            source = SOURCE if self.kind == "blackboard" else None
            installed(plugins, self.kind, platform.address, source=source)
        return plugins

    @contextlib.asynccontextmanager
    async def scene(self) -> AsyncIterator[tuple[FakePlatform, Order]]:
        """A platform nobody has posted on, and the beginning of a life."""
        self.numbers += 1
        place = self.place / f"{self.numbers:03}"
        platform = await self.platform(place / "platform")
        home = place / "home"
        shutil.copytree(self.place / "home", home)
        yield platform, Order(
            str(home), str(self.installed(platform)), self.account, self.post,
            platform.options(), time.time(),
        )  # fmt: skip
        await platform.close()
        self.ports.append(platform.port)


@pytest.mark.parametrize("kind", KINDS)
async def test_killed_at_forty_moments_it_is_out_once(
    kind: str, midwife: Midwife, tmp_path: Path
) -> None:
    stage = Stage(kind, tmp_path)
    await stage.prepare()
    async with stage.scene() as (platform, order):
        whole = await midwife.live(replace(order, here=True), platform, UNHARMED)
        assert whole.told.get("state") == PostState.DONE, whole
        assert len(platform.posts) == 1
        moments = spread(len(platform.seen), whole.told["moments"])
    reaper = Reaper(stage, midwife, moments)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(TOGETHER):
            tasks.create_task(reaper.work())
    assert reaper.kills >= KILLS


class Reaper:
    """Kills lives, two of each post where it can, until there were enough kills."""

    def __init__(self, stage: Stage, midwife: Midwife, moments: Sequence[Moment]) -> None:
        self.kills = 0
        self._stage, self._midwife, self._moments = stage, midwife, moments
        self._chance = random.Random(stage.kind)
        self._scenes = 0
        self.ends: list[tuple[str, int]] = []

    async def work(self) -> None:
        """Play scenes."""
        while self.kills < KILLS:
            first = self._moments[self._scenes % len(self._moments)]
            self._scenes += 1
            assert self._scenes <= 2 * KILLS, f"{self.kills} kills in {self._scenes} posts"
            await self._scene(first, Moment(own=self._chance.randint(2, 12)))

    async def _scene(self, *kills: Moment) -> None:
        async with self._stage.scene() as (platform, order):
            for kill in (*kills, UNHARMED):
                life = await self._midwife.live(order, platform, kill)
                if life.told:
                    break
                self.kills += life.died == -signal.SIGKILL
            told = (life.told.get("state", f"died: {life.died}"), len(platform.posts))
            good = ((PostState.DONE, 1), *(() if platform.TELLS else HONEST_ENDS))
            assert told in good, f"killed at {kills}: {told}"
            self.ends.append(told)


def spread(requests: int, own: int) -> list[Moment]:
    """All moments of a whole life, each next one far from those before it."""
    found = [Moment(own=number) for number in range(1, own + 1)]
    for number in range(1, requests + 1):
        found += [Moment(asked=number), Moment(done=number)]
    step = next(one for one in range(round(len(found) * 0.618), 10**6) if gcd(one, len(found)) == 1)
    return [found[(number * step) % len(found)] for number in range(len(found))]
