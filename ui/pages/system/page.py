"""The System page: how the machine and the station do; log, alerts, storage and nights beside."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.services.phrases import Phrases
from ui import i18n, words
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.system.alerts_model import AlertsModel
from ui.pages.system.alerts_view import AlertsView
from ui.pages.system.chart_model import ChartModel
from ui.pages.system.head import Head
from ui.pages.system.log_model import LogModel
from ui.pages.system.log_view import LogCard, LogView
from ui.pages.system.nights_model import NightsModel
from ui.pages.system.nights_view import NightsView
from ui.pages.system.overview import Overview
from ui.pages.system.storage_model import StorageModel
from ui.pages.system.storage_view import StorageView
from ui.pages.system.viewmodel import SystemViewModel
from ui.widgets.scroll_body import BAR, RING

OVERVIEW = "overview"


@dataclass(frozen=True)
class Models:
    """What the views of the page show."""

    system: SystemViewModel
    chart: ChartModel
    log: LogModel
    alerts: AlertsModel
    storage: StorageModel
    nights: NightsModel
    phrases: Phrases


class SystemPage(Page):
    """One view at a time, built when it is first asked for; it listens only while it is seen."""

    def __init__(self, context: PageContext, models: Models) -> None:
        super().__init__()
        self._context, self.models = context, models
        self._view = OVERVIEW
        self._seen = ""  # the view whose model is awake
        theme, bridge = context.theme, context.bridge
        self.head = Head(theme, models.system, models.chart, self._names(), self)
        self.overview = Overview(theme, bridge, models.system, models.chart, models.phrases, self)
        self.log_card = LogCard(theme, models.log, self)
        self.log_card.opened.connect(lambda: context.navigator.open("system", view="log"))
        self.overview.add_log(self.log_card)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.overview)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(10))
        self._column.addWidget(self.head)
        self._column.addWidget(self.stack, 1)
        self._connect()

    @cached_property
    def log(self) -> LogView:
        """The whole log."""
        theme = self._context.theme
        view = LogView(theme, self.models.log, self)
        ring = theme.px(RING)
        view.setContentsMargins(ring, ring, ring + theme.px(BAR), theme.px(20))
        view.told.connect(self._say)
        view.failed.connect(self._tell)
        self.stack.addWidget(view)
        return view

    @cached_property
    def alerts(self) -> AlertsView:
        """What is wrong, and what is watched."""
        view = AlertsView(self._context.theme, self.models.alerts, self)
        view.open_wished.connect(self._go)
        self.stack.addWidget(view)
        return view

    @cached_property
    def storage(self) -> StorageView:
        """What takes space."""
        view = StorageView(self._context.theme, self.models.storage, self)
        view.open_wished.connect(self._go)
        self.stack.addWidget(view)
        return view

    @cached_property
    def nights(self) -> NightsView:
        """What the station does by itself."""
        view = NightsView(self._context.theme, self.models.nights, self)
        self.stack.addWidget(view)
        return view

    def view(self, name: str) -> QWidget:
        """A view by its name; the overview for any other."""
        if name in dict(self._names()) and name != OVERVIEW:
            found = getattr(self, name)
            if isinstance(found, QWidget):
                return found
        return self.overview

    def opened(self, **args: object) -> None:
        """The overview; ``view`` names another, ``part`` opens what a part says of itself."""
        view = str(args.get("view", OVERVIEW))
        self._view = view if view in dict(self._names()) else OVERVIEW
        self.head.light(self._view)
        self.stack.setCurrentWidget(self.view(self._view))
        self._follow()
        part = args.get("part")
        if isinstance(part, str):
            self.overview.health.open_part(part)

    def left(self) -> None:
        """Nothing is asked where nobody looks."""
        self._rest()

    def shut(self) -> None:
        """The program ends."""
        self._rest()

    def where(self) -> dict[str, object]:
        """The view shown, for a page that is built anew."""
        return {"view": self._view} if self._view != OVERVIEW else {}

    def go_back(self) -> bool:
        """Take the cursor of the chart away first."""
        return self._view == OVERVIEW and self.models.chart.clear_cursor()

    def focus_first(self) -> None:
        """What one most likely wants in the view that is shown."""
        focus = getattr(self.stack.currentWidget(), "focus_first", None)
        if callable(focus):
            focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, the tray, or minimised: nobody looks."""
        super().hideEvent(event)
        self._rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        right = max(0, margin - theme.px(RING + BAR))
        self._column.setContentsMargins(margin - theme.px(RING), theme.px(28), right, 0)

    def _names(self) -> list[tuple[str, str]]:
        return [
            (OVERVIEW, self.tr("Overview")),
            ("log", self.tr("Log")),
            ("alerts", self.tr("Alerts")),
            ("storage", self.tr("Storage")),
            ("nights", self.tr("Nights")),
        ]

    def _connect(self) -> None:
        navigator, models = self._context.navigator, self.models
        self.head.chosen.connect(lambda view: navigator.open("system", view=view))
        self.head.spans.chosen.connect(lambda _span: self.overview.show_chart())
        self.overview.storage_wished.connect(lambda: navigator.open("system", view="storage"))
        self.overview.page_wished.connect(self._go)
        models.system.alerts_changed.connect(self.badge_changed)
        models.system.sampled.connect(self._grow_chart)
        for model in (models.system, models.alerts, models.storage, models.nights):
            model.failed.connect(self._tell)
        models.storage.freed.connect(self._on_freed)

    def _go(self, page: str, args: object = None) -> None:
        given = args if isinstance(args, Mapping) else {}
        self._context.navigator.open(page, **given)

    def _on_freed(self, _part: str, amount: object) -> None:
        size = words.size(amount if isinstance(amount, int) else 0)
        self._say(self.tr("{0} are free again").format(size))

    def _say(self, text: str) -> None:
        self._context.toasts.show(text, level=NoticeLevel.GOOD)

    def _tell(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD)

    def _grow_chart(self) -> None:
        now = self.models.system.now
        if now is not None and self._view == OVERVIEW:
            self.models.chart.sampled(now)

    def _follow(self) -> None:
        """Wake what is looked at, and let the rest rest."""
        if not self.isVisible() or self._seen == self._view:
            return
        self._seen = self._view
        models = self.models
        models.system.wake()
        if self._view == OVERVIEW:
            self.overview.chart.bring_in()
        for name, model in (
            (OVERVIEW, models.chart), ("alerts", models.alerts),
            ("storage", models.storage), ("nights", models.nights),
        ):  # fmt: skip
            (model.wake if name == self._view else model.rest)()

    def _rest(self) -> None:
        self._seen = ""
        models = self.models
        for model in (models.system, models.chart, models.alerts, models.storage, models.nights):
            model.rest()


def create(context: PageContext, clock: Callable[[], float] = time.time) -> Page:
    """Build the page; `clock` tells unix time."""
    bridge, services = context.bridge, context.services
    phrases = Phrases(_language)
    models = Models(
        SystemViewModel(bridge, services.monitoring, services.health, services.alerts, clock),
        ChartModel(bridge, services.monitoring, phrases.say, clock),
        LogModel(services.logbook, bridge),
        AlertsModel(bridge, services.alerts),
        StorageModel(bridge, services.upkeep, phrases.say),
        NightsModel(bridge, services.upkeep, phrases.say),
        phrases,
    )
    page = SystemPage(context, models)
    for part in fields(models):
        model = getattr(models, part.name)
        if isinstance(model, QObject):
            model.setParent(page)
    return page


def _language() -> str:
    """The language the window speaks."""
    application = QCoreApplication.instance()
    return i18n.language_of(application) if application is not None else "en"
