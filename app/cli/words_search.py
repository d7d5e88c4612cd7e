"""The words of `sokoul search` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "told.asked": (
        "{answered} of {asked} sources have answered",
        "{answered} sources sur {asked} ont répondu",
    ),
    "told.found": (
        "{shown} of {total}, {hidden} hidden, {seconds} s",
        "{shown} sur {total}, {hidden} masqués, {seconds} s",
    ),
    "start.at_once": ("plays at once", "se lit tout de suite"),
    "start.soon": ("starts soon", "démarre bientôt"),
    "start.later": ("must be fetched first", "à télécharger d'abord"),
    "start.unknown": ("start unknown", "démarrage inconnu"),
    "start.never": ("does not play here", "ne se lit pas ici"),
}
