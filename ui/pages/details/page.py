"""The details page: one film, series or video, its files, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import NotFound
from app.domain.events import NoticeLevel
from app.domain.media import Card, Details, FileId, ItemId, MediaKind
from ui import words
from ui.describing import describer
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.details.about import About
from ui.pages.details.about_model import AboutModel
from ui.pages.details.alike import AlikeStrip
from ui.pages.details.alike_model import AlikeModel
from ui.pages.details.describing import Describing
from ui.pages.details.describing_model import DescribingModel
from ui.pages.details.sections import EpisodeList, FileList, quality_tags
from ui.pages.details.viewmodel import DetailsViewModel
from ui.undo import tell_marked
from ui.widgets.backdrop import Backdrop
from ui.widgets.button import Button
from ui.widgets.card_painter import CardPainter
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.poster import Poster
from ui.widgets.skeleton import Skeleton
from ui.widgets.tags import TagRow

POSTER = QSize(300, 450)
WIDE = 1400  # pixels of the page at 100 % from which what is alike stands beside the files
SHARES = (54, 46)  # of the width, for the files and for what stands beside them
BETWEEN, AIR = 28, 14  # pixels between the two, of which the strip keeps some for its ring


class DetailsPage(Page):
    """Poster and words at the top, then files or episodes, then what is like it."""

    def __init__(
        self,
        context: PageContext,
        model: DetailsViewModel,
        alike: AlikeModel,
        about: AboutModel,
        describing: DescribingModel,
    ) -> None:
        super().__init__()
        self._context, self._model, self._alike, self._about = context, model, alike, about
        self._describing, self.describing = describing, Describing(context.theme, describing, self)
        self.alike, self.about = (
            AlikeStrip(context, alike, self), About(context.theme, about, self),
        )  # fmt: skip
        theme, library = context.theme, context.services.library
        self.backdrop = Backdrop(theme, context.posters, library.picture, sink=True, parent=self)
        self._poster = Poster(
            CardPainter(theme, context.posters, library.picture, self),
            QSize(theme.px(POSTER.width()), theme.px(POSTER.height())),
            parent=self,
        )
        self._words = self._make_words()
        self.play = Button(theme, self.tr("Play"), "main", "play")
        self.restart = Button(theme, self.tr("From the start"), "plain", "rotate-ccw")
        self.elsewhere = Button(theme, "", "icon", "cast", self.tr("Play on another screen"))
        self.mark = Button(theme, "", "icon", "check", self.tr("Mark as watched"))
        self.mark.setCheckable(True)
        self.series = Button(theme, self.tr("The whole series"), "plain", "list-video")
        self._files_title = Label(self.tr("Files"), "section")
        self.files = FileList(theme, self, castable=context.cast is not None)
        self.episodes = EpisodeList(theme, self)
        self.stack, self.skeleton = QStackedWidget(self), Skeleton(theme, "rows", self)
        self.body = self._make_body()
        self.broken = self._make_broken()
        for part in (self.skeleton, self.body, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def opened(self, **args: object) -> None:
        """``item`` says which item."""
        item = args.get("item")
        if isinstance(item, int):
            if item != self._model.item:
                self.stack.setCurrentWidget(self.skeleton)
                self.body.verticalScrollBar().setValue(0)
            self._model.load(ItemId(item))
            self._alike.load(ItemId(item))

    def focus_first(self) -> None:
        """The button that plays."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        elif self.play.isEnabled():
            self.play.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.mark.setFocus(Qt.FocusReason.OtherFocusReason)

    def cast(self) -> bool:
        """The episode that has the focus, or what Play plays."""
        card = self.episodes.focused()
        if card is not None and self._context.cast is not None:
            return self._context.cast.ask_card(card)
        return self._cast_target()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins, and the picture behind the upper half."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        self._body_column.setContentsMargins(margin, theme.px(36), margin, 0)
        self._arrange(margin)
        self.backdrop.setGeometry(0, 0, self.width(), theme.px(520))
        self.backdrop.lower()

    def _arrange(self, margin: int) -> None:
        """Put what is alike beside the files and episodes, or below where that is too narrow."""
        px = self._context.theme.px
        wide, air = self.width() >= px(WIDE), px(AIR)
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        for place, share in enumerate(SHARES):
            self._below.setStretch(place, share if wide else 0)
        self._below.setContentsMargins(0, 0, max(0, margin - air) if wide else 0, 0)
        right = px(BETWEEN) - air if wide else margin
        self._left.setContentsMargins(margin, 0, right, px(36))
        self.alike.set_margin(air if wide else margin)

    def _make_body(self) -> QScrollArea:
        theme = self._context.theme
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._body_column = QVBoxLayout()
        self._body_column.setSpacing(theme.px(14))
        whole.addLayout(self._body_column)
        top = QHBoxLayout()
        top.setSpacing(theme.px(44))
        top.addWidget(self._poster, 0, Qt.AlignmentFlag.AlignTop)
        self._words.addSpacing(theme.px(6))
        self._words.addLayout(self._make_buttons())
        self._words.addStretch(2)
        top.addLayout(self._words, 1)
        self._body_column.addLayout(top)
        self._body_column.addSpacing(theme.px(14))
        whole.addLayout(self._make_below())
        whole.addSpacing(theme.px(20))
        whole.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _make_below(self) -> QBoxLayout:
        self._left = QVBoxLayout()
        self._left.setSpacing(self._context.theme.px(14))
        for section in (self._files_title, self.files, self.episodes):
            self._left.addWidget(section)
        self._left.addStretch(1)
        self._below = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._below.setSpacing(0)
        self._below.addLayout(self._left)
        self._below.addWidget(self.alike)
        self._below.setAlignment(self.alike, Qt.AlignmentFlag.AlignTop)
        return self._below

    def _make_words(self) -> QVBoxLayout:
        theme = self._context.theme
        self._title = Label("", "display", wrap=True)
        self._facts = Label("", "body")
        self._tags = TagRow(theme)
        self._overview = Label("", "body", wrap=True)
        self._overview.setMaximumWidth(theme.px(860))
        self._warning = Label("", "body", "warn", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(theme.px(14))
        column.addStretch(1)
        for widget in (self._title, self._facts, self._tags, self._overview, self.about):
            column.addWidget(widget)
        column.addWidget(self.describing)
        column.addWidget(self._warning)
        return column

    def _make_broken(self) -> EmptyState:
        context = self._context
        broken = EmptyState(context.theme, self.tr("This is not here any more"), "", icon="film")
        to_library = self.tr("To the library")
        broken.add_button(to_library, lambda: context.navigator.open("library"), "main", "library")
        return broken

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.px(12))
        for button in (self.play, self.elsewhere, self.restart, self.series, self.mark):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        model = self._model
        self.play.clicked.connect(lambda _on=False: self._play(False))
        self.restart.clicked.connect(lambda _on=False: self._play(True))
        self.elsewhere.clicked.connect(lambda _on=False: self._cast_target())
        self.mark.clicked.connect(self._toggle_watched)
        self.series.clicked.connect(lambda _on=False: self._open_series())
        self.files.played.connect(self._play_file)
        self.files.cast_wanted.connect(self._cast_file)
        self.episodes.activated.connect(self._play_card)
        open_page = self._context.navigator.open
        self.alike.activated.connect(lambda item: open_page("details", item=ItemId(item)))
        self.episodes.mark_pressed.connect(lambda card: model.mark_watched(card, not card.watched))
        model.details_changed.connect(self._show_details)
        model.failed.connect(self._on_failed)
        self._about.failed.connect(self._say)
        self._describing.failed.connect(self._say)
        self._describing.kept.connect(self._on_kept)
        self.describing.copied.connect(lambda: self._context.toasts.show(self.tr("Copied")))
        model.marked.connect(self._on_marked)

    def _show_details(self) -> None:
        details = self._model.details
        if details is None:
            return
        first = self.stack.currentWidget() is not self.body
        card = details.card
        self.backdrop.show_card(card)
        self._poster.show_card(card)
        self._title.setText(words.headline(card))
        self._facts.setText(self._fact_line(details))
        tags = quality_tags(details.files[0]) if details.files else []
        self._tags.set_texts(tags)
        self._tags.setVisible(bool(tags))
        self._overview.setText(details.overview or "")
        self._overview.setVisible(bool(details.overview))
        self._about.show(details)
        self._describing.show(details)
        away = self.tr("Its disk is away. Everything known about it is kept and comes back.")
        self._warning.setText(away if card.offline else "")
        self._warning.setVisible(card.offline)
        self._show_buttons(details)
        self._files_title.setVisible(bool(details.files))
        self.files.setVisible(bool(details.files))
        self.files.show_files(details.files)
        self.episodes.setVisible(bool(details.episodes))
        self.episodes.show_episodes(details.episodes)
        self.stack.setCurrentWidget(self.body)
        if first and self.isVisible():
            self.focus_first()

    def _fact_line(self, details: Details) -> str:
        card = details.card
        parts = [words.facts(card)]
        if card.kind is MediaKind.EPISODE:
            parts.insert(0, card.title)
        parts.append(", ".join(details.genres[:3]))
        if details.rating is not None:
            parts.append(self.tr("\u2605 {0}").format(f"{details.rating:.1f}"))
        parts.append(", ".join(details.directors[:2]))
        if card.watched:
            parts.append(self.tr("watched"))
        return words.SEPARATOR.join(part for part in parts if part)

    def _show_buttons(self, details: Details) -> None:
        target, card = self._model.play_target, details.card
        self.play.setEnabled(target is not None and not target.offline)
        text = self.tr("Play")
        if target is not None and target.position > 0 and not target.watched:
            text = self.tr("Resume at {0}").format(words.clock(target.position))
        if target is not None and card.kind is MediaKind.SERIES:
            text += words.SEPARATOR + words.episode_code(target)
        self.play.setText(text)
        self.elsewhere.setVisible(self._context.cast is not None)
        self.elsewhere.setEnabled(self.play.isEnabled())
        begun = target is not None and target.position > 0 and not target.watched
        self.restart.setVisible(begun)
        self.series.setVisible(details.series_id is not None)
        self.mark.setChecked(card.watched)
        said = self.tr("Mark as not watched") if card.watched else self.tr("Mark as watched")
        self.mark.setToolTip(said)
        self.mark.setAccessibleName(said)

    def _play(self, from_start: bool) -> None:
        target = self._model.play_target
        if target is not None:
            self._context.navigator.open("player", item=target.id, from_start=from_start)

    def _play_card(self, card: Card) -> None:
        if not card.offline:
            self._context.navigator.open("player", item=card.id)

    def _play_file(self, file: int) -> None:
        target = self._model.play_target
        if target is not None:
            self._context.navigator.open("player", item=target.id, file=FileId(file))

    def _cast_target(self) -> bool:
        target, desk = self._model.play_target, self._context.cast
        shown = self.stack.currentWidget() is self.body
        return shown and target is not None and desk is not None and desk.ask_card(target)

    def _cast_file(self, file: int) -> None:
        target, desk = self._model.play_target, self._context.cast
        if target is not None and desk is not None:
            desk.ask_card(target, FileId(file))

    def _toggle_watched(self) -> None:
        if self._model.details is not None:
            card = self._model.details.card
            self._model.mark_watched(card, not card.watched)

    def _open_series(self) -> None:
        if self._model.details is not None and self._model.details.series_id is not None:
            self._context.navigator.open("details", item=self._model.details.series_id)

    def _on_marked(self, card: Card, watched: bool) -> None:
        tell_marked(
            self._context.toasts,
            card,
            watched,
            lambda: self._model.mark_watched(card, not watched),
        )

    def _on_kept(self, name: str) -> None:
        self._context.toasts.show(self.tr("Kept beside the video, in {0}").format(name))

    def _say(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD)

    def _on_failed(self, error: BaseException) -> None:
        if self._model.details is not None and not isinstance(error, NotFound):  # it stays
            self._say(error)
            return
        title = self.tr("This cannot be shown now")
        kept = self.tr("Your files are untouched.")
        self.broken.set_texts(title, f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.focus_first()


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    describe = describer(context)
    model = DetailsViewModel(context.bridge, services.library, services.playback, describe)
    alike = AlikeModel(context.bridge, services.meaning, services.library)
    about = AboutModel(context.bridge, getattr(services, "intelligence", None))
    describing = DescribingModel(
        context.bridge, getattr(services, "intelligence", None), services.library
    )
    page = DetailsPage(context, model, alike, about, describing)
    for part in (model, alike, about, describing):
        part.setParent(page)
    return page
