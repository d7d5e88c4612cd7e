"""The owner's accounts: added, signed in to, watched so that none ends unseen, and removed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.api.capabilities import Capability
from app.api.publishing import SignInStanding
from app.domain.errors import AppError, NotFound, Unsupported
from app.domain.events import NoticeLevel, NoticeRaised, PublishingChanged
from app.domain.options import Option
from app.domain.post import AccountId, AccountView, Channel, ChannelId
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.plugins.model import PluginInfo
from app.services.plugins.service import PluginService
from app.services.publishing.channels import ChannelStore
from app.services.publishing.guides import steps_of
from app.services.publishing.signing import Say, SignIns

log = logging.getLogger(__name__)

DAY: Final = 86_400.0
AHEAD: Final = 7 * DAY
"""Seconds before the end of a sign-in at which a new one is asked for."""
SOON: Final = 3.0
"""A sign-in that lives less than that many times `AHEAD` is asked for in the last third of it."""
COSTLY: Final = frozenset({"x_com"})
"""Platforms where every question costs money: they are asked only when a sign-in ends soon."""
STANDING_SECONDS: Final = 10.0
FRESH: Final = 60.0
"""Seconds for which a sign-in that failed stands beside an account that has a good one."""
FIRST_LOOK: Final = 60.0
"""Seconds after the start, when everything else has begun."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A place one can have accounts at.

    `options` are what an account is set up with, `strings` their words by language and label;
    `steps` are message keys: how to come by an app of one's own there.
    """

    id: str
    name: str
    signs_in: bool
    options: tuple[Option, ...]
    added: bool
    steps: tuple[str, ...] = ()
    many: bool = True
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class AccountDesk:
    """Every account is a plugin, or one of several of it. Lives on the service loop."""

    def __init__(
        self,
        plugins: PluginService,
        channels: ChannelStore,
        bus: EventBus,
        *,
        say: Say | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._plugins = plugins
        self._channels = channels
        self._bus = bus
        self._clock = clock
        self._signing = SignIns(plugins, self._ended, say)
        self._troubles: dict[AccountId, tuple[AppError, float]] = {}  # of the last sign-in, when
        self._scope = Supervisor("accounts")

    async def start(self) -> None:
        """Look after the sign-ins, once a day."""
        self._scope.spawn(self._watch_daily(), "sign-ins")

    async def stop(self) -> None:
        """End, with every door to a browser closed."""
        await self._scope.close()
        await self._signing.close()

    async def accounts(self) -> tuple[AccountView, ...]:
        """Return all accounts, by platform and name. A plugin that does not answer says so."""
        infos = await self._plugins.list()
        names = {info.id: info.name for info in infos}
        channels, paused = await self._channels.all(), await self._channels.paused()
        homes = {one: channel.id for channel in channels for one in channel.accounts}
        views = await asyncio.gather(
            *(
                self._view(info, names.get(info.of, info.name), homes, paused)
                for info in infos
                if _is_account(info)
            )
        )
        return tuple(
            sorted(views, key=lambda one: (one.platform_name.casefold(), one.name.casefold()))
        )

    async def platforms(self) -> tuple[Platform, ...]:
        """Return where one can have accounts, by name."""
        infos = await self._plugins.list()
        held = {info.of for info in infos if info.of}
        return tuple(
            Platform(
                id=info.id,
                name=info.name,
                signs_in=Capability.SIGNS_IN in info.capabilities,
                options=info.options,
                added=info.id in held if info.many else info.enabled,
                steps=steps_of(info.id),
                many=info.many,
                strings=info.strings or {},
            )
            for info in infos
            if info.usable and not info.of and Capability.PUBLISHES in info.capabilities
        )

    async def signing_in(self) -> frozenset[AccountId]:
        """Return the accounts for which somebody is out in the browser now."""
        return self._signing.waiting

    async def add(self, platform: str, name: str, values: Mapping[str, object]) -> AccountId:
        """Add an account with the options of its platform; returns its id.

        `InvalidInput` names an option that cannot be, `NotFound` when there is no such platform.
        """
        info = await self._info(platform)
        if info.many:
            made = await self._plugins.instances.add(platform, name, values)
        else:
            for option, value in values.items():
                await self._plugins.set_option(platform, option, value)
            await self._plugins.enable(platform)
            made = platform
        self._bus.publish(PublishingChanged())
        return AccountId(made)

    async def remove(self, account: AccountId) -> None:
        """Forget an account: its sign-in, its options, its place in a channel."""
        info = await self._info(account)
        await self.cancel_sign_in(account)
        if Capability.SIGNS_IN in info.capabilities and info.enabled:
            try:
                await self._plugins.call(account, Capability.SIGNS_IN, "sign_out")
            except AppError as error:  # it goes anyway, with all its secrets
                log.info("%s could not be signed out: %s", info.name, error)
        if info.of:
            await self._plugins.instances.remove(account)
        else:
            await self._plugins.disable(account)
        self._troubles.pop(account, None)
        await self._channels.forget(account)
        self._bus.publish(PublishingChanged())

    async def sign_in(self, account: AccountId) -> str:
        """Return the address to open in a browser; the station listens meanwhile.

        How it ends is told by `PublishingChanged` and a notice. `AuthRequired` when the owner's
        app is not set up, `Unavailable` when the port for the way back is taken.
        """
        info = await self._info(account)
        if Capability.SIGNS_IN not in info.capabilities:
            raise Unsupported("errors.sign_in_needless", name=info.name)
        page = await self._signing.begin(account)
        self._troubles.pop(account, None)
        return page

    async def cancel_sign_in(self, account: AccountId) -> None:
        """Wait no longer for the browser; none that was begun does no harm."""
        if await self._signing.cancel(account):
            self._bus.publish(PublishingChanged())  # it may have come to its end just now

    async def sign_out(self, account: AccountId) -> None:
        """Forget a sign-in; the platform is told when it can be."""
        await self.cancel_sign_in(account)
        await self._plugins.call(account, Capability.SIGNS_IN, "sign_out")
        self._troubles.pop(account, None)
        self._bus.publish(PublishingChanged())

    async def channels(self) -> tuple[Channel, ...]:
        """Return the channels, by name."""
        return await self._channels.all()

    async def set_channel(self, channel: Channel) -> Channel:
        """Keep a channel, new when its id is empty; returns it as it is kept."""
        made = await self._channels.put(channel)
        self._bus.publish(PublishingChanged())
        return made

    async def remove_channel(self, channel: ChannelId) -> None:
        """Forget a channel; its accounts stay."""
        await self._channels.remove(channel)
        self._bus.publish(PublishingChanged())

    async def watch(self) -> None:
        """Look after every sign-in: renew what renews, and ask the owner before one ends."""
        for info in await self._plugins.list():
            if _is_account(info) and info.enabled and Capability.SIGNS_IN in info.capabilities:
                await self._watch_one(info)

    async def _watch_daily(self) -> None:
        pause = FIRST_LOOK
        while True:
            await asyncio.sleep(pause)
            pause = DAY
            await self.watch()

    async def _watch_one(self, info: PluginInfo) -> None:
        """Ask the owner to sign in when one will end soon; that one has ended is an alert."""
        standing = await self._looked_after(info)
        ended = standing is not None and not standing.signed_in and standing.since
        if standing is None or not (ended or (standing.signed_in and self._soon(standing))):
            return
        self._bus.publish(PublishingChanged())
        if ended:
            return
        left = 0.0 if standing.ends is None else standing.ends - self._clock()
        args: dict[str, object] = {
            "name": standing.name or info.name,
            "platform": self._plugins.name_of(info.of) if info.of else info.name,
            "days": max(0, round(left / DAY)),
        }
        notice = NoticeRaised(NoticeLevel.WARN, "notices.sign_in_ends", args, desktop=True)
        self._bus.publish(notice)

    async def _looked_after(self, info: PluginInfo) -> SignInStanding | None:
        """How one stands after it was asked who it is: that renews, and meets what was revoked."""
        try:
            standing = await self._standing(info.id)
            costly = (info.of or info.id) in COSTLY and not self._soon(standing)
            if not standing.signed_in or not standing.renews or costly:
                return standing
            try:
                await self._plugins.call(info.id, Capability.PUBLISHES, "account")
            except AppError as error:  # a platform that is away today may answer tomorrow
                log.info("Nobody says who %s is: %s", info.name, error)
            return await self._standing(info.id)
        except AppError as error:
            log.info("How %s stands cannot be seen: %s", info.name, error)
            return None

    def _soon(self, standing: SignInStanding) -> bool:
        """Whether a sign-in ends soon: one of a week is not asked for on its first day."""
        if standing.ends is None:
            return False
        whole = standing.ends - (standing.since or standing.ends - SOON * AHEAD)
        return standing.ends - self._clock() <= min(AHEAD, whole / SOON)

    async def _view(
        self,
        info: PluginInfo,
        platform_name: str,
        homes: Mapping[AccountId, ChannelId],
        paused: frozenset[AccountId],
    ) -> AccountView:
        account = AccountId(info.id)
        signs_in = Capability.SIGNS_IN in info.capabilities
        standing = SignInStanding(signed_in=not signs_in)
        trouble: AppError | None = None
        if not info.enabled:
            trouble = AppError(info.reason or "errors.plugin_off", plugin=info.name)
        elif signs_in:
            try:
                standing = await self._standing(account)
            except AppError as error:
                trouble = error
        if signs_in and trouble is None:
            trouble = self._wrong(account, platform_name, signed_in=standing.signed_in)
        own_name = info.name if info.name != platform_name else ""
        return AccountView(
            id=account,
            platform=info.of or info.id,
            platform_name=platform_name,
            name=own_name or standing.name or info.name,
            signed_in=standing.signed_in and info.enabled,
            signs_in=signs_in,
            expires=standing.expires,
            ends=standing.ends,
            paused=account in paused,
            reason="" if trouble is None else trouble.key,
            reason_args={} if trouble is None else trouble.args_map,
            channel=homes.get(account, ChannelId("")),
            meant_by=(info.of or info.id, info.name),
            note=standing.note,
            note_args=standing.note_args,
        )

    def _wrong(self, account: AccountId, name: str, *, signed_in: bool) -> AppError | None:
        """What is wrong with a sign-in; of one that holds, that another just failed."""
        trouble, when = self._troubles.get(account, (None, 0.0))
        if signed_in:
            return trouble if self._clock() - when < FRESH else None
        return trouble or AppError("errors.post_sign_in", name=name)

    async def _standing(self, account: str) -> SignInStanding:
        told = await self._plugins.call(
            account, Capability.SIGNS_IN, "standing", patience=STANDING_SECONDS
        )
        assert isinstance(told, SignInStanding)
        return told

    async def _info(self, plugin: str) -> PluginInfo:
        """A plugin that publishes; `NotFound` when there is none."""
        for info in await self._plugins.list():
            if info.id == plugin and Capability.PUBLISHES in info.capabilities:
                return info
        raise NotFound("errors.plugin_unknown", plugin=plugin)

    async def _ended(self, account: AccountId, trouble: AppError | None) -> None:
        """A sign-in has ended: everybody is told."""
        name = self._plugins.name_of(account)
        if trouble is None:
            self._troubles.pop(account, None)
            told = NoticeRaised(NoticeLevel.GOOD, "notices.signed_in", {"name": name})
        else:
            self._troubles[account] = (trouble, self._clock())
            args: dict[str, object] = {**trouble.args_map, "account": name, "reason": trouble.key}
            told = NoticeRaised(NoticeLevel.WARN, "notices.sign_in_failed", args)
        self._bus.publish(told)
        self._bus.publish(PublishingChanged())


def _is_account(info: PluginInfo) -> bool:
    """Whether a plugin is an account: one of several, or the only one, when it is on."""
    if not info.usable or Capability.PUBLISHES not in info.capabilities:
        return False
    return bool(info.of) or (not info.many and info.enabled)
