"""A process with a job engine, to be killed: python -m … JOB_FILE JOURNAL work|finish|poison."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from app.domain.errors import ToolFailed
from app.infra.database import driver
from app.runtime.bus import EventBus
from app.runtime.jobs import JobContext, JobEngine, JobKind

STEPS = 8


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Victim:
    """Jobs of eight short steps, each noted in a journal that survives the kill."""

    def __init__(self, place: Path, journal: Path) -> None:
        self._place = place
        self._journal = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(self, *words: object) -> None:
        os.write(self._journal, (" ".join(map(str, words)) + "\n").encode())
        os.fsync(self._journal)

    async def main(self, mode: str) -> None:
        async def work(job: str, number: int) -> int:
            self.note("begin", job, number)
            await asyncio.sleep(0.06)
            self.note("end", job, number)
            return number * number

        async def eight(job: JobContext) -> list[int]:
            say("body")
            return [await job.step(f"step {n}", work, job.id, n) for n in range(STEPS)]

        async def poison(job: JobContext) -> None:
            async def bite() -> None:
                self.note("bite")
                os._exit(9)

            await job.step("bite", bite)

        engine = JobEngine(self._place, EventBus())
        engine.register(JobKind("test.eight", eight, poll=0.05, max_recoveries=10))
        engine.register(JobKind("test.poison", poison, poll=0.05, max_recoveries=2))
        say("up")
        await engine.start()
        await getattr(self, mode)(engine)
        await engine.stop()

    async def work(self, engine: JobEngine) -> None:
        """Job after job, for ever."""
        for number in range(1000):
            await engine.wait(await engine.submit("test.eight", key=f"job-{number}"))

    async def finish(self, engine: JobEngine) -> None:
        """What there is, and no more."""
        for info in await engine.list():
            say(info.id, await engine.wait(info.id))

    async def poison(self, engine: JobEngine) -> None:
        """A job that ends the program."""
        try:
            await engine.wait(await engine.submit("test.poison", key="poison"))
        except ToolFailed as error:
            say(error.key)


def main(place: str, journal: str, mode: str) -> None:
    """Be one."""
    asyncio.run(Victim(Path(place), Path(journal)).main(mode))


driver.install()  # before anything imports sqlite3

if __name__ == "__main__":
    main(*sys.argv[1:])
