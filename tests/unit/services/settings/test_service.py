from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, Unavailable
from app.domain.events import NoticeRaised, SettingsChanged
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def service(paths: Paths, bus: EventBus) -> SettingsService:
    made = SettingsService(paths.settings, bus)
    made.load()
    return made


async def test_a_change_counts_at_once_is_told_and_is_kept(
    service: SettingsService, bus: EventBus, paths: Paths
) -> None:
    seen: list[tuple[str, int]] = []
    bus.on(SettingsChanged, lambda e: seen.append((e.section, service.current.look.scale)))
    await service.set("look", "scale", 150)
    assert seen == [("look", 150)]
    again = SettingsService(paths.settings, EventBus())
    assert again.load().look.scale == 150


async def test_the_same_value_again_is_no_change(service: SettingsService, bus: EventBus) -> None:
    seen: list[SettingsChanged] = []
    bus.on(SettingsChanged, seen.append)
    await service.set("look", "scale", 100)
    assert seen == []


async def test_a_bad_value_changes_nothing(service: SettingsService, paths: Paths) -> None:
    with pytest.raises(InvalidInput):
        await service.set("look", "scale", 3)
    assert service.current.look.scale == 100
    assert not paths.settings.exists()


async def test_many_changes_are_written_as_few_and_the_last_one_wins(
    service: SettingsService, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[Path] = []
    real = os.fsync

    def count(number: int) -> None:
        writes.append(paths.settings)
        real(number)

    monkeypatch.setattr(os, "fsync", count)
    await asyncio.gather(*(service.set("playback", "volume", n) for n in range(100)))
    assert len(writes) < 20
    assert SettingsService(paths.settings, EventBus()).load().playback.volume == 99


async def test_a_full_disk_is_told_and_the_value_still_counts(
    service: SettingsService, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unavailable):
        await service.set("look", "scale", 150)
    assert service.current.look.scale == 150
    assert not paths.settings.exists()
    monkeypatch.undo()
    await service.set("look", "motion", "off")
    kept = SettingsService(paths.settings, EventBus()).load()
    assert (kept.look.scale, kept.look.motion) == (150, "off")


async def test_what_was_wrong_with_the_file_is_told(paths: Paths, bus: EventBus) -> None:
    paths.settings.write_text("version = 1\n[look]\nscale = 7\n")
    service = SettingsService(paths.settings, bus)
    service.load()
    notices: list[NoticeRaised] = []
    bus.on(NoticeRaised, notices.append)
    service.tell_problems()
    assert [notice.key for notice in notices] == ["settings.problem.values"]
    assert notices[0].args == {"names": "look.scale"}


async def test_a_plugin_has_a_switch_and_options(service: SettingsService, paths: Paths) -> None:
    await service.set_plugin("nfo", enabled=False)
    await service.set_plugin("nfo", options={"folder_files": False})
    choice = SettingsService(paths.settings, EventBus()).load().plugins["nfo"]
    assert choice.enabled is False
    assert dict(choice.options) == {"folder_files": False}
