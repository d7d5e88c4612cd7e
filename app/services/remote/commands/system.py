"""`/system`: the machine, its alerts, and which part of the station is not well."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from app.domain.alerts import Alert
from app.domain.errors import AppError
from app.domain.monitoring import DiskUse, Snapshot
from app.domain.sizes import bar
from app.services.phrases import Phrases
from app.services.remote.commands import telling, wellness
from app.services.remote.commands.ports import Alerts, Checks, Watches
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, short
from app.services.remote.talk import Button, Talk

DISKS: Final = 6
LINKS: Final = 4


class SystemCommand:
    """Implements `Command`."""

    name = "system"

    def __init__(
        self,
        watches: Watches,
        checks: Checks,
        alerts: Alerts,
        sheets: Sheets,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._watches, self._checks, self._alerts = watches, checks, alerts
        self._sheets, self._clock = sheets, clock

    async def run(self, talk: Talk, words: str) -> None:
        """Show how everything is."""
        face = Face(talk.phrases.say("remote.looking"))
        sheet = await self._sheets.open(talk, face)
        await self._show(talk, sheet)

    async def _show(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases
        alerts = wellness.open_alerts(self._alerts)

        async def again(talk: Talk) -> None:
            await self._show(talk, sheet)

        async def check(talk: Talk) -> None:
            await self._run(talk, sheet)

        async def seen(talk: Talk) -> None:
            await self._close(alerts)
            await self._show(talk, sheet)

        buttons = [
            [
                Button(phrases.say("remote.refresh"), again),
                Button(phrases.say("remote.system.check"), check),
            ]
        ]
        if any(not one.seen for one in alerts):
            buttons.append([Button(phrases.say("remote.system.seen"), seen)])
        await sheet.show(Face(self._text(phrases, alerts), buttons))

    async def _run(self, talk: Talk, sheet: Sheet) -> None:
        """Look at every part now."""
        before = sheet.face
        await sheet.show(Face(f"{before.text}\n\n{talk.phrases.say('remote.system.checking')}"))
        try:
            await self._checks.run()
        except AppError:
            await sheet.show(before)
            raise
        await self._show(talk, sheet)

    async def _close(self, alerts: list[Alert]) -> None:
        for one in alerts:
            await self._alerts.close(one.id)

    def _text(self, phrases: Phrases, alerts: list[Alert]) -> str:
        checks = self._checks.checks()
        ill = wellness.not_well(checks)
        parts = [self._machine(phrases)]
        if alerts:
            told = wellness.alert_lines(self._alerts, alerts, phrases)
            parts.append(lines(phrases.say("remote.status.alerts"), *told))
        if ill:
            told = wellness.check_lines(ill, phrases)
            parts.append(lines(phrases.say("remote.system.not_well"), *told))
        elif checks:
            parts.append(phrases.say("remote.system.well", count=len(checks)))
        else:
            parts.append(phrases.say("remote.system.not_checked"))
        return "\n\n".join(part for part in parts if part)

    def _machine(self, phrases: Phrases) -> str:
        machine, now = self._watches.machine, self._watches.now
        up = ""
        if machine.booted:
            time_up = telling.length(phrases, max(0.0, self._clock() - machine.booted))
            up = phrases.say("remote.system.up", time=time_up)
        head = joined((short(machine.model, 60), up))
        if now is None:
            return lines(head, phrases.say("remote.system.no_figures"))
        return lines(
            head,
            phrases.say("remote.system.cpu", share=telling.share(now.cpu), count=len(now.cores)),
            _temperature(phrases, now),
            _memory(phrases, now),
            *(_disk(phrases, one) for one in _disks(now)),
            *(
                phrases.say(
                    "remote.system.link",
                    name=short(one.name, 20),
                    down=telling.speed(phrases, one.received),
                    up=telling.speed(phrases, one.sent),
                )
                for one in now.links[:LINKS]
                if one.up and one.received >= 1 and one.sent >= 1
            ),
        )


def _temperature(phrases: Phrases, now: Snapshot) -> str:
    if now.temperature is None:
        return phrases.say("remote.system.throttled") if now.throttled else ""
    told = phrases.say("remote.system.temperature", degrees=round(now.temperature))
    return joined((told, phrases.say("remote.system.throttled") if now.throttled else ""))


def _memory(phrases: Phrases, now: Snapshot) -> str:
    if not now.memory_total:
        return ""
    return phrases.say(
        "remote.system.memory",
        share=bar(now.memory_used / now.memory_total),
        used=telling.size(phrases, now.memory_used),
        total=telling.size(phrases, now.memory_total),
    )


def _disks(now: Snapshot) -> list[DiskUse]:
    """The fullest first."""
    return sorted(now.disks, key=lambda one: -one.ratio)[:DISKS]


def _disk(phrases: Phrases, one: DiskUse) -> str:
    free = telling.size(phrases, max(0, one.total - one.used)) or telling.size(phrases, 1)
    told = phrases.say(
        "remote.system.disk",
        name=short(one.mount.rstrip("/").rpartition("/")[2] or one.name, 30),
        share=telling.share(one.ratio),
        free=free,
    )
    return joined((told, phrases.say("remote.system.failing") if one.smart == "failing" else ""))
