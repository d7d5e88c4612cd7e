"""What the settings of downloads are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

LABELS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "settings.downloads.folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder for downloads"),
            QT_TRANSLATE_NOOP("Settings", "On the disk for films; empty: Downloads/Sokoul"),
        ),
        "settings.downloads.file_away": (
            QT_TRANSLATE_NOOP("Settings", "Put films into the library"),
            QT_TRANSLATE_NOOP(
                "Settings", "When they are here, each with a folder and a plain name"
            ),
        ),
        "settings.downloads.films_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder for films"),
            QT_TRANSLATE_NOOP("Settings", "Empty: Films, in the first folder of the library"),
        ),
        "settings.downloads.series_folder": (
            QT_TRANSLATE_NOOP("Settings", "Folder for series"),
            QT_TRANSLATE_NOOP("Settings", "Empty: Series, in the first folder of the library"),
        ),
        "settings.downloads.reserve": (
            QT_TRANSLATE_NOOP("Settings", "Always leave free"),
            QT_TRANSLATE_NOOP("Settings", "Downloads wait while the disk has less, then go on"),
        ),
        "settings.downloads.at_once": (
            QT_TRANSLATE_NOOP("Settings", "At the same time"),
            QT_TRANSLATE_NOOP("Settings", "Others wait for their turn; what you watch never does"),
        ),
        "settings.downloads.connections": (
            QT_TRANSLATE_NOOP("Settings", "Connections for one file"),
            QT_TRANSLATE_NOOP("Settings", "Where the server allows several"),
        ),
        "settings.downloads.down_limit": (
            QT_TRANSLATE_NOOP("Settings", "Fastest down"),
            QT_TRANSLATE_NOOP("Settings", "All downloads together"),
        ),
        "settings.downloads.up_limit": (
            QT_TRANSLATE_NOOP("Settings", "Fastest up"),
            QT_TRANSLATE_NOOP("Settings", "What others get from you"),
        ),
        "settings.downloads.timetable": (
            QT_TRANSLATE_NOOP("Settings", "Timetable"),
            QT_TRANSLATE_NOOP("Settings", "Press an hour: full speed, slow, rest"),
        ),
        "settings.downloads.slow_down": (
            QT_TRANSLATE_NOOP("Settings", "Down in slow hours"),
            QT_TRANSLATE_NOOP("Settings", "Of the timetable below"),
        ),
        "settings.downloads.slow_up": (
            QT_TRANSLATE_NOOP("Settings", "Up in slow hours"),
            QT_TRANSLATE_NOOP("Settings", "Of the timetable below"),
        ),
        "settings.downloads.seed_percent": (
            QT_TRANSLATE_NOOP("Settings", "Give back"),
            QT_TRANSLATE_NOOP("Settings", "As much as was fetched is 100 %; then it ends"),
        ),
        "settings.downloads.seed_hours": (
            QT_TRANSLATE_NOOP("Settings", "Give at most for"),
            QT_TRANSLATE_NOOP("Settings", "Ends it also when nobody wants it"),
        ),
        "settings.downloads.interface": (
            QT_TRANSLATE_NOOP("Settings", "Only through this network"),
            QT_TRANSLATE_NOOP(
                "Settings",
                "The name of your VPN, such as wg0: without it torrents stand still. Names of"
                " trackers are still looked up by the system",
            ),
        ),
        "settings.downloads.encryption": (
            QT_TRANSLATE_NOOP("Settings", "Encryption between peers"),
            QT_TRANSLATE_NOOP("Settings", "Required: fewer peers, nothing in the clear"),
        ),
        "settings.downloads.find_peers": (
            QT_TRANSLATE_NOOP("Settings", "Find peers without a tracker (DHT)"),
            QT_TRANSLATE_NOOP("Settings", "Magnet links hardly work without it"),
        ),
        "settings.downloads.exchange_peers": (
            QT_TRANSLATE_NOOP("Settings", "Let peers name others (PEX)"),
            QT_TRANSLATE_NOOP("Settings", "Finds more of them, sooner"),
        ),
        "settings.downloads.local_peers": (
            QT_TRANSLATE_NOOP("Settings", "Find peers at home (LSD)"),
            QT_TRANSLATE_NOOP("Settings", "Off by itself while a VPN is named"),
        ),
        "settings.downloads.open_port": (
            QT_TRANSLATE_NOOP("Settings", "Open a port in the router"),
            QT_TRANSLATE_NOOP(
                "Settings", "More peers reach you. Off by itself while a VPN is named"
            ),
        ),
    }
)

CHOICES: Mapping[str, object] = MappingProxyType(
    {
        "encryption.allow": QT_TRANSLATE_NOOP("Settings", "When the other can"),
        "encryption.require": QT_TRANSLATE_NOOP("Settings", "Required"),
        "encryption.off": QT_TRANSLATE_NOOP("Settings", "Never"),
    }
)

NOTHING, NO_END = QT_TRANSLATE_NOOP("Settings", "Nothing"), QT_TRANSLATE_NOOP("Settings", "No end")
