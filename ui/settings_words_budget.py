"""What the settings of the budget are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.budget.currency": (
            QT_TRANSLATE_NOOP("Settings", "Your currency"),
            QT_TRANSLATE_NOOP("Settings", "Limits and what was spent are told in it"),
        ),
        "settings.budget.dollar_rate": (
            QT_TRANSLATE_NOOP("Settings", "What one US dollar is in it"),
            QT_TRANSLATE_NOOP(
                "Settings",
                "Services count in dollars. Write it like 0.92; the past keeps the rate of its day",
            ),
        ),
        "settings.budget.month": (
            QT_TRANSLATE_NOOP("Settings", "The most for a month"),
            QT_TRANSLATE_NOOP(
                "Settings",
                "Calls that could cost more are not made. Empty: no limit. The Budget page has "
                "limits for single services and tasks",
            ),
        ),
        "settings.budget.day": (
            QT_TRANSLATE_NOOP("Settings", "The most for a day"),
            QT_TRANSLATE_NOOP("Settings", "Empty: no limit"),
        ),
        "settings.budget.more": (
            QT_TRANSLATE_NOOP("Settings", "Limits of services and tasks"),
            QT_TRANSLATE_NOOP("Settings", "They are set on the Budget page"),
        ),
        "settings.budget.unknown": (
            QT_TRANSLATE_NOOP("Settings", "When nobody knows what a call costs"),
            QT_TRANSLATE_NOOP("Settings", "A question waits on the Budget page"),
        ),
        "settings.budget.unknown_most": (
            QT_TRANSLATE_NOOP("Settings", "What such a call may cost"),
            QT_TRANSLATE_NOOP("Settings", "This much is set aside until its real price is known"),
        ),
    }
)

CHOICES: Mapping[str, object] = MappingProxyType(
    {
        "unknown.ask": QT_TRANSLATE_NOOP("Settings", "Ask me"),
        "unknown.up_to": QT_TRANSLATE_NOOP("Settings", "Allow it up to the amount below"),
        "unknown.never": QT_TRANSLATE_NOOP("Settings", "Never make the call"),
    }
)
