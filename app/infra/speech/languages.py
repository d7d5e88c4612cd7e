"""The engine's codes of languages, as the codes of ISO 639-1 everybody else uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {"cmn": "zh", "yue": "zh", "hak": "zh", "nb": "no", "nn": "no", "piqd": "tlh"}
)
USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "en-us", "fr": "fr-fr", "es": "es", "pt": "pt-br", "zh": "cmn", "no": "nb", "vi": "vi"}
)
"""The usual accent of languages with several."""


def language_of(code: str) -> str:
    """Return the language of a code such as ``en-gb-x-rp``: ISO 639-1 where there is one."""
    first = code.replace("_", "-").split("-")[0].lower()
    return _OTHERS.get(first, first)


def usual_first(code: str) -> tuple[bool, str, bool, str]:
    """A key that sorts codes: English, then by language, the usual accent first in each."""
    language = language_of(code)
    return language != "en", language, code != USUAL.get(language, language), code
