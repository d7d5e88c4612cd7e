"""What the Publishing page says in the corner: what was done, how to undo it, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.domain.access import Link
from app.domain.events import NoticeLevel
from app.domain.post import AccountView, Post
from app.domain.results import Rule
from ui import publishing_words as said
from ui.messages import sentence
from ui.page import PageContext
from ui.pages.publishing.models import Models
from ui.undo import offer_undo


class Teller(QObject):
    """Undo over confirm: each message of a removal has a button that takes it back."""

    def __init__(self, context: PageContext, models: Models, page: QObject) -> None:
        super().__init__(page)
        self._toasts, self._models = context.toasts, models
        models.posts.moved.connect(self._on_moved)
        models.posts.cancelled.connect(self._on_cancelled)
        models.posts.failed.connect(self._on_posts_failed)
        models.accounts.removed.connect(self._on_account_removed)
        models.accounts.signed_in.connect(self._on_signed_in)
        models.accounts.failed.connect(self._on_accounts_failed)
        models.accounts.sign_in_failed.connect(self.tell)
        models.editor.failed.connect(self.tell)
        models.videos.failed.connect(self.tell)
        models.films.failed.connect(self.tell)
        models.links.failed.connect(self._on_links_failed)
        models.links.revoked.connect(self._on_revoked)
        models.links.removed.connect(self._on_link_removed)
        models.links.sent.connect(self._on_link_sent)
        models.links.trusted.connect(self._on_trusted)
        models.results.failed.connect(self._on_results_failed)
        models.results.exported.connect(self.written)
        models.results.removed.connect(self._on_rule_removed)
        models.audit.failed.connect(self._on_audit_failed)
        models.audit.exported.connect(self.written)
        models.audit.forgotten.connect(self._on_forgotten)

    def copy(self, text: str) -> None:
        """Put words on the clipboard, and say so."""
        QGuiApplication.clipboard().setText(text)
        self._toasts.show(self.tr("Copied"))

    def written(self, path: str) -> None:
        """A file was written."""
        text = self.tr("Written to {0}").format(path)
        self._toasts.show(text, level=NoticeLevel.GOOD, seconds=8.0)

    def unwritten(self, path: str) -> None:
        """A file could not be written."""
        text = self.tr("{0} could not be written. Choose another folder.").format(path)
        self._toasts.show(text, level=NoticeLevel.BAD, seconds=8.0)

    def sent(self, many: int) -> None:
        """Posts are on their way."""
        text = self.tr("%n post(s) on the way. Each goes out exactly once.", "", many)
        self._toasts.show(text, level=NoticeLevel.GOOD)

    def kept(self, many: int) -> None:
        """Drafts were kept."""
        self._toasts.show(self.tr("%n draft(s) kept in the calendar", "", many))

    def tell(self, error: BaseException) -> None:
        """Say what went wrong."""
        self._toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)

    def _on_posts_failed(self, error: BaseException) -> None:
        if error is not self._models.posts.error:  # else the calendar says so itself
            self.tell(error)

    def _on_accounts_failed(self, error: BaseException) -> None:
        if self._models.accounts.accounts is not None:
            self.tell(error)

    def _on_links_failed(self, error: BaseException) -> None:
        if self._models.links.links is not None:
            self.tell(error)

    def _on_results_failed(self, error: BaseException) -> None:
        if error is not self._models.results.error:
            self.tell(error)

    def _on_audit_failed(self, error: BaseException) -> None:
        if self._models.audit.entries is not None:
            self.tell(error)

    def _on_moved(self, post: Post, before: float) -> None:
        model = self._models.posts
        text = self.tr("“{title}” goes out {moment}").format(
            title=said.headline(post), moment=said.when(post, model.clock())
        )
        offer_undo(self._toasts, text, lambda: model.put_back(post, before))

    def _on_cancelled(self, post: Post) -> None:
        text = self.tr("“{title}” was cancelled").format(title=said.headline(post))
        model = self._models.posts
        offer_undo(self._toasts, text, lambda: model.restore(post.id))

    def _on_account_removed(self, account: AccountView) -> None:
        text = self.tr("{name} was removed").format(name=account.name or account.platform_name)
        model = self._models.accounts
        offer_undo(self._toasts, text, lambda: model.put_back(account.id))

    def _on_signed_in(self, account: AccountView) -> None:
        text = self.tr("Signed in to {name}").format(name=account.platform_name)
        self._toasts.show(text, level=NoticeLevel.GOOD)

    def _on_revoked(self, link: Link) -> None:
        text = self.tr("“{name}” opens no more").format(name=link.name or link.title)
        model = self._models.links
        offer_undo(self._toasts, text, lambda: model.restore(link.id))

    def _on_link_removed(self, link: Link) -> None:
        text = self.tr("“{name}” was removed").format(name=link.name or link.title)
        model = self._models.links
        offer_undo(self._toasts, text, lambda: model.put_back(link.id))

    def _on_link_sent(self) -> None:
        self._toasts.show(self.tr("The link was sent"), level=NoticeLevel.GOOD)

    def _on_trusted(self) -> None:
        self._toasts.show(self.tr("Links are open again"), level=NoticeLevel.GOOD)

    def _on_rule_removed(self, rule: Rule) -> None:
        text = self.tr("The rule “{name}” was removed").format(name=rule.name)
        model = self._models.results
        offer_undo(self._toasts, text, lambda: model.put(rule))

    def _on_forgotten(self, many: int) -> None:
        self._toasts.show(self.tr("%n entries erased", "", many))
