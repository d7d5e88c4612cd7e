"""What lies over the Publishing page: opens the panels and joins them to the view-models."""

from __future__ import annotations

import os
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.access import Link
from app.domain.post import AccountId, Channel, Post
from app.domain.results import ABTest, PostResult, Rule
from ui.page import PageContext
from ui.pages.publishing.account_form import AddAccount, ChannelForm, SigningIn
from ui.pages.publishing.audit_view import ForgetPanel
from ui.pages.publishing.deeds import Desk
from ui.pages.publishing.editor import PostEditor
from ui.pages.publishing.editor_model import Video
from ui.pages.publishing.link_form import LinkForm
from ui.pages.publishing.link_panels import SENDERS, LinkPanel, write
from ui.pages.publishing.models import Models
from ui.pages.publishing.post_panel import PostPanel
from ui.pages.publishing.results_forms import ABForm, ABResult, RuleForm
from ui.pages.publishing.videos_model import Offer
from ui.theme import Theme
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.overlay import Overlay

Panel = TypeVar("Panel", bound=Overlay)


class Openings(QObject):
    """Each panel deletes itself when it is closed."""

    copy_wished = Signal(str)
    written = Signal(str)
    unwritten = Signal(str)
    sent = Signal(int)
    kept = Signal(int)

    def __init__(self, context: PageContext, models: Models, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._models, self._desk, self._page = context, models, desk, page
        self._project = ""
        desk.post_wished.connect(self.post)
        desk.edit_wished.connect(self.edit)
        desk.sign_in_wished.connect(models.accounts.sign_in)
        models.accounts.asked.connect(self._on_sign_in)
        models.accounts.page_ready.connect(self._on_page)
        models.videos.chosen.connect(self._on_project_video)
        models.links.made.connect(self.link)
        models.links.worded.connect(self.copy_wished)
        models.links.to_keep.connect(self._on_to_keep)

    def post(self, post: Post) -> PostPanel:
        """A post, whole."""
        return self._open(PostPanel(self._theme, self._desk, post, self._window))

    def new_post(self, at: float = 0.0, project: str = "") -> PostEditor | None:
        """The editor; with a project once its video is known."""
        if project:
            self._project = project
            self._models.videos.choose(Offer("", "", project))
            return None
        editor = self._editor()
        editor.begin(at)
        return editor

    def edit(self, post: Post) -> PostEditor:
        """The words of a post."""
        editor = self._editor()
        editor.edit(post)
        return editor

    def new_account(self) -> AddAccount:
        """Add an account."""
        panel = AddAccount(self._theme, self._models.accounts, self._window)
        panel.signing_wished.connect(
            lambda account: self._models.accounts.sign_in(AccountId(account))
        )
        return self._open(panel)

    def channel(self, channel: Channel | None) -> ChannelForm:
        """A channel."""
        return self._open(ChannelForm(self._theme, self._models.accounts, channel, self._window))

    def new_link(self) -> LinkForm:
        """A new access link."""
        models = self._models
        return self._open(
            LinkForm(self._theme, self._context.posters, models.links, models.films,
                     models.posts.clock(), self._window)
        )  # fmt: skip

    def link(self, link: Link) -> LinkPanel | None:
        """A link, large."""
        if not link.recipients:
            return None
        models = self._models
        accounts = models.accounts.accounts or ()
        senders = tuple(one for one in accounts if one.platform in SENDERS)
        panel = LinkPanel(self._theme, models.links, models.days, link, senders,
                          models.posts.clock(), self._window)  # fmt: skip
        panel.copy_wished.connect(self.copy_wished)
        return self._open(panel)

    def new_test(self, post: PostResult) -> ABForm:
        """Begin an A/B test."""
        posters, results = self._context.posters, self._models.results
        return self._open(ABForm(self._theme, posters, results, post, self._window))

    def test_result(self, test: ABTest) -> ABResult:
        """Enter what came out of a test."""
        return self._open(ABResult(self._theme, self._models.results, test, self._window))

    def rule(self, rule: Rule | None) -> RuleForm:
        """Write a rule."""
        models = self._models
        return self._open(
            RuleForm(self._theme, models.results, models.accounts, rule, self._window)
        )

    def forget(self) -> ForgetPanel:
        """Ask whom to forget."""
        return self._open(ForgetPanel(self._theme, self._models.audit, self._window))

    def export_results(self) -> None:
        """Ask where to, then write the figures."""
        picker = FolderPicker(self._theme, self._window)
        picker.chosen.connect(lambda path: self._models.results.export(_text(path)))
        picker.open()

    def export_audit(self) -> None:
        """Ask where to, then write the log."""
        picker = FolderPicker(self._theme, self._window)
        picker.chosen.connect(lambda path: self._models.audit.export(_text(path)))
        picker.open()

    @property
    def _theme(self) -> Theme:
        return self._context.theme

    @property
    def _window(self) -> QWidget:
        return self._page.window()

    def _open(self, panel: Panel) -> Panel:
        panel.open()
        return panel

    def _editor(self) -> PostEditor:
        models = self._models
        editor = PostEditor(self._theme, self._context.posters, models.editor, models.videos,
                            models.accounts, self._window)  # fmt: skip
        editor.sent.connect(self.sent)
        editor.kept.connect(self.kept)
        editor.account_wished.connect(self.new_account)
        return editor

    def _on_sign_in(self, account: str) -> None:
        known = self._models.accounts.account(AccountId(account))
        name = known.platform_name if known is not None else ""
        panel = SigningIn(self._theme, self._models.accounts, name, self._window)
        panel.open_.clicked.connect(lambda _on=False: self._desk.browse(panel.address))
        self._open(panel)

    def _on_page(self, address: str) -> None:
        self._desk.browse(address)

    def _on_project_video(self, video: Video) -> None:
        if self._project and video.project == self._project:
            self._project = ""
            self._editor().begin(video=video)

    def _on_to_keep(self, path: str, content: bytes) -> None:
        (self.written if write(path, content) else self.unwritten).emit(path)


def _text(path: object) -> str:
    return os.fsdecode(path) if isinstance(path, bytes) else str(path)
