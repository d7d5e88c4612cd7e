"""Checks of plugins: real ones that answer, fail, hang, rest, or are no plugins at all."""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.api.capabilities import Capability, MediaQuestion
from app.domain.errors import AppError
from app.domain.health import HealthState
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.monitoring.checks.providers import NEEDS, SPAN, ProvidersCheck
from app.services.phrases import words as words_of
from app.services.plugins import host as host_module
from app.services.plugins.service import PluginService
from app.services.search.store import Rest
from app.services.settings.service import SettingsService
from tests.fakes.health import words
from tests.fakes.plugins import ROOT, NoBrowser

GOOD, WARN, BAD = HealthState.GOOD, HealthState.WARN, HealthState.BAD


MANIFEST = """
id = "{id}"
name = "The {id}"
version = "1"
api = 1
kinds = ["metadata"]
capabilities = ["describes_media"]
owner = "me"
docs = "none"
terms = "none"
on_by_default = true
"""
CODE = """
from app.api import AuthRequired, MediaDescription, Unavailable

class Provider:
    async def describe(self, question):
        {body}
        return MediaDescription(title=question.title)

async def setup(context):
    return Provider()
"""
BODIES = {
    "good": "pass",
    "raises": "raise ValueError(question.title)",
    "away": "raise Unavailable('errors.server_slow', host='x')",
    "locked": "raise AuthRequired('errors.model_key_refused', name='x')",
    "hangs": "import asyncio; await asyncio.sleep(3600)",
    "moody": "if question.title != 'fine': raise Unavailable('errors.server_offline', host='x')",
}


class Shop:
    """The plugin service over plugins that do as their names say."""

    def __init__(self, paths: Paths, place: Path) -> None:
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        secrets = Secrets(paths.vault, paths.vault_key, {})
        secrets._keyring_works, secrets._probed_at = False, time.monotonic()
        self.plugins = PluginService(
            paths, self.bus, self.settings, secrets, NoBrowser(), place / "built_in"
        )
        self.now = time.time()
        self.rests: dict[str, Rest] = {}
        self.check = ProvidersCheck(
            self.plugins, self.bus, lambda: self.rests, self.unwanted, lambda: self.now
        )
        for name, body in BODIES.items():
            folder = place / "built_in" / name
            folder.mkdir(parents=True)
            (folder / "manifest.toml").write_text(MANIFEST.format(id=name))
            code = textwrap.dedent(CODE).replace("{body}", body)
            (folder / "provider.py").write_text(code)

    def unwanted(self, plugin: str) -> bool:
        choice = self.settings.current.plugins.get(plugin)
        return choice is not None and choice.enabled is False

    async def ask(self, plugin: str, title: str = "x", times: int = 1) -> None:
        for _ in range(times):
            try:
                await self.plugins.call(
                    plugin, Capability.DESCRIBES_MEDIA, "describe", MediaQuestion(title),
                    timeout=0.3,
                )  # fmt: skip
            except AppError:
                continue

    async def look(self, plugin: str) -> tuple[HealthState, str]:
        found = {one.part: one for one in await self.check.look()}
        health = found[f"provider:{plugin}"]
        assert health.name == f"The {plugin}"
        return health.state, words(health)


@pytest.fixture
async def shop(paths: Paths, tmp_path: Path) -> AsyncIterator[Shop]:
    made = Shop(paths, tmp_path)
    await made.plugins.start()
    yield made
    await made.plugins.stop()


async def test_a_provider_tells_how_long_its_last_answer_took(shop: Shop) -> None:
    assert await shop.look("good") == (GOOD, "On, not asked yet")
    await shop.ask("good")
    state, told = await shop.look("good")
    assert state is GOOD
    assert told.startswith("Last answer ")


async def test_a_provider_that_fails_is_told_until_that_is_past(shop: Shop) -> None:
    await shop.ask("moody", times=2)
    assert (await shop.look("moody"))[0] is GOOD  # it happens
    await shop.ask("moody")
    assert await shop.look("moody") == (BAD, "3 failures in 10 min")
    await shop.ask("moody", "fine")
    assert await shop.look("moody") == (WARN, "3 failures in 10 min")
    shop.now += SPAN + 1
    state, told = await shop.look("moody")
    assert state is GOOD
    assert told.startswith("Last answer")


async def test_time_outs_are_called_so(shop: Shop) -> None:
    await shop.ask("away", times=3)
    assert await shop.look("away") == (BAD, "3 time-outs in 10 min")


def test_every_error_only_the_owner_can_mend_is_known() -> None:
    raised = set()
    for file in (*(ROOT / "plugins").rglob("*.py"), *(ROOT / "app/api").rglob("*.py")):
        if "_template" not in file.parts:
            text = file.read_text("utf-8")
            raised.update(re.findall(r'AuthRequired\(\s*"(errors\.[a-z_]+)"', text))
    assert len(raised) > 15
    assert raised - NEEDS.keys() == set()
    phrases = words_of("en")
    for need in set(NEEDS.values()):
        assert f"health.provider.{need}" in phrases
        assert f"health.provider.{need}.mend" in phrases


async def test_one_that_wants_a_key_says_so(shop: Shop) -> None:
    await shop.ask("locked")
    assert await shop.look("locked") == (WARN, "Asks for a key, or to sign in")


async def test_one_that_was_switched_off_by_its_failure_is_told_why(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "PING_SECONDS", 5.0)
    await shop.ask("raises", times=3)
    assert await shop.look("raises") == (BAD, "Switched off: it failed again and again")
    await shop.ask("hangs", times=3)
    assert await shop.look("hangs") == (BAD, "Switched off: it did not answer")
    await shop.plugins.disable("hangs")  # the owner knows now
    assert "provider:hangs" not in [one.part for one in await shop.check.look()]


async def test_one_that_rests_tells_until_when(shop: Shop) -> None:
    until = time.mktime((2026, 11, 26, 21, 4, 0, 0, 0, -1))
    shop.rests = {"good": Rest(3, until), "away/1": Rest(3, until), "away/2": Rest(3, until - 60)}
    assert await shop.look("good") == (WARN, "Failed, rests until 21:04")
    assert await shop.look("away") == (WARN, "2 of its sources rest until 21:04")


async def test_a_folder_that_is_no_plugin_is_told_unless_it_is_off(
    paths: Paths, tmp_path: Path
) -> None:
    made = Shop(paths, tmp_path)
    (tmp_path / "built_in" / "good" / "manifest.toml").write_text("this = is = wrong")
    await made.plugins.start()
    found = {one.part: one for one in await made.check.look()}
    assert words(found["provider:good"]) == "Its folder or manifest is wrong"
    await made.plugins.disable("good")
    assert "provider:good" not in [one.part for one in await made.check.look()]
    await made.plugins.stop()
