"""The English sentences behind the remote on a phone."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.chat_other_listener": QT_TRANSLATE_NOOP(
        "Messages",
        "Another program listens as the same bot of {name}. End it, or give the station a bot "
        "of its own.",
    ),
    "errors.chat_file_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The file is too large to be sent through {name}.",
    ),
    "errors.chat_closed": QT_TRANSLATE_NOOP(
        "Messages",
        "They cannot be written to through {name}: they stopped the bot, or never started it.",
    ),
    "errors.chat_message_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "The message is not there any more.",
    ),
    "errors.chat_press_old": QT_TRANSLATE_NOOP(
        "Messages",
        "The button was pressed too long ago.",
    ),
    "errors.chat_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not take this message.",
    ),
    "errors.chat_no_name": QT_TRANSLATE_NOOP(
        "Messages",
        "The bot has no name at {name}. Make another one with @BotFather.",
    ),
    "errors.remote_nobody": QT_TRANSLATE_NOOP(
        "Messages",
        "No phone is paired yet. Pair one in the settings.",
    ),
    "errors.remote_off": QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing carries messages to phones. Give the station the token of a bot first.",
    ),
    "errors.remote_not_wanted": QT_TRANSLATE_NOOP(
        "Messages",
        "Commands from phones are switched off.",
    ),
    "errors.remote_full": QT_TRANSLATE_NOOP(
        "Messages",
        "{most} phones are paired already. Remove one first.",
    ),
    "errors.remote_busy": QT_TRANSLATE_NOOP(
        "Messages",
        "The chat service asks for pause after pause. Try again later.",
    ),
    "errors.remote_disk": QT_TRANSLATE_NOOP(
        "Messages",
        "What the remote must remember cannot be written: the disk may be full.",
    ),
    "notices.remote_paired": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} may command the station from a phone now.",
    ),
}
