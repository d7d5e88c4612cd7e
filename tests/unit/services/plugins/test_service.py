from __future__ import annotations

import asyncio
import textwrap
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from app.api.capabilities import Capability, MediaDescription, MediaQuestion, Notice
from app.domain.errors import (
    AuthRequired,
    InvalidInput,
    NotFound,
    Unavailable,
    Unsupported,
)
from app.domain.events import NoticeRaised, PluginStateChanged
from app.domain.secrets import SecretHome
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins import host as host_module
from app.services.plugins.describe import describe_media
from app.services.plugins.model import PluginInfo
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from tests.fakes.plugins import NoBrowser

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
{more}
"""
GOOD = """
from app.api import MediaDescription

class Provider:
    def __init__(self, context):
        self.context = context
    async def describe(self, question):
        return MediaDescription(title=question.title.upper())

async def setup(context):
    return Provider(context)
"""
FILM = MediaQuestion("Night of the Living Dead", year=1968)


class World:
    def __init__(self, paths: Paths, tmp_path: Path) -> None:
        self.paths = paths
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.built_in = tmp_path / "built_in"
        self.built_in.mkdir()
        secrets = Secrets(paths.vault, paths.vault_key, {})
        secrets._keyring_works, secrets._probed_at = False, time.monotonic()  # noqa: SLF001,RUF100 - no keyring here
        self.plugins = PluginService(
            paths, self.bus, self.settings, secrets, NoBrowser(), self.built_in
        )
        self.states: list[PluginStateChanged] = []
        self.notices: list[NoticeRaised] = []
        self.bus.on(PluginStateChanged, self.states.append)
        self.bus.on(NoticeRaised, self.notices.append)

    def write(
        self, id: str, code: str = GOOD, more: str = "", *, own: bool = False, manifest: str = ""
    ) -> Path:
        folder = (self.built_in if own else self.paths.plugins) / id
        folder.mkdir(parents=True)
        (folder / "manifest.toml").write_text(manifest or MANIFEST.format(id=id, more=more))
        (folder / "provider.py").write_text(textwrap.dedent(code))
        return folder

    async def ask(self, id: str, timeout: float | None = None) -> Any:
        return await self.plugins.call(
            id, Capability.DESCRIBES_MEDIA, "describe", FILM, timeout=timeout
        )

    async def info(self, id: str) -> PluginInfo:
        return next(info for info in await self.plugins.list() if info.id == id)


@pytest.fixture
async def world(paths: Paths, tmp_path: Path) -> AsyncIterator[World]:
    made = World(paths, tmp_path)
    yield made
    await made.plugins.stop()


async def started(world: World, id: str = "good", code: str = GOOD, more: str = "") -> None:
    world.write(id, code, more)
    await world.settings.set_plugin(id, enabled=True)
    await world.plugins.start()


async def test_a_plugin_is_imported_when_it_is_first_asked(world: World, tmp_path: Path) -> None:
    mark = tmp_path / "imported"
    await started(world, code=f"open({str(mark)!r}, 'w').close()\n{GOOD}")
    assert (await world.info("good")).enabled
    assert world.plugins.offering(Capability.DESCRIBES_MEDIA) == ("good",)
    assert not mark.exists()
    assert await world.ask("good") == MediaDescription(title="NIGHT OF THE LIVING DEAD")
    assert mark.exists()


async def test_the_owners_own_are_off_until_switched_on(world: World) -> None:
    world.write("mine", more="on_by_default = true")
    world.write("ours", more="on_by_default = true", own=True)
    world.write("other", own=True)
    await world.plugins.start()
    enabled = {info.id: info.enabled for info in await world.plugins.list()}
    assert enabled == {"mine": False, "ours": True, "other": False}
    with pytest.raises(Unavailable):
        await world.ask("mine")
    await world.plugins.enable("mine")
    assert await world.ask("mine")
    await world.plugins.disable("mine")
    with pytest.raises(Unavailable):
        await world.ask("mine")
    assert [(s.plugin, s.enabled) for s in world.states] == [("mine", True), ("mine", False)]
    assert world.settings.load().plugins["mine"].enabled is False


BROKEN = {
    "raises at import": ("raise RuntimeError('at import')", "plugins.off.raised"),
    "does not parse": ("def (", "plugins.off.raised"),
    "imports what is not there": ("import nothing_like_this", "plugins.off.raised"),
    "ends the program": ("import sys\nsys.exit(3)", "plugins.off.raised"),
    "has no setup": ("x = 1", "plugins.off.no_setup"),
    "setup raises": ("async def setup(context):\n    return 1 / 0", "plugins.off.raised"),
    "setup is not async": ("def setup(context):\n    return 5", "plugins.off.raised"),
    "lacks the capability": (
        "async def setup(context):\n    return object()",
        "plugins.off.missing_capability",
    ),
    "has other parameters": (
        GOOD.replace("(self, question)", "(self, a, b)"),
        "plugins.off.missing_capability",
    ),
    "is not async": (
        GOOD.replace("async def describe", "def describe"),
        "plugins.off.missing_capability",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_a_plugin_that_does_not_start_is_switched_off(world: World, case: str) -> None:
    code, reason = BROKEN[case]
    world.write("fine")
    await world.settings.set_plugin("fine", enabled=True)
    await started(world, "broken", code)
    with pytest.raises(Unavailable):
        await world.ask("broken")
    info = await world.info("broken")
    assert (info.enabled, info.reason) == (False, reason)
    assert [(s.plugin, s.enabled, s.reason) for s in world.states] == [("broken", False, reason)]
    assert world.notices[0].key == "notices.plugin_off"
    assert world.notices[0].args["plugin"] == "The broken"
    assert await world.ask("fine")  # the station goes on


HANGS = {
    "at import": "import time\nwhile True:\n    time.sleep(0.01)",
    "in setup": "import asyncio\nasync def setup(context):\n    await asyncio.sleep(3600)",
    "in setup, blocking": (
        "import time\nasync def setup(context):\n    while True:\n        time.sleep(0.01)"
    ),
}


@pytest.mark.parametrize("case", HANGS)
async def test_a_plugin_that_hangs_at_its_start_is_switched_off(
    world: World, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module.PluginHost.load, "__defaults__", (0.3,))
    monkeypatch.setattr(host_module, "PING_SECONDS", 0.2)
    await started(world, "slow", HANGS[case])
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.02)

    counting = asyncio.create_task(count())
    with pytest.raises(Unavailable):
        await world.ask("slow")
    counting.cancel()
    assert turns > 8  # the service loop was never held up
    assert (await world.info("slow")).reason == "plugins.off.hung"
    await gone("plugin-slow")


async def gone(thread: str) -> None:
    for _ in range(100):
        if all(running.name != thread for running in threading.enumerate()):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{thread} still runs")


async def test_a_call_that_blocks_is_thrown_out_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "PING_SECONDS", 0.2)
    code = GOOD.replace(
        "return MediaDescription(title=question.title.upper())",
        "import time\n        while True:\n            time.sleep(0.01)",
    )
    await started(world, "slow", code)
    with pytest.raises(Unavailable):
        await world.ask("slow", timeout=0.2)
    assert (await world.info("slow")).reason == "plugins.off.hung"
    await gone("plugin-slow")


async def test_a_cancel_that_meets_the_answer_is_not_lost(world: World) -> None:
    code = GOOD.replace(
        "return MediaDescription",
        "import asyncio\n        await asyncio.sleep(0.1)\n        return MediaDescription",
    )
    await started(world, code=code)
    await world.ask("good")
    asking = asyncio.create_task(world.ask("good"))
    await asyncio.sleep(0.02)
    time.sleep(0.3)  # noqa: ASYNC251 - the answer arrives while this loop is busy
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


CRASHES = {
    "raises": ("raise ValueError('no')", "plugins.off.raised"),
    "exits": ("raise SystemExit(3)", "plugins.off.raised"),
    "cancels": ("import asyncio; raise asyncio.CancelledError", "plugins.off.raised"),
    "times out itself": ("raise TimeoutError", "plugins.off.raised"),
    "waits": ("import asyncio; await asyncio.sleep(60)", "plugins.off.hung"),
    "answers nonsense": ("return 'a story'", "plugins.off.wrong_answer"),
}


@pytest.mark.parametrize("case", CRASHES)
async def test_three_failures_in_a_row_switch_a_plugin_off(world: World, case: str) -> None:
    line, reason = CRASHES[case]
    await started(
        world, "bad", GOOD.replace("return MediaDescription(title=question.title.upper())", line)
    )
    for _ in range(3):
        assert (await world.info("bad")).enabled
        with pytest.raises(Unavailable):
            await world.ask("bad", timeout=0.1)
    info = await world.info("bad")
    assert (info.enabled, info.reason) == (False, reason)
    assert len(world.notices) == 1
    with pytest.raises(Unavailable):
        await world.ask("bad")


async def test_an_expected_error_of_a_plugin_is_no_crash(world: World) -> None:
    await started(
        world,
        "offline",
        "from app.api import AuthRequired\n"
        + GOOD.replace(
            "return MediaDescription(title=question.title.upper())",
            "raise AuthRequired('errors.x')",
        ),
    )
    for _ in range(5):
        with pytest.raises(AuthRequired):
            await world.ask("offline")
    assert (await world.info("offline")).enabled


async def test_switching_on_again_reads_the_mended_code(world: World) -> None:
    await started(world, "broken", "raise RuntimeError")
    with pytest.raises(Unavailable):
        await world.plugins.enable("broken")
    assert not (await world.info("broken")).enabled
    (world.paths.plugins / "broken" / "provider.py").write_text(GOOD + "# mended\n")
    await world.plugins.enable("broken")
    assert (await world.info("broken")).reason is None
    assert await world.ask("broken")


def _twice(world: World) -> None:
    world.write("nfo", own=True)
    world.write("nfo")


def _link(world: World) -> None:
    folder = world.write("real")
    folder.rename(world.built_in.parent / "real")
    (world.paths.plugins / "real").symlink_to(world.built_in.parent / "real")


WRONG: dict[str, tuple[Callable[[World], object], str]] = {
    "duplicate": (_twice, "plugins.manifest.duplicate"),
    "link": (_link, "plugins.manifest.link"),
    "api": (
        lambda w: w.write(
            "a1", manifest=MANIFEST.format(id="a1", more="").replace("api = 1", "api = 2")
        ),
        "plugins.manifest.wrong_api",
    ),
    "huge": (lambda w: w.write("a1", manifest="#" * 70_000), "plugins.manifest.too_large"),
    "field": (
        lambda w: w.write(
            "a1", manifest=MANIFEST.format(id="a1", more="").replace('owner = "me"', "")
        ),
        "plugins.manifest.missing",
    ),
    "other folder": (
        lambda w: w.write("a1", manifest=MANIFEST.format(id="b2", more="")),
        "plugins.manifest.wrong_folder",
    ),
    "not toml": (lambda w: w.write("a1", manifest="["), "plugins.manifest.unreadable"),
    "unknown": (lambda w: w.write("a1", more="extra = 1"), "plugins.manifest.unknown"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_folder_is_refused_plainly(world: World, case: str) -> None:
    prepare, key = WRONG[case]
    prepare(world)
    await world.plugins.start()
    wrong = [info for info in await world.plugins.list() if not info.usable]
    assert [info.reason for info in wrong] == [key]
    assert world.notices[0].args["reason"] == key
    with pytest.raises(Unsupported):
        await world.plugins.enable(wrong[0].id)


async def test_an_empty_folder_is_told_and_a_file_is_not_looked_at(world: World) -> None:
    (world.paths.plugins / "empty").mkdir(parents=True)
    (world.paths.plugins / "README").write_text("notes")
    (world.paths.plugins / "_draft").mkdir()
    await world.plugins.start()
    assert [(i.id, i.reason) for i in await world.plugins.list()] == [
        ("empty", "plugins.manifest.none")
    ]


OPTIONS = """
[options.depth]
type = "number"
default = 3
low = 1
high = 9
[options.key]
type = "secret"
"""


async def test_options_reach_the_plugin_and_secrets_only_the_vault(world: World) -> None:
    code = GOOD.replace(
        "return MediaDescription(title=question.title.upper())",
        "return MediaDescription(title=str(self.context.settings['depth']), "
        "overview=await self.context.secrets.get('key'), genres=tuple(self.context.settings))",
    )
    await started(world, "opts", code, OPTIONS)
    answer = await world.ask("opts")
    assert (answer.title, answer.overview, answer.genres) == ("3", None, ("depth",))
    await world.plugins.set_option("opts", "depth", 7)
    await world.plugins.set_option("opts", "key", "canary-secret")
    answer = await world.ask("opts")
    assert (answer.title, answer.overview) == ("7", "canary-secret")
    assert await world.plugins.options("opts") == {"depth": 7, "key": True}
    assert b"canary" not in world.paths.settings.read_bytes()
    assert await world.plugins.secrets_home() is SecretHome.KEY_FILE
    await world.plugins.set_option("opts", "key", "")
    assert await world.plugins.options("opts") == {"depth": 7, "key": False}
    for name, value in (("depth", 10), ("depth", "x"), ("nothing", 1)):
        with pytest.raises(InvalidInput):
            await world.plugins.set_option("opts", name, value)


async def test_close_is_called_and_its_thread_ends(world: World, tmp_path: Path) -> None:
    mark = tmp_path / "closed"
    code = GOOD.replace(
        "async def setup",
        f"    async def close(self):\n        open({str(mark)!r}, 'w').close()\n\nasync def setup",
    )
    await started(world, "good", code)
    await world.ask("good")
    await world.plugins.stop()
    assert mark.exists()
    await gone("plugin-good")


async def test_a_close_that_hangs_does_not_hold_up_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "CLOSE_SECONDS", 0.2)
    code = GOOD.replace(
        "async def setup",
        "    async def close(self):\n        import asyncio\n        await asyncio.sleep(60)\n\n"
        "async def setup",
    )
    await started(world, "good", code)
    await world.ask("good")
    begun = time.monotonic()
    await world.plugins.stop()
    assert time.monotonic() - begun < 2


async def test_calls_that_make_no_sense_are_refused(world: World) -> None:
    await started(world)
    with pytest.raises(NotFound):
        await world.ask("nobody")
    with pytest.raises(Unsupported):
        await world.plugins.call("good", Capability.NOTIFIES, "notify", Notice("x"))
    with pytest.raises(Unsupported):
        await world.plugins.call("good", Capability.DESCRIBES_MEDIA, "context")


async def test_descriptions_are_put_together(world: World) -> None:
    fuller = "MediaDescription(title='Other', overview='A story', year=1968)"
    world.write("second", GOOD.replace("MediaDescription(title=question.title.upper())", fuller))
    world.write("third", "raise RuntimeError")
    for id in ("second", "third"):
        await world.settings.set_plugin(id, enabled=True)
    await started(world, "first")
    found = await describe_media(world.plugins, FILM)
    assert found == MediaDescription(
        title="NIGHT OF THE LIVING DEAD", overview="A story", year=1968
    )
