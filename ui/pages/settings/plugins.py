"""The card of the plugins: each with its switch, why it is off, and its options."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.domain.options import Option, Value
from app.services.plugins.model import PluginInfo
from ui import settings_words as words
from ui.messages import told
from ui.settings_form import Card, OptionRow, Row, RowWords
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.switch import Switch
from ui.widgets.tags import Tag


def option_words(plugin: PluginInfo, option: Option) -> RowWords:
    """The words of an option, as its plugin gives them."""
    language = QLocale().name()[:2]
    return RowWords(
        plugin.word(option.label, language) or option.name,
        plugin.word(option.help, language),
        {
            choice: plugin.word(f"{option.label}.{choice}", language) or choice
            for choice in option.choices
        },
        partial(words.amount, option),
        kept=QCoreApplication.translate("PluginsCard", "Kept. Type to replace it."),
    )


class PluginRow(Row):
    """One plugin."""

    switched = Signal(bool)
    removed = Signal()

    def __init__(self, theme: Theme, plugin: PluginInfo, busy: bool, parent: QWidget) -> None:
        self.plugin = plugin
        self.switch = Switch(theme, plugin.enabled, plugin.name)
        self.switch.setEnabled(plugin.usable and not busy)
        tail: list[QWidget] = [self.switch]
        if not plugin.built_in:
            tail.insert(0, Tag(theme, QCoreApplication.translate("PluginRow", "Yours")))
        if plugin.of:
            label = QCoreApplication.translate("PluginRow", "Remove {name}")
            remove = Button(theme, "", "icon", "trash-2", label.format(name=plugin.name))
            remove.clicked.connect(lambda _on=False: self.removed.emit())
            tail.insert(0, remove)
        about = plugin.word("about", QLocale().name()[:2])
        super().__init__(theme, plugin.name, about, tail, plugin.owner, parent)
        self.switch.switched.connect(self.switched)
        if busy:
            self.set_text(self.tr("One moment…"))
        elif plugin.reason is not None:
            why = told(plugin.reason, plugin.reason_args)
            said = self.tr("Switched off: {why} Switch it on to try again.")
            if not plugin.usable:
                said = self.tr("Cannot be used: {why}")
            self.set_text(said.format(why=why), "bad")
            self.switch.setAccessibleDescription(self.text.text())
        elif not about:
            self.set_text(plugin.folder)


class PluginsCard(Card):
    """All plugins, with the options of those that are on."""

    switched = Signal(str, bool)
    option_changed = Signal(str, str, object)
    remove_pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._options: dict[tuple[str, str], OptionRow] = {}
        self.add(Row(theme, self.tr("Looking at the plugins…")))

    def show_plugins(
        self,
        plugins: tuple[PluginInfo, ...],
        busy: set[str],
        values: Mapping[str, Mapping[str, Value]],
    ) -> None:
        """Show these plugins."""
        focused = self._focused()
        self.clear()
        self._options = {}
        for plugin in plugins:
            row = PluginRow(self._theme, plugin, plugin.id in busy, self)
            row.switched.connect(partial(self.switched.emit, plugin.id))
            row.removed.connect(partial(self.remove_pressed.emit, plugin))
            self.add(row)
            if plugin.enabled:
                for option in plugin.options:
                    self._add_option(plugin, option)
                self.show_options(plugin.id, values.get(plugin.id, plugin.values or {}))
        if not plugins:
            text = self.tr("Put a plugin's folder into the plugins folder of the station.")
            self.add(Row(self._theme, self.tr("No plugins"), text))
        self._focus(focused)

    def show_options(self, plugin: str, values: Mapping[str, Value]) -> None:
        """Show the values of a plugin's options."""
        for (name, option), row in self._options.items():
            if name == plugin and option in values:
                row.set_value(values[option])

    def plugin_rows(self) -> list[PluginRow]:
        """The rows of the plugins, in order."""
        return [row for row in self.rows() if isinstance(row, PluginRow)]

    def option_row(self, plugin: str, option: str) -> OptionRow | None:
        """The row of one option."""
        return self._options.get((plugin, option))

    def _add_option(self, plugin: PluginInfo, option: Option) -> None:
        row = OptionRow(self._theme, option, option_words(plugin, option), self, inset=48)
        row.changed.connect(partial(self.option_changed.emit, plugin.id, option.name))
        self._options[plugin.id, option.name] = row
        self.add(row)

    def _focused(self) -> str | None:
        focused = self.window().focusWidget()
        rows = self.plugin_rows()
        return next((row.plugin.id for row in rows if row.switch is focused), None)

    def _focus(self, plugin: str | None) -> None:
        for row in self.plugin_rows():
            if row.plugin.id == plugin:
                row.switch.setFocus()
