"""What `sokoul publish` says, in English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "publish.draft": ("Not sent.", "Pas envoyée."),
    "publish.asking": (
        "Waits for your yes on the Publishing page.",
        "Attend votre accord sur la page Publication.",
    ),
    "publish.planned": ("Goes out at {when}.", "Partira le {when}."),
    "publish.turn": ("Goes out as soon as it is its turn.", "Partira dès que ce sera son tour."),
    "publish.sending": ("Is being sent.", "En cours d'envoi."),
    "publish.working": (
        "Sent; the platform works on it.",
        "Envoyée ; la plateforme la traite.",
    ),
    "publish.held": ("Held.", "En attente."),
    "publish.unconfirmed": (
        "It may be out: nobody could tell. Say it on the Publishing page.",
        "Elle est peut-être en ligne : rien ne le confirme. Dites-le sur la page Publication.",
    ),
    "publish.done": ("It is out.", "Elle est en ligne."),
    "publish.failed": ("It did not go out.", "Elle n'est pas partie."),
    "publish.cancelled": ("Nothing was sent.", "Rien n'a été envoyé."),
}
