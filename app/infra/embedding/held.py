"""Holds the vectors of a library and finds the nearest: exact, and without looking at all of each.

The vectors lie in a file of the cache folder that only grows, and is mapped, not read. Beside it
lie, in the same order, the ids and the hashes of what was embedded; a later row of an id takes the
place of an earlier one. Losing either file costs that they are asked for again.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.infra.embedding.place import SIZE
from app.infra.embedding.weights import Array

log = logging.getLogger(__name__)

Ids = npt.NDArray[np.int64]
ROW = SIZE * 4
FEW = 2_000
"""So few vectors are simply all compared."""
LEAD = 64
"""The directions, of those in which vectors differ most, that are compared first."""
SAMPLE = 8_192
"""Vectors from which those directions are worked out."""
DEAD = 0.5
"""The part of the file that may be outdated before it is written anew."""


class Held:
    """The vectors of the items that are to be found. `hold` says which, `give` brings them."""

    def __init__(self, folder: Path) -> None:
        self._vectors_at, self._names_at = folder / "vectors.f32", folder / "vectors.ids"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._names, self._vectors = self._read()  # by row of the files
        self._leads: Array = np.empty((0, LEAD), np.float32)
        self._rests: Array = np.empty(0, np.float32)
        self._ways: Array | None = None
        self._wanted = np.empty((0, 2), np.int64)
        self._out = np.ones(len(self._names), bool)  # rows that are not wanted
        self._ids: Ids = np.empty(0, np.int64)  # what can be found, in order
        self._rows: Ids = np.empty(0, np.int64)  # and in which row it lies

    @property
    def ids(self) -> Ids:
        """The ids that can be found, in order."""
        return self._ids

    @property
    def rows(self) -> int:
        """How many rows the files have, outdated ones too."""
        return len(self._names)

    def hold(self, wanted: Ids) -> Ids:
        """These are to be found: pairs of id and hash. Returns the ids whose vector is lacking."""
        self._wanted = wanted[np.argsort(wanted[:, 0], kind="stable")]
        return self._choose()

    def give(self, pairs: Ids, vectors: Array) -> None:
        """Bring vectors; they count once `settle` was called."""
        with self._vectors_at.open("ab") as file:
            file.write(vectors.astype(np.float32, copy=False).tobytes())
            file.flush()
            os.fsync(file.fileno())  # before the names: a name without its vector would lie
        with self._names_at.open("ab") as file:
            file.write(pairs.astype(np.int64, copy=False).tobytes())

    def settle(self) -> Ids:
        """Count in what was given; returns the ids that are still lacking."""
        self._names, self._vectors = self._read()
        lacking = self._choose()
        if len(self._names) > FEW and len(self._rows) < len(self._names) * (1 - DEAD):
            self._compact()
            lacking = self._choose()
        return lacking

    def vector(self, item: int) -> Array | None:
        """The vector of an item."""
        place = int(np.searchsorted(self._ids, item))
        if place >= len(self._ids) or self._ids[place] != item:
            return None
        vector: Array = self._vectors[self._rows[place]]
        return vector

    def nearest(self, vector: Array, limit: int, among: Ids | None = None) -> tuple[Ids, Array]:
        """The ids nearest to a vector and how near, 1 to -1, the nearest first."""
        if among is not None:
            asked = np.unique(among)
            places = np.searchsorted(self._ids, asked)
            there = places < len(self._ids)
            there[there] = self._ids[places[there]] == asked[there]
            rows = self._rows[places[there]]
        elif len(self._rows) > FEW:
            rows = self._likely(vector, limit)
        else:
            rows = self._rows
        scores: Array = self._vectors[rows] @ vector if len(rows) else np.empty(0, np.float32)
        best = _top(scores, limit)
        return self._names[rows[best], 0], scores[best]

    def _likely(self, vector: Array, limit: int) -> Ids:
        """The rows that may be among the nearest; none that is can be missing.

        What two vectors have in common outside the leading directions is at most the product of
        their lengths there. Whoever cannot reach the weakest of the first guesses even so is out.
        """
        lead = vector @ self._lead()
        rest = np.float32(np.sqrt(max(0.0, 1.0 - float(lead @ lead))))
        known = self._leads @ lead
        known[self._out] = -2
        guesses = _top(known, max(4 * limit, 200))
        scores = self._vectors[guesses] @ vector
        weakest = np.sort(scores)[-min(limit, len(scores))]
        known += rest * self._rests
        return np.flatnonzero(known >= max(weakest - np.float32(1e-4), np.float32(-0.999)))

    def _lead(self) -> Array:
        """The leading directions; the part of every vector in them is worked out where it lacks."""
        ways = self._ways
        if ways is None:
            some = self._vectors[self._rows[:: max(1, len(self._rows) // SAMPLE)][:SAMPLE]]
            _sizes, turned = np.linalg.eigh(some.T @ some)
            ways = self._ways = np.ascontiguousarray(turned[:, -LEAD:]).astype(np.float32)
        done, count = len(self._leads), len(self._names)
        if done < count:
            leads = np.empty((count - done, LEAD), np.float32)
            for start in range(done, count, SAMPLE):
                some = self._vectors[start : start + SAMPLE]
                np.matmul(some, ways, out=leads[start - done : start - done + len(some)])
            lengths = np.einsum("ij,ij->i", leads, leads)
            rests = np.sqrt(np.maximum(0, 1 - lengths)).astype(np.float32)
            self._leads = np.concatenate([self._leads, leads]) if done else leads
            self._rests = np.concatenate([self._rests, rests])
        return ways

    def _choose(self) -> Ids:
        """Find the row of every wanted id and hash; returns the ids without one."""
        newest = _newest(self._names)
        names = self._names[newest]
        places = np.searchsorted(names[:, 0], self._wanted[:, 0])
        same = places < len(names)
        same[same] = (names[places[same]] == self._wanted[same]).all(1)
        self._rows = newest[places[same]]
        self._ids = np.ascontiguousarray(self._wanted[same, 0])
        self._out = np.ones(len(self._names), bool)
        self._out[self._rows] = False
        lacking: Ids = np.ascontiguousarray(self._wanted[~same, 0])
        return lacking

    def _read(self) -> tuple[Ids, Array]:
        """What the files hold together; what only one of them has is cut off."""
        sizes = [each.stat().st_size if each.exists() else 0 for each in self._files()]
        count = min(sizes[0] // ROW, sizes[1] // 16)
        for path, size, row in zip(self._files(), sizes, (ROW, 16), strict=True):
            if size != count * row:
                os.truncate(path, count * row)
        if not count:
            return np.empty((0, 2), np.int64), np.empty((0, SIZE), np.float32)
        names = np.fromfile(self._names_at, np.int64).reshape(count, 2)
        vectors = np.memmap(self._vectors_at, np.float32, "r", shape=(count, SIZE))
        return names, np.asarray(vectors)

    def _compact(self) -> None:
        """Write only what is still wanted anew."""
        names = self._names[self._rows]
        fresh = self._vectors_at.with_suffix(".new")
        with fresh.open("wb") as file:
            for start in range(0, len(self._rows), SAMPLE):
                file.write(self._vectors[self._rows[start : start + SAMPLE]].tobytes())
            file.flush()
            os.fsync(file.fileno())
        self._names_at.unlink()  # a kill between the two costs that all are asked for again
        os.replace(fresh, self._vectors_at)  # noqa: PTH105 - one atomic step, said as such
        self._names_at.write_bytes(names.tobytes())
        self._names, self._vectors = self._read()
        self._leads, self._rests = self._leads[:0], self._rests[:0]

    def _files(self) -> tuple[Path, Path]:
        return self._vectors_at, self._names_at


def _newest(names: Ids) -> Ids:
    """The last row of each id, in order of id."""
    order = np.argsort(names[:, 0], kind="stable")
    ids = names[order, 0]
    last = np.ones(len(ids), bool)
    last[:-1] = ids[1:] != ids[:-1]
    newest: Ids = order[last]
    return newest


def _top(scores: Array, limit: int) -> Ids:
    """Where the highest are, the highest first."""
    if limit < len(scores):
        best = np.argpartition(scores, -limit)[-limit:]
    else:
        best = np.arange(len(scores))
    top: Ids = best[np.argsort(-scores[best], kind="stable")]
    return top
