"""What plugins know about an item, in the language of the window."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication

from app.domain.media import Details
from app.services.plugins.describe import with_description
from ui import i18n
from ui.page import PageContext

Describe = Callable[[Details], Coroutine[Any, Any, Details]]
"""Adds what plugins know about an item; never raises."""


def describer(context: PageContext) -> Describe:
    """Ask the plugins of this station, in the language spoken when the page is built."""
    language = i18n.language_of(QApplication.instance() or context.bridge)
    plugins = context.services.plugins

    async def describe(details: Details) -> Details:
        return await with_description(plugins, details, language)

    return describe
