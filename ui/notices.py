"""Tells the owner what the station has to say: in the corner of the window, and on the desktop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from PySide6.QtCore import QObject

from app.domain.events import NoticeLevel, NoticeRaised
from ui.bridge import Bridge
from ui.messages import told

SHOWN_SECONDS = 8.0
ASKED_SECONDS = 20.0
"""A notice that wants an answer stays longer."""
DECIDED: Mapping[str, tuple[str, Mapping[str, object]]] = MappingProxyType(
    {
        "notices.device_asks": ("settings", {"section": "media_server"}),
        "notices.budget_price_asked": ("budget", {}),
        "notices.links_clock": ("publishing", {"view": "links"}),
    }
)
"""Notices that want the owner's answer, and the page where he gives it."""

OPENED: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "notices.video_ready": ("studio", ("project",)),
        "notices.video_failed": ("studio", ("project",)),
        "notices.alert": ("system", ("view",)),
        **dict.fromkeys(
            (
                *("notices.post_failed", "notices.post_held", "notices.post_unconfirmed"),
                *("notices.sign_in_failed", "notices.sign_in_ends"),
                *("notices.test_won", "notices.test_no_difference", "notices.test_failed"),
                *("notices.remake_ready", "notices.remake_failed", "notices.watch_ready"),
                "notices.series_ended",
            ),
            ("publishing", ()),
        ),
    }
)
"""Notices about something that has a page, and which of their arguments name it there."""


class Shows(Protocol):
    """Where messages appear."""

    def show(
        self,
        text: str,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> None:
        """Show one for some seconds."""


class Opens(Protocol):
    """What goes to a page."""

    def open(self, page: str, **args: object) -> None:
        """Go there."""


class Notices(QObject):
    """Shows each notice once; `notify` puts it on the desktop when it is worth that."""

    def __init__(
        self,
        bridge: Bridge,
        toasts: Shows,
        navigator: Opens,
        notify: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._toasts, self._navigator, self._notify = toasts, navigator, notify
        bridge.on(NoticeRaised, self._on_notice_raised, self)

    def _on_notice_raised(self, notice: NoticeRaised) -> None:
        text = told(notice.key, notice.args)
        if notice.key in DECIDED:
            page, args = DECIDED[notice.key]
            self._toasts.show(
                text,
                level=notice.level,
                action=self.tr("Decide"),
                on_action=lambda: self._navigator.open(page, **args),
                seconds=ASKED_SECONDS,
            )
        elif notice.key in OPENED:
            page, names = OPENED[notice.key]
            args = {name: notice.args[name] for name in names}
            self._toasts.show(
                text,
                level=notice.level,
                action=self.tr("Open"),
                on_action=lambda: self._navigator.open(page, **args),
                seconds=SHOWN_SECONDS,
            )
        else:
            self._toasts.show(text, level=notice.level, seconds=SHOWN_SECONDS)
        if notice.desktop:
            self._notify(text)
