"""A new access link: what it leads to, what it allows, from when to when, and for whom."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from app.domain.access import Giving, LinkWish, Shared, SharedKind
from app.domain.media import ItemId
from ui.messages import sentence
from ui.pages.publishing.days import moved
from ui.pages.publishing.editor_model import Video
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.post_panel import MomentPicker
from ui.pages.publishing.video_picker import VideoPicker
from ui.pages.publishing.videos_model import Offer, VideosModel
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow, ChoiceChip
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody

DAY = 86_400.0
USES = (0, 1, 3, 10, 50, 100)
DEVICES = (0, 1, 2, 5)


class LinkForm(Overlay):
    """It deletes itself when it is closed."""

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        model: LinksModel,
        videos: VideosModel,
        now: float,
        window: QWidget,
    ) -> None:
        super().__init__(theme, window, 900, 740)
        self._model, self._videos, self._now = model, videos, now
        self.what: Shared | None = None
        self.title = Label(self.tr("New link"), "section")
        self.chosen = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.choose = Button(theme, self.tr("Choose a film or video"), "plain", "film")
        self.folder = Button(theme, self.tr("A folder"), "ghost", "folder-open")
        self.name, self.price, self.pay = QLineEdit(), QLineEdit(), QLineEdit()
        self.people = QPlainTextEdit()
        self._make_choices(theme, now)
        self.told = Label("", "secondary", wrap=True)
        self.make = Button(theme, self.tr("Make the link"), "main", "link")
        self.pick = VideoPicker(theme, posters, videos, self.panel)
        self.stack = QStackedWidget()
        self._dress(theme)
        self._lay_out(theme)
        self._connect()

    def focus_first(self) -> None:
        """What it leads to while that is not chosen, else Make."""
        if self.stack.currentWidget() is self.pick:
            self.pick.focus_first()
            return
        target: QWidget = self.choose if self.what is None else self.make
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """From the videos to the form."""
        if self.stack.currentWidget() is not self.pick:
            return False
        self.stack.setCurrentIndex(0)
        self.focus_first()
        return True

    def wish(self) -> LinkWish | None:
        """What is wanted; None while nothing is chosen."""
        if self.what is None:
            return None
        days, giving = self.until.value, self.giving.value
        uses, devices = self.uses.value, self.devices.value
        start = self.start.at if self.opens.value else 0.0
        lines = self.people.toPlainText().splitlines()
        return LinkWish(
            what=self.what,
            name=self.name.text().strip(),
            giving=giving if isinstance(giving, Giving) else Giving.WATCH,
            price=self.price.text().strip(),
            pay=self.pay.text().strip(),
            start=start,
            until=(start or self._now) + days * DAY if isinstance(days, int) and days else None,
            uses=uses if isinstance(uses, int) else 0,
            devices=devices if isinstance(devices, int) else 0,
            recipients=tuple(line.strip() for line in lines if line.strip()),
        )

    def _make_choices(self, theme: Theme, now: float) -> None:
        self.giving = ChipRow(
            theme,
            [(self.tr("Watch"), Giving.WATCH), (self.tr("Download"), Giving.DOWNLOAD),
             (self.tr("Both"), Giving.BOTH)],
        )  # fmt: skip
        self.until = ChipRow(
            theme,
            [(self.tr("24 hours"), 1), (self.tr("7 days"), 7), (self.tr("30 days"), 30),
             (self.tr("Until I end it"), 0)],
        )  # fmt: skip
        self.until.set_value(7)
        self.opens = ChipRow(theme, [(self.tr("Now"), False), (self.tr("Later"), True)])
        self.start = MomentPicker(theme, now)
        self.start.set_at(moved(now, days=1))
        self.start.hide()
        self.opens.chosen.connect(lambda later: self.start.setVisible(bool(later)))
        self.uses = ChoiceChip(theme, self.tr("How often"), lit=False)
        self.uses.set_choices([(self._times(one), one) for one in USES])
        self.devices = ChoiceChip(theme, self.tr("Devices"), lit=False)
        self.devices.set_choices([(self._devices(one), one) for one in DEVICES])

    def _times(self, many: int) -> str:
        return self.tr("%n time(s)", "", many) if many else self.tr("Any number of times")

    def _devices(self, many: int) -> str:
        return self.tr("%n device(s)", "", many) if many else self.tr("Any number of devices")

    def _dress(self, theme: Theme) -> None:
        for field, name, shown in (
            (self.name, self.tr("Name"), self.tr("Film night: Metropolis")),
            (self.price, self.tr("Price"), self.tr("free")),
            (self.pay, self.tr("Payment link"), "https://"),
            (self.people, self.tr("Recipients"), "Ann <ann@example.org>"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(shown)
            field.setProperty("radius", theme.px(14))
        for line, wide in ((self.name, 320), (self.price, 160), (self.pay, 320)):
            line.setFixedWidth(theme.px(wide))
        self.people.setProperty("variant", "field")
        self.people.setTabChangesFocus(True)
        self.people.setFixedHeight(theme.px(84))

    def _lay_out(self, theme: Theme) -> None:
        area, card = ScrollBody(theme), Card(theme)
        first = QHBoxLayout()
        first.setSpacing(theme.px(12))
        first.addWidget(self.choose)
        first.addWidget(self.folder)
        first.addWidget(self.chosen, 1)
        area.column.addLayout(first)
        for name, about, part in (
            (self.tr("Name"), self.tr("What those who get it see"), self.name),
            (self.tr("It lets them"), "", self.giving),
            (self.tr("It opens"), "", self.opens),
            (self.tr("It is open for"), "", self.until),
            (self.tr("How often"), self.tr("Each recipient"), self.uses),
            (self.tr("Devices"), self.tr("Each recipient"), self.devices),
            (self.tr("Price"), self.tr("As text; you are paid by a link of your own"), self.price),
            (self.tr("Payment link"), self.tr("Shown on the page of the film"), self.pay),
        ):
            card.add(Row(theme, name, about, [part], "", card))
        area.column.addWidget(self.start)
        area.column.addWidget(card)
        area.column.addWidget(Label(self.tr("Recipients"), "strong"))
        about = self.tr("One a line, each gets an address of their own. Nobody: one for all.")
        area.column.addWidget(Label(about, "secondary", wrap=True))
        area.column.addWidget(self.people)
        area.column.addStretch(1)
        self.stack.addWidget(area)
        self.stack.addWidget(self.pick)
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.make)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        self.choose.clicked.connect(lambda _on=False: self._on_choose())
        self.folder.clicked.connect(lambda _on=False: self._on_folder())
        self.make.clicked.connect(lambda _on=False: self._on_make())
        self.pick.back_wished.connect(self.go_back)
        self.pick.picked.connect(self._on_offer)
        self._videos.chosen.connect(self._on_video)
        self._model.made.connect(lambda _link: self.dismiss())
        self._model.refused.connect(self._on_refused)
        self.closed.connect(self.deleteLater)

    def _on_choose(self) -> None:
        self._videos.load()
        self.stack.setCurrentWidget(self.pick)
        self.pick.focus_first()

    def _on_folder(self) -> None:
        picker = FolderPicker(self._theme, self.window())
        picker.chosen.connect(self._on_folder_chosen)
        picker.open()

    def _on_folder_chosen(self, path: object) -> None:
        text = os.fsdecode(path) if isinstance(path, bytes) else str(path)
        self._take(Shared(SharedKind.FOLDER, path=os.fsencode(text)), text)

    def _on_offer(self, offer: Offer) -> None:
        if offer.item:
            self._take(Shared(SharedKind.ITEM, ItemId(offer.item)), offer.title)
        else:
            self._videos.choose(offer)

    def _on_video(self, video: Video) -> None:
        if self.isVisible():
            self._take(Shared(SharedKind.FILE, path=video.path), video.title)

    def _take(self, what: Shared, title: str) -> None:
        self.what = what
        self.chosen.setText(title)
        if not self.name.text():
            self.name.setText(title.rpartition("/")[2][:120])
        self.stack.setCurrentIndex(0)
        self.focus_first()

    def _on_make(self) -> None:
        wish = self.wish()
        if wish is None:
            self._say(self.tr("Choose first what it leads to."), "")
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.make.busy:
            self.make.set_busy(True)
            self._model.make(wish)

    def _on_refused(self, error: BaseException) -> None:
        self.make.set_busy(False)
        self._say(sentence(error), "bad")

    def _say(self, text: str, tone: str) -> None:
        self.told.setText(text)
        self.told.set_tone(tone)
