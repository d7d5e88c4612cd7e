"""What is known of an action nobody can be asked about, over the real cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api.unfinished import Unfinished
from app.domain.errors import Unavailable
from app.infra.file_cache import FileCache


async def test_it_is_certain_until_the_last_byte(tmp_path: Path) -> None:
    one = Unfinished(FileCache(tmp_path), "post")
    assert not await one.certainly_absent()  # nothing is known
    await one.ready()
    assert await one.certainly_absent()
    await one.begin()
    assert await one.certainly_absent()
    await one.whole()
    assert not await one.certainly_absent()
    await one.ready()  # what is known already stays
    assert not await one.certainly_absent()
    await one.refused()
    assert await one.certainly_absent()
    assert not await Unfinished(FileCache(tmp_path), "another").certainly_absent()


async def test_it_outlives_the_program_and_a_lost_cache_makes_nothing_certain(
    tmp_path: Path,
) -> None:
    place = tmp_path / "noted"
    place.mkdir()
    await Unfinished(FileCache(place), "post").begin()
    assert await Unfinished(FileCache(place), "post").certainly_absent()
    for file in place.iterdir():
        file.unlink()
    assert not await Unfinished(FileCache(place), "post").certainly_absent()


async def test_what_cannot_be_written_down_does_not_go_out(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    place.write_text("no folder")
    with pytest.raises(Unavailable, match="post_not_noted"):
        await Unfinished(FileCache(place), "post").whole()
