"""What the settings of the Studio are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.studio.voice_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder of voices"),
            QT_TRANSLATE_NOOP("Settings", "Voices of Piper: .onnx files with their .json"),
        ),
        "settings.studio.picture_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder of pictures"),
            QT_TRANSLATE_NOOP("Settings", "Your own, found by the words in their names"),
        ),
        "settings.studio.music_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder of music"),
            QT_TRANSLATE_NOOP("Settings", "Music you may publish; else a quiet bed is made here"),
        ),
        "settings.studio.tries": (
            QT_TRANSLATE_NOOP("Settings", "Tries for each step"),
            QT_TRANSLATE_NOOP("Settings", "With a longer pause before each"),
        ),
        "settings.studio.step_seconds": (
            QT_TRANSLATE_NOOP("Settings", "Longest time for a step"),
            QT_TRANSLATE_NOOP("Settings", "Services that make clips, and the montage, get more"),
        ),
        "settings.studio.step_limits": (
            QT_TRANSLATE_NOOP("Settings", "Limits of single steps"),
            QT_TRANSLATE_NOOP("Settings", "Otherwise as above"),
        ),
    }
)
