"""What was found, and how searching goes, as people say it in the language of the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale

from app.domain.search import (
    Doubt,
    HitKind,
    Judged,
    ScorePart,
    SearchView,
    SourcePhase,
    SourceState,
    StartGuess,
    StartKind,
    Suspicion,
    Verdict,
    Work,
)
from ui import search_phrases, words
from ui.languages import language_name
from ui.messages import told

LIBRARY = "library"
MOST_TAGS = 4

DOUBTS: Mapping[Doubt, object] = {
    Doubt.OTHER_TITLE: QT_TRANSLATE_NOOP("Search", "Another title"),
    Doubt.OTHER_YEAR: QT_TRANSLATE_NOOP("Search", "The one of {year}"),
    Doubt.OTHER_PART: QT_TRANSLATE_NOOP("Search", "Another part"),
    Doubt.OTHER_EPISODE: QT_TRANSLATE_NOOP("Search", "Another episode"),
    Doubt.NOT_THE_WORK: QT_TRANSLATE_NOOP("Search", "Not the whole of it"),
    Doubt.CAMERA: QT_TRANSLATE_NOOP("Search", "Looks like a camera recording"),
    Doubt.SIZE: QT_TRANSLATE_NOOP("Search", "{size} does not fit what it claims"),
    Doubt.PROGRAM: QT_TRANSLATE_NOOP("Search", "There is a program inside"),
    Doubt.NO_VIDEO: QT_TRANSLATE_NOOP("Search", "There is no film inside"),
    Doubt.LOCKED: QT_TRANSLATE_NOOP("Search", "Locked or packed"),
    Doubt.NOT_AIRED: QT_TRANSLATE_NOOP("Search", "Not out before {date}"),
    Doubt.BELOW_RULES: QT_TRANSLATE_NOOP("Search", "Against your rules"),
    Doubt.NOT_THIS: QT_TRANSLATE_NOOP("Search", "You said this is not it"),
}
WORKS: Mapping[Work, object] = {
    Work.FILM: QT_TRANSLATE_NOOP("Search", "Film"),
    Work.SERIES: QT_TRANSLATE_NOOP("Search", "Series"),
    Work.EPISODE: QT_TRANSLATE_NOOP("Search", "Episode"),
    Work.VIDEO: QT_TRANSLATE_NOOP("Search", "Video"),
    Work.AUDIOBOOK: QT_TRANSLATE_NOOP("Search", "Audiobook"),
    Work.PODCAST: QT_TRANSLATE_NOOP("Search", "Podcast"),
    Work.CHANNEL: QT_TRANSLATE_NOOP("Search", "Live"),
}

ACTIONS: Mapping[str, object] = {
    "play": QT_TRANSLATE_NOOP("Search", "Play"),
    "stream": QT_TRANSLATE_NOOP("Search", "Stream"),
    "get": QT_TRANSLATE_NOOP("Search", "Get"),
    "look": QT_TRANSLATE_NOOP("Search", "Look"),
}


def fit(verdict: Verdict) -> str:
    """Whether it is the wanted thing."""
    return _phrase(search_phrases.FITS, verdict.reason, verdict.args)


def part(of: ScorePart) -> str:
    """What a part of the score is called."""
    return _phrase(search_phrases.PARTS, of.name, {})


def why(of: ScorePart) -> str:
    """Why a part has its points."""
    if of.name == "title":
        return _phrase(search_phrases.FITS, of.reason, of.args)
    return _phrase(search_phrases.WHYS, of.reason, of.args)


def doubt(suspicion: Suspicion) -> str:
    """What is wrong with an offer."""
    rule = suspicion.args.get("rule")
    if isinstance(rule, str):
        return _phrase(search_phrases.RULES, rule, {})
    return _filled(DOUBTS[suspicion.doubt], suspicion.args)


def start(guess: StartGuess) -> str:
    """How soon it would play."""
    if guess.kind is StartKind.AT_ONCE:
        return QCoreApplication.translate("Search", "Plays at once")
    if guess.kind is StartKind.SOON:
        if guess.seconds is None:
            return QCoreApplication.translate("Search", "Starts soon")
        return QCoreApplication.translate("Search", "Starts in about {0} s").format(
            round(guess.seconds)
        )
    if guess.kind is StartKind.LATER:
        return QCoreApplication.translate("Search", "Plays once it is here")
    if guess.kind is StartKind.NEVER:
        return _phrase(search_phrases.STARTS, guess.reason, {})
    return QCoreApplication.translate("Search", "When it starts is not known")


def work(kind: Work) -> str:
    """What something is."""
    return _told(WORKS[kind])


def score(points: int) -> str:
    """A score as a screen reader says it."""
    return QCoreApplication.translate("Search", "{0} of 100").format(points)


def action(name: str) -> str:
    """What a button does with a row."""
    return _told(ACTIONS[name])


def actions() -> list[str]:
    """Everything the button of a row may say."""
    return [_told(text) for text in ACTIONS.values()]


def source(key: str, name: str) -> str:
    """The name of a source."""
    return QCoreApplication.translate("Search", "My library") if key == LIBRARY else name


def sources_of(places: tuple[Judged, ...]) -> str:
    """Where a row can be had: the best place, and how many more there are."""
    best = places[0].offer
    name = source(best.source, best.source_name)
    others = len({one.offer.source for one in places} - {best.source})
    return (
        name
        if not others
        else QCoreApplication.translate("Search", "{name} +{count}").format(name=name, count=others)
    )


def state(of: SourceState, *, short: bool = False) -> tuple[str, str]:
    """How the asking of a source stands, and the colour token for it; `short` without seconds."""
    took = 0.0 if short else of.seconds
    if of.phase is SourcePhase.SEARCHING:
        said = (
            QCoreApplication.translate("Search", "takes a while…")
            if of.slow
            else QCoreApplication.translate("Search", "searching…")
        )
        return said, "dim"
    if of.phase is SourcePhase.FOUND:
        return _with_seconds(words.count(of.found), took), "text"
    if of.phase is SourcePhase.NOTHING:
        return _with_seconds(QCoreApplication.translate("Search", "nothing"), took), "dim"
    if of.phase is SourcePhase.RESTING:
        return QCoreApplication.translate("Search", "rests"), "warn"
    if of.phase is SourcePhase.FAILED:
        return QCoreApplication.translate("Search", "failed"), "bad"
    return QCoreApplication.translate("Search", "not asked"), "faint"


def trouble(of: SourceState) -> str:
    """Why a source failed or rests; empty when it does not."""
    if not of.reason or of.phase not in (SourcePhase.FAILED, SourcePhase.RESTING):
        return ""
    why_so = told(of.reason, of.args)
    if of.until is None:
        return why_so
    rest = QCoreApplication.translate("Search", "It rests until {time}.").format(
        time=clock_time(of.until)
    )
    return f"{why_so} {rest}"


def clock_time(moment: float) -> str:
    """A time of today such as ``14:05``, with the day when it is another one."""
    when = QDateTime.fromSecsSinceEpoch(int(moment))
    text = QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
    if when.date() == QDate.currentDate():
        return text
    return f"{QLocale().toString(when.date(), 'ddd d')}, {text}"


def summary(view: SearchView, shown: int) -> str:
    """How a search went, such as ``5 sources · 62 results · 1.4 s``."""
    asked = [one for one in view.sources if one.phase is not SourcePhase.SKIPPED]
    answered = [one for one in asked if one.phase is not SourcePhase.SEARCHING]
    if not view.done:
        text = QCoreApplication.translate("Search", "{done} of {all} sources").format(
            done=len(answered), all=len(asked)
        )
    else:
        text = _sources(len(asked))
    found = _results(shown)
    return words.SEPARATOR.join((text, found, seconds(view.seconds)))


def _sources(amount: int) -> str:
    if amount == 1:
        return QCoreApplication.translate("Search", "1 source")
    return QCoreApplication.translate("Search", "{0} sources").format(amount)


def _results(amount: int) -> str:
    if amount == 1:
        return QCoreApplication.translate("Search", "1 result")
    return QCoreApplication.translate("Search", "{0} results").format(words.count(amount))


def seconds(amount: float) -> str:
    """A short time, such as ``1.4 s``."""
    digits = 1 if amount < 10 else 0
    return QCoreApplication.translate("Search", "{0} s").format(
        QLocale().toString(float(amount), "f", digits)
    )


def tags(one: Judged) -> list[str]:
    """What is known of picture and sound, in a word each."""
    release, offer = one.release, one.offer
    height = release.resolution or (f"{offer.height}p" if offer.height else "")
    found = [
        height,
        release.video_codec or "",
        release.hdr or "",
        release.audio_codec or "",
        release.edition or "",
    ]
    spoken = offer.languages or release.languages
    if spoken and len([tag for tag in found if tag]) < MOST_TAGS:
        found.append(language_name(spoken[0]))
    if offer.item is None and offer.kind not in (HitKind.TORRENT, HitKind.NZB):
        found.append((release.container or "").upper())
        found.append(_work(offer.work) or QCoreApplication.translate("Search", "Direct"))
    return [tag for tag in dict.fromkeys(found) if tag][:MOST_TAGS]


def _work(work: Work | None) -> str:
    """What it is, where that is no film."""
    telling = work in (Work.AUDIOBOOK, Work.PODCAST, Work.CHANNEL)
    return _told(WORKS[work]) if work is not None and telling else ""


def _with_seconds(text: str, amount: float) -> str:
    return words.SEPARATOR.join((text, seconds(amount))) if amount > 0 else text


def _phrase(phrases: Mapping[str, object], key: str, args: Mapping[str, object]) -> str:
    found = phrases.get(key)
    return "" if found is None else _filled(found, args)


def _filled(phrase: object, args: Mapping[str, object]) -> str:
    given = {name: _argument(name, value) for name, value in args.items()}
    return _told(phrase).format_map(_Gaps(given))


class _Gaps(dict[str, str]):
    """An argument that is missing leaves a gap in place of failing."""

    def __missing__(self, name: str) -> str:
        return ""


def _argument(name: str, value: object) -> str:
    if name == "size" and isinstance(value, int):
        return words.size(value)
    if name == "what":
        return _told(search_phrases.EXTRAS.get(str(value).split(" ")[0], value))
    if name == "language":
        return language_name(str(value))
    if name == "count" and isinstance(value, int):
        return words.count(value)
    return str(value)


def _told(source_text: object) -> str:
    return QCoreApplication.translate("Search", str(source_text))
