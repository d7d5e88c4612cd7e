"""What a render does when something is wrong, when it is called off, and when all is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.domain.errors import AppError, NotFound, ToolFailed, Unavailable
from app.domain.timeline import Music, Shot, ShotKind, Timeline
from app.infra.montage.montage import Montage
from app.runtime.children import Limits
from tests.fakes.montage import SMALL, picture, probed, shot, spoken, texture, video, voice

ROOT = Path(__file__).parents[4]
PATIENCE = 50.0


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


def long_one(tmp_path: Path) -> Timeline:
    seen = texture(tmp_path / "1.png")
    return video([shot(seen, 4.0, str(number)) for number in range(60)])


async def test_a_file_that_is_broken_or_gone_is_told_with_its_scene(tmp_path: Path) -> None:
    good = picture(tmp_path / "good.png", (9, 9, 9))
    bad = tmp_path / "bad.bin"
    bad.write_bytes(b"#EXTM3U\nfile:///etc/passwd\n" * 40)
    cut = tmp_path / "cut.png"
    cut.write_bytes(Path(texture(tmp_path / "t.png")).read_bytes()[:60])
    film = Shot("two", ShotKind.FILM, str(bad), 1.0, fade=0.0)
    gone = str(tmp_path / "gone.png")
    cases: list[tuple[Timeline, type[AppError], str, str | None]] = [
        (video([shot(good, 1), shot(gone, 1, "two")]), NotFound, "errors.montage_gone", "two"),
        (video([shot(good, 1), shot(str(bad), 1, "two")]), ToolFailed, "errors.montage_asset",
         "two"),
        (video([shot(str(cut), 1, "one")]), ToolFailed, "errors.montage_asset", "one"),
        (video([shot(good, 1), film]), ToolFailed, "errors.montage_asset", "two"),
        (video([shot(good, 1)], [spoken(str(bad), 1, scene="six")]), ToolFailed,
         "errors.montage_asset", "six"),
        (Timeline(video([]).shape, (shot(good, 1),), (), Music(str(bad))), ToolFailed,
         "errors.montage_music", None),
    ]  # fmt: skip
    montage = Montage(tmp_path / "cache", cores=1)
    for told, kind, key, scene in cases:
        with pytest.raises(kind) as caught:
            await montage.render(told, tmp_path / "out.mp4", wish=SMALL)
        assert caught.value.key == key
        assert caught.value.args_map.get("scene") == scene
    assert not (tmp_path / "out.mp4").exists()
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"made"}


async def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    montage = Montage(tmp_path / "cache", cores=1, limits=Limits(file_size=20_000))
    with pytest.raises(Unavailable) as caught:
        await montage.render(long_one(tmp_path), tmp_path / "out.mp4", wish=SMALL)
    assert caught.value.key == "errors.montage_disk_full"
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "out.mp4").exists()


async def test_called_off_it_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    begun = asyncio.Event()
    montage = Montage(tmp_path / "cache")
    work = asyncio.ensure_future(
        montage.render(
            long_one(tmp_path), tmp_path / "out.mp4", wish=SMALL,
            on_progress=lambda _share: begun.set(),
        )
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
    children = psutil.Process().children(recursive=True)
    assert children
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not [one for one in children if one.is_running() and one.status() != "zombie"]
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"made"}
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "out.mp4").exists()


KILLED = """
import asyncio, sys
from pathlib import Path
from app.infra.montage.montage import Montage
from tests.fakes.montage import SMALL, shot, video
told = video([shot(sys.argv[1], 4.0, str(number)) for number in range(12)])
asyncio.run(Montage(Path(sys.argv[2])).render(told, Path(sys.argv[3]), wish=SMALL))
"""


async def test_killed_in_its_middle_what_was_finished_stays_good(tmp_path: Path) -> None:
    seen, cache, out = texture(tmp_path / "1.png"), tmp_path / "cache", tmp_path / "out.mp4"
    station = subprocess.Popen(  # noqa: ASYNC220 - it is to be killed, not awaited
        [sys.executable, "-c", KILLED, seen, str(cache), str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    await until(lambda: len(list(cache.glob("made/*.mp4"))) >= 1)
    family = psutil.Process(station.pid).children(recursive=True)
    station.send_signal(signal.SIGKILL)
    station.wait()
    await until(lambda: not [one for one in family if one.is_running()])
    kept = len(list(cache.glob("made/*.mp4")))
    told = video([shot(seen, 4.0, str(number)) for number in range(12)])
    report = await Montage(cache).render(told, out, wish=SMALL)
    assert report.segments == 24
    # pieces that are alike are rendered once
    assert report.rendered == 2 - kept
    assert probed(out)["streams"][0]["nb_frames"] == str(12 * 120)
    assert {path.name for path in cache.iterdir()} == {"made"}
    assert not list(tmp_path.rglob("*.part"))


async def test_a_kept_piece_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    told = video(
        [shot(texture(tmp_path / "1.png"), 3.0)], [spoken(voice(tmp_path / "v.wav", 1), 1)]
    )
    montage, out = Montage(tmp_path / "cache", cores=1), tmp_path / "out.mp4"
    await montage.render(told, out, wish=SMALL)
    whole = out.read_bytes()
    piece = sorted((tmp_path / "cache" / "made").glob("*.mp4"))[0]
    piece.write_bytes(piece.read_bytes()[:400])
    report = await montage.render(told, out, wish=SMALL)
    assert report.rendered == 1
    assert out.read_bytes() == whole


async def test_the_oldest_pieces_go_when_there_are_too_many(tmp_path: Path) -> None:
    montage = Montage(tmp_path / "cache", cores=1, most_bytes=1)
    told = video([shot(texture(tmp_path / "1.png"), 1.0)])
    await montage.render(told, tmp_path / "out.mp4", wish=SMALL)
    assert not list((tmp_path / "cache" / "made").iterdir())
