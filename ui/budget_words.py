"""Money, and what it was spent on, as people say it in the language of the window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale

from app.domain.budget import MICROS, Limit, PaidKind, Scope, Span, up

SYMBOLS = {
    "USD": "$", "EUR": "\N{EURO SIGN}", "GBP": "\N{POUND SIGN}", "JPY": "\N{YEN SIGN}",
    "CAD": "CA$", "AUD": "AU$",
}  # fmt: skip
KINDS: dict[str, object] = {
    PaidKind.TEXT: QT_TRANSLATE_NOOP("Budget", "Text"),
    PaidKind.HEARING: QT_TRANSLATE_NOOP("Budget", "Speech to text"),
    PaidKind.PICTURE: QT_TRANSLATE_NOOP("Budget", "Pictures"),
    PaidKind.VOICE: QT_TRANSLATE_NOOP("Budget", "Voices"),
    PaidKind.CLIP: QT_TRANSLATE_NOOP("Budget", "Clips"),
    PaidKind.AVATAR: QT_TRANSLATE_NOOP("Budget", "Avatars"),
    PaidKind.MUSIC: QT_TRANSLATE_NOOP("Budget", "Music"),
    PaidKind.POST: QT_TRANSLATE_NOOP("Budget", "Posts"),
}
TASKS: dict[str, object] = {
    "same_title": QT_TRANSLATE_NOOP("Budget", "Telling titles apart"),
    "fake": QT_TRANSLATE_NOOP("Budget", "Spotting fakes"),
    "describe_video": QT_TRANSLATE_NOOP("Budget", "Describing videos"),
    "summary": QT_TRANSLATE_NOOP("Budget", "Summaries"),
    "wish": QT_TRANSLATE_NOOP("Budget", "Understanding wishes"),
    "recommend": QT_TRANSLATE_NOOP("Budget", "Recommendations"),
    "best_time": QT_TRANSLATE_NOOP("Budget", "Best time to publish"),
    "write": QT_TRANSLATE_NOOP("Budget", "Writing"),
    "translate": QT_TRANSLATE_NOOP("Budget", "Translating"),
    "hear": QT_TRANSLATE_NOOP("Budget", "Writing down speech"),
}


def money(amount: int, currency: str, *, down: bool = False) -> str:
    """An amount of millionths, such as ``€4.12``; less than a cent as by `fine`.

    Cents are rounded up, as for what was spent, or `down`, as for what is left.
    """
    cent = MICROS // 100
    if 0 < amount < cent:
        return fine(amount, currency)
    return _written((amount // cent if down else up(amount, cent)) / 100, currency, 2)


def fine(amount: int, currency: str) -> str:
    """An amount with the fractions of a cent a single call costs, such as ``€0.0153``.

    Rounded up to a hundredth of a cent; what is less than a tenth of a cent has every digit.
    """
    amount = amount if amount < MICROS // 1000 else 100 * up(amount, 100)
    digits = max(2, len(f"{amount % MICROS:06}".rstrip("0")))
    return _written(amount / MICROS, currency, digits)


def kind(name: str) -> str:
    """What is bought, such as ``Voices``."""
    return _told(KINDS.get(name), name)


def task(name: str) -> str:
    """What it is for, such as ``Summaries``."""
    return _told(TASKS.get(name), name)


def service(name: str, names: Mapping[str, str] | None = None) -> str:
    """Who is paid: what its plugin is called; the id as a name when nobody knows."""
    return (names or {}).get(name) or name.replace("_", " ").strip().capitalize()


def month(period: str) -> str:
    """A month, such as ``November 2026``."""
    year, number = (int(part) for part in period.split("-")[:2])
    text = QLocale().toString(QDate(year, number, 1), "MMMM yyyy")
    return text[:1].upper() + text[1:]


def day(text: str) -> str:
    """A day, such as ``26 November``."""
    found = date.fromisoformat(text)
    pattern = QCoreApplication.translate("Budget", "d MMMM", "a day and its month")
    return QLocale().toString(QDate(found.year, found.month, found.day), pattern)


def moment(at: float) -> str:
    """A day and its time in short, such as ``26 Nov 14:03``."""
    pattern = QCoreApplication.translate("Budget", "d MMM HH:mm", "a day and a time")
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)), pattern)


def limit(of: Limit, names: Mapping[str, str] | None = None) -> str:
    """What a limit is for, such as ``Everything, each month`` or ``Writing, each day``."""
    if of.scope is Scope.SERVICE:
        subject = service(of.subject, names)
    elif of.scope is Scope.TASK:
        subject = task(of.subject)
    else:
        subject = QCoreApplication.translate("Budget", "Everything")
    words = (
        QCoreApplication.translate("Budget", "{0}, each month")
        if of.span is Span.MONTH
        else QCoreApplication.translate("Budget", "{0}, each day")
    )
    return words.format(subject)


def _written(value: float, currency: str, digits: int) -> str:
    symbol = SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    locale = QLocale()
    if locale.language() is QLocale.Language.C:  # it would put the sign behind, without a gap
        locale = QLocale(QLocale.Language.English)
    return locale.toCurrencyString(value, symbol, digits)


def _told(words: object, name: str) -> str:
    if words is None:
        return service(name)
    return QCoreApplication.translate("Budget", str(words))
