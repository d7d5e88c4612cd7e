"""Decides whether an offer is the wanted title: year, other titles, episode, sequels, extras.

Pure rules. What they are certain of is final; what they leave open a judge may decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.release import Release
from app.domain.search import Doubt, Fit, HitKind, Verdict, Wanted, Work
from app.services.search.titles import COUNTRIES, Relation, relate, words_of

_SEASONS: Final = re.compile(r"(?<![^\W_])s(\d{1,2})[ ._]?-[ ._]?s?(\d{1,2})(?!\d)", re.IGNORECASE)
_COMPLETE: Final = re.compile(r"(?<![^\W_])(?:complete|int[ée]grale|all seasons)(?![^\W_])", re.I)
_COLOURED: Final = re.compile(r"colou?ri[sz]ed|in colou?r", re.IGNORECASE)
NEARLY: Final = "search.fit.nearly"
"""The reason of a title that is spelled a little otherwise."""
_EXCERPT: Final = 0.5
"""Something shorter than this part of the film's length is a piece of it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What matching asks of an offer beyond its parsed name."""

    kind: HitKind
    work: Work | None = None
    duration: float | None = None

    @property
    def named_by_people(self) -> bool:
        """Whether its title is a sentence of an archive's visitor, not a release name."""
        return self.kind not in (HitKind.TORRENT, HitKind.NZB)


def judge(wanted: Wanted, release: Release, facts: Facts) -> Verdict:
    """Return whether it is what was wanted, with the reason."""
    if wanted.address:
        return Verdict(Fit.EXACT, "search.fit.address", certain=True)
    if not wanted.title:
        return Verdict(Fit.UNSURE, "search.fit.no_title")
    extra = _extra(wanted, release)
    if extra is not None:
        return extra
    relation, part, alias, dated = _closest(wanted, release)
    if relation is not Relation.SAME and _counts_otherwise(wanted, release):
        return _other_episode(release)
    verdict = _by_title(wanted, release, facts, relation, part, alias, dated)
    if verdict.fit is Fit.WRONG and verdict.certain:
        return verdict
    episode = _by_episode(wanted, release, facts)
    if episode is not None and (episode.fit is Fit.WRONG or _rank(episode) < _rank(verdict)):
        return episode
    if _is_excerpt(wanted, facts):
        return _wrong("search.fit.excerpt", Doubt.NOT_THE_WORK)
    if episode is not None and verdict.fit is Fit.EXACT:
        return episode
    if verdict.fit is Fit.EXACT and _COLOURED.search(release.name):
        return Verdict(verdict.fit, "search.fit.coloured")
    return verdict


def _rank(verdict: Verdict) -> int:
    return (Fit.WRONG, Fit.UNSURE, Fit.LIKELY, Fit.EXACT).index(verdict.fit)


def _wrong(reason: str, doubt: Doubt, *, certain: bool = True, **args: object) -> Verdict:
    return Verdict(Fit.WRONG, reason, args, certain=certain, doubt=doubt)


def _extra(wanted: Wanted, release: Release) -> Verdict | None:
    if release.extra is None or release.extra.split()[0] in wanted.typed.lower():
        return None
    return _wrong("search.fit.extra", Doubt.NOT_THE_WORK, what=release.extra)


def _closest(wanted: Wanted, release: Release) -> tuple[Relation, str, bool, bool]:
    """The closest relation of all titles of both: with which part, by another name, by year.

    A year at the end of what was typed may belong to the title (``Wonder Woman 1984``); the
    last is then False: the year says nothing more.
    """
    asked = [(wanted.title, False, True)]
    if wanted.year is not None:
        asked.append((f"{wanted.title} {wanted.year}", False, False))
    asked += [(other, True, True) for other in wanted.alternatives]
    best = (Relation.OTHER, "", False, True)
    for place, title in enumerate((release.title, *release.alternatives)):
        found = words_of(title)
        for text, alias, dated in asked:
            relation, part = relate(words_of(text), found)
            if relation > best[0]:
                best = (relation, part, alias or place > 0, dated)
        best = _numbered(wanted, release, found, best)
    return best


def _numbered(
    wanted: Wanted,
    release: Release,
    found: tuple[str, ...],
    best: tuple[Relation, str, bool, bool],
) -> tuple[Relation, str, bool, bool]:
    """A number at the end of what was typed may be an episode: ``one piece 1071``."""
    if release.number is None or best[0] is Relation.SAME:
        return best
    if words_of(wanted.title) == (*found, str(release.number)):
        return (Relation.SAME, "", best[2], True)
    return best


def _counts_otherwise(wanted: Wanted, release: Release) -> bool:
    """Whether what was typed ends with another episode's number than the release has."""
    asked = words_of(wanted.title)
    return (
        release.number is not None
        and _numbered_part(asked)
        and asked[:-1] == words_of(release.title)
        and asked[-1] != str(release.number)
    )


def _by_title(
    wanted: Wanted,
    release: Release,
    facts: Facts,
    relation: Relation,
    part: str,
    alias: bool,
    dated: bool,
) -> Verdict:
    if relation in (Relation.SAME, Relation.TYPO):
        return _same_title(wanted, release, relation, alias, dated)
    if relation is Relation.PART:
        return _other_part(wanted, release, part)
    if relation in (Relation.SHORTER, Relation.STARTS, Relation.ENDS, Relation.ALL_WORDS):
        return _longer(wanted, release, relation)
    if _asks_freely(wanted) and facts.named_by_people:
        return Verdict(Fit.UNSURE, "search.fit.by_description")
    certain = relation is Relation.OTHER or wanted.year is not None
    return _wrong("search.fit.other_title", Doubt.OTHER_TITLE, certain=certain, title=release.title)


def _same_title(
    wanted: Wanted, release: Release, relation: Relation, alias: bool, dated: bool
) -> Verdict:
    slip = relation is Relation.TYPO
    if wanted.year is None or not dated:
        if slip:  # a slip of the fingers, or another film: Alien, Aliens
            return Verdict(Fit.UNSURE, NEARLY, {"title": release.title})
        reason = "search.fit.alias" if alias else "search.fit.title"
        return Verdict(Fit.EXACT, reason, {"title": release.title})
    if release.year is None:
        if _episodic(release) and not _wants_episode(wanted):
            return Verdict(Fit.UNSURE, "search.fit.series_of_that_name")
        return Verdict(Fit.LIKELY, "search.fit.no_year")
    apart = release.year - wanted.year
    if apart == 0:
        if slip:
            return Verdict(Fit.LIKELY, NEARLY, {"title": release.title})
        reason = "search.fit.alias_year" if alias else "search.fit.title_year"
        return Verdict(Fit.EXACT, reason, {"title": release.title})
    if abs(apart) == 1 and not slip:
        return Verdict(Fit.LIKELY, "search.fit.year_near", {"year": release.year})
    if apart > 1 and _episodic(release) and _wants_episode(wanted):
        return Verdict(Fit.LIKELY, "search.fit.later_season", {"year": release.year})
    return _wrong("search.fit.other_year", Doubt.OTHER_YEAR, year=release.year)


def _other_part(wanted: Wanted, release: Release, part: str) -> Verdict:
    numbered = any(word.isdigit() for word in words_of(wanted.title)[1:])
    if wanted.year is not None and release.year == wanted.year and not numbered:
        return Verdict(Fit.LIKELY, "search.fit.part_same_year", {"part": part})
    if numbered or (wanted.year is not None and release.year is not None):
        return _wrong("search.fit.other_part", Doubt.OTHER_PART, part=part)
    return Verdict(Fit.UNSURE, "search.fit.part", {"part": part})


def _longer(wanted: Wanted, release: Release, relation: Relation) -> Verdict:
    """The wanted title with more words round it."""
    asked, found = words_of(wanted.title), words_of(release.title)
    several, apart = len(asked) > 1, None
    if wanted.year is not None and release.year is not None:
        apart = abs(release.year - wanted.year)
    if apart is not None and apart > 1:
        return _wrong("search.fit.other_title", Doubt.OTHER_TITLE, title=release.title)
    args = {"title": release.title}
    if (
        relation is Relation.STARTS
        and found[len(asked) :]
        and set(found[len(asked) :]) <= COUNTRIES
    ):
        return Verdict(Fit.LIKELY, "search.fit.country", {"country": found[-1].upper()})
    if relation is Relation.SHORTER or (relation is Relation.STARTS and _numbered_part(asked)):
        return Verdict(Fit.LIKELY, "search.fit.second_name", args)
    if apart == 0 and several and relation is not Relation.ALL_WORDS:
        return Verdict(Fit.LIKELY, "search.fit.longer_same_year", args)
    return Verdict(Fit.UNSURE, "search.fit.longer", args)


def _numbered_part(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and words[-1].isdigit()


def _by_episode(wanted: Wanted, release: Release, facts: Facts) -> Verdict | None:
    """What the episode numbers say; None when they say nothing."""
    if not _wants_episode(wanted):
        if wanted.year is not None and release.year is None and _episodic(release):
            return Verdict(Fit.UNSURE, "search.fit.series_of_that_name")
        return None
    if wanted.date is not None:
        return _by_date(wanted.date, release)
    if not _episodic(release):
        if _COMPLETE.search(release.name):
            return Verdict(Fit.UNSURE, "search.fit.whole_series")
        certain = not facts.named_by_people
        return _wrong("search.fit.no_episode", Doubt.NOT_THE_WORK, certain=certain)
    if wanted.season is None:
        return _by_number(wanted, release)
    if release.season is None and release.absolute_episode is not None:
        return Verdict(Fit.UNSURE, "search.fit.counted_through")
    if not _covers_season(wanted.season, release):
        return _other_episode(release)
    return _by_number(wanted, release)


def _by_date(date: str, release: Release) -> Verdict:
    if release.date == date:
        return Verdict(Fit.EXACT, "search.fit.date")
    if release.date is None:
        return Verdict(Fit.UNSURE, "search.fit.no_date")
    return _wrong("search.fit.other_episode", Doubt.OTHER_EPISODE, episode=release.date)


def _by_number(wanted: Wanted, release: Release) -> Verdict:
    if wanted.episode is None:
        if release.number is None:
            return Verdict(Fit.EXACT, "search.fit.season")
        return Verdict(Fit.LIKELY, "search.fit.one_of_season", {"episode": release.number})
    first = release.episode if wanted.season is not None else release.number
    if first is None:
        return Verdict(Fit.LIKELY, "search.fit.in_season_pack")
    if first <= wanted.episode <= (release.episode_end or first):
        return Verdict(Fit.EXACT, "search.fit.episode")
    return _other_episode(release)


def _covers_season(season: int, release: Release) -> bool:
    if release.season == season:
        return True
    found = _SEASONS.search(release.name)
    return found is not None and int(found[1]) <= season <= int(found[2])


def _other_episode(release: Release) -> Verdict:
    season = "" if release.season is None else f"S{release.season}"
    number = "" if release.number is None else f"E{release.number}"
    return _wrong("search.fit.other_episode", Doubt.OTHER_EPISODE, episode=f"{season}{number}")


def _is_excerpt(wanted: Wanted, facts: Facts) -> bool:
    return (
        wanted.duration is not None
        and facts.duration is not None
        and facts.duration > 0
        and facts.duration < wanted.duration * _EXCERPT
    )


def _episodic(release: Release) -> bool:
    return release.season is not None or release.number is not None or release.date is not None


def _wants_episode(wanted: Wanted) -> bool:
    return wanted.season is not None or wanted.episode is not None or wanted.date is not None


def _asks_freely(wanted: Wanted) -> bool:
    """Whether the words may describe something rather than name it."""
    return wanted.year is None and not _wants_episode(wanted)
