"""The words of commands about the remote on a phone: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "notices.remote_paired": (
        "{name} may command the station from a phone now.",
        "{name} peut maintenant commander la station depuis un téléphone.",
    ),
}
