"""What is drawn into frames: moves finer than pixels, letters that stay inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.domain.project import Look, Shape
from app.infra.montage import overlays
from app.infra.montage.captions import SAFE
from app.infra.montage.letters import Inscription, band_of, document
from app.infra.montage.sources import Planes, Still, split

SIZE = (270, 480)
HOSTILE = (
    ("W" * 90,),
    ("Donaudampfschifffahrtsgesellschaftskapitän", "MWMWMWMWMWMW"),
    ("WWWWWWWWWWWWWWWWWWWWWW", "WWWWWWWWWWWWWWWWWWWWWW", "MMMMMMMMMMMM", "@@@@@@@@"),
    (r"{\pos(0,0)\fs400}", r"\N\N\N\N\h", r"{\an7}x", "a\\"),
    ("שלום", "עולם", "مرحبا", "بالعالم"),
    ("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "かな"),
    ("😀", "\x1b[31m", "a\nb", ""),
)

ROWS, COLUMNS = np.indices((SIZE[1], SIZE[0])) + 0.5


def told(zooms: tuple[float, float], x: float = 0.5, y: float = 0.5, frames: int = 240) -> Any:
    return {
        "asset": "a" * 64, "scene": "one", "frames": frames, "x": x, "y": y,
        "zoom_from": zooms[0], "zoom_to": zooms[1],
    }  # fmt: skip


def blank() -> Planes:
    return split(np.zeros(SIZE[0] * SIZE[1] * 3 // 2, np.uint8), *SIZE)


def blob(path: Path, x: float, y: float) -> Path:
    """A soft bright spot at a share of the picture."""
    across = np.arange(1080)[None] + 0.5 - x * 1080
    down = np.arange(1920)[:, None] + 0.5 - y * 1920
    light = 220 * np.exp(-(across**2 + down**2) / (2 * 24**2))
    assert cv2.imwrite(str(path), np.repeat(light[:, :, None], 3, 2).astype(np.uint8))
    return path


def middle(plane: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Where the spot is: the middle of the light above its ground, in pixels."""
    light = np.clip(plane.astype(np.float32) - 24, 0, None).astype(np.float64)
    rows, columns = ROWS, COLUMNS
    return (light * columns).sum() / light.sum(), (light * rows).sum() / light.sum()


@pytest.mark.parametrize("zooms", [(1.0, 1.12), (1.15, 1.0)])
def test_a_slow_zoom_does_not_tremble(tmp_path: Path, zooms: tuple[float, float]) -> None:
    picture = blob(tmp_path / "spot.png", 0.22, 0.31)
    still = Still(picture, told(zooms), *SIZE, tmp_path)
    canvas = blank()
    off = []
    for number in range(240):
        still.draw(number, canvas)
        zoom = zooms[0] + (zooms[1] - zooms[0]) * number / 239
        found = middle(canvas[0])
        for where, share, size in zip(found, (0.22, 0.31), SIZE, strict=True):
            off.append(where - (0.5 + (share - 0.5) * zoom) * size)
    errors = np.array(off).reshape(-1, 2)
    steps = errors - errors.mean(axis=0)
    assert np.sqrt((steps**2).mean(axis=0)).max() <= 0.02  # pixels
    assert np.abs(errors).max() <= 0.6  # its cut to the shape is in whole pixels


def test_the_point_of_a_motion_stays_where_it_is(tmp_path: Path) -> None:
    picture = blob(tmp_path / "spot.png", 0.3, 0.7)
    still = Still(picture, told((1.0, 1.4), 0.3, 0.7), *SIZE, tmp_path)
    canvas = blank()
    for number in (0, 100, 239):  # begin, in its middle, end
        still.draw(number, canvas)
        x, y = middle(canvas[0])
        assert abs(x - 0.3 * SIZE[0]) < 0.6
        assert abs(y - 0.7 * SIZE[1]) < 0.6


def test_colours_are_those_of_the_picture_and_keep_their_place(tmp_path: Path) -> None:
    drawn = np.zeros((1920, 1080, 3), np.uint8)
    drawn[400:600, 300:500] = (0, 0, 255)
    assert cv2.imwrite(str(tmp_path / "red.png"), drawn)
    canvas = blank()
    Still(tmp_path / "red.png", told((1.0, 1.2)), *SIZE, tmp_path).draw(0, canvas)
    assert abs(int(canvas[0][125, 100]) - 63) <= 2  # red by bt709
    assert abs(int(canvas[1][62, 50]) - 102) <= 2
    assert abs(int(canvas[2][62, 50]) - 240) <= 2
    red = canvas[2] > 184
    rows, columns = np.where(red)
    assert abs(columns.min() - 37.5) <= 1
    assert abs(rows.min() - 50) <= 1


@pytest.mark.parametrize(("shape", "look"), list(zip(Shape, list(Look)[1:], strict=True)))
def test_no_letters_leave_the_safe_part_of_the_picture(
    tmp_path: Path, shape: Shape, look: Look
) -> None:
    width, height = shape.size
    band = band_of(shape, width, height)
    shown = [Inscription(words, 0) for words in HOSTILE]
    shown.append(Inscription(("A picture by somebody with a long name " * 5, r"{\an9}") * 9))
    (tmp_path / "l.ass").write_text(document(look, band, shown), "utf-8")
    tops = [band.credits_top if one.credits else band.caption_top for one in shown]
    outs = [tmp_path / str(number) for number in range(len(shown))]
    list(overlays.draw(tmp_path, "l.ass", band.width, band.height, tops, outs))
    safe = SAFE[shape]
    for number, out in enumerate(outs):
        overlay = overlays.load(out)
        if number == len(HOSTILE) - 1:
            continue  # next to nothing is left of it
        assert overlay is not None
        high, wide = overlay.keep[0].shape
        assert overlay.x >= width * safe.side * 0.9, HOSTILE[number : number + 1]
        assert overlay.x + wide <= width * (1 - safe.side * 0.9), HOSTILE[number : number + 1]
        assert overlay.y >= height * safe.top - 2
        assert overlay.y + high <= height * (1 - safe.bottom) + band.letter // 3
        # whole letters, not such that the edge of the band has cut
        within = overlay.y - tops[number]
        assert within > 0
        assert within + high < band.height


def test_letters_are_in_the_colours_of_the_look(tmp_path: Path) -> None:
    band = band_of(Shape.PORTRAIT, 1080, 1920)
    text = document(Look.DUSK, band, [Inscription(("III",), 0)])
    (tmp_path / "l.ass").write_text(text, "utf-8")
    list(overlays.draw(tmp_path, "l.ass", 1080, band.height, [1000], [tmp_path / "o"]))
    overlay = overlays.load(tmp_path / "o")
    assert overlay is not None
    flat = split(np.full(1080 * 1920 * 3 // 2, 128, np.uint8), 1080, 1920)
    overlay.lay_on(flat)
    y, x = np.unravel_index(np.argmax(flat[0]), flat[0].shape)
    assert abs(int(flat[0][y, x]) - 181) <= 4  # FFB45E in bt709
    assert flat[0].min() < 40  # its border
    assert (flat[0][: overlay.y] == 128).all()
