"""Builds what the window has of casting, from the services there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.casting.desk import CastDesk, Opens, Shows, subtitle_line
from ui.casting.outside import CastOutside
from ui.casting.viewmodel import CastViewModel
from ui.theme import Theme

if TYPE_CHECKING:
    from app.services.station import Services
    from ui.bridge import Bridge


def make_desk(
    window: QWidget,
    theme: Theme,
    bridge: Bridge,
    services: Services,
    toasts: Shows,
    navigator: Opens,
) -> CastDesk | None:
    """Build it; None for services that do not cast, such as those of a page's own tests."""
    casting = getattr(services, "casting", None)
    if casting is None:
        return None

    def subtitles() -> str:
        playback = services.settings.current.playback
        return subtitle_line(playback.subtitle_language, on=playback.subtitles_on)

    def raise_window() -> None:
        window.show()
        window.raise_()
        window.activateWindow()

    model = CastViewModel(bridge, casting, services.library)
    desk = CastDesk(window, theme, model, toasts, navigator, subtitles)
    desk.outside = CastOutside(
        model, desk.do, lambda key: services.library.picture(key).as_uri(), raise_window, desk
    )
    return desk
