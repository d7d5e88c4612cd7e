"""What the settings of casting and of the media server are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.casting.networks": (
            QT_TRANSLATE_NOOP("Settings", "Networks to look in"),
            QT_TRANSLATE_NOOP(
                "Settings", "By their names; none stands for all networks of your home"
            ),
        ),
        "settings.casting.port": (
            QT_TRANSLATE_NOOP("Settings", "Port of this station"),
            QT_TRANSLATE_NOOP(
                "Settings", "Where TVs fetch films. When it is taken, the next free one is used"
            ),
        ),
        "settings.media_server.enabled": (
            QT_TRANSLATE_NOOP("Settings", "Let TVs find the library"),
            QT_TRANSLATE_NOOP(
                "Settings", "It appears in the list of sources of TVs, consoles and phones"
            ),
        ),
        "settings.media_server.name": (
            QT_TRANSLATE_NOOP("Settings", "Name shown there"),
            QT_TRANSLATE_NOOP("Settings", "Empty: Sokoul"),
        ),
        "settings.media_server.ask": (
            QT_TRANSLATE_NOOP("Settings", "Ask before a new device may look"),
            QT_TRANSLATE_NOOP("Settings", "Off: every device of your home may"),
        ),
        "settings.media_server.folders": (
            QT_TRANSLATE_NOOP("Settings", "Folders that are shared"),
            QT_TRANSLATE_NOOP("Settings", "With devices that may look"),
        ),
    }
)
