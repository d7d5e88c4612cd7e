"""The section of intelligence: the model on this machine, services, and who answers first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.intelligence import Task
from app.domain.routes import with_route
from app.domain.settings import option
from ui import settings_words as words
from ui.messages import sentence
from ui.pages.settings.hearing_card import Hearing
from ui.pages.settings.hearing_model import HearingModel
from ui.pages.settings.model_card import ModelCard
from ui.pages.settings.model_model import ModelModel
from ui.pages.settings.routes_card import RoutesCard
from ui.pages.settings.sections import Panel
from ui.pages.settings.sources import THINKS, AddCard, SourcesCard
from ui.theme import Theme


class Thinking(QObject):
    """Fills the panel and keeps it true."""

    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""
    routes_changed = Signal(str)
    """The owner's wishes for single tasks, as the settings keep them."""

    def __init__(
        self, theme: Theme, model: ModelModel, hearing: HearingModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.hearing = Hearing(theme, hearing, self)
        self.hearing.failed.connect(self.failed)
        self.hearing.filled.connect(self.filled)
        self._routes = ""
        self.routes = RoutesCard(theme)
        self.card = ModelCard(theme)
        self.services = SourcesCard(theme, can=THINKS)
        self.more = AddCard(theme, can=THINKS)
        self.card.build_pressed.connect(model.build)
        self.card.cancel_pressed.connect(model.cancel)
        self.card.try_pressed.connect(model.try_out)
        self.card.look_pressed.connect(model.load)
        self.card.chosen.connect(model.choose)
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)
        self.routes.chosen.connect(self._on_wish)
        self.routes.again_pressed.connect(model.load_chains)
        model.chains_changed.connect(lambda: self.routes.show_chains(model.chains or ()))
        model.chains_failed.connect(lambda error: self.routes.show_failure(sentence(error)))

    def fill(self, panel: Panel) -> None:
        """Add the cards to the panel."""
        panel.add_options(self.tr("Who answers"))
        panel.add_card(self.tr("On this device"), self.card)
        self.hearing.fill(panel)
        panel.add_card(self.tr("Services"), self.services)
        panel.add_card(self.tr("More services"), self.more)
        panel.add_card(words.label(option("intelligence", "routes")), self.routes)

    def look(self) -> None:
        """Somebody looks at it: find out who would answer."""
        self._model.load_chains()

    def show_routes(self, text: str) -> None:
        """Show the owner's wishes for single tasks."""
        self._routes = text
        self.routes.show_routes(text)

    def load(self) -> None:
        """Look anew."""
        self._model.load()
        self.hearing.load()

    def _on_changed(self) -> None:
        if self._model.state is not None:
            self.card.show_state(self._model.state)
            self.filled.emit()

    def _on_wish(self, task: Task, wish: str) -> None:
        self.routes_changed.emit(with_route(self._routes, task, wish))

    def _on_failed(self, error: BaseException) -> None:
        if self._model.state is None:
            title = self.tr("The folder of models cannot be read now")
            self.card.fail(title, sentence(error), self._model.load)
        else:
            self.failed.emit(error)
