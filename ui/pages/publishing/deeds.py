"""What can be done with a post as it stands: the buttons of rows, needs and panels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.domain.post import ENDED, MOVABLE, AccountId, Post, PostState
from ui import publishing_words as said
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.widgets.button import Variant


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: its words, what it does, how it looks."""

    name: str
    text: str
    act: Callable[[], object]
    variant: Variant = "plain"
    icon: str = ""


class Desk(QObject):
    """Carries wishes from every part of the page to the one that answers them."""

    post_wished = Signal(object)
    """A post is to be shown, whole."""
    edit_wished = Signal(object)
    """The words of a post are to be written."""
    sign_in_wished = Signal(object)
    """The id of an account."""

    def __init__(self, model: PublishingViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.browse: Callable[[str], object] = lambda url: QDesktopServices.openUrl(QUrl(url))
        """Opens an address in the browser."""

    def deeds(self, post: Post) -> list[Deed]:
        """What can be done, the likeliest first."""
        found = self._of_state(post)
        account = self.model.account(post)
        if account is not None and account.signs_in and not account.signed_in:
            return [self.sign_in(account.id), *(one for one in found if one.name != "again")]
        return found

    def all(self, post: Post) -> list[Deed]:
        """What can be done in the panel of a post, where there is room for it."""
        found = self.deeds(post)
        if post.state in MOVABLE:
            found.append(
                Deed("edit", self.tr("Change the words"), lambda: self.edit_wished.emit(post),
                     "plain", "pencil")
            )  # fmt: skip
        if post.state not in ENDED and post.state is not PostState.UNCONFIRMED:
            found.append(
                Deed("cancel", self.tr("Cancel it"), lambda: self.model.cancel(post), "ghost", "x")
            )
        return found

    def sign_in(self, account: AccountId) -> Deed:
        """Sign in."""
        return Deed("sign_in", self.tr("Sign in"), lambda: self.sign_in_wished.emit(account))

    def look(self, post: Post) -> Deed:
        """Look at it in the browser."""
        text = self.tr("Open {0}").format(said.platform(post.platform))
        url = said.home(post)
        return Deed("look", text, lambda: self.browse(url), "ghost", "external-link")

    def _of_state(self, post: Post) -> list[Deed]:
        model, state = self.model, post.state
        if state is PostState.ASKING:
            yes = Deed(
                "approve", self.tr("Approve"), lambda: model.approve(post.id), "plain", "check"
            )
            see = Deed("see", self.tr("Look at it"), lambda: self.post_wished.emit(post), "ghost")
            return [yes, see]
        if state is PostState.DRAFT:
            return [Deed("edit", self.tr("Go on writing"), lambda: self.edit_wished.emit(post))]
        if state is PostState.UNCONFIRMED:
            out = Deed("out", self.tr("It is out"), lambda: model.answer(post.id, is_out=True))
            not_out = Deed(
                "not_out", self.tr("It is not out"), lambda: model.answer(post.id, is_out=False)
            )
            return [out, not_out, *([self.look(post)] if said.home(post) else [])]
        if state is PostState.HELD:
            now = self.tr("Try now")
            return [Deed("again", now, lambda: model.again(post.id), "plain", "refresh-cw")]
        if state is PostState.FAILED:
            again = Deed("again", self.tr("Try again"), lambda: model.again(post.id), "plain",
                         "refresh-cw")  # fmt: skip
            drop = Deed("drop", self.tr("Leave it"), lambda: model.cancel(post), "ghost")
            return [again, drop]
        if state is PostState.CANCELLED:
            return [Deed("restore", self.tr("Have it back"), lambda: model.restore(post.id))]
        return [self.look(post)] if state is PostState.DONE and post.url else []
