"""Finds season, episode, absolute number, date and year in a release name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain import release_patterns as patterns
from app.domain import release_rare
from app.domain.release_dates import find_day
from app.domain.release_tags import Scan

_I = re.IGNORECASE
_YEAR: Final = re.compile(
    r"(?<![^\W_])(?<!\d,)(?<!s)(19\d\d|20\d\d)(?![^\W_г]|,\d{3}(?!\d)|[ ]?(?:kbps|mb|gb|fps)\b)",
    _I,
)
_LAST_YEAR: Final = 2035
_LINES: Final = frozenset({480, 540, 576, 720, 1080, 2160})
_HINT: Final = re.compile(r"\d|第|seas|sais|stag|staff|temp", re.IGNORECASE)


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
    if _HINT.search(text) is None:
        return numbers
    _find_date(text, numbers)
    for reader in (_season_episode, _cross, _season_dash, _spaced, _dotted, _cap):
        if reader(found, after, numbers):
            _absolute_beside(text, numbers, fansub)
            return numbers
    _season_alone(text, numbers)
    if numbers.date is not None and numbers.season is None:
        _worded(found, after, numbers, fansub, (patterns.EPISODE_WORD,))
    else:
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
    match = patterns.SEASON_EPISODE.search(found.text)
    if match is None:
        return False
    numbers.season, numbers.episode = int(match[1]), int(match[2])
    numbers.episode_end = _last(match[3], numbers.episode)
    numbers.mark(match.start(), match.end())
    return True


def _cross(found: Scan, after: int, numbers: Numbers) -> bool:
    for match in patterns.CROSS.finditer(found.text):
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
    match = patterns.SEASON_DASH.search(found.text)
    if match is None:
        return False
    numbers.season, numbers.episode = int(match[1] or match[2]), int(match[3])
    numbers.mark(match.start(), match.end())
    return True


def _spaced(found: Scan, after: int, numbers: Numbers) -> bool:
    """`S01.07`: not before a resolution or a year's digits."""
    return _pair(patterns.SPACED.search(found.text), numbers)


def _dotted(found: Scan, after: int, numbers: Numbers) -> bool:
    """`Episode 1.22`."""
    return _pair(patterns.DOTTED.search(found.text), numbers)


def _cap(found: Scan, after: int, numbers: Numbers) -> bool:
    """`Cap.102`: season 1, episode 2, as Spanish sites write it."""
    match = patterns.CAP.search(found.text)
    if match is None or not match[1]:
        return False
    numbers.season, numbers.episode = int(match[1]), int(match[2])
    numbers.episode_end = _number(match[3])
    numbers.mark(match.start(), match.end())
    worded = patterns.SEASON_WORD.search(found.text)
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
    for pattern in (patterns.SEASON_WORDS_COUNTED, patterns.SEASON_WORD, patterns.SEASONS):
        match = pattern.search(text)
        if match is not None:
            value = next((group for group in match.groups() if group), None)
            if value is not None and match.start() >= 0:
                numbers.season = int(value) if value.isdecimal() else patterns.WORDS[value.lower()]
                numbers.mark(match.start(), match.end())
                return
    chinese = patterns.CHINESE_SEASON.search(text)
    if chinese is not None:
        numbers.season = _chinese_number(chinese[1])
        numbers.mark(chinese.start(), chinese.end())


def _episode_alone(found: Scan, after: int, numbers: Numbers, fansub: bool) -> None:
    text = found.text
    chinese = patterns.CHINESE_EPISODE.search(text)
    if chinese is not None:
        first, second = _two(chinese)
        drama = "集" in chinese[0] or "回" in chinese[0]
        _set_episode(numbers, first, second, numbers.season is None and not drama)
        numbers.mark(chinese.start(), chinese.end())
        return
    ways = (patterns.EPISODE_AFTER, patterns.EPISODE_WORD, patterns.OF)
    if not _worded(found, after, numbers, fansub, ways):
        _bare_number(found, after, numbers, fansub)


def _worded(
    found: Scan, after: int, numbers: Numbers, fansub: bool, ways: tuple[re.Pattern[str], ...]
) -> bool:
    """A number that a word introduces: `E05`, `Episode 5`, `5 серия`, `5 of 12`."""
    for pattern in ways:
        match = pattern.search(found.text, after)
        if match is not None and match.start() > 0:
            absolute = fansub and after > 0 and numbers.season is None
            _set_episode(numbers, int(match[1]), _number(match[2]), absolute)
            numbers.mark(match.start(), match.end())
            return True
    return False


def _bare_number(found: Scan, after: int, numbers: Numbers, fansub: bool) -> None:
    """A number that nothing introduces: `- 05`, `[05]`, or the last word before the tags."""
    match = _best_dashed(found, after, fansub)
    if match is None:
        ways = (patterns.RANGE, patterns.SQUARE, *((patterns.LOOSE,) if fansub else ()))
        for pattern in ways:
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
    every = [
        m
        for m in patterns.DASHED.finditer(found.text, after)
        if _plausible(found, m, after, fansub)
    ]
    ended = [m for m in every if patterns.STOPPED.match(found.text, m.end())]
    return ended[-1] if ended else next(iter(every), None)


def _leading_number(found: Scan, after: int, numbers: Numbers, fansub: bool) -> bool:
    """`02 The Invitation`, `003. Name`, `[Group] 05 - Name`; a year tells it is a film."""
    match = patterns.FIRST.match(found.text, after)
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
        if numbers.start <= token.start < numbers.end:
            continue
        tag = found.tag_at.get(index + 1)
        if tag is None or len(token.lower) > 4 or not _may_count(token.lower):
            continue
        value = int(token.lower)
        broadcast = tag.word.value in {"HDTV", "PDTV", "DSR", "SDTV", "TVRip"}
        if fansub and len(token.lower) > 1:
            _set_episode(numbers, value, None, numbers.season is None)
        elif years(found, numbers) or not (broadcast or re.match(r"0\d", token.lower)):
            continue
        elif len(token.lower) > 2 and numbers.season is None:
            numbers.season, numbers.episode = divmod(value, 100)
        else:
            numbers.episode = value
        numbers.mark(token.start, token.end)
        return


def _may_count(text: str) -> bool:
    """Whether digits can be an episode's number: no year, no lines of a picture."""
    value = int(text)
    return not (len(text) == 4 and 1900 <= value <= _LAST_YEAR) and value not in _LINES


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
    return value not in _LINES and not (len(match[1]) == 1 and not fansub)


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
            unit = unit * 10 + (
                int(letter) if letter.isdecimal() else patterns.KANJI.get(letter, 0)
            )
    return total + unit


def _find_date(text: str, numbers: Numbers) -> None:
    day = find_day(text)
    if day is not None:
        numbers.date = day.text
        numbers.mark(day.start, day.end)


def _ask_ptt(found: Scan, after: int, numbers: Numbers) -> None:
    text = found.text[after:]
    if numbers.date is not None or not release_rare.doubtful(text):
        return
    season, episode, last, end = release_rare.ask(text)
    if episode is not None and not _may_count(str(episode)):
        return
    numbers.season, numbers.episode, numbers.episode_end = season, episode, last
    if end >= 0 and (numbers.season is not None or numbers.episode is not None):
        numbers.mark(after + end, after + end)
