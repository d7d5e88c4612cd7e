"""The rules, as the owner has set them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.alerts import AlertLevel, AlertRule
from app.domain.settings_sections import Monitoring

NAMES: Final = (
    *("disk_full", "storage", "temperature", "vpn_lost", "backup_failed"),
    *("provider_down", "error_rate", "sign_in", "pipeline_slow", "render_queue"),
)
"""All of them, in the order they are shown."""

LIMITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "disk_full": "disk_percent",
        "storage": "storage_percent",
        "temperature": "temperature",
        "provider_down": "provider_minutes",
        "error_rate": "error_percent",
        "pipeline_slow": "pipeline_minutes",
        "render_queue": "render_queue",
    }
)
"""The setting of section ``monitoring`` that is the limit of a rule; the others have none."""

MINUTE: Final = 60.0
SLIGHTLY: Final = 0.8
"""A rate or a queue is well again below so much of its limit."""


def names(told: str) -> frozenset[str]:
    """Names out of a setting that holds several with commas between them."""
    return frozenset(part.strip() for part in told.split(",") if part.strip())


def rules_of(wanted: Monitoring) -> tuple[AlertRule, ...]:
    """Every rule with its limits; all are off when the owner wants no alerts."""
    off = frozenset(NAMES) if not wanted.alerts else names(wanted.alerts_off)
    warn, bad = AlertLevel.WARN, AlertLevel.BAD
    disk, storage, heat = wanted.disk_percent, wanted.storage_percent, wanted.temperature
    errors, queue = wanted.error_percent, wanted.render_queue
    found = {
        "disk_full": (bad, disk, disk - 2, 0, 30),
        "storage": (warn, storage, storage - 2, 0, 30),
        "temperature": (bad, heat, heat - 5, 30, 30),
        "vpn_lost": (bad, 0.5, 0.5, 0, 0),
        "backup_failed": (bad, 0.5, 0.5, 0, 0),
        "provider_down": (warn, wanted.provider_minutes * MINUTE, 0, 0, 0),
        "error_rate": (warn, errors, errors * SLIGHTLY, 0, 60),
        "sign_in": (warn, 0.5, 0.5, 0, 0),
        "pipeline_slow": (warn, wanted.pipeline_minutes * MINUTE, 0, 0, 0),
        "render_queue": (warn, queue, queue * SLIGHTLY, 0, 60),
    }  # fmt: skip
    return tuple(
        AlertRule(name, level, limit, clear, seconds, settle, name not in off)
        for name, (level, limit, clear, seconds, settle) in found.items()
    )
