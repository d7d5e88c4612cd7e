"""What the audit log says of its entries, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.services.audit.chain import Entry
from ui.words import SEPARATOR

KINDS: dict[str, object] = {
    "post.attempted": QT_TRANSLATE_NOOP("Audit", "Post begun"),
    "post.sent": QT_TRANSLATE_NOOP("Audit", "Post went out"),
    "post.failed": QT_TRANSLATE_NOOP("Audit", "Post failed"),
    "post.allowed": QT_TRANSLATE_NOOP("Audit", "Post approved"),
    "post.answered": QT_TRANSLATE_NOOP("Audit", "Outcome told by you"),
    "post.changed": QT_TRANSLATE_NOOP("Audit", "Post changed"),
    "account.added": QT_TRANSLATE_NOOP("Audit", "Account added"),
    "account.removed": QT_TRANSLATE_NOOP("Audit", "Account removed"),
    "account.signed_in": QT_TRANSLATE_NOOP("Audit", "Signed in"),
    "account.signed_out": QT_TRANSLATE_NOOP("Audit", "Signed out"),
    "link.made": QT_TRANSLATE_NOOP("Audit", "Link made"),
    "link.changed": QT_TRANSLATE_NOOP("Audit", "Link changed"),
    "link.given": QT_TRANSLATE_NOOP("Audit", "Link given to more people"),
    "link.revoked": QT_TRANSLATE_NOOP("Audit", "Link revoked"),
    "link.restored": QT_TRANSLATE_NOOP("Audit", "Link opened again"),
    "link.recipient_revoked": QT_TRANSLATE_NOOP("Audit", "Recipient shut out"),
    "link.recipient_restored": QT_TRANSLATE_NOOP("Audit", "Recipient let in again"),
    "link.forgotten": QT_TRANSLATE_NOOP("Audit", "Link removed"),
    "link.sent": QT_TRANSLATE_NOOP("Audit", "Link sent"),
    "link.new_keys": QT_TRANSLATE_NOOP("Audit", "New keys for links"),
    "link.clock_trusted": QT_TRANSLATE_NOOP("Audit", "Clock trusted again"),
    "audit.forgotten": QT_TRANSLATE_NOOP("Audit", "Entries erased"),
}
LONGEST = 120


def kind(name: str) -> str:
    """What happened; a kind nobody has words for stands as it is."""
    return QCoreApplication.translate("Audit", str(KINDS[name])) if name in KINDS else name


def about(entry: Entry) -> str:
    """Whom it concerns and what is told of it, in one line."""
    if entry.facts is None:
        return QCoreApplication.translate("Audit", "erased")
    told = [f"{name}: {value}" for name, value in entry.facts.items() if value not in ("", None)]
    return SEPARATOR.join(part[:LONGEST] for part in (entry.about, *told) if part)
