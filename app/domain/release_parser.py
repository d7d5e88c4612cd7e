"""What a release or file name tells: title, numbers, quality, languages, group.

`parse` never raises and is pure; everything it returns is normalised ("1080p", "WEB-DL",
"HEVC", ISO 639-1 languages). Common notations are read by our own rules, rare ones of seasons and
episodes by PTT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain import release_numbers, release_tags, release_title
from app.domain.media import MediaKind
from app.domain.release_languages import from_script
from app.domain.release_numbers import Numbers
from app.domain.release_tags import Scan, Tag

_SUBTITLES: Final = frozenset({"srt", "ass", "ssa", "sub", "idx", "vtt", "sup", "smi"})
LONGEST: Final = 600
"""Characters of a name that are read; no file system and no indexer gives more."""

_EXTENSIONS_WORDS: Final = (
    "mkv mp4 m4v avi mov wmv flv webm ts m2ts mts mpg mpeg mpe vob ogm ogv divx 3gp 3g2 asf "
    "rm rmvb iso img mk3d mp2 mpv f4v dvr-ms wtv srt ass ssa sub idx vtt sup smi nfo "
    "torrent nzb strm mka txt"
)
EXTENSIONS: Final = frozenset(_EXTENSIONS_WORDS.split())
_EXTENSION: Final = re.compile(r"(?:\.([A-Za-z0-9]{2,6}|dvr-ms))$")
_LOOSE_EXTENSION: Final = re.compile(r"(?<=[\w\])])[ ](mkv|mp4|avi)$", re.IGNORECASE)
_EASTERN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BAD: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)
_SPACES: Final = re.compile(r"\s{2,}")
_TITLES_WITH_YEAR: Final = re.compile(
    r"(?:wonder woman|class of|death race|space|summer of|airport|blade runner|"
    r"nineteen eighty.four|"
    r"fear street(?: part \w+)?|cleopatra|turks? in space|bunny drop|paris|american pie)$",
    re.IGNORECASE,
)
_EXTRA: Final = re.compile(
    r"(?<![^\W_])(trailer|sample|teaser|featurette|behind the scenes|deleted scenes?|interview|"
    r"making of)(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Release:
    """What one name tells. Fields the name does not tell are None, empty or False."""

    name: str
    title: str
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    episode_end: int | None = None  # last episode of a file that holds several
    absolute_episode: int | None = None  # counted from the first of the series
    date: str | None = None  # ISO 8601 day of broadcast
    resolution: str | None = None
    source: str | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    hdr: str | None = None  # "DV", "HDR10+", "DV HDR10"…
    languages: tuple[str, ...] = ()  # ISO 639-1
    group: str | None = None
    edition: str | None = None
    proper: bool = False
    container: str | None = None  # the extension, lower case
    remux: bool = False
    alternatives: tuple[str, ...] = ()  # other titles the name tells
    episode_title: str | None = None
    extra: str | None = None  # "trailer", "sample"…: no film or episode itself
    kind: MediaKind | None = None  # what the folders around a file say it is

    @property
    def number(self) -> int | None:
        """The episode's number, absolute when there is no other."""
        return self.episode if self.episode is not None else self.absolute_episode


def parse(name: str) -> Release:
    """Read a release or file name. Never raises, whatever the text."""
    text, container = _prepare(name)
    found = release_tags.scan(text, subtitle=container in _SUBTITLES)
    start, leading = release_title.title_start(found)
    numbers = release_numbers.find(found, start, leading is not None or bool(_EASTERN.search(text)))
    year, year_at = _year(found, numbers, start)
    title, others, zone_at = _title(found, numbers, start, year_at)
    if not title and leading is not None and not leading.isascii() and numbers.start == start:
        title, leading = leading, None  # `【Title】第05话`
    elif not title:
        title, others, zone_at = _title_behind(found, numbers, start, year_at)
    tags = release_tags.usable(found, release_tags.zone_start(found, zone_at))
    group = release_title.group_of(found, zone_at, leading, numbers.absolute is not None)
    tags = _outside(found, tags, group)
    told = _told(found, tags)
    return Release(
        name=name,
        title=title,
        year=year,
        season=numbers.season,
        episode=numbers.episode,
        episode_end=numbers.episode_end,
        absolute_episode=numbers.absolute,
        date=numbers.date,
        resolution=told.get("resolution") or told.get("resolution_hint"),
        source=told.get("source"),
        video_codec=told.get("video_codec"),
        audio_codec=_audio(found, tags),
        hdr=_hdr(tags),
        languages=_languages(found, tags, text),
        group=group,
        edition=_edition(found, tags),
        proper=any(tag.word.field == "proper" for tag in tags),
        container=container,
        remux=any("remux" in tag.word.value or "remux" in _written(found, tag) for tag in tags),
        alternatives=others,
        episode_title=_episode_title(found, numbers, tags),
        extra=_extra(text, zone_at),
    )


def kind_of(release: Release) -> MediaKind:
    """What the name makes of the file: an episode, a film, or just a video."""
    if release.kind is not None:
        return release.kind
    if release.number is not None or release.date is not None:
        return MediaKind.EPISODE
    if release.season is not None:
        return MediaKind.SERIES
    if release.extra is None and release.title and (release.year is not None or release.source):
        return MediaKind.FILM
    return MediaKind.VIDEO


def _prepare(name: str) -> tuple[str, str | None]:
    text = _BAD.sub(" ", name[: LONGEST * 2] + (name[-LONGEST:] if len(name) > LONGEST * 2 else ""))
    if text.count("_") > max(1, text.count(" ")):
        text = text.replace("_", " ")
    text = _SPACES.sub(" ", text).strip()
    container: str | None = None
    for _ in range(2):
        match = _EXTENSION.search(text)
        if match is None or match[1].lower() not in EXTENSIONS or match.start() == 0:
            match = _LOOSE_EXTENSION.search(text)
            if match is None or container is not None:
                break
        container = match[1].lower()
        text = text[: match.start()]
    return text[:LONGEST].rstrip(), container


def _cut(numbers: Numbers, start: int) -> int:
    return numbers.start if numbers.start >= start else (1 << 30)


def _outside(found: Scan, tags: list[Tag], group: str | None) -> list[Tag]:
    """The tags that are no part of the group's name."""
    start = found.text.rfind(group) if group else -1
    if group is None or start < 0:
        return tags
    end = start + len(group)
    return [tag for tag in tags if not start <= found.start_of(tag) < end]


def _year(found: Scan, numbers: Numbers, start: int) -> tuple[int | None, int]:
    """The year, and where it stands; a year that is the whole title is none."""
    nowhere = 1 << 30
    candidates = release_numbers.years(found, numbers)
    places = [found.start_of(t) for t in found.tags if t.word.weight > 1]
    sure = min((place for place in places if place > start), default=nowhere)
    limit = min(sure, _cut(numbers, start))
    early = [m for m in candidates if start <= m.start() < limit]
    text = found.text
    bracketed = [
        m for m in early if text[m.start() - 1 : m.start()] in ("(", "[") and m.start() > start + 1
    ]
    if bracketed:
        return int(bracketed[0][1]), _opening(text, bracketed[0].start())
    proper = [m for m in early if text[start : m.start()].strip(" ._-([")]
    if proper:
        chosen = proper[-1]
        if len(proper) > 1 and re.fullmatch(
            r"\s?[-\u2013]\s?", text[proper[-2].end() : chosen.start()]
        ):
            chosen = proper[-2]
        if (
            len(proper) == 1
            and chosen.end() < len(text)
            and _part_of_title(text[start : chosen.start()])
        ):
            return None, nowhere
        return int(chosen[1]), _opening(text, chosen.start())
    late = [m for m in candidates if m.start() >= limit]
    ahead = [
        m for m in candidates if m.end() < start and text[m.start() - 1 : m.start()] in ("(", "[")
    ]
    if ahead:
        return int(ahead[0][1]), nowhere
    if late and not early:
        return int(late[0][1]), nowhere
    if late and text[late[0].start() - 1] == "(":
        return int(late[0][1]), nowhere
    return None, nowhere


def _part_of_title(before: str) -> bool:
    return bool(_TITLES_WITH_YEAR.search(before.replace(".", " ").replace("_", " ").strip(" -")))


def _opening(text: str, position: int) -> int:
    return position - 1 if text[position - 1 : position] in ("(", "[", "{") else position


def _title(
    found: Scan, numbers: Numbers, start: int, year_at: int
) -> tuple[str, tuple[str, ...], int]:
    """The title, other titles, and the character where the tags begin."""
    end = release_tags.title_end(found, min(_cut(numbers, start), year_at), start)
    title, others = release_title.split_titles(found.text[start:end])
    return title, others, min(end, len(found.text))


def _title_behind(
    found: Scan, numbers: Numbers, start: int, year_at: int
) -> tuple[str, tuple[str, ...], int]:
    """The title of a name that begins with its numbers or tags: what follows them."""
    text = found.text
    begin = max(numbers.end, start) if 0 <= numbers.start <= start else start
    tokens = [i for i, t in enumerate(found.tokens) if t.start >= begin]
    while tokens and tokens[0] in found.tag_at:
        tokens.pop(0)
    if not tokens:
        return "", (), begin
    begin = found.tokens[tokens[0]].start
    end = release_tags.title_end(found, year_at if year_at > begin else 1 << 30, begin)
    title, others = release_title.split_titles(text[begin:end])
    return title, others, min(end, len(text))


def _written(found: Scan, tag: Tag) -> str:
    return found.text[found.start_of(tag) : found.end_of(tag)].lower()


def _told(found: Scan, tags: list[Tag]) -> dict[str, str]:
    """The first word of each field, sure words before doubtful ones."""
    told: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for tag in tags:
        into = told if tag.word.weight > 1 else doubtful
        if tag.word.field == "source" and tag.word.weight == 1 and not _source_fits(found, tag):
            continue
        into.setdefault(tag.word.field, tag.word.value)
    for name, value in doubtful.items():
        told.setdefault(name, value)
    return told


def _source_fits(found: Scan, tag: Tag) -> bool:
    """Whether a short word such as `TS` or `HD` is written as a source would be."""
    text = found.text[found.start_of(tag) : found.end_of(tag)]
    return text.lower() in {"web", "cam", "dvd", "vhs", "bd", "workprint"} or text.isupper()


def _audio(found: Scan, tags: list[Tag]) -> str | None:
    values = [tag.word.value for tag in tags if tag.word.field == "audio_codec"]
    real = [value for value in values if value != "Atmos"]
    return next(iter(real or values), None)


def _hdr(tags: list[Tag]) -> str | None:
    values = {tag.word.value for tag in tags if tag.word.field == "hdr"}
    for better, worse in (("HDR10+", "HDR10"), ("HDR10+", "HDR"), ("HDR10", "HDR"), ("HLG", "HDR")):
        if better in values:
            values.discard(worse)
    ordered = [value for value in ("DV", "HDR10+", "HDR10", "HDR", "HLG", "SDR") if value in values]
    return " ".join(ordered) or None


def _languages(found: Scan, tags: list[Tag], text: str) -> tuple[str, ...]:
    spoken = release_tags.spoken(found, tags)
    if text.isascii():
        return spoken
    return spoken + tuple(
        code for code in from_script(text) if code not in spoken and (not spoken or code in {"zh"})
    )


def _edition(found: Scan, tags: list[Tag]) -> str | None:
    values: list[str] = []
    for tag in tags:
        if tag.word.field != "edition" or tag.word.value in values:
            continue
        written = found.text[found.start_of(tag) : found.end_of(tag)]
        if written.lower() in {"cc", "se", "dc"} and not written.isupper():
            continue
        values.append(tag.word.value)
    return ", ".join(values) or None


def _episode_title(found: Scan, numbers: Numbers, tags: list[Tag]) -> str | None:
    if numbers.start < 0 or (numbers.episode is None and numbers.absolute is None):
        return None
    text = found.text
    first = [found.start_of(tag) for tag in tags if found.start_of(tag) >= numbers.end]
    title = release_title.tidy(text[numbers.end : min(first, default=len(text))])
    return title if re.search(r"[^\W\d_]{2}", title) and len(title) < 200 else None


def _extra(text: str, zone_at: int) -> str | None:
    match = _EXTRA.search(text.replace(".", " "), max(0, zone_at - 1))
    return match[1].lower() if match is not None else None
