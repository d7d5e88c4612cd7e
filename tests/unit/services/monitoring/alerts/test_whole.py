"""From a fact to a phone and a mailbox: real plugins, over servers that speak their protocols."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.events import MachineSampled, NoticeLevel, NoticeRaised
from app.domain.monitoring import DiskUse, Snapshot
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.monitoring.alerts.sending import PAUSES
from app.services.monitoring.alerts.service import AlertService
from app.services.phrases import Phrases
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from tests.fakes.alerts import NOON, until
from tests.fakes.plugins import NoBrowser
from tests.fakes.posting import HandClock
from tests.fakes.smtp import MailServer
from tests.plugins.ntfy.server import NtfyServer

GIGA = 10**9


class House:
    """A station with its plugins, a phone and a mailbox."""

    def __init__(self, paths: Paths, database: Database, place: Path) -> None:
        self.bus, self.clock = EventBus(), HandClock(NOON)
        self.settings = SettingsService(paths.settings, self.bus)
        self.plugins = PluginService(
            paths, self.bus, self.settings, Secrets(paths.vault, paths.vault_key, {}), NoBrowser()
        )
        self.phone, self.mail = NtfyServer(), MailServer(place)
        self.alerts = AlertService(
            database, self.bus, self.settings, self.plugins, Phrases(lambda: "fr"),
            clock=self.clock,
        )  # fmt: skip

    async def open(self) -> str:
        """Everything is set up; the id of the e-mail account."""
        await self.phone.open()
        await self.mail.open()
        await self.plugins.start()
        await self.plugins.set_option("ntfy", "server", self.phone.url)
        await self.plugins.set_option("ntfy", "topic", "keepers")
        await self.plugins.enable("ntfy")
        account = await self.plugins.instances.add("email", "Mine", {
            "host": "127.0.0.1", "port": self.mail.port, "user": self.mail.user,
            "password": self.mail.password, "sender": "Ann <ann@example.org>",
            "recipients": "readers@example.org", "notices_to": "ann@example.org",
            "authority": str(self.mail.authority),
        })  # fmt: skip
        await self.alerts.start()
        return account

    async def close(self) -> None:
        await self.alerts.stop()
        await self.plugins.stop()
        await self.phone.close()
        await self.mail.close()

    def disk(self, percent: int, mount: str = "/films") -> None:
        disk = DiskUse("sda1", mount, 100 * GIGA, percent * GIGA)
        second = Snapshot(self.clock.now(), 0.1, (), (), 1, 2, disks=(disk,))
        self.bus.publish(MachineSampled(second))


@pytest.fixture
async def house(paths: Paths, database: Database, tmp_path: Path) -> AsyncIterator[House]:
    made = House(paths, database, tmp_path)
    yield made
    await made.close()


async def test_an_alert_reaches_phone_and_mailbox_and_nobody_else(house: House) -> None:
    account = await house.open()
    assert [one.plugin for one in house.alerts.targets()] == [account, "ntfy"]
    house.phone.refusals = [(500, 50001, {})]
    house.disk(95)
    await until(lambda: len(house.mail.mails) == 1)  # the phone does not hold it up
    await until(lambda: house.alerts.targets()[1].problem == "errors.server_failed")
    (mail,) = house.mail.mails
    assert mail.recipients == ("ann@example.org",)
    assert mail.message["Subject"] == "Le disque /films est presque plein"
    assert "5,0 Go" in mail.message.get_content().replace("\u00a0", " ")
    house.clock.move(PAUSES[0])
    await until(lambda: len(house.phone.taken) == 1)
    assert house.phone.taken[0]["priority"] == 4
    args: dict[str, object] = {"title": "Phares", "project": "p"}
    house.bus.publish(NoticeRaised(NoticeLevel.GOOD, "notices.video_ready", args, desktop=True))
    await until(lambda: len(house.phone.taken) == 2 and len(house.mail.mails) == 2)
    assert "Phares" in house.phone.taken[1]["title"]


async def test_a_mailbox_without_an_address_for_alerts_is_no_target(house: House) -> None:
    account = await house.open()
    await house.plugins.set_option(account, "notices_to", "")
    house.disk(95)
    await until(lambda: len(house.phone.taken) == 1)
    await until(lambda: house.alerts.targets()[0].problem == "errors.notices_no_address")
    await until(lambda: house.alerts.targets()[0].waiting == 0)
    assert house.mail.mails == []


async def test_a_test_arrives_at_one_alone(house: House) -> None:
    await house.open()
    await house.alerts.try_target("ntfy")
    assert [one["title"] for one in house.phone.taken] == ["Un essai de Sokoul"]
    assert house.mail.mails == []
