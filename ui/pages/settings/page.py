"""The Settings page: sections at the left, their cards beside, and a line that finds a setting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.domain.media import Folder
from app.domain.secrets import SecretHome
from ui import settings_words as words
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.settings.folders import FoldersCard
from ui.pages.settings.plugins import PluginsCard
from ui.pages.settings.sections import Panel, SectionList
from ui.pages.settings.viewmodel import SettingsViewModel
from ui.settings_form import Card, Row
from ui.undo import offer_undo
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label
from ui.widgets.search_field import SearchField
from ui.widgets.tags import Tag

NARROW = 860  # pixels of the page at 100 % below which the sections are icons
WIDEST = 1000  # pixels at 100 % that a card may take


class SettingsPage(Page):
    """Everything the owner can choose; each change counts at once."""

    def __init__(self, context: PageContext, model: SettingsViewModel) -> None:
        super().__init__()
        self._context, self._model = context, model
        theme = context.theme
        self._section = "library"
        self.field = SearchField(theme, self.tr("Find a setting"), self)
        self.sections = SectionList(theme, self)
        self.folders = FoldersCard(theme, self)
        self.plugins = PluginsCard(theme, self)
        self.secrets = Row(theme, self.tr("Passwords and keys"), self.tr("One moment…"))
        self._locked = Tag(theme, self.tr("Locked"), "warn")
        self._locked.hide()
        self.secrets.tail.addWidget(self._locked)
        self.nothing = Label(self.tr("No setting is called like that."), "body")
        self.panels: dict[str, Panel] = {}
        self._scroll = self._make_scroll()
        self._lay_out()
        self._connect()
        for section in self.panels:
            self._show_values(section)
        self.show_section("library")

    def opened(self, **args: object) -> None:
        """Load anew; ``section`` names the one to show."""
        section = args.get("section")
        if isinstance(section, str) and section in self.panels:
            self.show_section(section)
        self._model.load()

    def where(self) -> dict[str, object]:
        """The section shown, for a page that is built anew."""
        return {"section": self._section}

    def focus_first(self) -> None:
        """The section that is shown."""
        self.sections.button(self._section).setFocus(Qt.FocusReason.OtherFocusReason)

    def search_field(self) -> QWidget | None:
        """The line that finds a setting."""
        return self.field

    def go_back(self) -> bool:
        """End a search first."""
        if self.field.text():
            self.field.clear()
            return True
        return False

    def show_section(self, section: str) -> None:
        """Show one section."""
        self._section = section
        if self.field.text():
            self.field.clear()  # which shows the section
            return
        self.sections.choose(section)
        self.nothing.hide()
        for name, panel in self.panels.items():
            panel.filter("")
            panel.setVisible(name == section)
        self._scroll.verticalScrollBar().setValue(0)
        if section == "privacy":
            self._model.load_secrets_home()  # only here: a locked keyring asks to be opened

    def find_setting(self, text: str) -> None:
        """Show what a search asks for, of every section."""
        if not text:
            self.show_section(self._section)
            return
        self.sections.choose(None)
        found = False
        for panel in self.panels.values():
            shown = panel.filter(text)
            panel.setVisible(shown)
            found = found or shown
        self.nothing.setVisible(not found)

    def resizeEvent(self, event: object) -> None:
        """Keep the margins of the drawing at every width."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        self._column.setContentsMargins(margin, theme.px(28), 0, 0)
        self._head.setContentsMargins(0, 0, margin, 0)
        self._body.setContentsMargins(0, 0, margin, theme.px(28))
        self.sections.set_narrow(self.width() < theme.px(NARROW))

    def _lay_out(self) -> None:
        px = self._context.theme.px
        self._head = QHBoxLayout()
        self._head.addWidget(Label(self.tr("Settings"), "title"))
        self._head.addStretch(1)
        self.field.setMaximumWidth(px(420))
        self._head.addWidget(self.field, 4)
        below = QHBoxLayout()
        below.setSpacing(px(36))
        below.addWidget(self.sections)
        below.addWidget(self._scroll, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(px(20))
        self._column.addLayout(self._head)
        self._column.addLayout(below, 1)

    def _make_scroll(self) -> QScrollArea:
        px = self._context.theme.px
        inner = QWidget()
        self._body = QHBoxLayout(inner)
        self._body.setContentsMargins(0, 0, 0, 0)
        cards = QWidget()
        cards.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(28))
        for section in words.SECTIONS:
            panel = self._make_panel(section)
            panel.changed.connect(self._model.set_value)
            self.panels[section] = panel
            column.addWidget(panel)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._body.addWidget(cards, 1)
        self._body.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _make_panel(self, section: str) -> Panel:
        theme = self._context.theme
        panel = Panel(theme, section)
        if section == "library":
            panel.add_card(self.tr("Folders"), self.folders)
            panel.add_options(self.tr("Keeping up to date"))
        elif section == "plugins":
            panel.add_card(words.section_title(section), self.plugins)
        elif section == "privacy":
            card = Card(theme)
            card.add(self.secrets)
            panel.add_card(self.tr("Secrets"), card)
            panel.add_options(self.tr("What is written down"))
        else:
            panel.add_options(words.section_title(section))
        return panel

    def _connect(self) -> None:
        model = self._model
        self.field.searched.connect(self.find_setting)
        self.sections.opened.connect(self.show_section)
        self.folders.add_pressed.connect(self.choose_folder)
        self.folders.scan_pressed.connect(model.scan)
        self.folders.remove_pressed.connect(model.remove_folder)
        self.folders.retry_pressed.connect(model.load_folders)
        self.plugins.switched.connect(model.switch_plugin)
        self.plugins.option_changed.connect(model.set_option)
        model.values_changed.connect(self._on_values_changed)
        model.folders_changed.connect(self._show_folders)
        model.folders_failed.connect(lambda error: self.folders.show_failure(sentence(error)))
        model.folder_added.connect(self._on_folder_added)
        model.folder_removed.connect(self._on_folder_removed)
        model.scans_changed.connect(lambda: self.folders.show_scans(model.scans))
        model.plugins_changed.connect(self._show_plugins)
        model.plugins_failed.connect(self._on_failed)
        model.options_changed.connect(
            lambda plugin: self.plugins.show_options(plugin, model.options[plugin])
        )
        model.secrets_changed.connect(self._on_secrets_changed)
        model.failed.connect(self._on_failed)

    def choose_folder(self) -> None:
        """Ask which folder to add, inside the window."""
        picker = FolderPicker(self._context.theme, self.window())
        picker.chosen.connect(self._model.add_folder)
        picker.open()

    def _show_values(self, section: str) -> None:
        for name, row in self.panels[section].option_rows.items():
            row.set_value(self._model.value(section, name))

    def _show_folders(self) -> None:
        watched = bool(self._model.value("library", "watch_changes"))
        self.folders.show_folders(self._model.folders or (), watched)
        self.folders.show_scans(self._model.scans)
        self._search_again()

    def _show_plugins(self) -> None:
        model = self._model
        self.plugins.show_plugins(model.plugins or (), model.busy, model.options)
        self._search_again()

    def _search_again(self) -> None:
        if self.field.text():
            self.find_setting(self.field.text().strip())

    def _on_values_changed(self, section: str) -> None:
        if section in self.panels:
            self._show_values(section)
        if section == "library" and self._model.folders is not None:
            self._show_folders()

    def _on_secrets_changed(self) -> None:
        home = self._model.secrets_home or SecretHome.LOCKED
        self.secrets.set_text(words.secret_home(home.value))
        self._locked.setVisible(home is SecretHome.LOCKED)

    def _on_folder_added(self, folder: Folder) -> None:
        said = self.tr("{folder} was added. Its films appear while it is read.")
        self._context.toasts.show(said.format(folder=folder.display), level=NoticeLevel.GOOD)

    def _on_folder_removed(self, folder: Folder) -> None:
        said = self.tr("{folder} was removed from the library. Its files are untouched.")
        text = said.format(folder=folder.display)
        offer_undo(self._context.toasts, text, lambda: self._model.restore_folder(folder))

    def _on_failed(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    model = SettingsViewModel(context.bridge, services.settings, services.library, services.plugins)
    page = SettingsPage(context, model)
    model.setParent(page)
    return page
