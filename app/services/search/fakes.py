"""Finds what is wrong with an offer before anything of it is fetched: fakes, camera recordings.

Pure rules over names, sizes, dates and lists of files.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.danger import is_program
from app.domain.endings import DISCS, SOUNDS, VIDEOS
from app.domain.release import Release, parse
from app.domain.search import Doubt, Offer, Suspicion, Wanted, Work
from app.services.search.titles import Relation, relate, words_of

VIDEO: Final = VIDEOS | DISCS
ARCHIVES: Final = frozenset(("zip", "zipx", "rar", "7z", "ace", "tar", "gz", "bz2", "xz", "cab"))
_ENDING: Final = re.compile(r"\.([a-z0-9]{1,11})\s*$", re.IGNORECASE)
_RAR_PART: Final = re.compile(r"\.(?:r\d\d|part\d+\.rar|\d{3})$", re.IGNORECASE)
_DISC_FOLDER: Final = re.compile(r"(?:^|/)(?:VIDEO_TS|BDMV)/", re.IGNORECASE)
CAMERA: Final = frozenset({"CAM", "Telesync", "Telecine", "Screener", "Workprint", "R5"})

_MINUTE: Final = 60.0
_USUAL_MINUTES: Final = {True: 42.0, False: 100.0}  # of an episode, of a film
# Megabytes a minute below which a claim cannot be true, by picture height and by source.
_LEAST_BY_HEIGHT: Final = {"4320p": 12.0, "2160p": 5.0, "1440p": 3.0, "1080p": 1.6, "720p": 0.9}
_LEAST_BY_SOURCE: Final = {"remux": 60.0, "remux 2160p": 150.0}
_MOST: Final = 1_400.0
_MOST_SMALL: Final = {"480p": 140.0, "576p": 160.0, "720p": 420.0}
_AIRED_EARLY_DAYS: Final = 1


def suspect(
    wanted: Wanted, release: Release, offer: Offer, now: float, *, hide_camera: bool
) -> Suspicion | None:
    """Return the gravest thing wrong with an offer as far as its name and figures tell."""
    name = offer.name
    if is_program(name):
        return Suspicion(Doubt.PROGRAM, True, {"name": name[-40:]})
    if offer.locked:
        return Suspicion(Doubt.LOCKED, True)
    early = _not_aired(wanted, release, now)
    if early is not None:
        return early
    size = _size_doubt(wanted, release, offer)
    if size is not None:
        return size
    if release.source in CAMERA:
        return Suspicion(Doubt.CAMERA, hide_camera, {"source": release.source})
    return None


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file inside a torrent: its path as text, its size in bytes."""

    path: str
    size: int


def check_files(files: Sequence[ListedFile], name: str, work: Work | None) -> Suspicion | None:
    """Return what is wrong with a list of files; None when it may be fetched.

    `name` is what the offer claims to be.
    """
    bad = next((file.path for file in files if is_program(file.path)), None)
    good = VIDEO | SOUNDS if work in (Work.AUDIOBOOK, Work.PODCAST) else VIDEO
    films = [file for file in files if _ending(file.path) in good and file.size > 0]
    if not films and bad is not None:
        return Suspicion(Doubt.PROGRAM, True, {"name": bad[-60:]})
    if not films:
        packed = any(_is_packed(file.path) for file in files)
        return Suspicion(Doubt.LOCKED if packed else Doubt.NO_VIDEO, True)
    if bad is not None:
        # It can be left out, but who put it there means no good.
        return Suspicion(Doubt.PROGRAM, True, {"name": bad[-60:]})
    if len(films) == 1 and _is_another(films[0].path, name):
        return Suspicion(Doubt.OTHER_TITLE, False, {"title": films[0].path[-80:]})
    return None


def _is_packed(path: str) -> bool:
    return _ending(path) in ARCHIVES or _RAR_PART.search(path) is not None


def _ending(path: str) -> str:
    found = _ENDING.search(path)
    return found[1].lower() if found is not None else ""


def _is_another(path: str, name: str) -> bool:
    """Whether the only film inside has clearly another title than the offer."""
    if _DISC_FOLDER.search(path):
        return False  # the copy of a disc: its files have numbers for names
    inside, claimed = parse(path.rsplit("/", 1)[-1]), parse(name)
    theirs, ours = words_of(inside.title), words_of(claimed.title)
    if not theirs or not ours or len("".join(theirs)) < 4:
        return False
    return relate(ours, theirs)[0] is Relation.OTHER


def _not_aired(wanted: Wanted, release: Release, now: float) -> Suspicion | None:
    today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
    if release.date is not None:
        day = datetime.date.fromisoformat(release.date)
        if (day - today).days > _AIRED_EARLY_DAYS:
            return Suspicion(Doubt.NOT_AIRED, True, {"date": release.date})
    if release.year is not None and release.year > today.year + 1:
        return Suspicion(Doubt.NOT_AIRED, True, {"date": str(release.year)})
    if wanted.released is not None and wanted.released - now > _AIRED_EARLY_DAYS * 86_400:
        shown = datetime.datetime.fromtimestamp(wanted.released, datetime.UTC).date()
        return Suspicion(Doubt.NOT_AIRED, True, {"date": shown.isoformat()})
    return None


def _size_doubt(wanted: Wanted, release: Release, offer: Offer) -> Suspicion | None:
    """Whether the size can be right for the length and what the name claims."""
    if offer.size is None or offer.size <= 0:
        return None
    episodic = release.number is not None or release.date is not None
    if release.season is not None and not episodic:
        return None  # a pack: how many episodes it holds is not known yet
    told = offer.duration or wanted.duration
    minutes = (told or _USUAL_MINUTES[episodic] * _MINUTE) / _MINUTE
    if told is None:
        low, high = minutes * 0.5, minutes * 2.2
    else:
        low = high = max(1.0, minutes)
    megabytes = offer.size / 1e6
    height = release.resolution or ""
    least = _LEAST_BY_HEIGHT.get(height, 0.25)
    if release.remux:
        least = _LEAST_BY_SOURCE["remux 2160p" if height == "2160p" else "remux"]
    most = _MOST_SMALL.get(height, _MOST)
    if megabytes < least * low or megabytes > most * high:
        return Suspicion(Doubt.SIZE, True, {"size": offer.size, "resolution": height})
    return None
