"""The steps of a scan: names into rows, what is inside the files, pictures.

Each step looks at what is already stored and does only what is missing, so that a scan that was
cut off anywhere simply goes on.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.errors import NotFound, ToolFailed
from app.domain.events import ScanPhase
from app.domain.media import FolderId
from app.infra.probe import Answer, Probe, Request
from app.services.library import roots
from app.services.library.naming import Seed, parts_of, plain_seed, release_of, seed_of
from app.services.library.seeds import Fresh
from app.services.library.store import Known, LibraryStore
from app.services.library.walk import Found, Walked, walk

log = logging.getLogger(__name__)

BATCH = 400
PROBE_BATCH = 64
BRAKE_SHARE = 0.05
BRAKE_FILES = 20
"""More files gone than both of these is no tidying up: the disk is not what it was."""

Tell = Callable[[ScanPhase, int, int | None], None]
Touched = Callable[[Sequence[int], bool], None]
"""Hears the items that changed, and whether any came, went or got another name."""


@dataclass(slots=True)
class Outcome:
    """What a walk did."""

    seen: int = 0
    changed: int = 0
    braked: bool = False
    unsettled: bool = False  # something is still being written
    vanished: list[bytes] = field(default_factory=list)  # some paths, to notice their return


class Scanner:
    """Scans folders. `touched` hears the items that changed."""

    def __init__(self, store: LibraryStore, probe: Probe, touched: Touched) -> None:
        self._store = store
        self._probe = probe
        self._touched = touched

    async def names(
        self,
        folder: FolderId,
        tell: Tell,
        below: bytes = b"",
        deep: bool = True,
        accept: bool = False,
        settle: float = 0.0,
    ) -> Outcome:
        """Walk the folder, or its part `below`, and store every video by its name.

        With `accept`, files that are gone are believed to be gone, however many. Files written
        to within the last `settle` seconds are left for later. Raises `NotFound` when the folder
        itself is not there.
        """
        path, display, *_rest = await self._store.health(folder)
        outcome, walked = Outcome(), Walked([])
        stop = _Stop()
        seen: set[int] = set()
        stored = await self._store.file_ids(folder, below, deep)
        batches = _batches(walk(path, below, stop, walked, deep))
        try:
            while batch := await asyncio.to_thread(next, batches, None):
                late = [one for one in batch if not _settled(one, settle)]
                if late:
                    outcome.unsettled = True
                    kept = await self._store.known(folder, [one.path for one in late])
                    seen.update(each.id for each in kept.values())
                    batch = [one for one in batch if one not in late]
                await self._store_batch(folder, path, batch, seen, outcome)
                outcome.seen += len(batch)
                tell(ScanPhase.NAMES, outcome.seen, None)
        except OSError as exc:
            raise NotFound("errors.folder_away", folder=display) from exc
        finally:
            stop.asked = True
        await self._vanished(folder, below, stored, seen, walked, outcome, accept)
        return outcome

    async def probing(self, folder: FolderId, tell: Tell) -> int:
        """Look into every file that nobody looked into yet; returns how many."""
        path, *_rest = await self._store.health(folder)
        total, done = await self._store.count_unprobed(folder), 0
        while files := await self._store.unprobed(folder, PROBE_BATCH * self._probe.workers * 2):
            batches = _cut(files)
            for batch in asyncio.as_completed([self._look(path, each) for each in batches]):
                done += await batch
                tell(ScanPhase.PROBING, done, max(total, done))
            if not await asyncio.to_thread(os.path.isdir, path):
                raise NotFound("errors.folder_away", folder=os.fsdecode(path))
        return done

    async def _look(self, root: bytes, files: Sequence[tuple[int, bytes]]) -> int:
        requests = [Request("describe", {}, root + b"/" + path) for _id, path in files]
        answers = await self._probe.ask("media", requests)
        told = [(file[0], answer.told) for file, answer in zip(files, answers, strict=True)]
        if not await asyncio.to_thread(os.path.isdir, root):
            raise NotFound("errors.folder_away", folder=os.fsdecode(root))
        self._touched(await self._store.put_probed(told), False)
        return len(files)

    async def _store_batch(
        self, folder: FolderId, root: bytes, batch: Sequence[Found], seen: set[int], out: Outcome
    ) -> None:
        known = await self._store.known(folder, [one.path for one in batch])
        seen.update(each.id for each in known.values())
        back = [each.id for each in known.values() if each.missing]
        new = [one for one in batch if not _unchanged(one, known.get(one.path))]
        if not new and not back:
            return
        before = await self._renamed([one for one in new if one.path not in known])
        seen.update(before.values())
        seeds = await self._seeds(folder, root, new)
        fresh = [
            Fresh(one, seed, known[one.path].id if one.path in known else before.get(one.path))
            for one, seed in zip(new, seeds, strict=True)
        ]
        self._touched(await self._store.put(folder, fresh, back), True)
        out.changed += len(fresh) + len(back)

    async def _renamed(self, new: Sequence[Found]) -> dict[bytes, int]:
        """Which of the new files are known ones under another name."""
        twins = await self._store.twins([one for one in new if one.note is None])
        if not twins:
            return {}

        def pick() -> dict[bytes, int]:
            taken: set[int] = set()
            told = {}
            for path, rows in twins.items():
                for row, place in rows:
                    if row not in taken and not os.path.lexists(place):
                        taken.add(row)
                        told[path] = row
                        break
            return told

        return await asyncio.to_thread(pick)

    async def _seeds(self, folder: FolderId, root: bytes, new: Sequence[Found]) -> list[Seed]:
        name = os.path.basename(root)
        paths = [parts_of(name, one.path) for one in new]
        requests = [Request("names", {"paths": part}) for part in _cut_list(paths, 50)]
        try:
            answers = await self._probe.ask("names", requests)
        except ToolFailed:
            log.exception("Names cannot be parsed; files are shown by their names")
            answers = [Answer({"note": "notes.unreadable"})] * len(requests)
        told: list[dict[str, object] | None] = []
        for request, answer in zip(requests, answers, strict=True):
            size = len(request.args["paths"])
            told += answer.told.get("names") or [None] * size
        return [_seed(folder, one, each) for one, each in zip(new, told, strict=True)]

    async def _vanished(
        self,
        folder: FolderId,
        below: bytes,
        stored: dict[int, bytes],
        seen: set[int],
        walked: Walked,
        outcome: Outcome,
        accept: bool,
    ) -> None:
        unread = tuple(each + b"/" for each in walked.failed)
        gone = {
            row: path
            for row, path in stored.items()
            if row not in seen and not (unread and path.startswith(unread))
        }
        whole = stored if not below else await self._store.file_ids(folder, b"", True)
        many = len(gone) > BRAKE_FILES and len(gone) > BRAKE_SHARE * len(whole)
        if many and not accept:
            outcome.braked = True
            outcome.vanished = list(gone.values())[:5]
            log.warning("%d files of a folder vanished at once: taken as away", len(gone))
            await self._store.set_away(folder, roots.VANISHED, None)
            return
        if gone:
            self._touched(await self._store.set_missing(gone), True)
            outcome.changed += len(gone)
        if not below and not walked.failed:
            await self._store.finish(folder)


class _Stop:
    """Tells a walk in a thread that nobody wants the rest."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked


def _settled(found: Found, seconds: float) -> bool:
    """Whether nothing was written to a file for so long; times in the future count as settled."""
    return not 0 <= time.time() - found.mtime_ns / 1e9 < seconds


def _unchanged(found: Found, known: Known | None) -> bool:
    return (
        known is not None
        and (known.size, known.mtime_ns) == (found.size, found.mtime_ns)
        and (found.note is None or found.note == known.note)
    )


def _seed(folder: int, found: Found, told: dict[str, object] | None) -> Seed:
    if told is None:
        return plain_seed(folder, found.path)
    try:
        return seed_of(*release_of(told), folder, found.path)
    except (TypeError, ValueError, KeyError):
        return plain_seed(folder, found.path)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(itertools.islice(found, BATCH)):
        yield batch


def _cut(files: Sequence[tuple[int, bytes]]) -> list[Sequence[tuple[int, bytes]]]:
    return [files[at : at + PROBE_BATCH] for at in range(0, len(files), PROBE_BATCH)]


def _cut_list(paths: Sequence[list[str]], size: int) -> list[Sequence[list[str]]]:
    return [paths[at : at + size] for at in range(0, len(paths), size)]
