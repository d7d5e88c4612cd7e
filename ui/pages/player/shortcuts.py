"""The keys of the player, and the name of what each does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

KEYS: dict[Qt.Key, str] = {
    Qt.Key.Key_Space: "toggle",
    Qt.Key.Key_K: "toggle",
    Qt.Key.Key_MediaTogglePlayPause: "toggle",
    Qt.Key.Key_MediaPlay: "play",
    Qt.Key.Key_MediaPause: "pause",
    Qt.Key.Key_MediaStop: "stop",
    Qt.Key.Key_MediaNext: "next",
    Qt.Key.Key_J: "back",
    Qt.Key.Key_L: "forward",
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "forward",
    Qt.Key.Key_AudioRewind: "back",
    Qt.Key.Key_AudioForward: "forward",
    Qt.Key.Key_Up: "louder",
    Qt.Key.Key_Down: "quieter",
    Qt.Key.Key_M: "mute",
    Qt.Key.Key_F: "full",
    Qt.Key.Key_F11: "full",
    Qt.Key.Key_BracketLeft: "slower",
    Qt.Key.Key_BracketRight: "faster",
    Qt.Key.Key_V: "subtitle",
    Qt.Key.Key_Subtitle: "subtitle",
    Qt.Key.Key_B: "sound",
    Qt.Key.Key_A: "aspect",
    Qt.Key.Key_H: "chapters",
    Qt.Key.Key_N: "next",
    Qt.Key.Key_P: "small",
    Qt.Key.Key_S: "screenshot",
    Qt.Key.Key_W: "watched",
    Qt.Key.Key_Comma: "frame_back",
    Qt.Key.Key_Period: "frame",
    Qt.Key.Key_Return: "controls",
    Qt.Key.Key_Enter: "controls",
    Qt.Key.Key_Select: "controls",
}
_ALLOWED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def action_of(event: QKeyEvent) -> str:
    """The name of what a key does; ``part_3`` for 3 (30 %); empty when it is not ours."""
    if event.modifiers() & ~_ALLOWED:
        return ""
    key = Qt.Key(event.key())
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return f"part_{key - Qt.Key.Key_0}"
    return KEYS.get(key, "")
