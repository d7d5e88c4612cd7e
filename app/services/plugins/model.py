"""What the station tells about a plugin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.options import Option, Value


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin as the Settings page, commands and the doctor see it."""

    id: str
    name: str
    version: str = ""
    enabled: bool = False
    built_in: bool = True
    capabilities: tuple[str, ...] = ()
    reason: str | None = None  # message key: why it was switched off, or cannot be used at all
    reason_args: Mapping[str, object] | None = None
    usable: bool = True  # False: its manifest or folder is wrong, it cannot be switched on
    options: tuple[Option, ...] = ()
    values: Mapping[str, Value] | None = None  # of the options that are no secrets
    strings: Mapping[str, Mapping[str, str]] | None = None  # words by language and key
    folder: str = ""
    docs: str = ""
    owner: str = ""
    terms: str = ""
    many: bool = False  # the owner adds as many of it as he likes; it is none by itself
    of: str = ""  # the plugin this is one of several of

    def word(self, key: str, language: str) -> str:
        """Return a plugin's own text in a language, else in English, else nothing."""
        strings = self.strings or {}
        return strings.get(language, {}).get(key) or strings.get("en", {}).get(key, "")
