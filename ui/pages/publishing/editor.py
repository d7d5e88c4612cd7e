"""The editor of posts over the page: choose a video, write, check each platform, send."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.post import Post
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.editor_check import CheckPane
from ui.pages.publishing.editor_model import EditorModel, Video
from ui.pages.publishing.editor_write import WritePane
from ui.pages.publishing.video_picker import VideoPicker
from ui.pages.publishing.videos_model import VideosModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.posters import PosterCache

WIDE, HIGH = 1120, 760


class PostEditor(Overlay):
    """It deletes itself when it is closed; what was composed by then stays as drafts."""

    account_wished = Signal()
    sent = Signal(int)
    kept = Signal(int)
    """So many drafts were kept when it was closed."""

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        model: EditorModel,
        videos: VideosModel,
        accounts: AccountsModel,
        window: QWidget,
    ) -> None:
        super().__init__(theme, window, WIDE, HIGH)
        self._model, self._videos = model, videos
        self._composed = self._sent = False
        self.title = Label("", "section")
        self.close_ = Button(theme, "", "icon", "x", self.tr("Close"))
        self.write = WritePane(theme, posters, model, accounts, self.panel)
        self.check = CheckPane(theme, posters, model, self.panel)
        self.pick = VideoPicker(theme, posters, videos, self.panel)
        self.stack = QStackedWidget()
        for pane in (self.write, self.check, self.pick):
            self.stack.addWidget(pane)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def begin(self, at: float = 0.0, video: Video | None = None) -> None:
        """A new post."""
        self._model.begin(at)
        if video is not None:
            self._model.set_video(video)
        self._turn(self.write, self.tr("New post"))
        self.open()

    def edit(self, post: Post) -> None:
        """The words of one that exists."""
        self._sent = True  # nothing new is kept when it is closed
        self._model.edit(post)
        self.open()
        self.check.focus_first()

    def focus_first(self) -> None:
        """What one most likely wants in the step that is shown."""
        pane = self.stack.currentWidget()
        if isinstance(pane, WritePane | CheckPane | VideoPicker):
            pane.focus_first()

    def go_back(self) -> bool:
        """From the videos to the words."""
        if self.stack.currentWidget() is self.pick:
            self._turn(self.write, self.tr("New post"))
            return True
        return False

    def _connect(self) -> None:
        model = self._model
        self.close_.clicked.connect(lambda _on=False: self.dismiss())
        self.write.video.choose_wished.connect(self._on_choose)
        self.write.account_wished.connect(self._on_account)
        self.pick.back_wished.connect(self.go_back)
        self.pick.picked.connect(self._videos.choose)
        self._videos.chosen.connect(self._on_video)
        self.check.back_wished.connect(self._on_back)
        model.composed.connect(self._on_composed)
        model.sent.connect(self._on_sent)
        self.closed.connect(self._on_closed)

    def _turn(self, pane: QWidget, title: str) -> None:
        self.title.setText(title)
        self.stack.setCurrentWidget(pane)
        if self.isVisible():
            self.focus_first()

    def _on_choose(self) -> None:
        self._videos.load()
        self._turn(self.pick, self.tr("Choose a video"))

    def _on_video(self, video: Video) -> None:
        if self.stack.currentWidget() is self.pick:
            self._model.set_video(video)
            self._turn(self.write, self.tr("New post"))

    def _on_account(self) -> None:
        self.dismiss()
        self.account_wished.emit()

    def _on_composed(self) -> None:
        self._composed = True
        self.check.show_posts()
        self._turn(self.check, self.tr("Check each platform"))

    def _on_back(self) -> None:
        """Back to what they share: the drafts go, and are composed anew."""
        self._model.drop()
        self._composed = False
        self._turn(self.write, self.tr("New post"))

    def _on_sent(self, many: int) -> None:
        self._sent = True
        self.dismiss()
        if many:
            self.sent.emit(many)

    def _on_closed(self) -> None:
        if self._composed and not self._sent:
            self.kept.emit(len(self._model.posts))
        self.deleteLater()
