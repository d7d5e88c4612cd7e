"""A supervisor's tasks fail alone and end together."""

from __future__ import annotations

import asyncio
import logging

import pytest

from app.runtime.supervisor import Supervisor


async def fail() -> None:
    raise ValueError("broken")


async def test_one_failure_is_told_and_ends_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    told: list[tuple[str, str]] = []
    scope = Supervisor("library", lambda name, error: told.append((name, str(error))))
    steady = scope.spawn(asyncio.sleep(60), "watch")
    with caplog.at_level(logging.ERROR):
        scope.spawn(fail(), "scan")
        await asyncio.sleep(0.01)
    assert told == [("library: scan", "broken")]
    assert "library: scan failed" in caplog.text
    assert steady is not None
    assert not steady.done()
    await scope.close()
    assert steady.cancelled()


async def test_nothing_starts_after_the_end() -> None:
    scope = Supervisor("library")
    await scope.close()
    assert scope.spawn(fail(), "late") is None
