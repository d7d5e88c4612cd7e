"""The cards of the home's devices: screens to cast to, guests of the library, shared folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.casting import LADDER, Device
from app.domain.media import Folder, FolderId
from app.domain.media_server import Guest
from ui.casting import words
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.switch import Switch
from ui.words import SEPARATOR


class KeepsFocus(Card):
    """A card that is filled anew and keeps the focus on the same control of the same thing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.controls: dict[tuple[str, str], QWidget] = {}
        """What can be pressed, by the thing it belongs to and what it does."""

    def refill(self, fill: Callable[[], None]) -> None:
        """Take everything out, call `fill`, and give the focus back."""
        focused = next((key for key, one in self.controls.items() if one.hasFocus()), None)
        self.controls = {}
        self.clear()
        fill()
        if self.isVisible():  # what is not shown yet does not take the focus
            for row in self.rows():
                row.show()
        if focused is None:
            return
        near = [key for key in self.controls if key[0] == focused[0]]
        for key in (focused, *near, *self.controls):
            if key in self.controls and self.controls[key].isVisibleTo(self):
                self.controls[key].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def fail(self, title: str, text: str, again: Callable[[], object]) -> None:
        """Say that it cannot be read now."""

        def fill() -> None:
            button = Button(self._theme, self.tr("Try again"), "plain", "refresh-cw")
            button.clicked.connect(lambda _on=False: again())
            row = Row(self._theme, title, text, [button])
            row.text.set_tone("bad")
            self.controls["", "again"] = button
            self.add(row)

        self.refill(fill)


class ScreensCard(KeepsFocus):
    """Every screen that was ever found, and the form of its films; those away can be forgotten."""

    form_chosen = Signal(object, object)
    forget_pressed = Signal(object)
    look_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.add(Row(theme, self.tr("Looking for TVs…")))

    def show_screens(self, devices: tuple[Device, ...]) -> None:
        """Show these."""
        self.refill(lambda: self._fill(devices))

    def _fill(self, devices: tuple[Device, ...]) -> None:
        for device in devices:
            self.add(self._row_of(device))
        if not devices:
            text = self.tr("Switch your TV on and join it to the same network. It appears here.")
            self.add(Row(self._theme, self.tr("No TV was found yet"), text))
        look = Button(self._theme, self.tr("Look again"), "ghost", "refresh-cw")
        look.clicked.connect(lambda _on=False: self.look_pressed.emit())
        self.controls["", "look"] = look
        self.add(_foot(self._theme, look))

    def _row_of(self, device: Device) -> Row:
        label = self.tr("Form of films for {name}").format(name=device.name)
        forms = [(words.form(one), one) for one in (None, *LADDER)]
        chip = ChoiceChip(self._theme, label, forms, lit=False)
        chip.set_value(device.form)
        chip.chosen.connect(lambda form: self.form_chosen.emit(device.id, form))
        self.controls[device.id, "form"] = chip
        tail: list[QWidget] = [chip]
        if not device.here:
            label = self.tr("Forget {name}").format(name=device.name)
            forget = Button(self._theme, "", "icon", "trash-2", label)
            forget.clicked.connect(lambda _on=False: self.forget_pressed.emit(device.id))
            self.controls[device.id, "forget"] = forget
            tail.insert(0, forget)
        state = self.tr("Here") if device.here else words.away(device)
        text = SEPARATOR.join(part for part in (words.kind(device), state) if part)
        return Row(self._theme, device.name, text, tail)


class GuestsCard(KeepsFocus):
    """The devices that asked for the library: allowed, turned away, or waiting for an answer."""

    allow_pressed = Signal(object, bool)
    forget_pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.show_guests(())

    def show_guests(self, guests: tuple[Guest, ...]) -> None:
        """Show these."""
        self.refill(lambda: self._fill(guests))

    def _fill(self, guests: tuple[Guest, ...]) -> None:
        for guest in guests:
            self.add(self._row_of(guest))
        if not guests:
            text = self.tr("Open the list of sources on a TV and choose this station: it is asked"
                           " here before anything is shown there.")  # fmt: skip
            self.add(Row(self._theme, self.tr("No device has asked yet"), text))

    def _row_of(self, guest: Guest) -> Row:
        theme = self._theme
        tail: list[QWidget] = []
        if guest.allowed is None:
            yes = Button(theme, self.tr("Allow"), "main")
            yes.setAccessibleName(self.tr("Allow {name}").format(name=guest.name))
            yes.clicked.connect(lambda _on=False: self.allow_pressed.emit(guest.id, True))
            no = Button(theme, self.tr("Turn away"), "ghost")
            no.setAccessibleName(self.tr("Turn {name} away").format(name=guest.name))
            no.clicked.connect(lambda _on=False: self.allow_pressed.emit(guest.id, False))
            self.controls[guest.id, "allow"], self.controls[guest.id, "no"] = yes, no
            tail += [yes, no]
            said = self.tr("Asks to look into the library")
        else:
            label = self.tr("{name} may look").format(name=guest.name)
            switch = Switch(theme, guest.allowed, label)
            switch.switched.connect(lambda on: self.allow_pressed.emit(guest.id, on))
            self.controls[guest.id, "allow"] = switch
            label = self.tr("Forget {name}").format(name=guest.name)
            forget = Button(theme, "", "icon", "trash-2", label)
            forget.clicked.connect(lambda _on=False: self.forget_pressed.emit(guest.id))
            self.controls[guest.id, "forget"] = forget
            tail += [forget, switch]
            said = self.tr("May look") if guest.allowed else self.tr("Turned away")
        row = Row(theme, guest.name, SEPARATOR.join((said, guest.address)), tail)
        if guest.allowed is None:
            row.text.set_tone("warn")
        return row


class SharedCard(KeepsFocus):
    """Which folders of the library other devices may see."""

    chosen = Signal(object)
    """The folders that are shared; None: all, those added later too."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._folders: tuple[Folder, ...] = ()
        self._shared: tuple[FolderId, ...] | None = None
        self.show_folders((), None)

    def show_folders(
        self, folders: tuple[Folder, ...], shared: tuple[FolderId, ...] | None
    ) -> None:
        """Show the folders there are, and which of them are shared (None: all)."""
        self._folders, self._shared = folders, shared
        self.refill(self._fill)

    def _fill(self) -> None:
        every = Switch(self._theme, self._shared is None, self.tr("Share all folders"))
        every.switched.connect(self._on_all)
        self.controls["", "all"] = every
        text = self.tr("Those you add later too")
        self.add(Row(self._theme, self.tr("All folders"), text, [every]))
        if self._shared is None:
            return
        for folder in self._folders:
            name = PurePosixPath(folder.display).name or folder.display
            label = self.tr("Share {name}").format(name=name)
            switch = Switch(self._theme, folder.id in self._shared, label)
            switch.switched.connect(lambda on, of=folder.id: self._on_one(of, on))
            self.controls[str(folder.id), "share"] = switch
            self.add(Row(self._theme, name, folder.display, [switch]))

    def _on_all(self, on: bool) -> None:
        self.chosen.emit(None if on else tuple(folder.id for folder in self._folders))

    def _on_one(self, of: FolderId, on: bool) -> None:
        kept = [one for one in self._shared or () if one != of]
        self.chosen.emit(tuple([*kept, of] if on else kept))


def _foot(theme: Theme, button: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(6))
    row.addWidget(button)
    row.addStretch(1)
    return holder
