"""How soon a device that is on is shown, once somebody looks: each kind in a namespace."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from tests.bench.report import write
from tests.fakes.plugins import provider
from tests.fakes.receivers.home import home, needs_home
from tests.fakes.receivers.kinds import KINDS
from tests.fakes.receivers.watching import found

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300), *needs_home]
ROUNDS = 5
GOAL = 2.0


@pytest.mark.parametrize("kind", KINDS)
async def test_found(kind: str, tmp_path: Path) -> None:
    """A new plugin each time: nothing is remembered. The device was found once, so it is on."""
    made = KINDS[kind]
    if made.lacking:
        pytest.skip(made.lacking)
    seconds = []
    with home() as place:
        television = made.build(place.room(), tmp_path)
        television.start()
        for number in range(ROUNDS + 1):
            async with provider(made.plugin, tmp_path / str(number)) as plugin:
                begun = time.monotonic()
                await found(plugin, television.room.way, television.name)
                seconds.append(time.monotonic() - begun)
    told = seconds[1:]  # the first one waited for the device to start
    write(f"found_{kind}", {"median s": round(statistics.median(told), 2), "most s": max(told)})
    assert statistics.median(told) <= GOAL
