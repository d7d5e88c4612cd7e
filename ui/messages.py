"""The one presenter: message keys with their arguments become sentences of the window's language.

Every key used below the window has its words here; a test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.errors import AppError
from ui import message_words

UNKNOWN = QT_TRANSLATE_NOOP("Messages", "Something went wrong. The log tells what happened.")


class _Arguments(dict[str, object]):
    """Arguments of a sentence; one that is missing leaves a gap instead of failing."""

    def __missing__(self, name: str) -> str:
        return ""


def told(key: str, args: Mapping[str, object] | None = None) -> str:
    """The sentence of a key; arguments that are keys themselves become words too."""
    source = message_words.WORDS.get(key, UNKNOWN)
    words = QCoreApplication.translate("Messages", str(source))
    given = args or {}
    return words.format_map(_Arguments({name: _word(of, given) for name, of in given.items()}))


def note(key: str) -> str:
    """What is wrong with a file, as a sentence."""
    return told(key)


def sentence(error: BaseException) -> str:
    """What happened, and the way out; a failure nobody foresaw gets a plain general sentence."""
    if isinstance(error, AppError):
        return told(error.key, error.args_map)
    return QCoreApplication.translate("Messages", str(UNKNOWN))


def known(key: str) -> bool:
    """Whether a key has words."""
    return key in message_words.WORDS


def _word(value: object, around: Mapping[str, object]) -> object:
    """One argument; a key among them is told with the arguments that stand beside it."""
    if isinstance(value, str) and _is_key(value):
        beside = {name: of for name, of in around.items() if not _is_key(of)}
        return told(value, beside).rstrip(".")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value


def _is_key(value: object) -> bool:
    return isinstance(value, str) and value in message_words.WORDS
