"""The second half of a new post: each account by itself, what does not fit, and Send."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.post import Part, Post, PostId, PostState, Words
from ui import publishing_words as said
from ui import words
from ui.pages.publishing.editor_model import EditorModel
from ui.pages.publishing.editor_parts import add_field
from ui.pages.publishing.editor_write import LONGEST_TEXT, LONGEST_TITLE, as_tags
from ui.pages.publishing.misfit_list import MisfitList
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody


class CheckPane(QWidget):
    """One post at a time; the chips above say which of them fit."""

    back_wished = Signal()
    done = Signal()

    def __init__(
        self, theme: Theme, posters: PosterCache, model: EditorModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.current: PostId | None = None
        self.chips: dict[PostId, Chip] = {}
        self._group = QButtonGroup(self)
        self.title, self.tags = QLineEdit(), QLineEdit()
        self.text = QPlainTextEdit()
        self.counts = Label("", "caption")
        self.extra_name, self.extra = Label("", "strong"), QLineEdit()
        self.picture = Picture(theme, posters, 10, parent=self)
        self.picture.setFixedSize(theme.px(256), theme.px(144))
        self.seen = ElidedLabel("", "strong", elide=Qt.TextElideMode.ElideRight)
        self.where = ElidedLabel("", "caption", elide=Qt.TextElideMode.ElideRight)
        self.misfits = MisfitList(theme, self)
        self.back = Button(theme, self.tr("Back"), "ghost", "arrow-left", parent=self)
        self.send = Button(theme, "", "main", "send", parent=self)
        self.told = Label("", "secondary", wrap=True)
        self._dress()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """What is wrong first, else Send."""
        (self.misfits.first() or self.send).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_posts(self) -> None:
        """Begin with the posts the model has now."""
        for chip in self.chips.values():
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for post in self._model.posts.values():
            chip = self.chips[post.id] = Chip(self._theme, said.where(post), parent=self._row)
            chip.clicked.connect(partial(self._on_chip, post.id))
            self._group.addButton(chip)
            self._flow.addWidget(chip)
        first = next(iter(self._model.posts), None)
        self.back.setVisible(all(one.state is PostState.DRAFT
                                 for one in self._model.posts.values()))  # fmt: skip
        if first is not None:
            self._on_chip(first)

    def _dress(self) -> None:
        for field, name in ((self.title, self.tr("Title")), (self.tags, self.tr("Tags")),
                            (self.text, self.tr("Description"))):  # fmt: skip
            field.setAccessibleName(name)
            field.setProperty("radius", self._theme.px(14))
        self.title.setMaxLength(LONGEST_TITLE)
        self.extra.setMaxLength(LONGEST_TITLE)
        self.extra.setProperty("radius", self._theme.px(14))
        self.text.setProperty("variant", "field")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self._theme.px(110))

    def _lay_out(self) -> None:
        theme = self._theme
        self._row = QWidget(self)
        self._flow = FlowLayout(theme.px(8), self._row)
        left, right, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(theme.px(8))
        right.setSpacing(theme.px(6))
        add_field(theme, left, self.tr("Title"), self.title)
        add_field(theme, left, self.tr("Description"), self.text)
        add_field(theme, left, self.tr("Tags"), self.tags)
        left.addWidget(self.counts)
        left.addWidget(self.extra_name)
        left.addWidget(self.extra)
        left.addStretch(1)
        right.addSpacing(theme.px(6))
        right.addWidget(Label(self.tr("As it will be seen"), "strong"))
        for part in (self.picture, self.seen, self.where):
            right.addWidget(part)
        right.addSpacing(theme.px(14))
        right.addWidget(self.misfits)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(28))
        both.addLayout(left, 3)
        both.addLayout(right, 2)
        area = ScrollBody(theme, parent=self)
        area.column.addLayout(both)
        area.column.addStretch(1)
        foot.setSpacing(theme.px(12))
        foot.addWidget(self.told, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        model = self._model
        self.title.textChanged.connect(lambda _text: self._on_words())
        self.tags.textChanged.connect(lambda _text: self._on_words())
        self.text.textChanged.connect(self._on_words)
        self.extra.textChanged.connect(self._on_extra)
        self.misfits.mend_wished.connect(self._on_mend)
        self.misfits.shorten_wished.connect(self._on_shorten)
        self.misfits.left.connect(self._on_shortened)
        self.back.clicked.connect(lambda _on=False: self.back_wished.emit())
        self.send.clicked.connect(lambda _on=False: self._on_send())
        model.post_changed.connect(self._on_post_changed)
        model.busy_changed.connect(self.send.set_busy)
        model.busy_changed.connect(self.misfits.set_busy)

    def _post(self) -> Post | None:
        return self._model.posts.get(self.current) if self.current is not None else None

    def _on_chip(self, post: PostId, _on: bool = False) -> None:
        self.current = post
        self.chips[post].setChecked(True)
        self._show_words()
        self._show_misfits()

    def _show_words(self, *, whole: bool = True) -> None:
        """What is written of the post; not `whole`: as if typed, so that Ctrl+Z takes it back."""
        post = self._post()
        if post is None:
            return
        fields = (self.title, self.text, self.tags)
        blockers = [QSignalBlocker(field) for field in fields]
        if whole:
            self.title.setText(post.words.title)
            self.text.setPlainText(post.words.description)
            self.tags.setText(", ".join(post.words.tags))
        else:
            self._rewrite(post.words)
        del blockers
        self.picture.show_path(os.fsdecode(post.attached.thumbnail), post.words.title)
        self.where.setText(f"{said.where(post)}{words.SEPARATOR}"
                           f"{said.when(post, self._model.clock())}")  # fmt: skip
        self._show_extra(post)
        self._show_counts()

    def _rewrite(self, told: Words) -> None:
        for line, text in ((self.title, told.title), (self.tags, ", ".join(told.tags))):
            if line.text() != text:
                line.selectAll()
                line.insert(text)
        if self.text.toPlainText() != told.description:
            cursor = self.text.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(told.description)

    def _show_extra(self, post: Post) -> None:
        """What the platform must be told beside the words, such as a subreddit."""
        known = said.CHOICES.get(post.platform)
        self.extra_name.setVisible(known is not None)
        self.extra.setVisible(known is not None)
        if known is not None:
            name, title, example = known
            blocker = QSignalBlocker(self.extra)
            self.extra_name.setText(said.tr(title))
            self.extra.setAccessibleName(said.tr(title))
            self.extra.setPlaceholderText(example)
            self.extra.setText(post.manner.choices.get(name, ""))
            del blocker

    def _show_counts(self) -> None:
        self.seen.setText(self.title.text())
        title = self.tr("%n letter(s) in the title", "", len(self.title.text()))
        text = self.tr("%n in the description", "", len(self.text.toPlainText()))
        self.counts.setText(f"{title}{words.SEPARATOR}{text}")

    def _show_misfits(self) -> None:
        post = self._post()
        if post is None:
            return
        found = self._model.misfits.get(post.id)
        self._show_send()  # first: the focus may go on to it
        self.misfits.show_misfits(found, said.platform(post.platform))

    def _show_send(self) -> None:
        model = self._model
        drafts = [one for one in model.posts.values() if one.state is PostState.DRAFT]
        blocked = [one for one in model.blocked() if one in model.posts]
        going = len([one for one in drafts if one.id not in blocked])
        if not drafts:
            self.send.setText(self.tr("Done"))
        elif any(one.at for one in drafts):
            self.send.setText(self.tr("Plan %n post(s)", "", going))
        else:
            self.send.setText(self.tr("Send %n post(s)", "", going))
        self.send.setEnabled(bool(going) or not drafts)
        stays = self.tr("%n does not fit and stays a draft.", "", len(blocked))
        self.told.setText(stays if blocked else "")
        for post, chip in self.chips.items():
            misfits = model.misfits.get(post)
            text = self.tr("does not fit") if misfits else self.tr("fits")
            chip.setAccessibleDescription(text if misfits is not None else "")
            mark = "" if misfits is None else "triangle-alert" if misfits else "check"
            chip.set_icon(mark)

    def _on_words(self) -> None:
        if self.current is not None:
            text = self.text.toPlainText()[:LONGEST_TEXT]
            told = Words(self.title.text(), text, as_tags(self.tags.text()))
            self._model.write(self.current, told)
            self._show_counts()

    def _on_extra(self, text: str) -> None:
        post = self._post()
        if post is not None and post.platform in said.CHOICES:
            self._model.choose(post.id, said.CHOICES[post.platform][0], text.strip())

    def _on_post_changed(self, post: str) -> None:
        if post != self.current:
            self._show_send()
            return
        known = self._post()
        typed = (self.title.text(), self.text.toPlainText(), as_tags(self.tags.text()))
        if known is not None and typed != (
            known.words.title, known.words.description, known.words.tags
        ) and not any(f.hasFocus() for f in (self.title, self.text, self.tags)):  # fmt: skip
            self._show_words(whole=False)
        self._show_misfits()

    def _on_shorten(self, part: Part) -> None:
        if self.current is not None:
            self._model.mend(self.current, part)

    def _on_shortened(self, part: Part | None) -> None:
        """Go where it is written, to say it otherwise; else to what is to be done next."""
        fields: dict[Part | None, QWidget] = {
            Part.TITLE: self.title, Part.TAGS: self.tags,
            Part.DESCRIPTION: self.text, Part.TEXT: self.text,
        }  # fmt: skip
        other = self.misfits.first() or self.send
        fields.get(part, other).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_mend(self) -> None:
        if self.current is not None:
            self._model.mend(self.current)

    def _on_send(self) -> None:
        if self.send.busy:
            return
        self._model.send()
