"""The one presenter: message keys with their arguments become sentences of the window's language.

Every key used below the window has its words here; a test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.errors import AppError
from ui import (
    message_words,
    message_words_alerts,
    message_words_budget,
    message_words_casting,
    message_words_downloads,
    message_words_fitting,
    message_words_guides,
    message_words_montage,
    message_words_networks,
    message_words_notes,
    message_words_publishing,
    message_words_queue,
    message_words_remote,
    message_words_results,
    message_words_search,
    message_words_services,
    message_words_sharing,
    message_words_sources,
    message_words_studio,
    message_words_thinking,
    message_words_upkeep,
    message_words_youtube,
)

WORDS: Mapping[str, object] = {
    **message_words.WORDS,
    **message_words_alerts.WORDS,
    **message_words_budget.WORDS,
    **message_words_casting.WORDS,
    **message_words_downloads.WORDS,
    **message_words_guides.WORDS,
    **message_words_fitting.WORDS,
    **message_words_montage.WORDS,
    **message_words_networks.WORDS,
    **message_words_notes.WORDS,
    **message_words_publishing.WORDS,
    **message_words_queue.WORDS,
    **message_words_remote.WORDS,
    **message_words_results.WORDS,
    **message_words_search.WORDS,
    **message_words_services.WORDS,
    **message_words_sharing.WORDS,
    **message_words_sources.WORDS,
    **message_words_studio.WORDS,
    **message_words_upkeep.WORDS,
    **message_words_thinking.WORDS,
    **message_words_youtube.WORDS,
}
UNKNOWN = QT_TRANSLATE_NOOP("Messages", "Something went wrong. The log tells what happened.")


class _Arguments(dict[str, object]):
    """Arguments of a sentence; one that is missing leaves a gap instead of failing."""

    def __missing__(self, name: str) -> str:
        return ""


def told(key: str, args: Mapping[str, object] | None = None) -> str:
    """The sentence of a key; arguments that are keys themselves become words too."""
    source = WORDS.get(key, UNKNOWN)
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
    return key in WORDS


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
    return isinstance(value, str) and value in WORDS
