"""The words of `sokoul backup` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "backup.made": (
        "Copied to {path} ({size}).",
        "Copié dans {path} ({size}).",
    ),
    "backup.none": (
        "There is no backup yet. Make one with: sokoul backup",
        "Il n'y a pas encore de sauvegarde. Faites-en une avec : sokoul backup",
    ),
    "backup.restored": (
        "{name} is back in place. What was there before is kept in {aside}. Publishing is paused "
        "until you have looked at the queue.",
        "{name} est de nouveau en place. Ce qui s'y trouvait est gardé dans {aside}. La "
        "publication est en pause jusqu'à ce que vous ayez regardé la file.",
    ),
}
