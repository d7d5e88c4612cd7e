"""The English sentences of the budget; translators read this file."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.budget_amount": QT_TRANSLATE_NOOP(
        "Messages",
        "“{text}” is not an amount of money. Write it like 12.50.",
    ),
    "errors.budget_export": QT_TRANSLATE_NOOP(
        "Messages",
        "The file could not be written to {path} ({reason}). Nothing is lost: choose another "
        "folder and try again.",
    ),
    "errors.budget_no_question": QT_TRANSLATE_NOOP(
        "Messages",
        "This question was answered, or forgotten, in the meantime.",
    ),
    "errors.budget_no_reservation": QT_TRANSLATE_NOOP(
        "Messages",
        "The budget knows nothing of this call.",
    ),
    "errors.budget_not_kept": QT_TRANSLATE_NOOP(
        "Messages",
        "The database cannot be written, so no money is spent now. See whether its disk is full, "
        "then try again.",
    ),
    "errors.budget_rate": QT_TRANSLATE_NOOP(
        "Messages",
        "The budget does not know what one US dollar is in your currency, so nothing is spent. "
        "Fill it in under Settings, Budget.",
    ),
    "errors.budget_spent": QT_TRANSLATE_NOOP(
        "Messages",
        "{which} has {left} left, and this may cost up to {price}. Nothing was sent. It begins "
        "anew on {renews}; the limit can be raised on the Budget page.",
    ),
    "errors.budget_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "The limits in the settings cannot be read, so nothing is spent. Press Set limits anew on "
        "the Budget page, then fill them in.",
    ),
    "errors.price_declined": QT_TRANSLATE_NOOP(
        "Messages",
        "You said no to this call of {service}, whose price nobody knows. It may be asked again "
        "tomorrow.",
    ),
    "errors.price_never": QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody knows what this call of {service} costs, and the settings forbid such calls. "
        "Nothing was sent.",
    ),
    "errors.price_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody knows what this call of {service} costs. Nothing was sent: allow it on the "
        "Budget page, then try again.",
    ),
    "notes.budget_day": QT_TRANSLATE_NOOP("Messages", "The budget of today."),
    "notes.budget_day_of": QT_TRANSLATE_NOOP("Messages", "The budget of {subject} for today."),
    "notes.budget_month": QT_TRANSLATE_NOOP("Messages", "The budget of this month."),
    "notes.budget_month_of": QT_TRANSLATE_NOOP(
        "Messages", "The budget of {subject} for this month."
    ),
    "notices.budget_alert": QT_TRANSLATE_NOOP(
        "Messages",
        "{which} is spent to {percent} %: {spent} of {amount}.",
    ),
    "notices.budget_price_asked": QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody knows what a call of {service} costs. Allow it, or not, on the Budget page.",
    ),
}
