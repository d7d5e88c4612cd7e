"""The card of the networks in which TVs are looked for: all of the home, or those chosen."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.domain.networks import Network, NetworkKind
from ui.pages.settings.home_cards import KeepsFocus
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.switch import Switch
from ui.words import SEPARATOR

_KINDS = {
    NetworkKind.HOME: QT_TRANSLATE_NOOP("Networks", "Home network"),
    NetworkKind.OPEN: QT_TRANSLATE_NOOP("Networks", "Open internet"),
    NetworkKind.TUNNEL: QT_TRANSLATE_NOOP("Networks", "VPN or tunnel"),
    NetworkKind.CONTAINERS: QT_TRANSLATE_NOOP("Networks", "Containers of this machine"),
}


class NetworksCard(KeepsFocus):
    """Which networks are used; one that was chosen and is away stays in the list."""

    chosen = Signal(object)
    """The names of those that are used; None: all of the home, those that come later too."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._networks: tuple[Network, ...] = ()
        self._names: tuple[str, ...] | None = None
        self._wished: tuple[str, ...] | None = None
        """What the last press asked for: the next one goes on from it, kept already or not."""
        self.refill(self._fill)

    def show_networks(self, networks: tuple[Network, ...], names: tuple[str, ...] | None) -> None:
        """Show the networks there are, and which of them are used (None: all of the home)."""
        if (networks, names) != (self._networks, self._names):
            self._networks, self._names, self._wished = networks, names, names
            self.refill(self._fill)

    def _fill(self) -> None:
        every = Switch(self._theme, self._names is None, self.tr("Use all networks of the home"))
        every.switched.connect(self._on_all)
        self.controls["", "all"] = every
        text = SEPARATOR.join((*self._at_home(), self.tr("Those that come later too")))
        self.add(Row(self._theme, self.tr("All networks of the home"), text, [every]))
        if self._names is None:
            return
        for one in self._networks:
            self._add(one.name, SEPARATOR.join((_kind(one.kind), *one.addresses)))
        there = {one.name for one in self._networks}
        for name in self._names:
            if name not in there:
                self._add(name, self.tr("Away"))

    def _add(self, name: str, text: str) -> None:
        switch = Switch(
            self._theme, name in (self._names or ()), self.tr("Use {name}").format(name=name)
        )
        switch.switched.connect(lambda on: self._on_one(name, on))
        self.controls[name, "use"] = switch
        self.add(Row(self._theme, name, text, [switch]))

    def _at_home(self) -> list[str]:
        return [one.name for one in self._networks if one.kind is NetworkKind.HOME]

    def _on_all(self, on: bool) -> None:
        self._wish(None if on else tuple(self._at_home()))

    def _on_one(self, name: str, on: bool) -> None:
        kept = [one for one in self._wished or () if one != name]
        self._wish(_in_order([*kept, name] if on else kept))

    def _wish(self, names: tuple[str, ...] | None) -> None:
        self._wished = names
        self.chosen.emit(names)


def _in_order(names: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _kind(kind: NetworkKind) -> str:
    return QCoreApplication.translate("Networks", str(_KINDS[kind]))
