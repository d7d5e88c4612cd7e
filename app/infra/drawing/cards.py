"""Draws the cards a video shows where it has no picture: the door of this package."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.domain.project import Look, Scene
from app.infra.drawing.canvas import jpeg
from app.infra.drawing.contents import accents_in, number_in, read
from app.infra.drawing.fonts import readable
from app.infra.drawing.layouts import arrange
from app.infra.drawing.motif_words import motif_for
from app.infra.drawing.plans import MARGIN, OVERSIZE, card_size, plain_plan, plan_for
from app.infra.drawing.sheet import Sheet

__all__ = [
    "ENDING",
    "KINDS",
    "MARGIN",
    "OVERSIZE",
    "CardWish",
    "card_size",
    "choose_kind",
    "draw_card",
    "wish_for",
]

KINDS = ("title", "quote", "list", "number", "diagram", "plain")
ENDING = "jpg"
LARGEST = 4096
READS, ACCENT_READS = 4.6, 3.0
"""Contrast of words with what lies behind them; the lifted one is large and bold."""
_NEEDS_ROOM = frozenset({"list", "diagram"})


@dataclass(frozen=True, slots=True)
class CardWish:
    """A card to draw. `size` is that of the card: `card_size` gives it for a shape of video.

    `kind` is one of `KINDS`, or empty: what the words look like. `about` chooses the motif
    (narration, prompt); `small` is a short line above; of `accents` the words are lifted by
    colour. Other variants of the same wish have another layout and other colours.
    """

    text: str
    look: Look
    size: tuple[int, int]
    kind: str = ""
    variant: int = 0
    accents: tuple[str, ...] = ()
    about: str = ""
    small: str = ""


def choose_kind(scene: Scene, index: int, count: int) -> str:
    """Return which kind of card suits a scene, the `index`-th (from 0) of `count`."""
    shown = scene.on_screen_text.strip()
    if shown:
        kind = read(shown).kind
        return kind if kind != "title" or index else "title"
    if 0 < index < count - 1 and number_in(scene.narration):
        return "number"
    return "title" if index in (0, count - 1) or scene.title else "plain"


def wish_for(
    scene: Scene, index: int, count: int, look: Look, size: tuple[int, int], variant: int = 0
) -> CardWish:
    """Return the card of a scene: its words, its kind, its motif; `variant` 0, 1, 2… differ."""
    kind = choose_kind(scene, index, count)
    text = scene.on_screen_text.strip() or scene.title.strip()
    amount = number_in(scene.narration)
    if kind == "number" and amount and not scene.on_screen_text.strip():
        text = f"{amount.figure} {amount.label}"
    about = f"{scene.title} {scene.visual_prompt} {scene.narration} {scene.on_screen_text}"
    return CardWish(text, look, size, kind, variant, about=about)


def draw_card(wish: CardWish) -> bytes:
    """Return the card as a JPEG; the same wish gives the same bytes.

    It computes for about a second and waits for nothing: call it in a thread or a process.
    `ValueError` for a size nobody can want.
    """
    if not all(64 <= side <= LARGEST for side in wish.size):
        raise ValueError(wish.size)
    variant = max(0, wish.variant)
    told = read(wish.text if readable(wish.text) else "", wish.kind)
    about = f"{wish.text} {wish.about}"
    sheet = Sheet(wish.look, wish.size, variant, _seed(wish))
    motif = motif_for(about, _seed(wish, variant=False))
    sheet.ground()
    if told.kind == "plain":
        sheet.motif(motif, plain_plan(wish.size, variant), None)
        return jpeg(sheet.finished())
    plan = plan_for(wish.size, variant, full=told.kind in _NEEDS_ROOM)
    marks = wish.accents or (accents_in(told.text) if told.kind != "quote" else ())
    box, draw = arrange(sheet, plan, told, marks, wish.small)
    sheet.motif(motif, plan, box)
    sheet.calm(box, sheet.palette.ink, READS, ACCENT_READS)
    draw()
    return jpeg(sheet.finished())


def _seed(wish: CardWish, *, variant: bool = True) -> int:
    told = f"{wish.text}\0{wish.about}\0{wish.look}\0{wish.variant if variant else ''}"
    return int.from_bytes(hashlib.sha256(told.encode("utf-8", "replace")).digest()[:8], "big")
