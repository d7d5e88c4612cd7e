"""The nearest are exactly the nearest, and what is held survives whatever happens to its files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.infra.embedding.held import FEW, Held, Ids
from app.infra.embedding.place import SIZE
from app.infra.embedding.weights import Array


def vectors(count: int, seed: int = 1, *, clustered: bool = True) -> Array:
    """Vectors of length 1; clustered as those of texts are, or in all directions alike."""
    chance = np.random.default_rng(seed)
    made = chance.standard_normal((count, SIZE), dtype=np.float32)
    if clustered:
        centres = chance.standard_normal((40, SIZE), dtype=np.float32)
        made = centres[chance.integers(0, 40, count)] + made * np.float32(0.7)
    lengths: Array = np.linalg.norm(made, axis=1, keepdims=True)
    return made / lengths


def pairs(count: int, mark: int = 7) -> Ids:
    return np.array([(number + 1, mark) for number in range(count)], np.int64).reshape(-1, 2)


def filled(place: Path, given: Array) -> Held:
    held = Held(place)
    wanted = pairs(len(given))
    assert held.hold(wanted).tolist() == wanted[:, 0].tolist()
    held.give(wanted, given)
    assert held.settle().tolist() == []
    return held


@pytest.mark.parametrize("clustered", [True, False])
@pytest.mark.parametrize("count", [1, 30, FEW + 3000])
def test_the_nearest_are_exactly_the_nearest(tmp_path: Path, count: int, clustered: bool) -> None:
    given = vectors(count, clustered=clustered)
    held = filled(tmp_path, given)
    for asked in (*vectors(5, 2, clustered=clustered), given[0]):
        ids, scores = held.nearest(asked, 20)
        every = given @ asked
        best = np.argsort(-every)[:20]
        assert scores == pytest.approx(every[best], abs=1e-5)
        assert len(set(ids.tolist()) ^ set((best + 1).tolist())) <= 2  # two may be equally near


def test_only_among_some(tmp_path: Path) -> None:
    given = vectors(200)
    held = filled(tmp_path, given)
    ids, _scores = held.nearest(given[9], 5, np.array([10, 20, 30, 999]))
    assert ids[0] == 10
    assert set(ids.tolist()) == {10, 20, 30}
    assert held.nearest(given[9], 5, np.array([], np.int64))[0].tolist() == []


def test_what_is_not_wanted_is_not_found(tmp_path: Path) -> None:
    given = vectors(FEW + 500)
    held = filled(tmp_path, given)
    held.nearest(given[0], 1)
    held.hold(pairs(FEW + 500)[1:])
    assert held.vector(1) is None
    assert 1 not in held.nearest(given[0], 50)[0]


def test_another_hash_is_another_vector(tmp_path: Path) -> None:
    given = vectors(10)
    held = filled(tmp_path, given)
    wanted = pairs(10)
    wanted[3, 1] = 8
    assert held.hold(wanted).tolist() == [4]
    assert held.vector(4) is None
    held.give(wanted[3:4], given[:1])
    held.settle()
    found = held.vector(4)
    assert found is not None
    assert found.tolist() == given[0].tolist()


def test_nothing_is_asked_for_twice(tmp_path: Path) -> None:
    given = vectors(50)
    filled(tmp_path, given)
    again = Held(tmp_path)
    assert again.hold(pairs(50)).tolist() == []
    found = again.vector(50)
    assert found is not None
    assert found.tolist() == given[49].tolist()


@pytest.mark.parametrize(("name", "cut"), [("vectors.f32", 700), ("vectors.ids", 9)])
def test_a_torn_file_costs_only_its_end(tmp_path: Path, name: str, cut: int) -> None:
    given = vectors(50)
    filled(tmp_path, given)
    with (tmp_path / name).open("r+b") as file:
        file.truncate(file.seek(0, 2) - cut)
    again = Held(tmp_path)
    assert again.hold(pairs(50)).tolist() == [50]
    again.give(pairs(50)[49:], given[49:])
    assert again.settle().tolist() == []
    assert again.nearest(given[49], 1)[0].tolist() == [50]


def test_a_lost_file_costs_that_all_is_asked_for_again(tmp_path: Path) -> None:
    filled(tmp_path, vectors(5))
    (tmp_path / "vectors.ids").unlink()
    assert len(Held(tmp_path).hold(pairs(5))) == 5


def test_a_file_that_is_mostly_outdated_is_written_anew(tmp_path: Path) -> None:
    count = FEW + 100
    given = vectors(count)
    held = filled(tmp_path, given)
    held.nearest(given[0], 3)
    for mark in (8, 9):
        wanted = pairs(count, mark)
        held.hold(wanted)
        held.give(wanted, given[::-1].copy())
        held.settle()
    assert held.rows < 2 * count
    assert held.nearest(given[0], 1)[0].tolist() == [count]
    assert Held(tmp_path).hold(pairs(count, 9)).tolist() == []
