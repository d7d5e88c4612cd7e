"""Words of the station for where no window is: a phone, an e-mail, a command line.

They lie in ``resources/phrases/<language>/<file>.json``: one object of keys and sentences with
``{names}`` in them. A key that depends on a number has two entries, ``key.one`` and ``key.other``,
chosen by the argument `count`. What a language lacks is told in English. Numbers are written the
way of the language: ``{ms:.1f}`` as 0.4 or 0,4, and bytes by ``{bytes:size}`` as 84 MB or 84 Mo.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "phrases"
LANGUAGES: Final = ("en", "fr")
SIZES: Final = ("B", "kB", "MB", "GB", "TB")
THOUSAND: Final = 1000.0
FEW: Final = 10.0
"""Sizes below that many units are told with a tenth."""


class Phrases:
    """Says things in the language the owner has now; `language` tells it, ISO 639-1."""

    def __init__(self, language: Callable[[], str]) -> None:
        self._language = language

    @property
    def language(self) -> str:
        """The language it speaks: one of `LANGUAGES`."""
        wanted = self._language()
        return wanted if wanted in LANGUAGES else LANGUAGES[0]

    def say(self, key: str, args: Mapping[str, object] | None = None, **more: object) -> str:
        """Return the sentence; the key itself when nobody has written it."""
        given = {**(args or {}), **more}
        language = self.language
        for spoken in dict.fromkeys((language, LANGUAGES[0])):
            sentence = _chosen(words(spoken), key, given.get("count"), spoken)
            if sentence is not None:
                return _filled(sentence, given, spoken)
        log.warning("No words for %s", key)
        return key

    def has(self, key: str) -> bool:
        """Whether there are words for this key."""
        known = words(LANGUAGES[0])
        return key in known or f"{key}.other" in known


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Mapping[str, str]:
    """Every phrase of a language, by its key."""
    found: dict[str, str] = {}
    for file in sorted((FOLDER / language).glob("*.json")):
        found.update(json.loads(file.read_text("utf-8")))
    return found


def _chosen(known: Mapping[str, str], key: str, count: object, language: str) -> str | None:
    if isinstance(count, int | float) and f"{key}.other" in known:
        single = abs(count) < 2 if language == "fr" else count == 1  # noqa: PLR2004 - 1.9 is one in French
        return known.get(f"{key}.one" if single else f"{key}.other")
    return known.get(key)


def _filled(sentence: str, args: Mapping[str, object], language: str) -> str:
    written = {
        name: _Number(value, language) if isinstance(value, int | float) else value
        for name, value in args.items()
    }
    try:
        return sentence.format_map(_Named(written))
    except (ValueError, IndexError, AttributeError, KeyError):
        return sentence


class _Named(dict[str, object]):
    """Arguments by name; one that is missing is told as it stands."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


class _Number:
    """A number as a language writes it."""

    def __init__(self, value: float, language: str) -> None:
        self._value = value
        self._french = language == "fr"

    def __format__(self, form: str) -> str:
        told = self._size() if form == "size" else format(self._value, form)
        return told.replace(".", ",") if self._french else told

    def _size(self) -> str:
        value, units = float(self._value), list(SIZES)
        while value >= THOUSAND and len(units) > 1:
            value /= THOUSAND
            units.pop(0)
        unit = units[0].replace("B", "o") if self._french else units[0]
        few = value < FEW and units[0] != SIZES[0]
        return f"{value:.1f} {unit}" if few else f"{value:.0f} {unit}"
