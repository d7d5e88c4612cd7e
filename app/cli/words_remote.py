"""The words of `sokoul remote`: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "remote.code": (
        "Send {code} to {bot}. It lets one phone in, until {time}.",
        "Envoyez {code} à {bot}. Ce code laisse entrer un téléphone, jusqu'à {time}.",
    ),
    "remote.off": (
        "No chat service is on: give the station the token of a bot first.",
        "Aucune messagerie n'est activée : donnez d'abord à la station le jeton d'un robot.",
    ),
    "remote.nobody": (
        "No phone may command this station.",
        "Aucun téléphone ne peut commander cette station.",
    ),
}
