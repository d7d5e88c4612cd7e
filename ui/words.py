"""Times, sizes and items as people say them, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.domain.media import Card, MediaKind

SEPARATOR = " \u00b7 "
UNIT = 1000


def duration(seconds: float) -> str:
    """A length, such as ``1 h 42 min``, ``12 min`` or ``40 s``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Words", "{0} s").format(whole)
    minutes = round(whole / 60)
    if minutes < 100:
        return QCoreApplication.translate("Words", "{0} min").format(minutes)
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return QCoreApplication.translate("Words", "{0} h").format(hours)
    return QCoreApplication.translate("Words", "{0} h {1} min").format(hours, rest)


def clock(seconds: float) -> str:
    """A point in time of a film, such as ``4:12`` or ``1:04:12``."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def size(amount: int) -> str:
    """An amount of bytes, such as ``412 GB`` or ``1.6 TB``."""
    units = (
        QCoreApplication.translate("Words", "{0} B"),
        QCoreApplication.translate("Words", "{0} kB"),
        QCoreApplication.translate("Words", "{0} MB"),
        QCoreApplication.translate("Words", "{0} GB"),
        QCoreApplication.translate("Words", "{0} TB"),
    )
    value, step = float(max(0, amount)), 0
    while value >= UNIT and step < len(units) - 1:
        value, step = value / UNIT, step + 1
    digits = 1 if value < 10 and step >= 3 else 0
    figure = QLocale().toString(value, "f", digits)
    if digits and figure.endswith("0"):
        figure = QLocale().toString(float(round(value)), "f", 0)
    return units[step].format(figure)


def moment(at: float) -> str:
    """A day and its time in short, as people here write them: ``26/11/2026 14:03``."""
    when = QDateTime.fromSecsSinceEpoch(int(at))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def count(amount: int) -> str:
    """A figure with the separators of the language, such as ``1,284``."""
    return QLocale().toString(amount)


def time_left(card: Card) -> str:
    """What remains of a film that was begun, such as ``1 h 12 min left``."""
    if not card.duration or card.position <= 0:
        return QCoreApplication.translate("Words", "Not started")
    if card.progress < 0.02:
        return QCoreApplication.translate("Words", "Just started")
    left = duration(max(60.0, card.duration - card.position))
    return QCoreApplication.translate("Words", "{0} left").format(left)


def episode_code(card: Card) -> str:
    """Where an episode stands, such as ``S1 E3``; empty for other items."""
    if card.episode is None:
        return ""
    if card.season is None:
        return QCoreApplication.translate("Words", "E{0}").format(card.episode)
    return QCoreApplication.translate("Words", "S{0} E{1}").format(card.season, card.episode)


def headline(card: Card) -> str:
    """The name under which people know an item: a series and its episode, or the title."""
    code = episode_code(card)
    if card.series and code:
        return f"{card.series}{SEPARATOR}{code}"
    return card.title


def facts(card: Card) -> str:
    """Year and length, or how many episodes, such as ``2008 · 10 min``."""
    parts = [str(card.year)] if card.year else []
    if card.kind is MediaKind.SERIES and card.episodes:
        parts.append(episodes(card.episodes))
    elif card.duration:
        parts.append(duration(card.duration))
    return SEPARATOR.join(parts)


def episodes(amount: int) -> str:
    """How many episodes, such as ``1 episode`` or ``12 episodes``."""
    if amount == 1:
        return QCoreApplication.translate("Words", "1 episode")
    return QCoreApplication.translate("Words", "{0} episodes").format(count(amount))


def spoken(card: Card) -> str:
    """Everything a screen reader says of a card."""
    parts = [headline(card), facts(card)]
    if card.watched:
        parts.append(QCoreApplication.translate("Words", "watched"))
    elif card.position > 0:
        parts.append(time_left(card))
    if card.offline:
        parts.append(QCoreApplication.translate("Words", "its disk is away"))
    return ", ".join(part for part in parts if part)


def channels(amount: int) -> str:
    """How a sound track is laid out, such as ``Stereo`` or ``5.1``; empty when unknown."""
    if amount == 1:
        return QCoreApplication.translate("Words", "Mono")
    if amount == 2:
        return QCoreApplication.translate("Words", "Stereo")
    return {3: "2.1", 6: "5.1", 7: "6.1", 8: "7.1"}.get(amount, str(amount) if amount > 0 else "")
