from __future__ import annotations

import asyncio
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from app.domain.errors import InvalidInput
from app.domain.project import Brief, Look, Scene, Shape
from app.infra.drawing.artist import Artist
from app.infra.drawing.canvas import Array
from app.infra.drawing.contrast import luminance
from app.infra.drawing.plans import card_size
from app.infra.drawing.thumbnails import (
    DESIGNS,
    LARGEST,
    draw_cover,
    draw_thumbnail,
    few_words,
)
from tests.unit.infra.drawing.ink import Written, watched

STAMP = (168, 94)
TITLE = "Why time runs slower in your kitchen"


def photograph(kind: str, size: tuple[int, int] = (960, 540)) -> bytes:
    """A picture that is hard to write on: bright, dark, or restless."""
    chance = np.random.default_rng(4)
    values = {
        "bright": np.full((size[1], size[0], 3), 244.0),
        "dark": np.full((size[1], size[0], 3), 12.0),
        "restless": chance.integers(0, 256, (size[1] // 30, size[0] // 30, 3)).astype(float),
    }[kind]
    out = io.BytesIO()
    made = Image.fromarray(values.astype(np.uint8)).resize(size, Image.Resampling.NEAREST)
    made.save(out, "JPEG", quality=90)
    return out.getvalue()


PICTURES = {"none": None, **{kind: photograph(kind) for kind in ("bright", "dark", "restless")}}
WAYS = [
    *((look, "none") for look in Look),
    *((look, kind) for look in (Look.NEON, Look.PAPER) for kind in PICTURES if kind != "none"),
]
"""Without a picture each look has a ground of its own; on one, light and dark looks differ."""


def small_contrast(small: Array, one: Written, size: tuple[int, int]) -> float:
    """How a text stands out of what is around it when the picture is as small as a stamp."""
    mask = one.on(size).resize(STAMP, Image.Resampling.BOX)
    around = mask.filter(ImageFilter.MaxFilter(3))
    core, ring = np.asarray(mask) > 190, (np.asarray(around) > 60) & (np.asarray(mask) < 25)
    letters, beside = (float(np.median(luminance(small[part]))) + 0.05 for part in (core, ring))
    return max(letters, beside) / min(letters, beside)


@pytest.mark.parametrize("variant", range(DESIGNS))
@pytest.mark.parametrize(("look", "kind"), WAYS)
def test_it_reads_at_the_size_of_a_stamp(
    monkeypatch: pytest.MonkeyPatch, look: Look, variant: int, kind: str
) -> None:
    with watched(monkeypatch) as written:
        made = draw_thumbnail(TITLE, look, PICTURES[kind], variant)
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size, len(made) < LARGEST) == ("JPEG", (1280, 720), True)
    small: Array = np.asarray(picture.resize(STAMP, Image.Resampling.BOX), np.float32)
    small = (small / 255).astype(np.float32)
    assert written
    for one in written:
        assert one.box is not None
        left, top, right, bottom = one.box
        assert (left >= 30, top >= 20, right <= 1250, bottom <= 700) == (True,) * 4
        lines = len({placed.y for placed in one.block.placed})
        tall = (bottom - top - (lines - 1) * 1.3 * one.block.size) * STAMP[1] / 720
        capitals = 0.727 * one.block.size * STAMP[1] / 720
        assert capitals >= 9
        assert lines > 1 or tall >= 9  # what was really drawn, not only what was meant
        assert small_contrast(small, one, picture.size) >= 3


def test_a_picture_that_presses_badly_still_stays_below_the_limit() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (720, 1280, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "PNG", compress_level=1)
    made = draw_thumbnail("Noise", Look.MONO, out.getvalue(), 1)
    assert len(made) < LARGEST
    assert Image.open(io.BytesIO(made)).size == (1280, 720)


def test_three_designs_differ_and_the_same_one_is_the_same() -> None:
    made = [draw_thumbnail(TITLE, Look.NEON, None, variant) for variant in range(DESIGNS)]
    assert len(set(made)) == DESIGNS
    assert draw_thumbnail(TITLE, Look.NEON, None, 1) == made[1]


@pytest.mark.parametrize("variant", range(DESIGNS))
def test_what_matters_on_a_cover_is_in_its_middle_square(
    monkeypatch: pytest.MonkeyPatch, variant: int
) -> None:
    with watched(monkeypatch) as written:
        made = draw_cover(TITLE, Look.DUSK, PICTURES["restless"], variant)
    picture = Image.open(io.BytesIO(made))
    assert picture.size == (1080, 1920)
    for one in written:
        assert one.box is not None
        left, top, right, bottom = one.box
        assert (left >= 60, right <= 1020) == (True, True)
        assert (top >= 420, bottom <= 1500) == (True, True)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (TITLE, "time runs slower"), ("GPS lies", "GPS lies"),
        ("The mountain that nobody has ever climbed", "nobody has ever climbed"),
        ("What is it and why is it so?", "What is it and"), ("", ""),
        ("Pourquoi le temps ralentit dans votre cuisine", "Pourquoi le temps ralentit"),
    ],
)  # fmt: skip
def test_few_words_are_chosen(title: str, words: str) -> None:
    assert few_words(title) == words
    assert len(few_words(title).split()) <= 4


def test_what_is_no_picture_is_told() -> None:
    with pytest.raises(InvalidInput):
        draw_thumbnail("x", Look.DUSK, b"no picture at all", 0)


async def test_the_artist_draws_what_the_studio_asks_for(tmp_path: Path) -> None:
    artist = Artist()
    brief = Brief("Time", shape=Shape.SQUARE, look=Look.PAPER)
    scene = Scene("1", "Right now a clock is slower.", title="Hook")
    card, other = await asyncio.gather(
        *(artist.card(scene, (0, 3), brief, variant) for variant in (0, 1))
    )
    assert Image.open(io.BytesIO(card)).size == card_size(Shape.SQUARE)
    assert card != other
    webp, broken = tmp_path / "own.webp", tmp_path / "broken.jpg"
    Image.new("RGB", (800, 600), (200, 30, 30)).save(webp)
    broken.write_bytes(b"\xff\xd8\xff nothing")
    drawn = [
        await artist.thumbnail("GPS lies", Look.MONO, place, 1)
        for place in (webp, broken, tmp_path / "gone.png")
    ]
    assert drawn[0] != drawn[1] == drawn[2] == draw_thumbnail("GPS lies", Look.MONO, None, 1)
    cover = await artist.cover("GPS lies", Look.MONO, webp, 1)
    assert Image.open(io.BytesIO(cover)).size == (1080, 1920)
