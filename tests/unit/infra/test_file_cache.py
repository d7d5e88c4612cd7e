from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.infra.file_cache import FileCache


async def test_what_is_put_is_found_until_it_is_old(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache")
    assert await cache.get("a") is None
    await cache.put("a", b"one", 60)
    assert await FileCache(tmp_path / "cache").get("a") == b"one"
    await cache.put("a", b"two", -1)
    assert await cache.get("a") is None


async def test_the_oldest_go_first(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", most=1000)
    for place, name in enumerate("abcd"):
        await cache.put(name, bytes(240), 60)
        for path in (tmp_path / "cache").iterdir():
            if path.stat().st_mtime > 1000:
                os.utime(path, (place, place))
    await cache.put("e", bytes(240), 60)
    assert await cache.get("a") is None
    assert await cache.get("e") == bytes(240)
    await cache.put("large", bytes(900), 60)
    assert await cache.get("large") is None


async def test_damage_and_a_full_disk_are_misses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = FileCache(tmp_path / "cache")
    await cache.put("a", b"one", 60)
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"x")
    assert await cache.get("a") is None

    def fail(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    await cache.put("b", b"two", 60)
    assert await cache.get("b") is None
