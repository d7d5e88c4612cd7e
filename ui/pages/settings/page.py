"""The Settings page: sections at the left, their cards beside, and a line that finds a setting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.domain.media import Folder
from app.domain.secrets import SecretHome
from app.domain.settings import option
from app.services.plugins.model import PluginInfo
from ui import settings_words as words
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.settings.add_source import AddSource
from ui.pages.settings.folders import FoldersCard
from ui.pages.settings.hearing_model import HearingModel
from ui.pages.settings.home_devices import HomeDevices
from ui.pages.settings.home_model import HomeDevicesModel
from ui.pages.settings.model_model import ModelModel
from ui.pages.settings.oversight import Oversight
from ui.pages.settings.plugins import PluginsCard
from ui.pages.settings.sections import Panel, SectionList
from ui.pages.settings.sources import AddCard, SourcesCard, others
from ui.pages.settings.thinking import Thinking
from ui.pages.settings.timetable import Timetable
from ui.pages.settings.viewmodel import SettingsViewModel
from ui.settings_form import Card, Row
from ui.undo import offer_undo
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label
from ui.widgets.search_field import SearchField
from ui.widgets.tags import Tag

WHERE = ("folder", "file_away", "films_folder", "series_folder", "reserve")
PACE = ("at_once", "connections", "down_limit", "up_limit", "slow_down", "slow_up")
TORRENTS = (
    *("interface", "seed_percent", "seed_hours", "find_peers", "exchange_peers", "local_peers"),
    *("open_port", "encryption"),
)
NARROW = 860  # pixels of the page at 100 % below which the sections are icons
WIDEST = 1000  # pixels at 100 % that a card may take


class SettingsPage(Page):
    """Everything the owner can choose; each change counts at once."""

    def __init__(
        self,
        context: PageContext,
        model: SettingsViewModel,
        home: HomeDevicesModel,
        thinking: ModelModel,
    ) -> None:
        super().__init__()
        self._context, self._model = context, model
        theme = context.theme
        self._section = "library"
        self.field = SearchField(theme, self.tr("Find a setting"), self)
        self.sections = SectionList(theme, self)
        self.folders = FoldersCard(theme, self)
        self.plugins = PluginsCard(theme, self)
        self.sources = SourcesCard(theme, self)
        self.more_sources = AddCard(theme, self)
        self.home = HomeDevices(theme, home, self)
        hearing = HearingModel(context.bridge, getattr(context.services, "hearing", None), self)
        self.thinking = Thinking(theme, thinking, hearing, self)
        self.oversight = Oversight(context, model, self)
        self._adding: AddSource | None = None
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
        self.home.load()
        self.thinking.load()
        self.oversight.load()

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
        elif section == "intelligence":
            self.thinking.look()
        self.oversight.look(section)

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
        elif section == "search":
            panel.add_card(self.tr("Where to search"), self.sources)
            panel.add_card(self.tr("More places"), self.more_sources)
            panel.add_options(self.tr("What is good"))
        elif section == "plugins":
            panel.add_card(words.section_title(section), self.plugins)
        elif section == "privacy":
            card = Card(theme)
            card.add(self.secrets)
            panel.add_card(self.tr("Secrets"), card)
            panel.add_options(self.tr("What is written down"))
        elif section == "downloads":
            self._add_downloads(panel)
        elif section in ("casting", "media_server"):
            self.home.fill(panel)
        elif section == "intelligence":
            self.thinking.fill(panel)
        elif section in self.oversight.SECTIONS:
            self.oversight.fill(panel)
        else:
            panel.add_options(words.section_title(section))
        return panel

    def _add_downloads(self, panel: Panel) -> None:
        panel.add_options(self.tr("Where they go"), WHERE)
        card = panel.add_options(self.tr("How fast, and when"), PACE)
        described = option("downloads", "timetable")
        self.timetable = Timetable(
            self._context.theme, words.label(described), words.help_text(described)
        )
        self.timetable.changed.connect(
            lambda text: self._model.set_value("downloads", "timetable", text)
        )
        card.add(self.timetable)
        panel.add_options(self.tr("Torrents"), TORRENTS)

    def _connect(self) -> None:
        model = self._model
        self.field.searched.connect(self.find_setting)
        self.sections.opened.connect(self.show_section)
        self.folders.add_pressed.connect(self.choose_folder)
        self.folders.scan_pressed.connect(model.scan)
        self.folders.remove_pressed.connect(model.remove_folder)
        self.folders.retry_pressed.connect(model.load_folders)
        for card in self._plugin_cards():
            card.switched.connect(model.switch_plugin)
            card.option_changed.connect(model.set_option)
            card.remove_pressed.connect(model.remove_source)
        self.more_sources.add_pressed.connect(self.add_source)
        self.thinking.more.add_pressed.connect(self.add_source)
        model.values_changed.connect(self._on_values_changed)
        model.folders_changed.connect(self._show_folders)
        model.folders_failed.connect(lambda error: self.folders.show_failure(sentence(error)))
        model.folder_added.connect(self._on_folder_added)
        model.folder_removed.connect(self._on_folder_removed)
        model.scans_changed.connect(lambda: self.folders.show_scans(model.scans))
        model.plugins_changed.connect(self._show_plugins)
        model.plugins_failed.connect(self._on_failed)
        model.options_changed.connect(self._show_options)
        model.source_added.connect(self._on_source_added)
        model.source_refused.connect(self._on_source_refused)
        model.source_removed.connect(self._on_source_removed)
        model.secrets_changed.connect(self._on_secrets_changed)
        model.failed.connect(self._on_failed)
        for part in (self.home, self.thinking, self.oversight):
            part.failed.connect(self._on_failed)
            part.filled.connect(self._search_again)
        self.home.shared_changed.connect(
            lambda text: model.set_value("media_server", "folders", text)
        )
        self.home.networks_changed.connect(
            lambda text: model.set_value("casting", "networks", text)
        )
        self.thinking.routes_changed.connect(
            lambda text: model.set_value("intelligence", "routes", text)
        )

    def choose_folder(self) -> None:
        """Ask which folder to add, inside the window."""
        picker = FolderPicker(self._context.theme, self.window())
        picker.chosen.connect(self._model.add_folder)
        picker.open()

    def add_source(self, kind: PluginInfo) -> None:
        """Ask what a new source needs, inside the window."""
        self._adding = AddSource(self._context.theme, self.window(), kind)
        self._adding.submitted.connect(self._on_source_submitted)
        self._adding.closed.connect(self._on_adding_closed)
        self._adding.open()

    def _show_values(self, section: str) -> None:
        for name, row in self.panels[section].option_rows.items():
            row.set_value(self._model.value(section, name))
        if section == "downloads":
            self.timetable.set_value(self._model.value(section, "timetable"))
        elif section == "casting":
            self.home.show_names(str(self._model.value(section, "networks")))
        elif section == "media_server":
            self.home.show_shared(str(self._model.value(section, "folders")))
        elif section == "intelligence":
            self.thinking.show_routes(str(self._model.value(section, "routes")))

    def _show_folders(self) -> None:
        watched = bool(self._model.value("library", "watch_changes"))
        self.folders.show_folders(self._model.folders or (), watched)
        self.folders.show_scans(self._model.scans)
        self.home.show_folders(self._model.folders or ())
        self._search_again()

    def _show_plugins(self) -> None:
        model = self._model
        found = model.plugins or ()
        self.plugins.show_plugins(others(found), model.busy, model.options)
        for card in (self.sources, self.thinking.services):
            card.show_plugins(found, model.busy, model.options)
        for more in (self.more_sources, self.thinking.more):
            more.show_plugins(found)
        self._search_again()

    def _show_options(self, plugin: str) -> None:
        for card in self._plugin_cards():
            card.show_options(plugin, self._model.options[plugin])

    def _plugin_cards(self) -> tuple[PluginsCard, ...]:
        return (self.plugins, self.sources, self.thinking.services)

    def _search_again(self) -> None:
        if self.field.text():
            self.find_setting(self.field.text().strip())
        else:
            self.panels[self._section].filter("")  # a card that was empty may have rows now

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

    def _on_source_submitted(self, kind: str, name: str, values: dict[str, object]) -> None:
        if self._adding is not None:
            self._adding.show_busy()
        self._model.add_source(kind, name, values)

    def _on_adding_closed(self) -> None:
        self._adding = None
        self._model.stop_adding()

    def _on_source_added(self, _plugin: str) -> None:
        if self._adding is not None:
            self._adding.dismiss()
        text = self.tr("It works, and is asked from now on.")
        self._context.toasts.show(text, level=NoticeLevel.GOOD)

    def _on_source_refused(self, error: BaseException) -> None:
        if self._adding is not None:
            self._adding.show_failure(sentence(error))
        else:
            self._on_failed(error)

    def _on_source_removed(self, plugin: PluginInfo) -> None:
        text = self.tr("{name} is not asked any more.").format(name=plugin.name)
        offer_undo(self._context.toasts, text, lambda: self._model.restore_source(plugin))

    def _on_failed(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    model = SettingsViewModel(context.bridge, services.settings, services.library, services.plugins)
    screens = getattr(services, "casting", None)
    guests, lan = getattr(services, "media_server", None), getattr(services, "lan", None)
    home = HomeDevicesModel(context.bridge, screens, guests, lan)
    thinking = ModelModel(
        context.bridge, getattr(services, "models", None), getattr(services, "intelligence", None)
    )
    page = SettingsPage(context, model, home, thinking)
    for part in (model, home, thinking):
        part.setParent(page)
    return page
