"""What the settings of watching, of the remote and of the nights are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.monitoring.alerts": (
            QT_TRANSLATE_NOOP("Settings", "Tell when something is wrong"),
            QT_TRANSLATE_NOOP("Settings", "Once when it begins, and once when it is over"),
        ),
        "settings.monitoring.quiet_from": (
            QT_TRANSLATE_NOOP("Settings", "Quiet from"),
            QT_TRANSLATE_NOOP("Settings", "A time such as 22:00. Empty: at no time"),
        ),
        "settings.monitoring.quiet_to": (
            QT_TRANSLATE_NOOP("Settings", "Quiet until"),
            QT_TRANSLATE_NOOP("Settings", "What came in between is told then, in one message"),
        ),
        "settings.monitoring.disk_percent": (
            QT_TRANSLATE_NOOP("Settings", "A disk is almost full"),
            QT_TRANSLATE_NOOP("Settings", "When so much of any disk of the station is taken"),
        ),
        "settings.monitoring.storage_percent": (
            QT_TRANSLATE_NOOP("Settings", "The media are growing out of their place"),
            QT_TRANSLATE_NOOP("Settings", "When so much of the disk with the films is taken"),
        ),
        "settings.monitoring.temperature": (
            QT_TRANSLATE_NOOP("Settings", "The processor is hot"),
            QT_TRANSLATE_NOOP("Settings", "When its hottest part stays above this"),
        ),
        "settings.monitoring.provider_minutes": (
            QT_TRANSLATE_NOOP("Settings", "A source does not answer"),
            QT_TRANSLATE_NOOP("Settings", "When it has been down for so long"),
        ),
        "settings.monitoring.pipeline_minutes": (
            QT_TRANSLATE_NOOP("Settings", "A video takes long"),
            QT_TRANSLATE_NOOP("Settings", "When the Studio has worked on one for so long"),
        ),
        "settings.monitoring.error_percent": (
            QT_TRANSLATE_NOOP("Settings", "Many errors"),
            QT_TRANSLATE_NOOP("Settings", "When more of what sources and services are asked fails"),
        ),
        "settings.monitoring.render_queue": (
            QT_TRANSLATE_NOOP("Settings", "Many videos wait"),
            QT_TRANSLATE_NOOP("Settings", "When more than so many wait to be made"),
        ),
        "settings.monitoring.alerts_off": (
            QT_TRANSLATE_NOOP("Settings", "Alerts that are off"),
            QT_TRANSLATE_NOOP("Settings", "Names of rules, with commas between"),
        ),
        "settings.monitoring.targets_off": (
            QT_TRANSLATE_NOOP("Settings", "Where no alerts are sent"),
            QT_TRANSLATE_NOOP("Settings", "Names of plugins, with commas between"),
        ),
        "settings.monitoring.metrics": (
            QT_TRANSLATE_NOOP("Settings", "Figures for Prometheus"),
            QT_TRANSLATE_NOOP("Settings", "At /metrics in the home network, for who has the token"),
        ),
        "settings.remote.enabled": (
            QT_TRANSLATE_NOOP("Settings", "Take orders from phones"),
            QT_TRANSLATE_NOOP("Settings", "From the people below, and from nobody else"),
        ),
        "settings.remote.publish": (
            QT_TRANSLATE_NOOP("Settings", "Posts may be approved from a phone"),
            QT_TRANSLATE_NOOP("Settings", "Otherwise they wait for you here"),
        ),
        "settings.remote.delete": (
            QT_TRANSLATE_NOOP("Settings", "Downloads may be removed from a phone"),
            QT_TRANSLATE_NOOP("Settings", "Finished ones, and their files, after a second yes"),
        ),
        "settings.upkeep.hour": (
            QT_TRANSLATE_NOOP("Settings", "The hour of the nightly jobs"),
            QT_TRANSLATE_NOOP("Settings", "Jobs missed while the station was off are made up for"),
        ),
        "settings.upkeep.backups": (
            QT_TRANSLATE_NOOP("Settings", "Backups of the station that are kept"),
            QT_TRANSLATE_NOOP("Settings", "One a night, of the database and settings. 0: none"),
        ),
        "settings.upkeep.backup_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder of the backups"),
            QT_TRANSLATE_NOOP("Settings", "Best on another disk. Empty: beside the database"),
        ),
    }
)
