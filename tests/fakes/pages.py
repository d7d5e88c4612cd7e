"""A page on a stage of its own: a real bridge and theme, services in memory, no window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

from PySide6.QtWidgets import QApplication

from app.domain.events import NoticeLevel
from app.runtime.bus import EventBus
from app.services.station import Services
from tests.fakes.alike import FakeMeaning
from tests.fakes.services import FakeLibrary, FakePlayback, running_bridge
from ui.page import PageContext
from ui.theme import Theme
from ui.widgets.posters import PosterCache


@dataclass
class Recorder:
    """Remembers where a page wanted to go and what it said."""

    opened: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    backs: int = 0
    told: list[str] = field(default_factory=list)
    actions: list[Callable[[], None] | None] = field(default_factory=list)

    def open(self, page: str, **args: object) -> None:
        """Note a wish to go somewhere."""
        self.opened.append((page, args))

    def back(self) -> None:
        """Note a wish to go back."""
        self.backs += 1

    def show(
        self,
        text: str,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> None:
        """Note a message and what its button does."""
        self.told.append(text)
        self.actions.append(on_action)


class NoPlugins:
    """No plugin is on."""

    def offering(self, capability: object) -> tuple[str, ...]:
        """None has this capability."""
        return ()


@dataclass
class Stage:
    """What a page test works with."""

    context: PageContext
    library: FakeLibrary
    playback: FakePlayback
    bus: EventBus
    seen: Recorder


@contextlib.contextmanager
def open_stage(
    library: FakeLibrary, playback: FakePlayback | None = None, **services: object
) -> Iterator[Stage]:
    """A context for pages over these services, and others by their names."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(100, "off")
    theme.apply(application)
    playback = playback or FakePlayback()
    seen = Recorder()
    with running_bridge() as (bridge, bus):
        given = {
            "library": library, "playback": playback, "plugins": NoPlugins(),
            "meaning": FakeMeaning(), **services,
        }  # fmt: skip
        together = cast("Services", SimpleNamespace(**given))
        posters = PosterCache()
        context = PageContext(bridge, together, seen, seen, theme, posters)
        yield Stage(context, library, playback, bus, seen)
        posters.wait()
        posters.deleteLater()
