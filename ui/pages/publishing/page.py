"""The Publishing page: calendar, queue, results, links and log, one at a time below one head."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import fields
from functools import cached_property

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.media import MediaKind
from app.domain.post import Post
from ui.page import Page, PageContext
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.accounts_view import AccountsView
from ui.pages.publishing.audit_model import AuditModel
from ui.pages.publishing.audit_view import AuditView
from ui.pages.publishing.deeds import Desk
from ui.pages.publishing.editor_model import EditorModel
from ui.pages.publishing.head import Head
from ui.pages.publishing.link_days_model import LinkDaysModel
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.links_view import LinksView
from ui.pages.publishing.models import Models
from ui.pages.publishing.opening import Openings
from ui.pages.publishing.overview import Overview
from ui.pages.publishing.queue_view import QueueView
from ui.pages.publishing.results_model import ResultsModel
from ui.pages.publishing.results_view import ResultsView
from ui.pages.publishing.telling import Teller
from ui.pages.publishing.videos_model import VideosModel
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.pages.publishing.watched import WatchedModel
from ui.widgets.scroll_body import BAR, RING


class PublishingPage(Page):
    """One view at a time, built when it is first asked for; each has its own states."""

    def __init__(self, context: PageContext, models: Models) -> None:
        super().__init__()
        self._context, self.models = context, models
        self._visit: dict[str, object] = {}
        theme, posters = context.theme, context.posters
        self.desk = Desk(models.posts, self)
        self.openings = Openings(context, models, self.desk, self)
        self.teller = Teller(context, models, self)
        self.head = Head(theme, models.posts, self)
        self.overview = Overview(theme, posters, self.desk, models.links, models.results, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.overview)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(self.head)
        self._column.addWidget(self.stack, 1)
        self._connect()

    @cached_property
    def queue(self) -> QueueView:
        """What has not gone out yet."""
        view = QueueView(self._context.theme, self.desk, self.models.watched, self)
        view.new_wished.connect(lambda: self.openings.new_post())
        self.stack.addWidget(view)
        return view

    @cached_property
    def results(self) -> ResultsView:
        """How everything does."""
        theme, openings = self._context.theme, self.openings
        view = ResultsView(theme, self._context.posters, self.models.results, self)
        view.new_wished.connect(lambda: openings.new_post())
        view.export_wished.connect(openings.export_results)
        view.test_wished.connect(openings.new_test)
        view.result_wished.connect(openings.test_result)
        view.rule_wished.connect(openings.rule)
        view.browse_wished.connect(lambda url: self.desk.browse(url))
        self.stack.addWidget(view)
        return view

    @cached_property
    def links(self) -> LinksView:
        """The access links."""
        view = LinksView(self._context.theme, self.models.links, self.models.posts, self)
        view.copy_wished.connect(self.teller.copy)
        view.show_wished.connect(self.openings.link)
        view.new_wished.connect(self.openings.new_link)
        self.stack.addWidget(view)
        return view

    @cached_property
    def audit(self) -> AuditView:
        """The audit log."""
        view = AuditView(self._context.theme, self.models.audit, self)
        view.export_wished.connect(self.openings.export_audit)
        view.forget_wished.connect(self.openings.forget)
        self.stack.addWidget(view)
        return view

    @cached_property
    def accounts(self) -> AccountsView:
        """The accounts."""
        view = AccountsView(self._context.theme, self.models.accounts, self.models.posts, self)
        view.add_wished.connect(self.openings.new_account)
        view.channel_wished.connect(self.openings.channel)
        self.stack.addWidget(view)
        return view

    def view(self, name: str) -> QWidget:
        """A view by its name; the calendar for any other."""
        if name in ("queue", "results", "links", "audit", "accounts"):
            found = getattr(self, name)
            if isinstance(found, QWidget):
                return found
        return self.overview

    def opened(self, **args: object) -> None:
        """The calendar; ``view`` names another view, ``new`` begins a post (or a link there).

        ``at`` is the time of a new post, ``project`` the Studio's video it is of.
        """
        self._visit = {name: value for name, value in args.items() if name == "view"}
        view = str(args.get("view", "calendar"))
        self._load(view)
        self.head.light(view)
        self.stack.setCurrentWidget(self.view(view))
        project, at = args.get("project"), args.get("at")
        if view == "links" and args.get("new"):
            self.openings.new_link()
        elif args.get("new") or project:
            self.openings.new_post(
                float(at) if isinstance(at, int | float) else 0.0, str(project or "")
            )

    def shut(self) -> None:
        """The program ends: what was removed goes now."""
        self.models.accounts.finish()
        self.models.links.finish()

    def focus_first(self) -> None:
        """What one most likely wants in the view that is shown."""
        focus = getattr(self.stack.currentWidget(), "focus_first", None)
        if callable(focus):
            focus()

    def where(self) -> dict[str, object]:
        """What is shown, for a page that is built anew."""
        return dict(self._visit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        right = max(0, margin - theme.px(RING + BAR))
        self._column.setContentsMargins(margin - theme.px(RING), theme.px(28), right, 0)

    def open_post(self, post: Post) -> None:
        """Open a post over the page."""
        self.openings.post(post)

    def _load(self, view: str) -> None:
        models = self.models
        models.posts.load()
        models.accounts.load()
        models.links.load()
        models.watched.load()
        models.results.load_tests()
        if view == "results":
            models.results.load()
            models.results.load_rules()
        elif view == "audit":
            models.audit.load()

    def _connect(self) -> None:
        navigator, openings, teller = self._context.navigator, self.openings, self.teller
        overview = self.overview
        self.head.chosen.connect(lambda view: navigator.open("publishing", view=view))
        self.head.new_wished.connect(lambda: openings.new_post())
        overview.account_wished.connect(openings.new_account)
        overview.new_wished.connect(openings.new_post)
        overview.links_wished.connect(lambda: navigator.open("publishing", view="links"))
        overview.tests.stop_wished.connect(self.models.results.stop)
        overview.tests.result_wished.connect(openings.test_result)
        overview.copy_wished.connect(teller.copy)
        overview.link_wished.connect(openings.link)
        self.models.watched.opened.connect(openings.post)
        self.models.watched.failed.connect(teller.tell)
        openings.copy_wished.connect(teller.copy)
        openings.unwritten.connect(teller.unwritten)
        openings.written.connect(teller.written)
        openings.sent.connect(teller.sent)
        openings.kept.connect(teller.kept)


def create(context: PageContext, clock: Callable[[], float] = time.time) -> Page:
    """Build the page; `clock` tells unix time."""
    bridge, services = context.bridge, context.services
    publishing, accounts = services.publishing, services.accounts
    studio, library = services.studio, services.library
    films = (MediaKind.FILM, MediaKind.SERIES, MediaKind.VIDEO)
    models = Models(
        PublishingViewModel(bridge, publishing, accounts, clock),
        AccountsModel(bridge, accounts, publishing),
        EditorModel(bridge, publishing, clock),
        VideosModel(bridge, studio, library),
        VideosModel(bridge, studio, library, films),
        LinksModel(bridge, services.sharing),
        LinkDaysModel(bridge, services.sharing, clock),
        ResultsModel(bridge, services.results, clock),
        AuditModel(bridge, services.audit),
        WatchedModel(bridge, getattr(services, "curator", None), publishing),
    )
    page = PublishingPage(context, models)
    for part in fields(models):
        model = getattr(models, part.name)
        if isinstance(model, QObject):
            model.setParent(page)
    return page
