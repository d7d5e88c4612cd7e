"""Cards of plugins that can do one thing: each with its switch, and the way to add more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.domain.options import Value
from app.services.plugins.model import PluginInfo
from ui.pages.settings.plugins import PluginsCard
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button

SEARCHES = frozenset({"searches"})
THINKS = frozenset({"completes_text", "transcribes"})


class SourcesCard(PluginsCard):
    """The plugins with one of some capabilities. Those one may have several of: see `AddCard`."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, can: Collection[str] = SEARCHES
    ) -> None:
        super().__init__(theme, parent)
        self._can = can

    def show_plugins(
        self,
        plugins: tuple[PluginInfo, ...],
        busy: set[str],
        values: Mapping[str, Mapping[str, Value]],
    ) -> None:
        """Show those of them that can."""
        super().show_plugins(able(plugins, self._can), busy, values)


class AddCard(Card):
    """What more there may be: one row for each kind of plugin the owner can add."""

    add_pressed = Signal(object)
    """The `PluginInfo` of the kind."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, can: Collection[str] = SEARCHES
    ) -> None:
        super().__init__(theme, parent)
        self._can = can
        self._shown: tuple[str, ...] = ()

    def show_plugins(self, plugins: tuple[PluginInfo, ...]) -> None:
        """Show the kinds there are; rows that stay keep the focus."""
        kinds = [
            plugin
            for plugin in plugins
            if plugin.many and plugin.usable and set(self._can) & set(plugin.capabilities)
        ]
        names = tuple(kind.id for kind in kinds)
        if names == self._shown:
            return
        self._shown = names
        self.clear()
        for kind in kinds:
            self.add(self._row(kind))

    def _row(self, kind: PluginInfo) -> Row:
        button = Button(self._theme, self.tr("Add"), "plain", "plus")
        button.setAccessibleName(self.tr("Add: {name}").format(name=kind.name))
        button.clicked.connect(lambda _on=False: self.add_pressed.emit(kind))
        about = kind.word("about", QLocale().name()[:2])
        return Row(self._theme, kind.name, about, [button], "", self)


def able(plugins: tuple[PluginInfo, ...], can: Collection[str]) -> tuple[PluginInfo, ...]:
    """The plugins with one of these capabilities that can be switched."""
    return tuple(one for one in plugins if set(can) & set(one.capabilities) and not one.many)


def others(plugins: tuple[PluginInfo, ...]) -> tuple[PluginInfo, ...]:
    """The plugins that do something else, and those that cannot be used."""
    shown = SEARCHES | THINKS
    return tuple(one for one in plugins if shown.isdisjoint(one.capabilities))
