"""A new video: what it is about, how it looks and sounds, who does each step, and the price."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.project import Brief, Tone
from ui import studio_words as said
from ui.languages import language_name
from ui.pages.studio.form_makers import MakersCard
from ui.pages.studio.form_model import LENGTHS, BriefModel
from ui.pages.studio.form_parts import look_row, shape_row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow, ChoiceChip
from ui.widgets.label import Label
from ui.widgets.scroll_body import BAR, RING, ScrollBody

TWO_COLUMNS = 940
LONGEST_TOPIC, LONGEST_TEXT = 300, 20_000


class NewVideo(QWidget):
    """The form; `wished` carries the brief. With `again` it is that of a video there is."""

    wished = Signal(object)
    back_wished = Signal()

    def __init__(
        self, theme: Theme, model: BriefModel, parent: QWidget, *, again: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._again = theme, model, again
        way = self.tr("Back to the video") if again else self.tr("Studio / Projects")
        self.back = Button(theme, way, "link", parent=self)
        self.back.setStyleSheet("padding: 0")  # in line with the title below it
        self.mode = ChipRow(
            theme, [(self.tr("A topic"), False), (self.tr("My own text"), True)], self
        )
        self.topic = QLineEdit()
        self.text = QPlainTextEdit()
        self.language = ChoiceChip(theme, self.tr("Language"), lit=False)
        self.shape = shape_row(theme, self)
        self.length = ChipRow(theme, [(said.length(one), one) for one in LENGTHS], self)
        self.tone = ChipRow(theme, [(said.tr(said.TONES[one]), one) for one in Tone], self)
        self.look = look_row(theme, self)
        self.makers = MakersCard(theme, model, self)
        self.price = Label("", "body")
        self.make = Button(theme, "", "main", "sparkles", parent=self)
        self.make.setText(self.tr("Make the changes") if again else self.tr("Make the video"))
        self._dress_fields()
        self.area = self._make_area()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(self._make_head())
        column.addWidget(self.area, 1)
        self._connect()
        self._show()

    def focus_first(self) -> None:
        """Where the topic or the text is written."""
        field: QWidget = self.text if self._model.own_text else self.topic
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, topic: str) -> None:
        """A new one, or the one that was being written."""
        self._model.begin(topic)
        self.topic.setText(self._model.brief.topic)

    def begin_again(self, brief: Brief) -> None:
        """What a video there is was made with."""
        self._model.begin_again(brief)
        self.topic.setText(brief.topic)
        self.text.setPlainText(brief.text)

    def clear(self) -> None:
        """What was written has become a video."""
        self._model.clear()
        self.topic.setText("")
        self.text.setPlainText("")

    def set_busy(self, busy: bool) -> None:
        """Show that the project is being begun."""
        self.make.set_busy(busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        narrow = self.width() < self._theme.px(TWO_COLUMNS)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def _dress_fields(self) -> None:
        self.topic.setMaxLength(LONGEST_TOPIC)
        self.topic.setProperty("variant", "large")
        self.topic.setProperty("radius", self._theme.px(14))
        self.topic.setPlaceholderText(self.tr("Why time runs slower in your kitchen"))
        self.topic.setAccessibleName(self.tr("What the video is about"))
        self.text.setPlaceholderText(self.tr("Write or paste what is to be spoken."))
        self.text.setAccessibleName(self.tr("The text that is spoken"))
        self.text.setMinimumHeight(self._theme.px(180))
        self.text.setTabChangesFocus(True)
        self.text.setProperty("variant", "field")
        self.text.setProperty("radius", self._theme.px(14))

    def _make_head(self) -> QHBoxLayout:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        name = self.tr("Change the video") if self._again else self.tr("New video")
        words.addWidget(Label(name, "title"))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        head.setSpacing(theme.px(18))
        head.addLayout(words, 1)
        head.addWidget(self.price, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.make, 0, Qt.AlignmentFlag.AlignBottom)
        self.price.setMinimumHeight(theme.px(44))
        return head

    def _make_area(self) -> ScrollBody:
        theme, area = self._theme, ScrollBody(self._theme, parent=self)
        left = QFrame()
        left.setProperty("surface", "card")
        column = QVBoxLayout(left)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(10))
        for name, part in (
            ("", self.mode), ("", self.topic), ("", self.text),
            (self.tr("Format"), self.shape), (self.tr("Style"), self.look),
            (self.tr("Length"), self.length), (self.tr("Tone"), self.tone),
            (self.tr("Language"), self.language),
        ):  # fmt: skip
            if name:
                column.addSpacing(theme.px(8))
                column.addWidget(Label(name, "strong"))
            if isinstance(part, ChipRow | ChoiceChip):
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                column.addWidget(part)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(20))
        self._columns.addWidget(left, 3, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self.makers, 2, Qt.AlignmentFlag.AlignTop)
        area.column.addLayout(self._columns)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model = self._model
        self.back.clicked.connect(lambda _on=False: self.back_wished.emit())
        self.mode.chosen.connect(self._on_mode)
        self.topic.textChanged.connect(lambda text: model.set(topic=text))
        self.topic.returnPressed.connect(self._on_make)
        self.text.textChanged.connect(
            lambda: model.set(text=self.text.toPlainText()[:LONGEST_TEXT])
        )
        self.language.chosen.connect(lambda value: model.set(language=value))
        self.shape.chosen.connect(lambda value: model.set(shape=value))
        self.look.chosen.connect(lambda value: model.set(look=value))
        self.length.chosen.connect(lambda value: model.set(seconds=value))
        self.tone.chosen.connect(lambda value: model.set(tone=value))
        self.make.clicked.connect(lambda _on=False: self._on_make())
        model.changed.connect(self._show)

    def _on_mode(self, own: object) -> None:
        self._model.set_own_text(bool(own))

    def _on_make(self) -> None:
        if self._model.ready and not self.make.busy:
            self.wished.emit(self._model.wanted())
        else:
            self.focus_first()

    def _show(self) -> None:
        model, brief = self._model, self._model.brief
        own = model.own_text
        self.mode.set_value(own)
        self.topic.setVisible(not own)
        self.text.setVisible(own)
        self.length.setEnabled(not own)
        self.shape.set_value(brief.shape)
        self.look.set_value(brief.look)
        self.length.set_value(brief.seconds)
        self.tone.set_value(brief.tone)
        self.language.set_choices([(language_name(one), one) for one in model.languages])
        self.language.set_value(brief.language)
        self.price.setText(said.price(model.price))
        self.make.setEnabled(model.ready)
