"""The English sentences behind the keys of notes, notices, plugins and settings."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "notes.codec_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "Its coding is not known here, so it may not play.",
    ),
    "notes.empty": QT_TRANSLATE_NOOP("Messages", "The file is empty."),
    "notes.link_broken": QT_TRANSLATE_NOOP("Messages", "It is a link to a file that is not there."),
    "notes.link_outside": QT_TRANSLATE_NOOP(
        "Messages",
        "It is a link that leads outside of the folder.",
    ),
    "notes.no_video": QT_TRANSLATE_NOOP("Messages", "There is no picture in this file."),
    "notes.not_a_file": QT_TRANSLATE_NOOP("Messages", "It is not a file that can be read."),
    "notes.picture_too_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The picture is too large to be opened safely.",
    ),
    "notes.picture_unreadable": QT_TRANSLATE_NOOP("Messages", "The picture cannot be read."),
    "notes.took_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "Looking into it took too long. It is tried again when the file changes.",
    ),
    "notes.unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "The file cannot be read: it is damaged or not complete.",
    ),
    "notices.plugin_off": QT_TRANSLATE_NOOP(
        "Messages",
        "The plugin {plugin} was switched off: {reason}. The station goes on without it.",
    ),
    "plugins.manifest.bad": QT_TRANSLATE_NOOP(
        "Messages",
        "“{field}” in its manifest is not right.",
    ),
    "plugins.manifest.duplicate": QT_TRANSLATE_NOOP(
        "Messages",
        "There is another plugin of the same name ({id}).",
    ),
    "plugins.manifest.link": QT_TRANSLATE_NOOP(
        "Messages",
        "Its folder is a link; put the folder itself there.",
    ),
    "plugins.manifest.missing": QT_TRANSLATE_NOOP(
        "Messages",
        "“{field}” is missing in its manifest.",
    ),
    "plugins.manifest.none": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no manifest or no code in its folder {folder}.",
    ),
    "plugins.manifest.too_large": QT_TRANSLATE_NOOP("Messages", "Its manifest is too large."),
    "plugins.manifest.unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "“{field}” in its manifest is not known.",
    ),
    "plugins.manifest.unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "Its manifest cannot be read: {reason}.",
    ),
    "plugins.manifest.wrong_api": QT_TRANSLATE_NOOP(
        "Messages",
        "It was made for another version of Sokoul (it needs {api}, here is {ours}).",
    ),
    "plugins.manifest.wrong_folder": QT_TRANSLATE_NOOP(
        "Messages",
        "It is called {id} but lies in a folder called {folder}.",
    ),
    "plugins.off.hung": QT_TRANSLATE_NOOP("Messages", "It did not answer in time ({detail})."),
    "plugins.off.missing_capability": QT_TRANSLATE_NOOP(
        "Messages",
        "It does not do what its manifest promises ({detail}).",
    ),
    "plugins.off.no_setup": QT_TRANSLATE_NOOP("Messages", "Its code has no way to be started."),
    "plugins.off.raised": QT_TRANSLATE_NOOP("Messages", "It failed ({detail})."),
    "plugins.off.wrong_answer": QT_TRANSLATE_NOOP(
        "Messages",
        "It gave an answer that cannot be used ({detail}).",
    ),
    "settings.problem.broken": QT_TRANSLATE_NOOP(
        "Messages",
        "The settings file was damaged. It was kept beside, and Sokoul began with its own"
        " settings.",
    ),
    "settings.problem.newer": QT_TRANSLATE_NOOP(
        "Messages",
        "The settings were written by a newer Sokoul. What is not known here is kept.",
    ),
    "settings.problem.not_a_table": QT_TRANSLATE_NOOP(
        "Messages",
        "A part of the settings file could not be read.",
    ),
    "settings.problem.restored": QT_TRANSLATE_NOOP(
        "Messages",
        "The settings file was damaged. The last good one is used.",
    ),
    "settings.problem.unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "The settings in {path} could not be read. Sokoul uses its own for now.",
    ),
    "settings.problem.values": QT_TRANSLATE_NOOP(
        "Messages",
        "Some settings could not be used and went back to what is usual: {names}",
    ),
}
"""Source text by key."""
