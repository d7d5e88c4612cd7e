"""Says things to people: words by key, errors in plain sentences, in English or French."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping

from app.domain.errors import AppError

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """The text on one line, without what could move the cursor or turn the writing around."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def say(key: str, **args: object) -> str:
    """The words of a key in the user's language; an unknown key is told as it is."""
    english, french = WORDS.get(key, ("", ""))
    template = (french if _is_french() else english) or english
    if not template:
        told = ", ".join(f"{name}: {value}" for name, value in args.items())
        return clean(f"{key} ({told})" if told else key)
    try:
        return clean(template.format(**args))
    except (KeyError, IndexError, ValueError):
        return clean(template)


def failed(error: AppError, *, as_json: bool = False) -> int:
    """Tell an expected failure; returns the exit status."""
    if as_json:
        told = {"kind": type(error).__name__, "key": error.key, "args": error.args_map}
        print(json.dumps({"error": told}, default=str))
    print(f"sokoul: {say(error.key, **error.args_map)}", file=sys.stderr)
    return 1


def command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    short: str,
    about: str,
    examples: str,
) -> argparse.ArgumentParser:
    """Add a command whose `--help` teaches by examples."""
    return commands.add_parser(
        name,
        help=short,
        description=about,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _is_french(environ: Mapping[str, str] | None = None) -> bool:
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name):
            return env[name].startswith("fr")
    return False


WORDS: dict[str, tuple[str, str]] = {
    "errors.no_station": ("No station is running.", "Aucune station n'est ouverte."),
    "errors.station_busy": (
        "A station is starting or not answering (process {process}). Try again in a moment.",
        "Une station démarre ou ne répond pas (processus {process}). Réessayez dans un instant.",
    ),
    "errors.station_silent": (
        "The running station did not answer ({reason}).",
        "La station ouverte n'a pas répondu ({reason}).",
    ),
    "errors.already_running": (
        "A station is already running (process {process}).",
        "Une station est déjà ouverte (processus {process}).",
    ),
    "errors.no_window": (
        "A station without a window is running (process {process}). End it to open the window.",
        "Une station sans fenêtre est ouverte (processus {process}). Fermez-la pour la fenêtre.",
    ),
    "errors.no_such_folder": ("There is no folder {path}.", "Il n'y a pas de dossier {path}."),
    "errors.lock_unsafe": (
        "The lock {path} cannot be used: {reason}.",
        "Le verrou {path} est inutilisable : {reason}.",
    ),
    "errors.folder_unsafe": (
        "The folder {path} cannot be used: {reason}.",
        "Le dossier {path} est inutilisable : {reason}.",
    ),
    "errors.command_failed": (
        "The station failed at this; its log tells more.",
        "La station a échoué ; son journal en dit plus.",
    ),
    "errors.unknown_command": (
        "The running station does not know {command}; it may be an older version.",
        "La station ouverte ne connaît pas {command} ; elle est peut-être plus ancienne.",
    ),
    "errors.too_many_commands": (
        "Too many commands at once.",
        "Trop de commandes à la fois.",
    ),
    "errors.path_not_absolute": (
        "{path} is not a full path.",
        "{path} n'est pas un chemin complet.",
    ),
    "told.raised": (
        "Sokoul is already open: its window was brought to the front.",
        "Sokoul est déjà ouvert : sa fenêtre passe devant.",
    ),
    "told.scanned": (
        "{folder}: {items} items, {notes} files with something wrong.",
        "{folder} : {items} éléments, {notes} fichiers avec un problème.",
    ),
    "told.rows": ("{shown} of {total}", "{shown} sur {total}"),
    "told.episodes": ("{count} episodes", "{count} épisodes"),
    "told.away": ("away", "absent"),
    "phase.waiting": ("Waiting", "En attente"),
    "phase.names": ("Reading names", "Lecture des noms"),
    "phase.probing": ("Looking into files", "Examen des fichiers"),
    "phase.pictures": ("Making pictures", "Création des images"),
    "field.title": ("title", "titre"),
    "field.year": ("year", "année"),
    "field.season": ("season", "saison"),
    "field.episode": ("episode", "épisode"),
    "field.absolute_episode": ("absolute", "absolu"),
    "field.date": ("date", "date"),
    "field.resolution": ("resolution", "résolution"),
    "field.source": ("source", "source"),
    "field.video_codec": ("video", "vidéo"),
    "field.audio_codec": ("audio", "audio"),
    "field.hdr": ("HDR", "HDR"),
    "field.languages": ("languages", "langues"),
    "field.group": ("group", "groupe"),
    "field.edition": ("edition", "édition"),
    "field.proper": ("proper", "proper"),
    "doctor.good": ("good", "bon"),
    "doctor.warn": ("note", "note"),
    "doctor.bad": ("bad", "mauvais"),
    "doctor.all_good": ("Everything essential works.", "Tout l'essentiel fonctionne."),
    "doctor.broken": ("Something essential is broken.", "Quelque chose d'essentiel est cassé."),
}
