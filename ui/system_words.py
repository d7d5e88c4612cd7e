"""Loads, heat, rates and parts of the machine, as people say them in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale, QObject

from app.domain.monitoring import CoreKind, LinkUse, Machine

BINARY, DECIMAL = 1024, 1000
DAY, HOUR, MINUTE = 86_400, 3600, 60
PARTS: dict[str, object] = {
    "station": QT_TRANSLATE_NOOP("System", "Station"),
    "ffmpeg": QT_TRANSLATE_NOOP("System", "Converting"),
    "browser": QT_TRANSLATE_NOOP("System", "Browsers"),
    "model": QT_TRANSLATE_NOOP("System", "Language model"),
    "hearing": QT_TRANSLATE_NOOP("System", "Speech to text"),
    "voice": QT_TRANSLATE_NOOP("System", "Voices"),
    "workers": QT_TRANSLATE_NOOP("System", "Other workers"),
}
CORES: dict[CoreKind, object] = {
    CoreKind.BIG: QT_TRANSLATE_NOOP("System", "big"),
    CoreKind.MID: QT_TRANSLATE_NOOP("System", "mid"),
    CoreKind.LITTLE: QT_TRANSLATE_NOOP("System", "little"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("System", text)


def percent(ratio: float) -> str:
    """A share of 0..1, such as ``41%``."""
    return QCoreApplication.translate("System", "{0}%").format(round(max(0.0, ratio) * 100))


def figure(value: float, digits: int = 1) -> str:
    """A number of that many digits behind the point; without them from 10 on."""
    whole = abs(value) >= 10 or round(value, digits) == round(value)
    places = 0 if whole else digits
    return QLocale().toString(float(value), "f", places)


def gigahertz(mhz: float) -> str:
    """A pace, such as ``2.1 GHz``."""
    return QCoreApplication.translate("System", "{0} GHz").format(
        QLocale().toString(mhz / 1000, "f", 1)
    )


def degrees(celsius: float) -> str:
    """Heat, such as ``61 °C``."""
    return QCoreApplication.translate("System", "{0} °C").format(round(celsius))


def milliseconds(value: float) -> str:
    """A wait, such as ``240 ms``."""
    return QCoreApplication.translate("System", "{0} ms").format(round(value))


def seconds(value: float) -> str:
    """A short time, such as ``0.9 s`` or ``12 s``."""
    return QCoreApplication.translate("System", "{0} s").format(figure(value))


class Counted(QObject):
    """Words that depend on a number: lupdate finds plurals in an object's own `tr` alone."""

    def days_up(self, days: int) -> str:
        """How long the machine runs."""
        return self.tr("up %n day(s)", "", days)

    def streams(self, many: int) -> str:
        """How much plays now."""
        return self.tr("%n stream(s)", "", many)


def uptime(length: float) -> str:
    """How long the machine runs, such as ``up 12 days``."""
    whole = max(0, int(length))
    if whole >= DAY:
        return Counted().days_up(whole // DAY)
    if whole >= HOUR:
        return QCoreApplication.translate("System", "up {0} h").format(whole // HOUR)
    return QCoreApplication.translate("System", "up {0} min").format(whole // MINUTE)


def used_of(used: float, total: float, base: int = DECIMAL) -> str:
    """Two amounts in the unit of the larger, such as ``11.6 of 32 GB``."""
    step, unit = _unit(total, base)
    return QCoreApplication.translate("System", "{used} of {total}").format(
        used=_three(used / step), total=_with(unit, _three(total / step))
    )


def amount(value: float, base: int = DECIMAL) -> str:
    """Bytes, such as ``2.1 GB``."""
    step, unit = _unit(value, base)
    return _with(unit, figure(value / step))


def memory(value: float) -> str:
    """Bytes of memory, counted as memory is sold."""
    return amount(value, BINARY)


def rate(value: float) -> str:
    """Bytes each second, such as ``42 MB/s``."""
    step, unit = _unit(max(value, DECIMAL), DECIMAL)
    return QCoreApplication.translate("System", "{0}/s").format(_with(unit, figure(value / step)))


def rates(down: float, up: float) -> str:
    """What comes and what goes in one unit, such as ``42 ↓ 3 ↑ MB/s``."""
    step, unit = _unit(max(down, up, DECIMAL), DECIMAL)
    text = QCoreApplication.translate("System", "{down} ↓ {up} ↑ {unit}/s")
    return text.format(down=figure(down / step), up=figure(up / step), unit=_with(unit, "").strip())


def link_speed(link: LinkUse) -> str:
    """What a network could carry, such as ``2.5 Gbit/s``; "" when nobody knows."""
    if link.speed <= 0:
        return ""
    if link.speed >= 1e9:
        return QCoreApplication.translate("System", "{0} Gbit/s").format(figure(link.speed / 1e9))
    return QCoreApplication.translate("System", "{0} Mbit/s").format(figure(link.speed / 1e6))


def part(name: str) -> str:
    """A part of the station; its own name when it has no words."""
    known = PARTS.get(name)
    return _tr(str(known)) if known else name


def kinds(machine: Machine) -> str:
    """The kinds of cores there are, such as ``big · mid · little``; "" when all are alike."""
    there = {core.kind for core in machine.cores}
    return " \u00b7 ".join(_tr(str(words)) for kind, words in CORES.items() if kind in there)


def moment(at: float, length: float) -> str:
    """A moment of a stretch `length` seconds long: as much of its date as tells it apart."""
    when, locale = QDateTime.fromSecsSinceEpoch(int(at)), QLocale()
    clock = locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    if length <= HOUR:
        return locale.toString(when.time(), "HH:mm:ss" if length < HOUR else "HH:mm")
    if length <= DAY:
        return clock
    if length <= 8 * DAY:
        return locale.toString(when, "ddd ") + clock
    return locale.toString(when, "d MMM ") + clock


def _with(unit: int, text: str) -> str:
    """An amount with its unit; whole sentences, so that a language may turn them round."""
    return (
        QCoreApplication.translate("System", "{0} B"),
        QCoreApplication.translate("System", "{0} kB"),
        QCoreApplication.translate("System", "{0} MB"),
        QCoreApplication.translate("System", "{0} GB"),
        QCoreApplication.translate("System", "{0} TB"),
    )[unit].format(text)


def _unit(value: float, base: int) -> tuple[float, int]:
    step, unit = 1.0, 0
    while value / step >= base and unit < 4:
        step, unit = step * base, unit + 1
    return step, unit


def _three(value: float) -> str:
    """Three digits in all, no empty ones behind the point."""
    places = 2 if value < 10 else 1 if value < 100 else 0
    while places and round(value, places) == round(value, places - 1):
        places -= 1
    return QLocale().toString(float(value), "f", places)
