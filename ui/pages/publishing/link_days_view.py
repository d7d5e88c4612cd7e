"""What was made of an access link day by day: one figure at a time as columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.access import Link, LinkDay
from ui import words
from ui.messages import sentence
from ui.pages.publishing.day_chart import Column, DayChart
from ui.pages.publishing.link_days_model import LinkDaysModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow
from ui.widgets.label import Label
from ui.widgets.skeleton import Skeleton

HIGH = 150


class LinkDaysView(QWidget):
    """Its own four states, each as high as the chart."""

    def __init__(
        self, theme: Theme, model: LinkDaysModel, link: Link, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.figure = ChipRow(theme, self._choices(link))
        self.chart = DayChart(theme, "", HIGH)
        self.busy = Skeleton(theme, "results")
        self.empty = Label(
            self.tr("From the first visit on, you see here day by day what was made of it."),
            "secondary", wrap=True,
        )  # fmt: skip
        self.why = Label("", "secondary", "bad", wrap=True)
        self.again = Button(theme, self.tr("Try again"), "plain", "refresh-cw")
        self.stack = QStackedWidget()
        self._lay_out(several=len(link.recipients) > 1)
        self.figure.chosen.connect(lambda _name: self._show())
        self.again.clicked.connect(lambda _on=False: model.load())
        model.changed.connect(self._show)
        model.show(link)
        self._show()

    def show_link(self, link: Link) -> None:
        """It may have been used since."""
        self._model.show(link)

    def _choices(self, link: Link) -> list[tuple[str, object]]:
        """Only what the link gives."""
        found: list[tuple[str, object]] = [(self.tr("Opened"), "opens")]
        if link.giving.watches:
            found.append((self.tr("Played"), "plays"))
        if link.giving.downloads:
            found.append((self.tr("Downloaded"), "downloads"))
        return [*found, (self.tr("Sent"), "bytes")]

    def _lay_out(self, *, several: bool) -> None:
        px = self._theme.px
        head, broken = QHBoxLayout(), QWidget()
        head.setSpacing(px(12))
        head.addWidget(Label(self.tr("Day by day"), "strong"))
        if several:
            head.addWidget(Label(self.tr("all recipients together"), "secondary"))
        head.addStretch(1)
        head.addWidget(self.figure)
        inside = QVBoxLayout(broken)
        inside.setContentsMargins(0, px(4), 0, px(4))
        inside.setSpacing(px(12))
        inside.addWidget(self.why)
        inside.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        self.broken = broken
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.busy, self.chart, self.empty, broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addLayout(head)
        column.addWidget(self.stack)

    def _show(self) -> None:
        model = self._model
        if model.days is None and model.error is not None:
            text = self.tr("The days cannot be shown now. {0}")
            self.why.setText(text.format(sentence(model.error)))
            part: QWidget = self.broken
        elif model.days is None:
            part = self.busy
        else:
            self._fill(model.days)
            part = self.chart if model.days else self.empty
        self.stack.setCurrentWidget(part)
        self.stack.setFixedHeight(self._theme.px(HIGH if part is not self.empty else 44))
        self.figure.setVisible(part is self.chart)

    def _fill(self, days: tuple[LinkDay, ...]) -> None:
        name = str(self.figure.value)
        level = words.size if name == "bytes" else words.count
        values = [int(getattr(one, name)) for one in days]
        about = self.tr("{0} in all, at most {1} in a day")
        about = about.format(level(sum(values)), level(max(values, default=0)))
        columns = [
            Column(one.day, value, self._told(one)) for one, value in zip(days, values, strict=True)
        ]
        self.chart.setAccessibleName({
            "opens": self.tr("Opened day by day"), "plays": self.tr("Played day by day"),
            "downloads": self.tr("Downloaded day by day"), "bytes": self.tr("Sent day by day"),
        }[name])  # fmt: skip
        self.chart.show_columns(columns, about, level)

    def _told(self, one: LinkDay) -> str:
        """All figures of a day, such as ``opened 3 × · played 2 × · 1.2 GB sent``."""
        parts = []
        for many, text in (
            (one.opens, self.tr("opened {0} ×")), (one.plays, self.tr("played {0} ×")),
            (one.downloads, self.tr("downloaded {0} ×")),
        ):  # fmt: skip
            if many:
                parts.append(text.format(words.count(many)))
        if one.bytes:
            parts.append(self.tr("{0} sent").format(words.size(one.bytes)))
        return words.SEPARATOR.join(parts) or self.tr("nobody came")
