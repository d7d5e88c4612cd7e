"""Text in the pictures of real films, read by the real tesseract; and films without any."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.infra.frame_text import FRAMES, FrameReader, FrameTexts, _moments, lines_of

pytestmark = pytest.mark.timeout(180)  # many small programs, one after the other
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract-ocr is not installed"
)


def film(path: Path, picture: str) -> Path:
    """Twelve seconds of a picture, as lavfi describes it."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture, "-t", "12", "-c:v", "mpeg4",
         "-q:v", "3", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


def said(text: str, begin: int, end: int) -> str:
    return (
        f"drawtext=text='{text}':fontsize=32:fontcolor=white:x=(w-tw)/2:y=(h-th)/2"
        f":enable='between(t,{begin},{end})'"
    )


@needs_tesseract
async def test_titles_of_a_film_are_read_once_each(tmp_path: Path) -> None:
    texts = ("Baking bread at home", "Step two the dough", "Une recette de famille")
    drawn = ",".join(said(text, 4 * n, 4 * n + 4) for n, text in enumerate(texts))
    path = film(tmp_path / "a film'.mkv", f"color=c=navy:s=640x360:r=5,{drawn}")
    steps: list[tuple[int, int]] = []
    told = await FrameReader(3).texts(
        os.fsencode(path), 12.0, lambda done, all_: steps.append((done, all_))
    )
    assert told == FrameTexts(texts, 3, able=True)
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


@needs_tesseract
async def test_pictures_without_words_say_nothing(tmp_path: Path) -> None:
    path = film(tmp_path / "plain.mkv", "mandelbrot=s=320x180:r=5")
    told = await FrameReader(3).texts(os.fsencode(path), 12.0)
    assert told == FrameTexts((), 3, able=True)


@needs_tesseract
async def test_what_has_no_pictures_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.mkv"
    path.write_bytes(b"\x1a\x45\xdf\xa3" + b"nothing" * 100)
    assert await FrameReader().texts(os.fsencode(path), 0.0) == FrameTexts((), 0, able=True)
    with pytest.raises(NotFound):
        await FrameReader().texts(os.fsencode(tmp_path / "gone.mkv"), 5.0)


@needs_tesseract
async def test_a_cancel_leaves_nothing_running(tmp_path: Path) -> None:
    path = film(tmp_path / "some.mkv", "color=c=navy:s=320x200:r=5")
    reader = FrameReader()
    begun = asyncio.Event()
    task = asyncio.create_task(
        reader.texts(os.fsencode(path), 12.0, lambda done, _all: begun.set() if done else None)
    )
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await reader.texts(os.fsencode(path), 1.0)).frames == 1


def test_frames_are_spread_over_a_film() -> None:
    assert _moments(1_200.0, 4) == [150.0, 450.0, 750.0, 1_050.0]
    assert len(_moments(7_200.0, FRAMES)) == 12
    assert _moments(2.5, 12) == [0.625, 1.875]
    for unknown in (0.0, -1.0, float("inf"), float("nan")):
        assert _moments(unknown, 12) == [0.0]


async def test_without_tesseract_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some.mkv"
    path.write_bytes(b"film")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await FrameReader().texts(os.fsencode(path), 12.0) == FrameTexts(able=False)


def test_only_what_is_sure_and_a_word_is_kept() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        ("1", "1", "95.2", "Night"), ("1", "1", "91", "train"), ("1", "1", "31", "xqz"),
        ("2", "1", "96", "12:40"), ("3", "1", "90", "|__"), ("4", "1", "-1", ""),
        ("5", "1", "nan?", "odd"), ("6", "1", "99", "\u202eevil\x07word"),
    ]  # fmt: skip
    table = "\n".join([
        head, *("\t".join(["5", "1", b, p, "1", "1", "0", "0", "9", "9", c, t])
                for b, p, c, t in rows), "5\t1",
    ])  # fmt: skip
    assert lines_of(table) == ["Night train", "evilword"]
    assert lines_of("") == []
