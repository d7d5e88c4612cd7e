"""Asks the owner's ZIM files. Blocking: every question has a thread of its own, and an end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from app.api import AppError, Fact, InvalidInput, Unavailable, language_code
from plugins.kiwix.archive import Archive
from plugins.kiwix.finding import Candidate, candidates
from plugins.kiwix.parsers import About, credit_of, languages_of, parse_article
from plugins.kiwix.reading import Patience, opened

SECONDS = 12.0
"""How long a question may take in all."""
SOON = 6.0
"""How long looking for files that can be read may take."""
MOST_FILES = 30
MOST_FACTS = 3
LARGEST_PAGE = 1_500_000
"""Bytes of an article that are read."""
HTML = ("text/html", "application/xhtml+xml")


class Client:
    """The ZIM files of one place: a folder, or one file."""

    def __init__(self, place: str, log: logging.Logger) -> None:
        self._place = place.strip()
        self._log = log
        self._told: set[str] = set()

    def check(self) -> None:
        """Raise `InvalidInput` unless there is a file that can be read."""
        failure: AppError | None = None
        patience = Patience(SOON)
        for path in self.files():
            try:
                with opened(path, patience) as source:
                    Archive(source)
            except AppError as error:
                failure = error
            else:
                return
        raise failure or InvalidInput("errors.no_zim_here", path=self._place)

    def files(self) -> list[Path]:
        """Return the files there are, by name; `InvalidInput` when there is none."""
        place = Path(self._place).expanduser()
        found: list[Path] = []
        try:
            if self._place and place.is_dir():
                found = sorted(one for one in place.iterdir() if one.suffix.lower() == ".zim")
            elif self._place and place.is_file():
                found = [place]
        except (OSError, ValueError) as error:
            raise InvalidInput("errors.no_zim_here", path=self._place) from error
        if not found:
            raise InvalidInput("errors.no_zim_here", path=self._place)
        return found[:MOST_FILES]

    def facts(self, topic: str, language: str) -> Sequence[Fact]:
        """Return what the files in a language have on a topic, best first.

        A file that cannot be read is left out, unless no other answers.
        """
        patience = Patience(SECONDS)
        found: list[tuple[int, Fact]] = []
        failure: AppError | None = None
        for path in self.files():
            try:
                found += _of_file(path, topic, language, patience)
            except (InvalidInput, Unavailable) as error:
                failure = error
                self._tell(path)
        if failure is not None and not found:
            raise failure
        best = max((told for told, _ in found), default=0)
        return [fact for told, fact in found if told == best][:MOST_FACTS]

    def _tell(self, path: Path) -> None:
        """Say once that a file is no good."""
        if path.name not in self._told:
            self._told.add(path.name)
            self._log.warning("The ZIM file %s cannot be read.", path.name)


def _of_file(path: Path, topic: str, language: str, patience: Patience) -> list[tuple[int, Fact]]:
    with opened(path, patience) as source:
        archive = Archive(source)
        told = [language_code(one) for one in languages_of(archive.metadata("Language"))]
        if any(told) and language not in told:
            return []
        about = About(
            title=archive.metadata("Title", 200),
            creator=archive.metadata("Creator", 200),
            licence=archive.metadata("License", 100),
            source=archive.metadata("Source", 500),
        )
        found: list[tuple[int, Fact]] = []
        seen: set[tuple[int, int]] = set()
        for one in candidates(archive, topic, language, MOST_FACTS * 3):
            fact = _fact(archive, one, about, patience, seen)
            if fact is not None:
                found.append((one.told, fact))
            if len(found) == MOST_FACTS or patience.over:
                break
        return found


def _fact(
    archive: Archive,
    candidate: Candidate,
    about: About,
    patience: Patience,
    seen: set[tuple[int, int]],
) -> Fact | None:
    """Read an article; None for a picture, a list of meanings, or one that was read already."""
    entry = archive.resolved(candidate.entry)
    if entry is None or not archive.mime(entry).startswith(HTML):
        return None
    if (entry.cluster, entry.blob) in seen:
        return None
    seen.add((entry.cluster, entry.blob))
    article = parse_article(archive.content(entry, LARGEST_PAGE), lambda: patience.over)
    if not article.text:
        return None
    title = " ".join(entry.title[:300].decode("utf-8", "replace").split())
    return Fact(title, article.text, credit_of(title, about, article.url))
