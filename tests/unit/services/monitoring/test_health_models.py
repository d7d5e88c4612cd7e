"""Checks of programs, models and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import HearingChanged, ModelChanged
from app.domain.health import HealthState
from app.domain.intelligence import (
    EnginePhase,
    HearingState,
    ModelFile,
    ModelPhase,
    ModelState,
    ModelTrial,
)
from app.domain.post import AccountId, AccountView
from app.infra.browser.pool import BrowserPool
from app.runtime.bus import EventBus
from app.services.monitoring.checks import programs
from app.services.monitoring.checks.accounts import DAY, AccountsCheck
from app.services.monitoring.checks.models import HearingCheck, ModelCheck
from tests.fakes.health import words

GOOD, WARN, BAD, OFF = HealthState.GOOD, HealthState.WARN, HealthState.BAD, HealthState.OFF
GB = 10**9


async def test_a_browser_that_is_missing_and_one_that_is_not(tmp_path: Path) -> None:
    found = await programs.BrowserCheck(BrowserPool(executable="no-such-browser")).look()
    assert found.state is WARN
    assert words(found).startswith("No browser")
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    pool = BrowserPool(size=3, executable=str(program))
    found = await programs.BrowserCheck(pool).look()
    assert (found.state, words(found)) == (GOOD, "Asleep · room for 3")
    assert not pool.warm  # to look starts nothing


async def test_ffmpeg_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (await programs.ffmpeg()).state is GOOD
    monkeypatch.setenv("PATH", str(tmp_path))
    found = await programs.ffmpeg()
    assert found.state is BAD
    assert "ffmpeg is missing" in words(found)


class Desk:
    """A desk of models that says what the test says, and counts how often its folder is read."""

    def __init__(self, state: Any) -> None:
        self.told = state
        self.reads = 0

    async def state(self) -> Any:
        self.reads += 1
        return self.told


FILE = ModelFile("/m/qwen.gguf", "Qwen2.5 3B")
MODELS: Mapping[str, tuple[dict[str, Any], HealthState, str]] = {
    "none": ({"chosen": ""}, OFF, "None is chosen"),
    "gone": ({"phase": ModelPhase.GONE}, WARN, "Qwen2.5 3B is not there, or is no model"),
    "no engine": ({"engine": EnginePhase.ABSENT}, WARN, "Qwen2.5 3B waits for its engine"),
    "building": ({"engine": EnginePhase.BUILDING}, GOOD, "Qwen2.5 3B · its engine is being built"),
    "failed": ({"failure": "errors.x"}, WARN, "Qwen2.5 3B failed when it was last tried"),
    "resting": ({}, GOOD, "Qwen2.5 3B · on demand"),
    "busy": ({"phase": ModelPhase.BUSY}, GOOD, "Qwen2.5 3B · loaded"),
    "tried": (
        {"phase": ModelPhase.READY, "trial": ModelTrial(1.0, 0.2, 12.4, GB)},
        GOOD,
        "Qwen2.5 3B · 12.4 tok/s",
    ),
}


def model(**changes: Any) -> Any:
    state = ModelState(
        engine=EnginePhase.HERE, files=(FILE,), chosen=FILE.path, phase=ModelPhase.RESTING
    )
    return replace(state, **changes)


@pytest.mark.parametrize("case", MODELS)
async def test_the_language_model(case: str) -> None:
    changes, state, told = MODELS[case]
    desk: Any = Desk(model(**changes))
    found = await ModelCheck(desk, EventBus()).look()
    assert (found.state, words(found)) == (state, told)


async def test_the_folder_of_models_is_not_read_for_each_answer() -> None:
    bus, desk, now = EventBus(), Desk(model()), 10.0
    sitting: Any = desk
    check = ModelCheck(sitting, bus, lambda: now)
    assert words(await check.look()).endswith("on demand")
    for _ in range(5):
        bus.publish(ModelChanged(model(phase=ModelPhase.BUSY)))
        assert words(await check.look()).endswith("loaded")
    assert desk.reads == 1
    now += 300
    assert words(await check.look()).endswith("on demand")
    assert desk.reads == 2


async def test_hearing() -> None:
    desk: Any = Desk(HearingState())
    check = HearingCheck(desk, bus := EventBus())
    assert (await check.look()).state is OFF
    here = HearingState(installed=True, chosen="/m/ear.bin", phase=ModelPhase.RESTING)
    for state, begins in (
        (replace(here, phase=ModelPhase.GONE), "ear is not there"),
        (replace(here, installed=False), "ear waits for its engine"),
        (replace(here, failure="errors.x"), "ear failed"),
        (replace(here, phase=ModelPhase.READY), "ear · loaded"),
        (here, "ear · on demand"),
    ):
        bus.publish(HearingChanged(state))
        assert words(await check.look()).startswith(begins)


# Accounts


async def test_accounts_whose_sign_in_ends() -> None:
    now = 1000.0 * DAY
    plain = AccountView(AccountId("a"), "youtube", "YouTube", "My channel", signed_in=True)
    views = {
        "good": plain,
        "out": replace(plain, signed_in=False),
        "soon": replace(plain, ends=now + 1.2 * DAY),
        "later": replace(plain, ends=now + 40 * DAY),
        "ill": replace(plain, reason="errors.post_app_refused"),
        "paused": replace(plain, paused=True),
        "open": replace(plain, signs_in=False, platform_name="E-mail"),
    }

    class Accounts:
        async def accounts(self) -> tuple[AccountView, ...]:
            return tuple(replace(view, id=AccountId(name)) for name, view in views.items())

    desk: Any = Accounts()
    found = await AccountsCheck(desk, lambda: now).look()
    told = {one.part.partition(":")[2]: (one.state, words(one)) for one in found}
    assert told == {
        "good": (GOOD, "YouTube · signed in"),
        "out": (BAD, "YouTube · signed out"),
        "soon": (WARN, "YouTube · the sign-in ends in 1 day"),
        "later": (GOOD, "YouTube · signed in"),
        "ill": (WARN, "YouTube · cannot post now"),
        "paused": (OFF, "YouTube · paused"),
        "open": (GOOD, "E-mail · ready"),
    }
    assert {one.name for one in found} == {"My channel"}
    views.clear()
    (none,) = await AccountsCheck(desk, lambda: now).look()
    assert (none.part, none.state, words(none)) == ("account", OFF, "None yet")
