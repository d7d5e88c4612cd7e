"""What commands say of downloads, in English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "download.looking": (
        "looking",
        "recherche",
    ),
    "download.queued": (
        "waits for its turn",
        "attend son tour",
    ),
    "download.checking": (
        "checking",
        "vérification",
    ),
    "download.loading": (
        "loading",
        "chargement",
    ),
    "download.paused": (
        "paused",
        "en pause",
    ),
    "download.held": (
        "waits",
        "attend",
    ),
    "download.finishing": (
        "nearly done",
        "presque fini",
    ),
    "download.seeding": (
        "here, giving to others",
        "arrivé, partagé",
    ),
    "download.done": (
        "here",
        "arrivé",
    ),
    "download.failed": (
        "failed",
        "échec",
    ),
    "told.desktop": (
        "Sokoul is in the menu, and opens magnet links and .torrent files.",
        "Sokoul est dans le menu, et ouvre les liens magnet et les fichiers .torrent.",
    ),
    "told.desktop_starts": (
        "Sokoul is in the menu, and opens by itself when you sign in.",
        "Sokoul est dans le menu, et s'ouvre de lui-même quand vous ouvrez la session.",
    ),
    "told.desktop_removed": (
        "Sokoul is no longer in the menu.",
        "Sokoul n'est plus dans le menu.",
    ),
    "notes.bad_pieces": (
        "Somebody sent damaged parts. They were thrown away and are fetched again from others.",
        "Quelqu’un a envoyé des morceaux endommagés. Ils ont été jetés et sont "
        "repris chez d’autres.",
    ),
    "notes.server_cannot_resume": (
        "The server cannot go on in the middle, so it was begun anew.",
        "Le serveur ne peut pas reprendre au milieu : tout a recommencé.",
    ),
    "notes.server_changed_file": (
        "The server has another file by now, so it was begun anew.",
        "Le serveur a maintenant un autre fichier : tout a recommencé.",
    ),
    "notes.stream_has_gaps": (
        "Some parts of this stream were missing on the server; the film jumps there.",
        "Des morceaux de ce flux manquaient sur le serveur ; le film y saute.",
    ),
    "notes.stream_subtitles_missing": (
        "Some subtitles of this stream could not be had. The film is whole; search for others.",
        "Des sous-titres de ce flux n’ont pas pu être obtenus. Le film est entier ; "
        "cherchez-en d’autres.",
    ),
}
