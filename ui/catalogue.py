"""The pages of the window: their names, titles, icons and where their code is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

Place = Literal["main", "foot", "none"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. `module` has `create(context)`; `under` names the page lit in the rail for it."""

    name: str
    title: str
    icon: str
    module: str
    place: Place = "main"
    under: str = ""
    shape: Literal["grid", "rows", "home"] = "grid"  # of the skeleton shown before it is built

    def words(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Catalogue", self.title)


CATALOGUE: tuple[Entry, ...] = (
    Entry(
        "home",
        str(QT_TRANSLATE_NOOP("Catalogue", "Home")),
        "house",
        "ui.pages.home.page",
        shape="home",
    ),
    Entry(
        "search",
        str(QT_TRANSLATE_NOOP("Catalogue", "Search")),
        "search",
        "ui.pages.search.page",
        shape="rows",
    ),
    Entry(
        "library",
        str(QT_TRANSLATE_NOOP("Catalogue", "Library")),
        "library",
        "ui.pages.library.page",
    ),
    Entry(
        "downloads",
        str(QT_TRANSLATE_NOOP("Catalogue", "Downloads")),
        "download",
        "ui.pages.downloads.page",
        shape="rows",
    ),
    Entry(
        "details",
        str(QT_TRANSLATE_NOOP("Catalogue", "Details")),
        "film",
        "ui.pages.details.page",
        place="none",
        under="library",
        shape="rows",
    ),
    Entry(
        "player",
        str(QT_TRANSLATE_NOOP("Catalogue", "Player")),
        "circle-play",
        "ui.pages.player.page",
        shape="rows",
    ),
    Entry(
        "studio",
        str(QT_TRANSLATE_NOOP("Catalogue", "Studio")),
        "clapperboard",
        "ui.pages.studio.page",
    ),
    Entry(
        "publishing",
        str(QT_TRANSLATE_NOOP("Catalogue", "Publishing")),
        "send",
        "ui.pages.publishing.page",
        shape="rows",
    ),
    Entry(
        "budget",
        str(QT_TRANSLATE_NOOP("Catalogue", "Budget")),
        "wallet",
        "ui.pages.budget.page",
        shape="rows",
    ),
    Entry(
        "system",
        str(QT_TRANSLATE_NOOP("Catalogue", "System")),
        "activity",
        "ui.pages.system.page",
        shape="rows",
    ),
    Entry(
        "settings",
        str(QT_TRANSLATE_NOOP("Catalogue", "Settings")),
        "settings",
        "ui.pages.settings.page",
        place="foot",
        shape="rows",
    ),
)
