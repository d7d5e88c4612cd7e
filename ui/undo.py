"""Undo over confirm: what was done is told, with a button that takes it back for ten seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.media import Card
from ui import words
from ui.page import Toasts

SECONDS = 10.0


def offer_undo(toasts: Toasts, text: str, undo: Callable[[], None]) -> None:
    """Say what was done; the button calls `undo`."""
    action = QCoreApplication.translate("Undo", "Undo")
    toasts.show(text, action=action, on_action=undo, seconds=SECONDS)


def tell_marked(toasts: Toasts, card: Card, watched: bool, undo: Callable[[], None]) -> None:
    """Say that an item was marked watched, or not watched."""
    if watched:
        said = QCoreApplication.translate("Undo", "{title} is marked as watched")
    else:
        said = QCoreApplication.translate("Undo", "{title} is marked as not watched")
    offer_undo(toasts, said.format(title=words.headline(card)), undo)
