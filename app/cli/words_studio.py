"""What `sokoul make` says, in English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "make.done": (
        "“{title}”, {seconds} s. Written by {by}.",
        "« {title} », {seconds} s. Écrit par {by}.",
    ),
    "make.unreadable": (
        "{path} cannot be read: {why}.",
        "{path} est illisible : {why}.",
    ),
    "make.step_keywords": ("keywords", "mots-clés"),
    "make.step_script": ("script", "scénario"),
    "make.step_voice": ("voice", "voix"),
    "make.step_pictures": ("pictures", "images"),
    "make.step_clips": ("clips", "séquences"),
    "make.step_avatar": ("avatar", "avatar"),
    "make.step_music": ("music", "musique"),
    "make.step_montage": ("montage", "montage"),
    "make.step_thumbnail": ("thumbnail", "vignette"),
    "make.step_details": ("details", "détails"),
    "make.step_upload": ("upload", "publication"),
    "make.step_ab_test": ("A/B test", "test A/B"),
}
