"""The first half of a new post: its video, where it goes, what is said, when, and for whom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.post import Words
from ui import publishing_words as said
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.editor_model import EditorModel, Time
from ui.pages.publishing.editor_parts import AccountChips, VideoCard, add_field, switch_row
from ui.pages.publishing.post_panel import MomentPicker
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow, ChoiceChip
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody

LONGEST_TITLE, LONGEST_TEXT = 300, 10_000
TWO_COLUMNS = 800


class WritePane(QWidget):
    """Everything the posts share; `next_wished` when it is written."""

    next_wished = Signal()
    account_wished = Signal()

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        model: EditorModel,
        accounts: AccountsModel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.video = VideoCard(theme, posters, self)
        self.accounts = AccountChips(theme, model, accounts, self)
        self.title, self.tags = QLineEdit(), QLineEdit()
        self.text = QPlainTextEdit()
        self.time = ChipRow(
            theme,
            [(self.tr("As soon as it may"), Time.NOW), (self.tr("Best time"), Time.BEST),
             (self.tr("A day and hour"), Time.SET)],
            self,
        )  # fmt: skip
        self.moment = MomentPicker(theme, model.clock(), self)
        self.told_time = Label("", "secondary", wrap=True)
        self.privacy = ChipRow(theme, [(said.tr(text), key) for key, text in said.PRIVACY.items()])
        self.repeat = ChoiceChip(theme, self.tr("How often"), lit=False)
        self.repeat.set_choices([(said.tr(text), one) for one, text in said.REPEATS.items()])
        self.young = switch_row(
            theme, self.tr("Made for children"), self.tr("YouTube must be told."), self
        )
        self.synthetic = switch_row(
            theme,
            self.tr("Made with a model"),
            self.tr("Voice, pictures or clips of a model. Platforms want it said."),
            self,
        )
        self.next = Button(theme, self.tr("Check and send"), "main", "arrow-right", parent=self)
        self.why = Label("", "secondary")
        self._dress()
        self._lay_out()
        self._connect()
        self._show()

    def focus_first(self) -> None:
        """The video while there is none, else the title."""
        target: QWidget = self.title if self._model.draft.video else self.video.choose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        way = QBoxLayout.Direction
        tight = self.width() < self._theme.px(TWO_COLUMNS)
        self._columns.setDirection(way.TopToBottom if tight else way.LeftToRight)

    def _dress(self) -> None:
        for field, name in ((self.title, self.tr("Title")), (self.tags, self.tr("Tags")),
                            (self.text, self.tr("Description"))):  # fmt: skip
            field.setAccessibleName(name)
            field.setProperty("radius", self._theme.px(14))
        self.title.setMaxLength(LONGEST_TITLE)
        self.tags.setPlaceholderText(self.tr("space, light, school"))
        self.text.setProperty("variant", "field")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self._theme.px(110))

    def _lay_out(self) -> None:
        theme = self._theme
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.px(8))
        left.addWidget(self.video)
        add_field(theme, left, self.tr("Where"), self.accounts)
        add_field(theme, left, self.tr("When"), self.time)
        left.addWidget(self.moment)
        left.addWidget(self.told_time)
        add_field(theme, left, "", self.repeat)
        left.addStretch(1)
        add_field(theme, right, self.tr("Title"), self.title)
        add_field(theme, right, self.tr("Description"), self.text)
        add_field(theme, right, self.tr("Tags"), self.tags)
        add_field(theme, right, self.tr("Who may see it"), self.privacy)
        right.addWidget(self.young)
        right.addWidget(self.synthetic)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(28))
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        area = ScrollBody(theme, parent=self)
        area.column.addLayout(self._columns)
        area.column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.why, 1)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        model = self._model
        self.title.textChanged.connect(lambda _text: self._on_words())
        self.tags.textChanged.connect(lambda _text: self._on_words())
        self.text.textChanged.connect(self._on_words)
        self.time.chosen.connect(lambda value: model.set(time=Time(value)))
        self.moment.changed.connect(lambda at: model.set(at=at))
        self.privacy.chosen.connect(lambda value: model.set_manner(privacy=str(value)))
        self.repeat.chosen.connect(lambda value: model.set(repeat=value))
        self.young.switch.switched.connect(lambda on: model.set_manner(for_children=on))
        self.synthetic.switch.switched.connect(lambda on: model.set_manner(synthetic=on))
        self.accounts.add_wished.connect(self.account_wished)
        self.next.clicked.connect(lambda _on=False: self._on_next())
        self.video.thumbnail_chosen.connect(lambda path: model.set(thumbnail=path))
        self.video.captions_chosen.connect(lambda path: model.set(captions=path))
        model.changed.connect(self._show)
        model.busy_changed.connect(self.next.set_busy)

    def _on_words(self) -> None:
        text = self.text.toPlainText()[:LONGEST_TEXT]
        self._model.set(words=Words(self.title.text(), text, as_tags(self.tags.text())))

    def _on_next(self) -> None:
        if self._model.ready:
            self._model.compose()
            return
        draft = self._model.draft
        target: QWidget = self.title
        if draft.video is None:
            target = self.video.choose
        elif not draft.accounts:
            target = self.accounts.first() or self.title
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model, draft = self._model, self._model.draft
        self.video.show_video(draft.video, draft.thumbnail, draft.captions)
        self.accounts.show_chosen(draft.accounts)
        if self.title.text() != draft.words.title:
            self.title.setText(draft.words.title)
        if self.text.toPlainText() != draft.words.description:
            self.text.setPlainText(draft.words.description)
        if as_tags(self.tags.text()) != draft.words.tags:
            self.tags.setText(", ".join(draft.words.tags))
        self.time.set_value(draft.time)
        self.moment.setVisible(draft.time is Time.SET)
        self.moment.set_at(max(draft.at, model.clock()))
        self.told_time.setText(self._told_time())
        self.told_time.setVisible(bool(self.told_time.text()))
        self.privacy.set_value(draft.manner.privacy)
        self.repeat.set_value(draft.repeat)
        self.young.switch.set_on(draft.manner.for_children)
        self.synthetic.switch.set_on(draft.manner.synthetic)
        self.why.setText(self._missing())

    def _told_time(self) -> str:
        model = self._model
        if model.draft.time is not Time.BEST:
            return ""
        at = model.best_time()
        if model.best is None or at is None:
            return self.tr("One moment…")
        moment = said.moment(at, model.clock())
        return f"{moment[:1].upper()}{moment[1:]}. {said.rests_on(model.best)}"

    def _missing(self) -> str:
        draft = self._model.draft
        if draft.video is None:
            return self.tr("Choose a video first.")
        if not draft.accounts:
            return self.tr("Choose where it goes.")
        return "" if draft.words.title.strip() else self.tr("It needs a title.")


def as_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed: words with commas between them, with # or without."""
    parts = (part.strip().lstrip("#").strip() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
