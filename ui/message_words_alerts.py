"""The English sentences behind the keys of alerts and of where they are sent."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.alert_over": QT_TRANSLATE_NOOP("Messages", "This alert is over already."),
    "errors.alert_rule": QT_TRANSLATE_NOOP("Messages", "There is no such rule: {name}."),
    "errors.not_a_time": QT_TRANSLATE_NOOP(
        "Messages",
        "“{time}” is no time of the day. Write it like 22:00.",
    ),
    "errors.notices_no_address": QT_TRANSLATE_NOOP(
        "Messages",
        "No address for alerts is given. Type your own at “Alerts to” of this account.",
    ),
    "errors.ntfy_topic": QT_TRANSLATE_NOOP(
        "Messages",
        "“{topic}” is no topic of ntfy. It has letters, figures, - and _, 64 at most.",
    ),
    "notices.alert": QT_TRANSLATE_NOOP("Messages", "{title}\n{text}"),
}
"""Source text by key."""
