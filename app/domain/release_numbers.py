"""Finds season, episode, absolute number, date and year in a release name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.release_tags import Scan

_I = re.IGNORECASE
_MONTHS: Final = {
    name: index
    for index, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_SEASON_EPISODE: Final = re.compile(
    r"(?<![^\W_])(?:s(?:n|eason)?|t(?=\d\d?x?e))[ ._]?(\d{1,4})[ ._\-]{0,3}[\[(]?"
    r"(?:episode|x?ep?|x|é)[ ._\-#]{0,2}(\d{1,4})"
    r"(?:[ ._]?v\d)?(?:[a-d](?![^\W_]))?"
    r"((?:[ ._]?(?:-|~|\+|&|à|to)?[ ._]?(?:s\d{1,2})?[ ._]?(?:ep|e|x)[ ._]?\d{1,4}|[-~+]\d{1,3}(?![\dpx]))*)"
    r"(?![\dpx])",
    _I,
)
_CROSS: Final = re.compile(
    r"(?<![\d_])(?<!\d\.)((?<![^\W_])\d{1,2}|(?<=[a-z])\d{1,2}(?=x\d\d)|(?:19|20)\d\d(?=x\d\d(?!\d)))[ ]?[xх][ ]?(\d{1,3})(?:v\d)?((?:[ ._]?(?:-|~|\+|&)[ ._]?(?:\d{1,2}[xх])?\d{1,3}(?!\d)|[xх]\d{1,3})*)(?![^\W_])",
    _I,
)
_SEASON_DASH: Final = re.compile(
    r"(?<![^\W_])(?:s(?:eason)?[ ]?(\d{1,2})|(\d{1,2})(?:st|nd|rd|th)[ ._]season)[ _]+-[ _]+(?:ep?[ .]?)?(\d{1,4})(?:v\d)?(?![\dpx]|[ ]?-[ ]?s\d)",
    _I,
)
_SEASONS: Final = re.compile(
    r"(?<![^\W_])(?!(?<=-)s\d+(?:\]|$))(?:s(\d{1,2})[ ._]?(?:-|~|to|\+|,|&|à)[ ._]?s?(\d{1,2})|s(\d{1,2}|20\d\d))(?![^\W_]|d\d)|(?<![^\W_])s(\d{1,2})(?=[ ._]?d(?:is[ck])?[ ._]?\d)",
    _I,
)
_SEASON_WORD: Final = re.compile(
    r"(?<![^\W_])(?:seasons?|saisons?|temporadas?|temp|staffeln?|stagion[ei]|seizoen|sezony?|сезон[ыи]?|"
    r"s[æä]song?|sezona|sorozat|évad|série|series)[ ._:\-№]{0,3}[\[(]?(\d{1,2}|(?:x|vi{0,3}|i[vx]|i{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)(?![^\W_]))(?!\d|[ ._]?(?:of|из)\b|x\d)"
    r"(?:[ ._]?(?:-|~|to|&|à|a|и)[ ._]?(\d{1,2})(?![\dp]))?",
    _I,
)
_SEASON_WORDS_COUNTED: Final = re.compile(
    r"(?<![^\W_])(\d{1,2})(?:(?:[ ]?(?:st|nd|rd|th)|\.)[ ._]?(?:season|staffel)|(?:e|ème|eme|ère)[ ._]saison|(?:Â?[ª°º]|a\.?)?[ ._]?(?:temporada|stagione)|(?:-?й|-?ая|\.)?[ ._]?(?:"
    r"сезон|évad|sezon|sez))(?![^\W\d_])",
    _I,
)
_CHINESE_SEASON: Final = re.compile(r"第([\d一二三四五六七八九十]{1,3})[ ]?[季期部]")
_CHINESE_EPISODE: Final = re.compile(
    r"第[ ]?([\d一二三四五六七八九十百]{1,4})(?:[-~～至])?(\d{1,4})?[ ]?[话話集回夜]"
    r"|(?<![\dS])(\d{1,4})(?:[-~～])?(\d{1,4})?[话話集回]|\[全?(\d{1,4})[-~～](\d{1,4})[话話集全回]?(?:全)?\]"
)
_EPISODE_WORD: Final = re.compile(
    r"(?<![^\W_])(?:episodes?|épisodes?|episodio|episódio|folgen?|capitulo|capítulo|cap|afl|avsnitt|odc|odcinek|bölüm|"
    r"эпизод|сери[ия]|серии|серія|tập|tap|ep|eps|e)[ ._:\-#№]{0,3}(\d{1,4})(?:v\d|[a-d])?"
    r"(?:[ ._]?(?:-|~|\+|&|à|to)[ ._]?(?:ep|e)?[ .]?(\d{1,4})(?![\dpx]))?(?![^\W_])",
    _I,
)
_EPISODE_AFTER: Final = re.compile(
    r"(?<![^\W_])(\d{1,3})(?:[ ]?-[ ]?(\d{1,3}))?(?:-?я|-?ая|\.)?[ ._\-]{0,2}(?:сери[ияй]|серії|сер|bölüm|bolum|seri[yij]?[aiy]|serija|seriya|serya|serii|ser)(?![^\W_])",
    _I,
)
_OF: Final = re.compile(
    r"(?<![^\W_])(\d{1,3})(?:[ ]?-[ ]?(\d{1,3}))?[ ._]?(?:of|из|iz|z)[ ._]?(\d{1,3})(?![^\W_])", _I
)
_DASHED: Final = re.compile(
    r"(?<=[\s.])(?<!movie )(?<!film )(?<!movie\.)[-–—][ _.]+(?:ep?[ .]?|#)?(\d{1,4})(?:\.5)?(?:[ ]?v\d|[a-d])?"
    r"(?:[ ]?[-~,][ ]?(\d{1,4}))?(?:[ ]?(?:end|fin|final))?(?=[\s.]*(?:$|[\[(\-–—])|[ .])",
    _I,
)
_STOPPED: Final = re.compile(r"[\s.]*(?:$|[\[(\-–—])")
_RANGE: Final = re.compile(r"[(\[【（](\d{1,4})[ ]?[-~～][ ]?(\d{1,4})(?=[\])】）+ ])")
_DOTTED: Final = re.compile(r"(?<![^\W_])ep(?:isode)?[ ._]{0,2}(\d{1,2})\.(\d{2})(?!\d)", _I)
_CAP: Final = re.compile(
    r"(?<![^\W_])cap(?:[íi]tulo)?s?[ ._]{0,2}(\d{1,2}?)(\d\d)(?:[_\-](?:\d{1,2}?)(\d\d))?(?!\d)", _I
)
_SPACED: Final = re.compile(
    r"(?<![^\W_])s(\d{1,2})[ ._](\d{2,3})(?:v\d)?(?![^\W_]|\.\d)(?!-\d{3})", _I
)
_FIRST: Final = re.compile(
    r"(0\d{1,2}|\d{1,3}(?=[ ]?-[ ]\D)|\d{1,3}(?=[ ]?-[ ]?\d)|\d{2,3}(?=\.[ ]))(?:v\d)?(?:[ ]?-[ ]?(\d{1,3})(?!\d))?[ ._\-]+(?=[^\W\d_]{2})"
)
_SQUARE: Final = re.compile(
    r"[\[【](?:ep?|#|no\.)?[ ]?(\d{1,4})(?:\.5)?(?:[ ]?v\d)?(?:[ ]?[-~～][ ]?(\d{1,4}))?(?:[ _]?(?:end|fin|完|合集|全集|v\d|tv全集|batch)|[ ]?\+[ ]?[^\]】]{1,20})?[\]】]",
    _I,
)
_LOOSE: Final = re.compile(
    r"(?<=[ _.])#?(\d{2,4})(?:v\d)?(?:[ ]?[-~][ ]?(\d{2,4}))?(?=[ _.]*(?:$|[\[(【]|end\b))", _I
)
_YMD: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([ ._/\-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_YMD_CHINESE: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_DMY: Final = re.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])([ ._/\-])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)"
)
_MDY: Final = re.compile(
    r"(?<!\d)(0[1-9]|1[0-2])([ ._/\-])(1[3-9]|2\d|3[01])\2((?:19|20)\d\d)(?!\d)"
)
_SHORT_DATE: Final = re.compile(
    r"(?<![\d.])(\d\d)([._\-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d.]\d|\d)"
)
_SHORT_DMY: Final = re.compile(r"(?<![\d.])(\d\d)([._\-])(\d\d)\2(\d\d)(?![\d.]\d|\d)")
_NAMED_DMY: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ ._,\-]{{1,2}}({_MONTH})[ ._,\-]{{1,2}}((?:19|20)\d\d)(?!\d)",
    _I,
)
_NAMED_MDY: Final = re.compile(
    rf"(?<![^\W_])({_MONTH})[ ._\-](\d{{1,2}})(?:st|nd|rd|th)?[ ._,\-]{{1,2}}((?:19|20)\d\d)(?!\d)",
    _I,
)
_YEAR: Final = re.compile(
    r"(?<![^\W_])(?<!\d,)(?<!s)(19\d\d|20\d\d)(?![^\W_]|,\d{3}(?!\d)|[ ]?(?:kbps|mb|gb|fps)\b)",
    _I,
)
_YEARS: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[ ]?[-–~][ ]?((?:19|20)\d\d|\d\d)?(?=[\])\s.]|$)"
)
_WORDS: Final = {
    word: index
    for index, words in enumerate(
        ["i one", "ii two", "iii three", "iv four", "v five", "vi six", "vii seven", "viii eight"],
        1,
    )
    for word in words.split()
} | {"ix": 9, "nine": 9, "x": 10, "ten": 10}
_KANJI: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_LAST_YEAR: Final = 2035
_HINT: Final = re.compile(r"\d")


@dataclass(slots=True)
class Numbers:
    """What was found, and the span of the name it was found in."""

    season: int | None = None
    episode: int | None = None
    episode_end: int | None = None
    absolute: int | None = None
    date: str | None = None
    start: int = -1
    end: int = -1

    def mark(self, start: int, end: int) -> None:
        """Note that these characters are no part of the title."""
        self.start = start if self.start < 0 else min(self.start, start)
        self.end = max(self.end, end)


def find(found: Scan, after: int, fansub: bool) -> Numbers:
    """Read the numbers of a name. `after` is where its title begins, behind a leading group."""
    numbers = Numbers()
    text = found.text
    if _HINT.search(text) is None and "第" not in text:
        return numbers
    _find_date(text, numbers)
    for reader in (_season_episode, _cross, _season_dash, _spaced, _dotted, _cap):
        if reader(found, after, numbers):
            _absolute_beside(text, numbers, fansub)
            return numbers
    _season_alone(text, numbers)
    if numbers.date is None or numbers.season is not None:
        _episode_alone(found, after, numbers, fansub)
    if numbers.season is None and numbers.episode is None and numbers.absolute is None:
        _ask_ptt(found, after, numbers)
    return numbers


def years(found: Scan, numbers: Numbers) -> list[re.Match[str]]:
    """Everything in the name that could be its year, in order."""
    limit = _LAST_YEAR
    return [
        match
        for match in _YEAR.finditer(found.text)
        if int(match[1]) <= limit and int(match[1]) >= 1900 and not _inside(match, numbers)
    ]


def _inside(match: re.Match[str], numbers: Numbers) -> bool:
    return numbers.date is not None and numbers.start <= match.start() < numbers.end


def _season_episode(found: Scan, after: int, numbers: Numbers) -> bool:
    match = _SEASON_EPISODE.search(found.text)
    if match is None:
        return False
    numbers.season, numbers.episode = int(match[1]), int(match[2])
    numbers.episode_end = _last(match[3], numbers.episode)
    numbers.mark(match.start(), match.end())
    return True


def _cross(found: Scan, after: int, numbers: Numbers) -> bool:
    for match in _CROSS.finditer(found.text):
        if match[2] in {"264", "265"} or match.start() < after:
            continue
        if len(match[2]) == 1 and found.text[match.start() : match.end()].count(" ") == 0:
            beside = found.text[match.end() : match.end() + 1]
            if match.start() == 0 or beside not in {"", " ", ".", "_", "]", ")"}:
                continue
        numbers.season, numbers.episode = int(match[1]), int(match[2])
        numbers.episode_end = _last(match[3], numbers.episode)
        numbers.mark(match.start(), match.end())
        return True
    return False


def _season_dash(found: Scan, after: int, numbers: Numbers) -> bool:
    match = _SEASON_DASH.search(found.text)
    if match is None:
        return False
    numbers.season, numbers.episode = int(match[1] or match[2]), int(match[3])
    numbers.mark(match.start(), match.end())
    return True


def _spaced(found: Scan, after: int, numbers: Numbers) -> bool:
    """`S01.07`: not before a resolution or a year's digits."""
    return _pair(_SPACED.search(found.text), numbers)


def _dotted(found: Scan, after: int, numbers: Numbers) -> bool:
    """`Episode 1.22`."""
    return _pair(_DOTTED.search(found.text), numbers)


def _cap(found: Scan, after: int, numbers: Numbers) -> bool:
    """`Cap.102`: season 1, episode 2, as Spanish sites write it."""
    match = _CAP.search(found.text)
    if match is None or not match[1]:
        return False
    numbers.season, numbers.episode = int(match[1]), int(match[2])
    numbers.episode_end = _number(match[3])
    numbers.mark(match.start(), match.end())
    worded = _SEASON_WORD.search(found.text)
    if worded is not None:
        numbers.mark(worded.start(), worded.end())
    return True


def _pair(match: re.Match[str] | None, numbers: Numbers) -> bool:
    if match is None:
        return False
    numbers.season, numbers.episode = int(match[1]), int(match[2])
    numbers.mark(match.start(), match.end())
    return True


def _last(rest: str | None, first: int) -> int | None:
    if not rest:
        return None
    values = [int(value) for value in re.findall(r"(?<![sS\d])\d{1,4}(?![xх\d])", rest)]
    return values[-1] if values and first < values[-1] < first + 400 else None


def _absolute_beside(text: str, numbers: Numbers, fansub: bool) -> None:
    """An absolute number told beside season and episode: `S01E05 (105)`, `- 313 - s16e03`."""
    around = re.search(r"^[ ._]*[\[(](\d{2,4})[\])]", text[numbers.end :])
    if around is None:
        around = re.search(r"[-][ ](\d{2,4})[ ]-[ ]$", text[: numbers.start])
        if around is not None:
            numbers.mark(around.start(), around.end())
    if around is not None and not 1900 <= int(around[1]) <= _LAST_YEAR:
        numbers.absolute = int(around[1])


def _season_alone(text: str, numbers: Numbers) -> None:
    for pattern in (_SEASON_WORDS_COUNTED, _SEASON_WORD, _SEASONS):
        match = pattern.search(text)
        if match is not None:
            value = next((group for group in match.groups() if group), None)
            if value is not None and match.start() >= 0:
                numbers.season = int(value) if value.isdecimal() else _WORDS[value.lower()]
                numbers.mark(match.start(), match.end())
                return
    chinese = _CHINESE_SEASON.search(text)
    if chinese is not None:
        numbers.season = _chinese_number(chinese[1])
        numbers.mark(chinese.start(), chinese.end())


def _episode_alone(found: Scan, after: int, numbers: Numbers, fansub: bool) -> None:
    text = found.text
    chinese = _CHINESE_EPISODE.search(text)
    if chinese is not None:
        first, second = _two(chinese)
        _set_episode(numbers, first, second, fansub and numbers.season is None)
        numbers.mark(chinese.start(), chinese.end())
        return
    for pattern in (_EPISODE_WORD, _EPISODE_AFTER, _OF):
        match = pattern.search(text, after)
        if match is not None and match.start() > 0:
            _set_episode(
                numbers, int(match[1]), _number(match[2]), fansub and numbers.season is None
            )
            numbers.mark(match.start(), match.end())
            return
    _bare_number(found, after, numbers, fansub)


def _bare_number(found: Scan, after: int, numbers: Numbers, fansub: bool) -> None:
    """A number that nothing introduces: `- 05`, `[05]`, or the last word before the tags."""
    match = _best_dashed(found, after, fansub)
    if match is None:
        patterns = (_RANGE, _SQUARE, _LOOSE) if fansub else (_RANGE, _SQUARE)
        for pattern in patterns:
            every = pattern.finditer(found.text, after)
            match = next((m for m in every if _plausible(found, m, after, fansub)), None)
            if match is not None:
                break
    if match is not None:
        _set_episode(numbers, int(match[1]), _number(match[2]), numbers.season is None)
        numbers.mark(match.start(), match.end())
    elif not _leading_number(found, after, numbers, fansub):
        _before_tags(found, after, numbers, fansub)


def _best_dashed(found: Scan, after: int, fansub: bool) -> re.Match[str] | None:
    """The last `- 05` with which something ends, else the first that could be a number."""
    every = [m for m in _DASHED.finditer(found.text, after) if _plausible(found, m, after, fansub)]
    ended = [m for m in every if _STOPPED.match(found.text, m.end())]
    return ended[-1] if ended else next(iter(every), None)


def _leading_number(found: Scan, after: int, numbers: Numbers, fansub: bool) -> bool:
    """`02 The Invitation`, `003. Name`, `[Group] 05 - Name`; a year tells it is a film."""
    match = _FIRST.match(found.text, after)
    if match is None or years(found, numbers):
        return False
    _set_episode(numbers, int(match[1]), _number(match[2]), fansub and numbers.season is None)
    numbers.mark(match.start(), match.end())
    return True


def _before_tags(found: Scan, after: int, numbers: Numbers, fansub: bool) -> None:
    """`One Piece 1098 VOSTFR`, `Show.02.HDTV`, `show.501.hdtv`: the last word before a tag."""
    for index, token in enumerate(found.tokens):
        if token.start <= after or not token.lower.isdecimal() or index in found.tag_at:
            continue
        tag = found.tag_at.get(index + 1)
        if tag is None or len(token.lower) > 4 or _is_year(token.lower):
            continue
        value = int(token.lower)
        broadcast = tag.word.value in {"HDTV", "PDTV", "DSR", "SDTV", "TVRip"}
        if fansub and len(token.lower) > 1:
            _set_episode(numbers, value, None, numbers.season is None)
        elif years(found, numbers) or not (broadcast or token.lower.startswith("0")):
            continue
        elif len(token.lower) > 2 and numbers.season is None:
            numbers.season, numbers.episode = divmod(value, 100)
        else:
            numbers.episode = value
        numbers.mark(token.start, token.end)
        return


def _is_year(text: str) -> bool:
    return len(text) == 4 and 1900 <= int(text) <= _LAST_YEAR


def _plausible(found: Scan, match: re.Match[str], after: int, fansub: bool) -> bool:
    if not found.text[after : match.start()].strip(" ._-[("):
        return False
    value = int(match[1])
    if (
        1900 <= value <= _LAST_YEAR
        and (len(match[1]) == 4)
        and not match[0].startswith(("-", "–", "—"))
    ):
        return False
    if 1900 <= value <= _LAST_YEAR and not fansub:
        return False
    return value not in {480, 540, 576, 720, 1080, 2160} and not (len(match[1]) == 1 and not fansub)


def _set_episode(numbers: Numbers, first: int, second: int | None, absolute: bool) -> None:
    if absolute:
        numbers.absolute = first
    else:
        numbers.episode = first
    if second is not None and first < second < first + 2000:
        numbers.episode_end = second


def _two(match: re.Match[str]) -> tuple[int, int | None]:
    values = [_chinese_number(group) for group in match.groups() if group]
    return values[0], values[1] if len(values) > 1 else None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _chinese_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    total, unit = 0, 0
    for letter in text:
        if letter in ("十", "百"):
            total += (unit or 1) * (10 if letter == "十" else 100)
            unit = 0
        else:
            unit = unit * 10 + (int(letter) if letter.isdecimal() else _KANJI.get(letter, 0))
    return total + unit


def _find_date(text: str, numbers: Numbers) -> None:
    for match, year, month, day in _dates(text):
        try:
            value = datetime.date(year, month, day)
        except ValueError:
            continue
        numbers.date = value.isoformat()
        numbers.mark(match.start(), match.end())
        return


def _dates(text: str) -> list[tuple[re.Match[str], int, int, int]]:
    found: list[tuple[re.Match[str], int, int, int]] = []
    if match := _YMD.search(text):
        found.append((match, int(match[1]), int(match[3]), int(match[4])))
    if match := _YMD_CHINESE.search(text):
        found.append((match, int(match[1]), int(match[2]), int(match[3])))
    if match := _DMY.search(text):
        found.append((match, int(match[4]), int(match[3]), int(match[1])))
    if match := _MDY.search(text):
        found.append((match, int(match[4]), int(match[1]), int(match[3])))
    if match := _NAMED_DMY.search(text):
        found.append((match, int(match[3]), _MONTHS[match[2].lower()], int(match[1])))
    if match := _NAMED_MDY.search(text):
        found.append((match, int(match[3]), _MONTHS[match[1].lower()], int(match[2])))
    if match := _SHORT_DATE.search(text):
        year = int(match[1])
        found.append(
            (match, 2000 + year if year < 40 else 1900 + year, int(match[3]), int(match[4]))
        )
    return found


_ASKED: Final = frozenset(
    {"seasons", "episodes", "resolution", "episode_code", "channels", "codec"}
)
_DOUBTFUL: Final = re.compile(
    r"[/ ._\[(\-]\d{1,2}[._\-]\d{2,3}(?:[ ._)\]\-]|$)|ТВ-\d|\bSn\d|\bcap(?:itulo)?\b|\bao\b|\d{1,2}(?:e|ep)\d|[st]\d{3}\b|\bS\d+ ?-?\(|~",
    _I,
)


@cache
def _ptt() -> Callable[[str], dict[str, Any]]:
    """PTT with the handlers that find seasons and episodes; imported on first need."""
    from PTT.handlers import add_defaults
    from PTT.parse import Parser

    whole = Parser()
    add_defaults(whole)
    asked = Parser()
    asked.handlers = [
        handler
        for handler in whole.handlers
        if getattr(handler, "handler_name", "") in _ASKED
        or getattr(handler, "__name__", "") == "handle_episodes"
    ]

    def parse(text: str) -> dict[str, Any]:
        found: dict[str, Any] = asked.parse(text)
        return found

    return parse


def _ask_ptt(found: Scan, after: int, numbers: Numbers) -> None:
    """Give rare notations to PTT, which knows many; most names never come here."""
    text = found.text[after:]
    if numbers.date is not None or not _DOUBTFUL.search(text):
        return
    answer = _ptt()(text + ".mkv")  # some of its rules want a file's name
    if answer["seasons"]:
        numbers.season = answer["seasons"][0]
    if answer["episodes"]:
        numbers.episode = answer["episodes"][0]
        if len(answer["episodes"]) > 1:
            numbers.episode_end = answer["episodes"][-1]
    cut = text.find(str(answer["title"])) if answer["title"] else -1
    if (numbers.season is not None or numbers.episode is not None) and cut >= 0:
        numbers.mark(after + cut + len(answer["title"]), after + cut + len(answer["title"]))
