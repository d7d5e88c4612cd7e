"""A chip that chooses one of the owner's accounts: where a post goes, or what a folder feeds."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.post import AccountView
from ui.theme import Theme
from ui.widgets.chips import Chip


class AccountChip(Chip):
    """An account to switch on; one that is signed out says so."""

    def __init__(self, theme: Theme, account: AccountView, name: str, parent: QWidget) -> None:
        out = account.signs_in and not account.signed_in
        super().__init__(theme, name, "lock" if out else "", parent=parent)
        self.account = account.id
        if out:
            said = self.tr("Signed out: the post waits until you sign in")
            self.setAccessibleDescription(said)
            self.setToolTip(said)
