"""The cards beside the options of what watches, publishes, speaks to the owner, lets others in.

Each card is a module of its own; here it is put into its section, loaded and kept true.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui import settings_words as words
from ui.page import PageContext
from ui.pages.settings.links_card import LinksCards
from ui.pages.settings.links_model import LinksModel
from ui.pages.settings.metrics_card import MetricsCard
from ui.pages.settings.remote_card import RemoteCards
from ui.pages.settings.remote_model import RemoteModel
from ui.pages.settings.sections import Panel
from ui.pages.settings.viewmodel import SettingsViewModel
from ui.pages.settings.watch_accounts import WatchAccountsRow
from ui.pages.settings.watch_accounts_model import WatchAccountsModel
from ui.undo import offer_undo

POSTS = ("per_hour", "approve_all", "audit_days")
WATCH_FOLDER = ("watch_folder", "watch_publish")


class Oversight(QObject):
    """Fills the panels of `SECTIONS`: their options first, then their cards."""

    SECTIONS = ("monitoring", "remote", "links", "publishing")
    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""

    def __init__(
        self, context: PageContext, model: SettingsViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._context = model, context
        services = context.services
        self.metrics = MetricsCard(context, getattr(services, "metrics", None))
        self.metrics.failed.connect(self.failed)
        self.metrics.filled.connect(self.filled)
        remote = getattr(services, "remote", None)
        asked = RemoteModel(context.bridge, remote, services.plugins, self)
        self.remote = RemoteCards(context.theme, asked, self)
        self.remote.failed.connect(self.failed)
        self.remote.filled.connect(self.filled)
        shared = LinksModel(context.bridge, getattr(services, "sharing", None), self)
        self.links = LinksCards(context, shared, self)
        self.links.failed.connect(self.failed)
        self.links.filled.connect(self.filled)
        found = WatchAccountsModel(context.bridge, getattr(services, "accounts", None), self)
        self._publishes = found.there
        self.accounts = WatchAccountsRow(context.theme, found)
        self.accounts.accounts_wished.connect(self._on_accounts_wished)
        self.accounts.changed.connect(self._set_accounts)
        self.accounts.taken_out.connect(self._on_taken_out)
        model.values_changed.connect(self._on_values_changed)

    def fill(self, panel: Panel) -> None:
        """Add the options of a section, and its cards."""
        title = words.section_title(panel.section)
        if panel.section == "publishing":
            panel.add_options(title, POSTS)
            card = panel.add_options(self.tr("Watch folder"), WATCH_FOLDER)
            if self._publishes:
                card.add(self.accounts)
            return
        panel.add_options(title)
        if panel.section == "monitoring":
            panel.add_card(self.tr("Prometheus"), self.metrics)
        elif panel.section == "remote":
            self.remote.fill(panel)
        elif panel.section == "links":
            self.links.fill(panel)

    def load(self) -> None:
        """Somebody opened the page: look anew."""
        for section in ("monitoring", "publishing"):
            self._on_values_changed(section)

    def look(self, section: str) -> None:
        """Somebody opened this section: a locked keyring asks to be opened for no other."""
        if section == "remote":
            self.remote.load()
        elif section == "links":
            self.links.load()

    def _on_values_changed(self, section: str) -> None:
        if section == "monitoring":
            self.metrics.show_switch(on=bool(self._model.value(section, "metrics")))
        elif section == "publishing":
            self.accounts.set_value(str(self._model.value(section, "watch_accounts")))

    def _set_accounts(self, text: str) -> None:
        self._model.set_value("publishing", "watch_accounts", text)

    def _on_accounts_wished(self) -> None:
        self._context.navigator.open("publishing", view="accounts")

    def _on_taken_out(self, told: str, before: str) -> None:
        text = self.tr("{name} was taken out of the accounts for the watch folder.")
        offer_undo(self._context.toasts, text.format(name=told), lambda: self._set_accounts(before))
