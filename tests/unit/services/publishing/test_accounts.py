"""Accounts: real plugins in their own folder, a platform on loopback, a browser that returns."""

from __future__ import annotations

import asyncio
import socket
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.api.capabilities import Capability
from app.api.publishing import Account
from app.domain.errors import AppError, AuthRequired, InvalidInput, NotFound, Unavailable
from app.domain.errors import Unsupported as Never
from app.domain.events import NoticeLevel, NoticeRaised, PublishingChanged
from app.domain.post import AccountId, AccountView, Channel, ChannelId
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.service import PluginService
from app.services.publishing.accounts import DAY, AccountDesk
from app.services.publishing.channels import ChannelStore
from app.services.settings.service import SettingsService
from tests.fakes.oauth import CLIENT, CLIENT_SECRET, OAuthServer
from tests.fakes.platforms import installed, led
from tests.fakes.plugins import ROOT, NoBrowser
from tests.plugins.youtube.platform import Platform

VALUES = {"client_id": CLIENT, "client_secret": CLIENT_SECRET}
SHELF = """
id = "shelf"
name = "Shelf"
version = "1"
api = 1
kinds = ["publishing"]
capabilities = ["publishes"]
owner = "me"
docs = "none"
terms = "none"
[options.place]
type = "text"
"""
SHELF_CODE = """
from app.api.publishing import Account

class Shelf:
    async def account(self):
        return Account("shelf", "Shelf")
    async def advance(self, wanted, session):
        raise KeyError
    async def commit(self, wanted, session):
        raise KeyError
    async def find(self, wanted, session):
        raise KeyError

async def setup(context):
    return Shelf()
"""


class World:
    """The desk over real services, which can be started anew over the same files."""

    def __init__(
        self, paths: Paths, database: Database, built_in: Path, platform: Platform
    ) -> None:
        self.paths, self.built_in, self.platform = paths, built_in, platform
        self.channels = ChannelStore(database)
        self.later = 0.0
        self.notices: list[NoticeRaised] = []
        self.changes = 0
        self.ended = asyncio.Event()
        self.plugins: PluginService
        self.secrets: Secrets
        self.desk: AccountDesk

    @property
    def oauth(self) -> OAuthServer:
        return self.platform.oauth

    async def start(self, seconds: float = 300.0) -> None:
        bus = EventBus()
        bus.on(NoticeRaised, self._notice)
        bus.on(PublishingChanged, self._changed)
        settings = SettingsService(self.paths.settings, bus)
        settings.load()
        self.secrets = Secrets(self.paths.vault, self.paths.vault_key, {})
        self.secrets._keyring_works, self.secrets._probed_at = False, time.monotonic()
        self.plugins = PluginService(
            self.paths, bus, settings, self.secrets, NoBrowser(), self.built_in
        )
        await self.plugins.start()
        self.desk = AccountDesk(
            self.plugins, self.channels, bus,
            say=lambda key, args: f"said {key} {args.get('name')}",
            clock=lambda: time.time() + self.later,
        )  # fmt: skip
        self.desk._signing._seconds = seconds
        await self.desk.start()

    async def stop(self) -> None:
        await self.desk.stop()
        await self.plugins.stop()

    async def again(self) -> None:
        await self.stop()
        await self.start()

    async def add(self, name: str = "Fog channel", **values: Any) -> AccountId:
        return await self.desk.add("youtube", name, {**VALUES, **values})

    async def view(self, account: AccountId) -> AccountView:
        return next(one for one in await self.desk.accounts() if one.id == account)

    async def come_back(self, page: str, back: str = "") -> tuple[int, str]:
        """What a browser does: it says yes there and goes where it is sent."""
        return await browsed(back or self.oauth.visit(page))

    async def signed_in(self, name: str = "Fog channel") -> AccountId:
        account = await self.add(name)
        self.ended.clear()
        status, _ = await self.come_back(await self.desk.sign_in(account))
        assert status == 200
        await self.ended.wait()
        return account

    def told(self, key: str) -> list[dict[str, object]]:
        return [one.args for one in self.notices if one.key == key]

    def _notice(self, notice: NoticeRaised) -> None:
        self.notices.append(notice)

    def _changed(self, _event: PublishingChanged) -> None:
        self.changes += 1
        if self.notices:
            self.ended.set()


async def browsed(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


@pytest.fixture
def modules() -> Iterator[None]:
    """The copies of plugins stand in place of the station's own while a test runs."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if is_plugin(name)}
    yield
    for name in [name for name in sys.modules if is_plugin(name)]:
        del sys.modules[name]
    sys.modules.update(kept)


def is_plugin(name: str) -> bool:
    return name.startswith(("plugins.youtube", "plugins.shelf"))


@pytest.fixture
async def world(
    paths: Paths, tmp_path: Path, database: Database, modules: None
) -> AsyncIterator[World]:
    home = tmp_path / "platform"
    home.mkdir()
    platform = Platform(home)
    await platform.open()
    platform.oauth.tokens.clear()
    platform.oauth.refreshes.clear()
    built_in = tmp_path / "built_in"
    built_in.mkdir()
    installed(built_in, "youtube", platform.address)
    made = World(paths, database, built_in, platform)
    await made.start()
    yield made
    await made.stop()
    await platform.close()


async def test_an_account_is_added_and_signed_in_to(world: World) -> None:
    account = await world.add()
    assert account == "youtube_1"
    view = await world.view(account)
    assert (view.platform, view.platform_name, view.name) == ("youtube", "YouTube", "Fog channel")
    assert (view.signed_in, view.reason) == (False, "errors.post_sign_in")
    page = await world.desk.sign_in(account)
    assert page.startswith(f"{world.platform.address}/o/oauth2/v2/auth?")
    assert await world.desk.signing_in() == {account}
    status, text = await world.come_back(page)
    assert status == 200
    assert "said notes.sign_in_done Fog channel" in text
    await world.ended.wait()
    assert await world.desk.signing_in() == set()
    view = await world.view(account)
    assert (view.signed_in, view.reason) == (True, "")
    assert view.expires is not None
    (notice,) = world.notices
    assert (notice.level, notice.key) == (NoticeLevel.GOOD, "notices.signed_in")
    assert world.changes == 2
    with pytest.raises(aiohttp.ClientConnectorError):  # the door is closed
        await world.come_back(page)


async def test_one_without_a_name_has_the_one_it_has_there(world: World) -> None:
    account = await world.signed_in(name="")
    assert (await world.view(account)).name == "Lighthouses & fog"


async def test_tokens_are_nowhere_but_among_the_secrets(world: World) -> None:
    await world.signed_in()
    places = [world.paths.settings.parent, world.paths.cache, world.paths.database.parent]
    held = {path for place in places for path in place.rglob("*") if path.is_file()}
    assert world.paths.settings in held
    for path in held:
        content = path.read_bytes()
        assert b"refresh-1" not in content, path
        assert CLIENT_SECRET.encode() not in content, path


async def test_it_lasts_and_is_renewed_across_a_restart(world: World) -> None:
    account = await world.signed_in()
    for life in range(2):
        world.oauth.expire()
        await world.again()
        assert (await world.view(account)).signed_in
        told = await world.plugins.call(account, Capability.PUBLISHES, "account")
        assert isinstance(told, Account)
        assert len(world.oauth.used) == life + 1
    assert len(world.oauth.refreshes) == 1


async def test_several_accounts_of_one_platform_are_apart(world: World) -> None:
    one, two = await world.add("A"), await world.add("B")
    pages = [await world.desk.sign_in(one), await world.desk.sign_in(two)]
    assert await world.desk.signing_in() == {one, two}
    assert [(await world.come_back(page))[0] for page in reversed(pages)] == [200, 200]
    while await world.desk.signing_in():  # noqa: ASYNC110 - two ends, each tells for itself
        await asyncio.sleep(0.005)
    await world.desk.sign_out(one)
    views = {view.id: view.signed_in for view in await world.desk.accounts()}
    assert views == {one: False, two: True}


async def test_an_app_that_is_missing_is_told_before_a_page_opens(world: World) -> None:
    account = await world.add(client_id="")
    with pytest.raises(AuthRequired, match="post_app_missing"):
        await world.desk.sign_in(account)
    assert await world.desk.signing_in() == set()
    with pytest.raises(InvalidInput):
        await world.add(category="nonsense")
    with pytest.raises(NotFound):
        await world.desk.sign_in(AccountId("youtube_9"))
    with pytest.raises(NotFound):
        await world.desk.add("nonsense", "", {})


async def test_a_no_is_told_and_can_be_taken_back(world: World) -> None:
    account = await world.add()
    page = await world.desk.sign_in(account)
    status, text = await world.come_back(page, world.oauth.refuse(page))
    assert status == 400
    assert "errors.sign_in_denied" in text
    await world.ended.wait()
    assert (await world.view(account)).reason == "errors.sign_in_denied"
    (told,) = world.told("notices.sign_in_failed")
    assert told["reason"] == "errors.sign_in_denied"
    world.ended.clear()
    await world.come_back(await world.desk.sign_in(account))
    await world.ended.wait()
    assert (await world.view(account)).signed_in


async def test_a_no_beside_a_good_sign_in_changes_nothing(world: World) -> None:
    account = await world.signed_in()
    world.ended.clear()
    page = await world.desk.sign_in(account)
    await world.come_back(page, world.oauth.refuse(page))
    await world.ended.wait()
    view = await world.view(account)
    assert (view.signed_in, view.reason) == (True, "errors.sign_in_denied")
    world.later = 61
    assert (await world.view(account)).reason == ""


async def test_an_answer_of_somebody_else_leaves_the_door_open(world: World) -> None:
    account = await world.add()
    page = await world.desk.sign_in(account)
    back = world.oauth.visit(page)
    for odd in (back.partition("state=")[0] + "state=guessed", back.partition("?")[0]):
        status, text = await world.come_back(page, odd)
        assert status == 400
        assert "errors.sign_in_state" in text
    assert await world.desk.signing_in() == {account}
    assert not world.notices
    assert (await world.come_back(page, back))[0] == 200
    await world.ended.wait()
    assert (await world.view(account)).signed_in


async def test_who_does_not_come_back_in_time_is_told(world: World) -> None:
    await world.stop()
    await world.start(seconds=0.01)
    account = await world.add()
    page = await world.desk.sign_in(account)
    await world.ended.wait()
    assert (await world.view(account)).reason == "errors.sign_in_late"
    with pytest.raises(aiohttp.ClientConnectorError):
        await world.come_back(page)


async def test_signing_in_again_closes_the_door_before(world: World) -> None:
    account = await world.add()
    first = await world.desk.sign_in(account)
    second = await world.desk.sign_in(account)
    with pytest.raises(aiohttp.ClientConnectorError):
        await world.come_back(first)
    assert (await world.come_back(second))[0] == 200
    await world.ended.wait()
    third = await world.desk.sign_in(account)
    await world.desk.cancel_sign_in(account)
    await world.desk.cancel_sign_in(account)
    with pytest.raises(aiohttp.ClientConnectorError):
        await world.come_back(third)
    assert (await world.view(account)).signed_in  # the old sign-in still holds
    assert len(world.notices) == 1


async def test_stopping_closes_every_door(world: World) -> None:
    page = await world.desk.sign_in(await world.add())
    await world.again()
    with pytest.raises(aiohttp.ClientConnectorError):
        await world.come_back(page)


def fixed(world: World, port: int) -> None:
    """Have the platform know one address to come back to."""
    code = world.built_in / "youtube" / "provider.py"
    text = code.read_text()
    assert "doorway=Doorway()," in text
    code.write_text(
        text.replace("doorway=Doorway(),", f'doorway=Doorway("localhost", {port}, "/x"),')
    )


async def test_a_fixed_port_that_is_taken_is_told_and_one_of_ours_is_freed(world: World) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        fixed(world, port)
        one, two = await world.add("A"), await world.add("B")
        with pytest.raises(Unavailable, match="sign_in_port") as caught:
            await world.desk.sign_in(one)
        assert caught.value.args_map["port"] == port
    world.oauth.redirects = (f"http://localhost:{port}/x",)
    await world.desk.sign_in(one)
    page = await world.desk.sign_in(two)
    assert await world.desk.signing_in() == {two}
    assert (await world.come_back(page))[0] == 200
    await world.ended.wait()
    assert (await world.view(two)).signed_in


async def test_signing_out_forgets_here_and_there(world: World) -> None:
    account = await world.signed_in()
    await world.desk.sign_out(account)
    assert world.oauth.revoked == ["refresh-1"]
    view = await world.view(account)
    assert (view.signed_in, view.reason) == (False, "errors.post_sign_in")
    assert await world.secrets.get(account, "sign_in") is None
    assert await world.secrets.get(account, "client_secret") == CLIENT_SECRET


async def test_removing_forgets_everything(world: World) -> None:
    account = await world.signed_in()
    channel = await world.desk.set_channel(Channel(ChannelId(""), "Sea", (account,)))
    assert (await world.view(account)).channel == channel.id
    await world.channels.set_paused(account, paused=True)
    assert (await world.view(account)).paused
    world.platform.trouble = ["cut"]  # the platform cannot be told; it goes all the same
    await world.desk.remove(account)
    assert await world.desk.accounts() == ()
    for name in ("sign_in", "client_secret"):
        assert await world.secrets.get(account, name) is None
    assert (await world.desk.channels())[0].accounts == ()
    assert await world.channels.paused() == frozenset()
    await world.desk.remove_channel(channel.id)
    assert await world.desk.channels() == ()
    with pytest.raises(NotFound):
        await world.desk.remove(account)


async def test_one_removed_among_the_settings_leaves_no_sign_in_behind(world: World) -> None:
    account = await world.signed_in()
    await world.plugins.instances.remove(account)
    assert await world.secrets.get(account, "sign_in") is None
    await world.plugins.instances.restore(account)
    assert (await world.view(account)).signed_in  # taken back whole


async def test_platforms_tell_how_to_come_by_an_app(world: World) -> None:
    (one,) = await world.desk.platforms()
    assert (one.id, one.name, one.signs_in, one.added) == ("youtube", "YouTube", True, False)
    assert {option.name for option in one.options} >= {"client_id", "client_secret"}
    assert one.strings["fr"]["client_id"] == "ID client"
    assert one.steps
    await world.add()
    assert [one.added for one in await world.desk.platforms()] == [True]


@pytest.mark.parametrize(
    ("life", "later", "told"),
    [(60 * DAY, 52 * DAY, False), (60 * DAY, 54 * DAY, True), (6 * DAY, 0, False),
     (6 * DAY, 5 * DAY, True), (None, 900 * DAY, False)],
)  # fmt: skip
async def test_what_ends_soon_asks_for_a_sign_in(
    world: World, life: float | None, later: float, told: bool
) -> None:
    world.oauth.refresh_life = life
    account = await world.signed_in()
    view = await world.view(account)
    assert (view.ends is None) == (life is None)
    world.later = later
    await world.desk.watch()
    notices = world.told("notices.sign_in_ends")
    assert len(notices) == told
    if told:
        assert notices[0]["days"] in (1, 6)
        assert (notices[0]["name"], notices[0]["platform"]) == ("Lighthouses & fog", "YouTube")


async def test_watching_renews_what_renews(world: World) -> None:
    world.oauth.refresh_life = 60 * DAY
    account = await world.signed_in()
    world.later = 57 * DAY
    world.oauth.refresh_life = 120 * DAY
    world.oauth.expire()
    await world.desk.watch()
    assert world.told("notices.sign_in_ends") == []
    ends = (await world.view(account)).ends
    assert ends is not None
    assert ends > time.time() + 100 * DAY


async def test_what_was_revoked_is_met_before_a_post_fails(world: World) -> None:
    account = await world.signed_in()
    await world.add("never signed in")
    world.platform.trouble = [(500, ""), "cut"]
    await world.desk.watch()  # trouble there says nothing
    assert len(world.notices) == 1
    world.platform.trouble = []
    world.oauth.expire()
    world.oauth.refreshes.clear()
    await world.desk.watch()
    view = await world.view(account)  # what the health of the account, and so an alert, tells
    assert (view.signed_in, view.reason) == (False, "errors.post_sign_in")
    assert len(world.notices) == 1


async def test_a_platform_that_needs_no_sign_in_works_at_once(world: World) -> None:
    folder = world.built_in / "shelf"
    folder.mkdir()
    (folder / "manifest.toml").write_text(SHELF)
    (folder / "provider.py").write_text(textwrap.dedent(SHELF_CODE))
    await world.again()
    assert await world.desk.accounts() == ()
    account = await world.desk.add("shelf", "", {"place": "attic"})
    view = await world.view(account)
    assert (view.id, view.name, view.signs_in, view.signed_in) == ("shelf", "Shelf", False, True)
    assert (await world.plugins.options(account))["place"] == "attic"
    with pytest.raises(Never, match="sign_in_needless"):
        await world.desk.sign_in(account)
    await world.desk.watch()
    assert world.notices == []
    await world.desk.remove(account)
    assert await world.desk.accounts() == ()


async def test_one_that_is_off_says_so(world: World) -> None:
    account = await world.signed_in()
    await world.plugins.disable(account)
    view = await world.view(account)
    assert (view.signed_in, view.reason) == (False, "errors.plugin_off")
    await world.desk.watch()
    with pytest.raises(AppError):
        await world.desk.sign_in(account)
    await world.desk.remove(account)
    assert await world.secrets.get(account, "sign_in") is None


def test_places_lead_to_the_platform() -> None:
    """What these tests stand on: nothing of the copy leads to the outside."""
    import json

    own = json.loads((ROOT / "plugins" / "youtube" / "places.json").read_text())
    assert all(
        one.startswith("http://127.0.0.1:1/")
        for one in led(own, "http://127.0.0.1:1")["places"].values()
    )
