"""The words of `sokoul link` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "link.ended": ("ended", "terminé"),
    "link.held": ("closed, the clock is wrong", "fermé, l'horloge est fausse"),
    "link.later": ("not open yet", "pas encore ouvert"),
    "link.open": ("open", "ouvert"),
    "link.revoked": ("taken back", "retiré"),
    "link.used_up": ("used up", "épuisé"),
    "told.link_new_keys": (
        "New keys are made: every link that was given out has ended.",
        "De nouvelles clés sont créées : tous les liens déjà donnés ont pris fin.",
    ),
    "told.link_trust_clock": (
        "The clock counts as right: links open again.",
        "L'horloge compte comme juste : les liens s'ouvrent à nouveau.",
    ),
    "told.link_no_address": ("no address yet", "pas encore d'adresse"),
    "told.link_none": (
        "There are no links yet: sokoul link FILE makes one.",
        "Il n'y a pas encore de lien : sokoul link FICHIER en crée un.",
    ),
    "told.link_revoke": ("{name}: taken back.", "{name} : retiré."),
    "told.link_station": (
        "It opens while Sokoul runs: open it, or start `sokoul serve`.",
        "Il s'ouvre tant que Sokoul est lancé : ouvrez-le, ou lancez `sokoul serve`.",
    ),
    "told.link_until": ("until {when}", "jusqu'au {when}"),
    "told.link_used": ("used {used}, played {plays}", "utilisé {used}, lu {plays}"),
    "told.link_written": ("Written to {path}", "Écrit dans {path}"),
}
