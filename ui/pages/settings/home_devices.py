"""The sections of the home's devices: TVs and casting, and the media server."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.domain.media import Folder
from app.domain.sharing import folders_of, folders_text, networks_of, networks_text
from ui.messages import sentence
from ui.pages.settings.home_cards import GuestsCard, ScreensCard, SharedCard
from ui.pages.settings.home_model import HomeDevicesModel
from ui.pages.settings.home_networks import NetworksCard
from ui.pages.settings.sections import Panel
from ui.theme import Theme

LOOK_MS = 3000
"""Networks come and go: while their card is shown they are looked at anew after this time."""


class HomeDevices(QObject):
    """Fills the two panels and keeps them true."""

    shared_changed = Signal(str)
    """How the settings hold the folders that are shared now."""
    networks_changed = Signal(str)
    """How the settings hold the networks that are used now."""
    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""

    def __init__(
        self, theme: Theme, model: HomeDevicesModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._folders: tuple[Folder, ...] = ()
        self._shared = self._names = ""
        self.screens, self.guests = ScreensCard(theme), GuestsCard(theme)
        self.shared, self.networks = SharedCard(theme), NetworksCard(theme)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(model.load_networks)
        self.networks.installEventFilter(self)
        self.screens.form_chosen.connect(model.set_form)
        self.screens.forget_pressed.connect(model.forget_screen)
        self.screens.look_pressed.connect(model.look)
        self.guests.allow_pressed.connect(model.allow)
        self.guests.forget_pressed.connect(model.forget_guest)
        self.shared.chosen.connect(lambda folders: self.shared_changed.emit(folders_text(folders)))
        self.networks.chosen.connect(lambda names: self.networks_changed.emit(networks_text(names)))
        model.networks_changed.connect(self._show(self._show_networks))
        model.screens_changed.connect(self._show(self._show_screens))
        model.guests_changed.connect(self._show(self._show_guests))
        model.screens_failed.connect(self._on_screens_failed)
        model.guests_failed.connect(self._on_guests_failed)
        model.failed.connect(self.failed)

    def fill(self, panel: Panel) -> None:
        """Add the cards of a section to its panel."""
        if panel.section == "casting":
            panel.add_card(self.tr("Screens"), self.screens)
            panel.add_card(self.tr("Networks to look in"), self.networks)
            panel.add_options(self.tr("Finding them"))
        else:
            panel.add_options(self.tr("For TVs, consoles and phones of your home"))
            panel.add_card(self.tr("Devices that asked"), self.guests)
            panel.add_card(self.tr("What they may see"), self.shared)

    def load(self) -> None:
        """Ask for everything anew."""
        self._model.load()

    def show_folders(self, folders: tuple[Folder, ...]) -> None:
        """The owner's folders are these."""
        self._folders = folders
        self._show_shared()

    def show_shared(self, text: str) -> None:
        """These are shared, as the settings hold it."""
        self._shared = text
        self._show_shared()

    def show_names(self, text: str) -> None:
        """These networks are used, as the settings hold it."""
        self._names = text
        self._show_networks()
        self.filled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the networks only while somebody sees them."""
        if event.type() is QEvent.Type.Show:
            self._model.load_networks()
            self._look.start()
        elif event.type() is QEvent.Type.Hide:
            self._look.stop()
        return super().eventFilter(watched, event)

    def _show_networks(self) -> None:
        self.networks.show_networks(self._model.networks, networks_of(self._names))

    def _show(self, show: Callable[[], None]) -> Callable[[], None]:
        def shown() -> None:
            show()
            self.filled.emit()

        return shown

    def _show_screens(self) -> None:
        self.screens.show_screens(self._model.screens or ())

    def _show_guests(self) -> None:
        self.guests.show_guests(self._model.guests or ())

    def _show_shared(self) -> None:
        self.shared.show_folders(self._folders, folders_of(self._shared))
        self.filled.emit()

    def _on_screens_failed(self, error: BaseException) -> None:
        title = self.tr("Your TVs cannot be looked for now")
        self.screens.fail(title, sentence(error), self._model.load)

    def _on_guests_failed(self, error: BaseException) -> None:
        title = self.tr("The list of devices cannot be read now")
        self.guests.fail(title, sentence(error), self._model.load_guests)
