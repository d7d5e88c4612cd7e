"""Says things to people: words by key, errors in plain sentences, in English or French."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping

from app.cli.words import WORDS
from app.domain.errors import AppError
from app.services.phrases import words

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """The text on one line, without what could move the cursor or turn the writing around."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def say(key: str, **args: object) -> str:
    """The words of a key in the user's language; an unknown key is told as it is."""
    english, french = WORDS.get(key) or _shared(key)
    template = (french if _is_french() else english) or english
    if not template:
        told = ", ".join(f"{name}: {value}" for name, value in args.items())
        return clean(f"{key} ({told})" if told else key)
    try:
        return clean(template.format(**args))
    except (KeyError, IndexError, ValueError):
        return clean(template)


def _shared(key: str) -> tuple[str, str]:
    """The words that a phone and an e-mail say too; those of errors are all there."""
    return words("en").get(key, ""), words("fr").get(key, "")


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


def count(text: str) -> int:
    """A figure that is not negative, for `argparse`."""
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def language() -> str:
    """The language the machine speaks, as far as there are words for it: "en" or "fr"."""
    return "fr" if _is_french() else "en"


def _is_french(environ: Mapping[str, str] | None = None) -> bool:
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name):
            return env[name].startswith("fr")
    return False
