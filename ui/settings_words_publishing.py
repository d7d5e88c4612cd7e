"""What the settings of Publishing are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.publishing.per_hour": (
            QT_TRANSLATE_NOOP("Settings", "Posts an hour, in all"),
            QT_TRANSLATE_NOOP("Settings", "What is beyond goes out a little later"),
        ),
        "settings.publishing.approve_all": (
            QT_TRANSLATE_NOOP("Settings", "Ask before every post"),
            QT_TRANSLATE_NOOP("Settings", "Nothing goes out before you said yes"),
        ),
        "settings.publishing.watch_folder": (
            QT_TRANSLATE_NOOP("Settings", "Watch folder"),
            QT_TRANSLATE_NOOP("Settings", "New videos in it are described and published"),
        ),
        "settings.publishing.watch_folders": (
            QT_TRANSLATE_NOOP("Settings", "More watch folders"),
            QT_TRANSLATE_NOOP("Settings", "A list in JSON"),
        ),
        "settings.publishing.watch_accounts": (
            QT_TRANSLATE_NOOP("Settings", "Accounts for the watch folder"),
            QT_TRANSLATE_NOOP("Settings", "Where new videos of it go"),
        ),
        "settings.publishing.watch_publish": (
            QT_TRANSLATE_NOOP("Settings", "New videos in the watch folder"),
            QT_TRANSLATE_NOOP("Settings", "Whether they wait for one press of yours"),
        ),
        "settings.publishing.audit_days": (
            QT_TRANSLATE_NOOP("Settings", "Days the audit log tells what went out"),
            QT_TRANSLATE_NOOP("Settings", "0: for ever. Then only that something did, and when"),
        ),
        "settings.links.public_address": (
            QT_TRANSLATE_NOOP("Settings", "Public address"),
            QT_TRANSLATE_NOOP(
                "Settings", "Of your reverse proxy: https://films.example.org. Empty: the home only"
            ),
        ),
        "settings.links.proxy": (
            QT_TRANSLATE_NOOP("Settings", "Reverse proxy"),
            QT_TRANSLATE_NOOP(
                "Settings", "Its address here, such as 192.168.1.2: it is believed who visits"
            ),
        ),
        "settings.links.contact": (
            QT_TRANSLATE_NOOP("Settings", "How people reach you"),
            QT_TRANSLATE_NOOP("Settings", "An e-mail address or a page, shown when a link ended"),
        ),
        "settings.links.keep_days": (
            QT_TRANSLATE_NOOP("Settings", "Keep links that are over"),
            QT_TRANSLATE_NOOP("Settings", "With their figures; then they are forgotten"),
        ),
    }
)

CHOICES: Mapping[str, object] = MappingProxyType(
    {
        "watch_publish.ask": QT_TRANSLATE_NOOP("Settings", "Wait for my yes"),
        "watch_publish.go": QT_TRANSLATE_NOOP("Settings", "Go out by themselves"),
    }
)
