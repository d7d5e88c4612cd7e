"""The words of `sokoul describe` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "describe.look": ("Looking at the file", "Lecture du fichier"),
    "describe.subtitles": ("Reading its subtitles", "Lecture des sous-titres"),
    "describe.hear": ("Writing down what is said", "Transcription des paroles"),
    "describe.frames": ("Reading its pictures", "Lecture des images"),
    "describe.write": ("Writing", "Rédaction"),
    "describe.tags": ("Tags: {tags}", "Mots-clés : {tags}"),
    "describe.category": ("Category: {category}", "Catégorie : {category}"),
    "describe.by_rules": ("Made by rules, without a model", "Fait par des règles, sans modèle"),
    "describe.by_here": (
        "Made by {model}, on this machine",
        "Fait par {model}, sur cette machine",
    ),
    "describe.by_service": ("Made by {model}, a service", "Fait par {model}, un service"),
    "describe.from": (
        "From: lines of subtitles {subtitles}, lines of text {texts} in pictures {frames}",
        "D'après : lignes de sous-titres {subtitles}, lignes de texte {texts}, images {frames}",
    ),
    "describe.heard": ("What is said was written down by {model}", "Paroles notées par {model}"),
    "describe.cannot_read": (
        "Texts in the pictures were not read: install tesseract-ocr for that.",
        "Les textes des images n'ont pas été lus : installez tesseract-ocr pour cela.",
    ),
}
