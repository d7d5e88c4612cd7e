"""The English sentences behind the keys of nights, backups and space; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.backup_damaged": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot be put back: {reason}. Nothing else was changed; try another one.",
    ),
    "errors.backup_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "No backup could be written to {folder}: {reason}. The older ones are as they were.",
    ),
    "errors.backup_no_room": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} has no room for a backup of {megabytes} MB. Free some space, or choose another "
        "folder in Settings.",
    ),
    "errors.backup_station_runs": QT_TRANSLATE_NOOP(
        "Messages", "A station runs. Quit it first, then restore."
    ),
    "errors.backup_unknown": QT_TRANSLATE_NOOP(
        "Messages", "There is no backup {name}. See them with: sokoul backup --list."
    ),
    "errors.space_not_freeable": QT_TRANSLATE_NOOP(
        "Messages", "{part} holds things that cannot be made again, so it is not emptied."
    ),
    "notices.restored": QT_TRANSLATE_NOOP(
        "Messages",
        "The backup {name} is back in place. Publishing is paused: look at the queue, then let it "
        "go on.",
    ),
}
