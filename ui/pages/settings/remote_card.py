"""The cards of the remote on a phone: the bot, the code that lets a phone in, and who is in."""

from __future__ import annotations

import time

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.remote import Pairing, Person, RemoteState
from app.services.plugins.model import PluginInfo
from ui.messages import told
from ui.pages.settings.home_cards import KeepsFocus
from ui.pages.settings.plugins import option_words
from ui.pages.settings.remote_model import TOKEN, RemoteModel
from ui.pages.settings.sections import Panel
from ui.settings_form import Card, OptionRow, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.qr_view import QrView
from ui.widgets.tags import Tag

GROUP = 3  # letters of the code that stand together
SIDE = 210


class CodePanel(QWidget):
    """The code in large letters, and the picture that opens the chat with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until = 0.0
        self.qr = QrView(theme, SIDE, self)
        self.qr.setAccessibleName(self.tr("QR code that pairs a phone"))
        self.code = Label("", "display")
        self.how = Label("", "secondary", wrap=True)
        self.left = Label("", "secondary")
        words = QVBoxLayout()
        words.setSpacing(theme.px(8))
        words.addStretch(1)
        for label in (self.code, self.how, self.left):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(16))
        row.setSpacing(theme.px(24))
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_left)

    def show_code(self, pairing: Pairing, picture: bytes, bot: str) -> None:
        """Show a code, as long as it is good."""
        parts = [pairing.code[at : at + GROUP] for at in range(0, len(pairing.code), GROUP)]
        self.code.setText(" ".join(parts))
        self.code.setAccessibleName(self.tr("Code: {code}").format(code=" ".join(pairing.code)))
        self.how.setText(
            self.tr("Scan the picture with the phone and press Start, or send this to {bot}.")
            .format(bot=bot)
        )  # fmt: skip
        self.qr.show_svg(picture)
        self._until = pairing.until
        self._show_left()
        self._tick.start()

    def rest(self) -> None:
        """No code is shown."""
        self._tick.stop()
        self.code.setText("")
        self.qr.show_svg(b"")

    def _show_left(self) -> None:
        left = max(0, round(self._until - time.time()))
        clock = f"{left // 60}:{left % 60:02}"
        self.left.setText(self.tr("Good for {time}, and for one phone.").format(time=clock))


class BotCard(Card):
    """Rows: how a bot is made, its token, how it does, and the code."""

    token_given = Signal(str)
    pair_pressed = Signal()
    hide_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.guide = Row(theme, self.tr("A bot of your own"), self._steps())
        self.tag = Tag(theme, self.tr("Listening"), "good")
        self.bot = Row(theme, self.tr("The bot"), "", [self.tag])
        self.pair = Button(theme, self.tr("Pair a phone"), "main", "smartphone")
        text = self.tr("Whoever sends the code to the bot may command the station from his phone.")
        self.pairing = Row(theme, self.tr("Let a phone in"), text, [self.pair])
        self.panel = CodePanel(theme)
        self.token: OptionRow | None = None
        self._wanted: dict[QWidget, bool] = {}
        self._shown = False
        self.pair.clicked.connect(self._on_pair)
        self.add(self.guide)

    def show_state(self, model: RemoteModel) -> None:
        """Show it, whole."""
        plugin, state = model.plugin, model.state
        if plugin is not None and self.token is None:
            self._complete(plugin)
        if self.token is not None:
            self.token.set_value(model.has_token)
        ready = plugin is not None and plugin.enabled and model.has_token
        self._show_bot(state)
        self._shown = state.pairing is not None
        self.pair.setText(self.tr("Hide the code") if self._shown else self.tr("Pair a phone"))
        self.pair.set_busy(model.pairing)
        if state.pairing is not None:
            self.panel.show_code(state.pairing, model.picture, state.bot)
        else:
            self.panel.rest()
        self._wanted = {
            self.guide: not ready, self.bot: ready, self.pairing: ready,
            self.panel: ready and self._shown,
        }  # fmt: skip
        self._arrange()

    def filter(self, text: str) -> bool:
        """Show what a search asks for, of what there is to show now."""
        found = super().filter(text)
        self._arrange(only_hide=bool(text))
        return found and any(not row.isHidden() for row in self.rows())

    def _complete(self, plugin: PluginInfo) -> None:
        """Add the rest, once the words of the token are known."""
        option = next((one for one in plugin.options if one.name == TOKEN), None)
        if option is not None:
            self.token = OptionRow(self._theme, option, option_words(plugin, option))
            self.token.changed.connect(lambda value: self.token_given.emit(str(value)))
            self.add(self.token)
        for part in (self.bot, self.pairing, self.panel):
            self.add(part)

    def _arrange(self, *, only_hide: bool = False) -> None:
        for part, wanted in self._wanted.items():
            if not (wanted and only_hide):
                part.setVisible(wanted)

    def _show_bot(self, state: RemoteState) -> None:
        self.tag.setVisible(state.listening)
        if state.problem:
            self.bot.set_text(told(state.problem, dict(state.problem_args)), "bad")
        elif state.listening:
            self.bot.set_text(self.tr("It hears as {bot}.").format(bot=state.bot))
        elif state.people or state.pairing is not None:
            self.bot.set_text(self.tr("One moment…"))
        else:
            self.bot.set_text(self.tr("It hears nothing as long as no phone is paired."))

    def _on_pair(self) -> None:
        (self.hide_pressed if self._shown else self.pair_pressed).emit()

    def _steps(self) -> str:
        return "\n".join((
            self.tr("1. Open Telegram on a phone and write /newbot to @BotFather."),
            self.tr("2. Choose a name for your bot, then one that ends in “bot”."),
            self.tr("3. @BotFather answers with a token: put it in here."),
        ))  # fmt: skip


class PeopleCard(KeepsFocus):
    """A row for everybody who may command."""

    remove_pressed = Signal(int)

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Show them."""
        self.refill(lambda: self._fill(people))

    def _fill(self, people: tuple[Person, ...]) -> None:
        for person in people:
            remove = Button(self._theme, self.tr("Remove"), "ghost", "trash-2")
            remove.setAccessibleName(self.tr("Remove {name}").format(name=person.name))
            remove.clicked.connect(lambda _on=False, id=person.id: self.remove_pressed.emit(id))
            self.controls[str(person.id), "remove"] = remove
            day = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(person.since)).date(),
                QLocale.FormatType.LongFormat,
            )
            since = self.tr("May command since {day}").format(day=day)
            self.add(Row(self._theme, person.name, since, [remove]))
        if not people:
            text = self.tr("Nobody commands from a phone.")
            self.add(Row(self._theme, self.tr("No phones"), text))


class RemoteCards(QObject):
    """Joins the cards and what is known."""

    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""

    def __init__(self, theme: Theme, model: RemoteModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.bot, self.people = BotCard(theme), PeopleCard(theme)
        self._people: tuple[Person, ...] | None = None
        self.bot.token_given.connect(model.give_token)
        self.bot.pair_pressed.connect(model.pair)
        self.bot.hide_pressed.connect(model.hide_code)
        self.people.remove_pressed.connect(model.remove)
        model.changed.connect(self._on_changed)
        model.failed.connect(self.failed)
        self._on_changed()

    def fill(self, panel: Panel) -> None:
        """Add the cards to the panel, when there is a remote."""
        if self.model.there:
            panel.add_card(self.tr("Telegram"), self.bot)
            panel.add_card(self.tr("Phones"), self.people)

    def load(self) -> None:
        """Look anew."""
        self.model.load()

    def _on_changed(self) -> None:
        self.bot.show_state(self.model)
        if self.model.state.people != self._people:
            self._people = self.model.state.people
            self.people.show_people(self._people)
        self.filled.emit()
