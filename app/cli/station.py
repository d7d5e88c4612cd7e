"""Reaches the station for a command: the running one, or one started for this command alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from app.domain.errors import Unavailable
from app.infra import logs
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

PATIENCE = 10.0
"""Seconds a command waits for a station that is just coming up, or going down."""


def ask(
    command: str,
    /,
    *,
    on_progress: Callable[[Any], None] | None = None,
    timeout: float | None = 60.0,
    **args: object,
) -> Any:  # noqa: ANN401 - what the command answers
    """Ask the running station; when none runs, start one here, ask it, and stop it.

    Raises the `AppError` the station answers; `Unavailable` when one runs that is silent.
    """
    from app.infra import control  # with asyncio: only when a station is reached

    paths = Paths.from_environment()
    paths.make()
    lock = InstanceLock(paths.lock)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return control.ask(
                paths.socket, command, on_progress=on_progress, timeout=timeout, **args
            )
        except Unavailable as error:
            if error.key != "errors.no_station":
                raise
        if lock.acquire():
            break
        if time.monotonic() > end:  # it holds the lock but does not listen
            raise Unavailable("errors.station_busy", process=lock.owner() or "?")
        time.sleep(0.1)
    try:
        logs.setup(paths)
        import asyncio

        return asyncio.run(_alone(paths, command, on_progress, args))
    finally:
        lock.release()


def runs() -> bool:
    """Whether a station runs now."""
    from app.infra import control

    try:
        control.ask(Paths.from_environment().socket, "status", timeout=PATIENCE)
    except Unavailable:
        return False
    return True


async def _alone(
    paths: Paths,
    command: str,
    on_progress: Callable[[Any], None] | None,
    args: dict[str, object],
) -> object:
    from app import main
    from app.services.control import Control

    async def progress(value: object) -> None:
        if on_progress is not None:
            on_progress(value)

    async with main.open_station(paths) as station:
        handlers = Control(station.services, station.bus, lambda: None).handlers()
        return await handlers[command](args, progress)
