"""The English sentences behind the keys of the montage; translators read this file."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.montage_asset": QT_TRANSLATE_NOOP(
        "Messages",
        "{name}, which scene {scene} needs, is broken. Make the scene again or choose another "
        "file.",
    ),
    "errors.montage_disk": QT_TRANSLATE_NOOP(
        "Messages",
        "The video could not be written to {folder} ({reason}). Check the disk, then go on.",
    ),
    "errors.montage_disk_full": QT_TRANSLATE_NOOP(
        "Messages",
        "There is not enough space in {folder} for the video. Make room, then go on: what is "
        "finished is kept.",
    ),
    "errors.montage_empty": QT_TRANSLATE_NOOP(
        "Messages",
        "There is nothing to see yet: the video has no pictures.",
    ),
    "errors.montage_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The video could not be put together. Try again; the log tells more.",
    ),
    "errors.montage_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "{name}, which scene {scene} needs, is not there any more. Make the scene again or "
        "choose another file.",
    ),
    "errors.montage_music": QT_TRANSLATE_NOOP(
        "Messages",
        "The music {name} is missing or broken. Choose another one.",
    ),
    "errors.montage_shot": QT_TRANSLATE_NOOP(
        "Messages",
        "A picture of scene {scene} has a length or a cross-fade that cannot be. Make the "
        "scene again.",
    ),
    "errors.montage_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "The video would be longer than an hour, or has too many pictures. Make it shorter.",
    ),
}
