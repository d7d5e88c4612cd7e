"""The words of `sokoul budget` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "told.budget_asked": (
        "{service} asks since {when} whether it may: {task} (its price is unknown).",
        "{service} attend depuis le {when} votre accord : {task} (prix inconnu).",
    ),
    "told.budget_everything": ("Everything", "Tout"),
    "told.budget_left_day": (
        "{subject}, each day: {left} of {amount} left, until {renews}.",
        "{subject}, chaque jour : il reste {left} sur {amount}, jusqu'au {renews}.",
    ),
    "told.budget_left_month": (
        "{subject}, each month: {left} of {amount} left, until {renews}.",
        "{subject}, chaque mois : il reste {left} sur {amount}, jusqu'au {renews}.",
    ),
    "told.budget_month": (
        "{month}: {spent} spent, {reserved} set aside.",
        "{month} : {spent} dépensés, {reserved} mis de côté.",
    ),
    "told.budget_written": ("Written to {path}", "Écrit dans {path}"),
}
