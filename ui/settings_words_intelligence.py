"""What the settings of intelligence are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.intelligence.policy": (
            QT_TRANSLATE_NOOP("Settings", "Who answers first"),
            QT_TRANSLATE_NOOP("Settings", "When nobody does, the station's own rules answer"),
        ),
        "settings.intelligence.folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder of models"),
            QT_TRANSLATE_NOOP("Settings", "Files that end in .gguf or .bin are found in it"),
        ),
        "settings.intelligence.model": (
            QT_TRANSLATE_NOOP("Settings", "Model"),
            QT_TRANSLATE_NOOP("Settings", "Chosen in the list above"),
        ),
        "settings.intelligence.speech": (
            QT_TRANSLATE_NOOP("Settings", "Model that hears"),
            QT_TRANSLATE_NOOP("Settings", "Chosen in the list above"),
        ),
        "settings.intelligence.unload_minutes": (
            QT_TRANSLATE_NOOP("Settings", "Give its memory back after"),
            QT_TRANSLATE_NOOP("Settings", "The model is loaded again when it is asked"),
        ),
        "settings.intelligence.learn": (
            QT_TRANSLATE_NOOP("Settings", "Understand the library"),
            QT_TRANSLATE_NOOP(
                "Settings", "Finds films by what they are about. Learnt here, in the background"
            ),
        ),
        "settings.intelligence.rest_while_playing": (
            QT_TRANSLATE_NOOP("Settings", "Rest while a film plays"),
            QT_TRANSLATE_NOOP("Settings", "Learning goes on when it has ended"),
        ),
        "settings.intelligence.routes": (
            QT_TRANSLATE_NOOP("Settings", "Who answers single questions"),
            QT_TRANSLATE_NOOP("Settings", "Otherwise as above"),
        ),
    }
)

CHOICES: Mapping[str, object] = MappingProxyType(
    {
        "policy.here_first": QT_TRANSLATE_NOOP("Settings", "This device, then services"),
        "policy.best": QT_TRANSLATE_NOOP("Settings", "The best answer"),
        "policy.cheapest": QT_TRANSLATE_NOOP("Settings", "The cheapest answer"),
        "policy.only_here": QT_TRANSLATE_NOOP("Settings", "Only this device"),
        "policy.rules": QT_TRANSLATE_NOOP("Settings", "Rules alone, no model"),
    }
)
