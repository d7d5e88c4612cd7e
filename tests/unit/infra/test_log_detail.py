from __future__ import annotations

import logging

from app.infra import logs
from app.infra.paths import Paths
from app.main import follow_log_detail
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService


async def test_the_log_follows_the_setting(paths: Paths) -> None:
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    logs.setup(paths)
    follow_log_detail(settings, bus)
    await settings.set("privacy", "log_detail", "detailed")
    assert logging.getLogger().level == logging.DEBUG
    await settings.set("privacy", "log_detail", "normal")
    assert logging.getLogger().level == logging.INFO


async def test_a_verbose_start_stays_verbose(paths: Paths) -> None:
    logs.setup(paths, verbose=True)
    logs.set_detailed(False)
    assert logging.getLogger().level == logging.DEBUG
