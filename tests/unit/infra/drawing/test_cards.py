from __future__ import annotations

import hashlib
import io
import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.domain.project import Look, Scene, Shape
from app.infra.drawing.canvas import Canvas
from app.infra.drawing.cards import (
    ACCENT_READS,
    READS,
    CardWish,
    card_size,
    choose_kind,
    draw_card,
    wish_for,
)
from app.infra.drawing.contents import read
from app.infra.drawing.contrast import worst
from app.infra.drawing.layouts import arrange
from app.infra.drawing.motif_words import Motif
from app.infra.drawing.plans import plan_for
from app.infra.drawing.sheet import Sheet
from tests.unit.infra.drawing.ink import watched

ROOT = Path(__file__).resolve().parents[4]
UPRIGHT, WIDE, SQUARE = (300, 534), (534, 300), (340, 340)
TITLE = CardWish("Why time runs slower in your kitchen", Look.DUSK, UPRIGHT)
LONG = "A text that somebody pasted into a field meant for three words, " * 8
WISHES = (
    ("title", "Why time runs slower in your kitchen"),
    ("title", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"),
    ("title", LONG),
    ("quote", f"“{LONG[:200]}” — Somebody with a long name, of a long institution"),
    ("list", "Three ways:\n1. A clock on the roof\n2. " + LONG[:120] + "\n3. x"),
    ("number", "1,234,567,890 km of something that takes many words to be told"),
    ("diagram", "How high; Everest: 8,849 m; Mont Blanc with a longer name: 4,806 m; Hill: 9 m"),
    ("diagram", "1905: special relativity; 1915: " + LONG[:90] + "; 1971: atomic clocks fly"),
    ("title", "لماذا يمر الوقت ببطء في مطبخك مع GPS"),
    ("list", "ثلاث طرق:\n1. ساعة على السطح\n2. أقمار\n3. رواد"),
)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_card_is_larger_than_the_frame_and_a_good_jpeg() -> None:
    wish = CardWish("Slower", Look.PAPER, card_size(Shape.PORTRAIT))
    picture = opened(draw_card(wish))
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1242, 2208), "RGB")
    for shape in Shape:
        wide, high = card_size(shape)
        assert (wide % 2, high % 2) == (0, 0)
        assert wide / shape.size[0] == pytest.approx(1.15, abs=0.01)
        assert wide / high == pytest.approx(shape.size[0] / shape.size[1], abs=0.01)


def test_the_same_wish_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, sys\n"
        "from app.domain.project import Look\n"
        "from app.infra.drawing.cards import CardWish, draw_card\n"
        "wish = CardWish(sys.argv[1], Look.DUSK, (300, 534))\n"
        "sys.stdout.write(hashlib.sha256(draw_card(wish)).hexdigest())\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, TITLE.text],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, check=True,
        text=True,
    ).stdout  # fmt: skip
    assert told == hashlib.sha256(draw_card(TITLE)).hexdigest()


@pytest.mark.parametrize("look", Look)
def test_variants_and_looks_differ_visibly(look: Look) -> None:
    def small(variant: int, other: Look = look) -> np.ndarray:
        wish = CardWish(TITLE.text, other, (216, 384), variant=variant, about="a clock")
        return np.asarray(opened(draw_card(wish)).resize((27, 48)), np.float32)

    cards = [small(variant) for variant in range(4)]
    for one, other in itertools.combinations(cards, 2):
        assert np.abs(one - other).mean() > 6
    for other_look in set(Look) - {look}:
        assert np.abs(cards[0] - small(0, other_look)).mean() > 6


@pytest.mark.parametrize("size", [UPRIGHT, WIDE, SQUARE], ids=["9:16", "16:9", "1:1"])
@pytest.mark.parametrize(("kind", "text"), WISHES, ids=range(len(WISHES)))
def test_words_stay_where_the_zoom_never_cuts_and_captions_never_lie(
    monkeypatch: pytest.MonkeyPatch, kind: str, text: str, size: tuple[int, int]
) -> None:
    for variant in range(4):
        told = read(text, kind)
        plan = plan_for(size, variant, full=told.kind in ("list", "diagram"))
        with watched(monkeypatch) as written:
            arrange(Sheet(Look.MONO, size, variant, 5), plan, told, ("time",), "Part 2 of 5")[1]()
        assert written
        lowest = 0.67 if size is UPRIGHT else 0.78
        for one in written:
            assert one.box is not None
            left, top, right, bottom = one.box
            assert left >= 0.115 * size[0]
            assert right <= 0.885 * size[0]
            assert top >= 0.10 * size[1]
            assert bottom <= lowest * size[1]


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("size", [UPRIGHT, WIDE, SQUARE], ids=["9:16", "16:9", "1:1"])
def test_words_read_on_what_lies_behind_them(look: Look, size: tuple[int, int]) -> None:
    for variant in range(4):
        for full in (False, True) if variant == 0 else (False,):
            plan = plan_for(size, variant, full=full)
            sheet = Sheet(look, size, variant, 5)
            sheet.ground()
            sheet.motif(Motif.CLOCK, plan, plan.words)
            sheet.calm(plan.words, sheet.palette.ink, READS, ACCENT_READS)
            left, top, right, bottom = (round(side) for side in plan.words)
            behind = sheet.canvas.pixels[top:bottom, left:right]
            assert worst(sheet.palette.ink, behind) > 4.5, (variant, full)
            assert worst(sheet.accent, behind) >= 3, (variant, full)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("motif", [Motif.NET, Motif.CITY, Motif.CLOCK])
def test_the_place_of_the_captions_is_calm(look: Look, motif: Motif) -> None:
    for variant in range(4):
        plan = plan_for(UPRIGHT, variant)
        bare, full = (Sheet(look, UPRIGHT, variant, 5) for _ in range(2))
        bare.ground()
        full.ground()
        full.motif(motif, plan, None)
        added = np.abs(full.canvas.pixels - bare.canvas.pixels).mean(axis=2)
        below = added[round(0.72 * UPRIGHT[1]) :]
        assert float(np.quantile(below, 0.995)) < 0.25
        assert below.mean() < 0.02


def test_a_slow_gradient_has_no_bands() -> None:
    canvas = Canvas((640, 400), 3)
    ramp = np.linspace(0.500, 0.515, 640, dtype=np.float32)
    canvas.pixels[:] = ramp[None, :, None]
    values = np.asarray(canvas.finished(), np.float32).mean(axis=(0, 2))
    assert np.abs(values - (ramp * 255)).max() < 0.25  # rounding alone is wrong by up to a half


def test_without_words_or_letters_for_them_the_motif_stands_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for text in ("", "   ", "\U00013000\U00013001\uee00\uee01\uee02"):
        with watched(monkeypatch) as written:
            picture = opened(draw_card(CardWish(text, Look.NEON, UPRIGHT, about="a planet")))
        assert written == []
        assert picture.size == UPRIGHT


@pytest.mark.parametrize("size", [(0, 100), (100, -4), (9000, 100)])
def test_absurd_sizes_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        draw_card(CardWish("x", Look.DUSK, size))


@pytest.mark.parametrize(
    ("scene", "index", "kind"),
    [
        (Scene("1", "Right now a clock is slower.", title="Hook"), 0, "title"),
        (Scene("2", "Every satellite corrects 38 microseconds each day.", title="GPS"), 2,
         "number"),
        (Scene("3", "He said it.", on_screen_text="“Time is what a clock reads.” — Einstein"), 1,
         "quote"),
        (Scene("4", "x", on_screen_text="1905: a; 1915: b"), 1, "diagram"),
        (Scene("5", "x", on_screen_text="1. a\n2. b\n3. c"), 1, "list"),
        (Scene("6", "In 1971 two men flew."), 2, "plain"),
        (Scene("7", "Subscribe."), 4, "title"),
    ],
)  # fmt: skip
def test_the_kind_follows_from_the_scene(scene: Scene, index: int, kind: str) -> None:
    assert choose_kind(scene, index, 5) == kind


def test_a_number_of_the_narration_becomes_the_card() -> None:
    scene = Scene("2", "Every satellite corrects 38 microseconds each day, by itself.", title="GPS")
    wish = wish_for(scene, 2, 5, Look.DUSK, UPRIGHT, 3)
    assert (wish.text, wish.kind, wish.variant) == ("38 microseconds each day", "number", 3)
    assert "satellite" in wish.about
