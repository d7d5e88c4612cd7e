"""A card under way: ground, motif and words, each drawn as its look wants it."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from app.domain.project import Look
from app.infra.drawing.canvas import Canvas, Colour, Stencil, mix
from app.infra.drawing.contrast import BLACK, contrast, worst
from app.infra.drawing.fonts import Fonts
from app.infra.drawing.grounds import GRAIN, WHITE, lay_ground
from app.infra.drawing.motif_words import Motif
from app.infra.drawing.motifs import Pens, Stage, draw_motif
from app.infra.drawing.palettes import LETTERS, palette_for
from app.infra.drawing.plans import Box, Plan
from app.infra.drawing.typeset import Block, Setter, Style


class Sheet:
    """One card while it is drawn. `unit` is a thousandth of its shorter side."""

    def __init__(self, look: Look, size: tuple[int, int], variant: int, seed: int) -> None:
        self.look = look
        self.size = size
        self.unit = min(size) / 1000
        self.variant = variant
        self.palette = palette_for(look, variant)
        self.letters = LETTERS[look]
        self.accent = self.palette.accent  # of words: nearer to the ink where it would not read
        self.canvas = Canvas(size, seed)
        self.fonts = Fonts()
        self.setter = Setter(self.fonts)

    @property
    def head(self) -> Style:
        """How headlines are set."""
        return Style(self.letters.head, self.letters.leading, self.letters.capitals)

    @property
    def body(self) -> Style:
        """How longer and smaller words are set."""
        return Style(self.letters.body, 1.28)

    def ground(self) -> None:
        """Paint the ground."""
        lay_ground(self.canvas, self.look, self.palette, self.variant)

    def motif(self, motif: Motif, plan: Plan, calm: Box | None) -> None:
        """Draw a motif at its place; it steps back where there are words or captions."""
        pens = Pens(*(Stencil(self.size) for _ in range(4)))
        x, y, reach = plan.motif
        width = self.unit * (6.0 if self.look is Look.MONO else 3.6)
        draw_motif(motif, pens, Stage(x, y, reach, width, self.canvas.chance))
        veil = self.canvas.quiet(plan.captions, 0.86, 90 * self.unit)
        if calm is not None:
            around = self.canvas.quiet(calm, 0.84, 60 * self.unit)
            veil = ImageChops.multiply(veil, around)

        def seen(stencil: Stencil) -> Image.Image:
            return ImageChops.multiply(stencil.mask(), veil)

        solid = self.look in (Look.PAPER, Look.MONO)
        if pens.mass.used and (plan.loud > 0.6 or not solid):  # a pale solid shape is a stain
            self._mass(seen(pens.mass), plan.loud)
        if pens.fine.used:
            self.canvas.fill(seen(pens.fine), self.palette.line, 0.30 * plan.loud)
        if pens.line.used:
            self._line(seen(pens.line), plan.loud)
        if pens.spot.used:
            self._spot(seen(pens.spot), plan.loud)

    def calm(self, box: Box, ink: Colour, reads: float, accent_reads: float) -> None:
        """Make what lies in a box quiet enough for words of that ink, as far as they need it.

        `reads` is the contrast wanted; that of the lifted word may be lower, and its colour
        comes nearer to the ink until it has it.
        """
        left, top = max(0, round(box[0])), max(0, round(box[1]))
        part = self.canvas.pixels[top : round(box[3]), left : round(box[2])]
        against = BLACK if contrast(ink, BLACK) > contrast(ink, WHITE) else WHITE
        cover = None
        for _ in range(12):
            if worst(ink, part) >= reads:
                break
            if cover is None:
                veil = np.asarray(self.canvas.quiet(box, 1.0, 70 * self.unit), np.float32) / 255
                cover = (1 - veil)[:, :, None] * 0.14
            tone = np.asarray(mix(against, self.palette.ground[0], 0.35), np.float32)
            self.canvas.pixels += (tone - self.canvas.pixels) * cover
        self.accent = self.palette.accent
        for _ in range(8):
            if worst(self.accent, part) >= accent_reads:
                break
            self.accent = mix(self.accent, ink, 0.2)

    def put(
        self, block: Block, x: float, y: float, colour: Colour, accent: Colour | None = None
    ) -> None:
        """Write a block with its corner there; the marked words in the accent's colour."""
        self._ink(block, x, y, colour, marks=(False,))
        self._ink(block, x, y, accent or colour, marks=(True,))

    def plainly(self, block: Block, x: float, y: float, colour: Colour) -> None:
        """Write a block without shadow or light: on a strip of one colour."""
        self._ink(block, x, y, colour, marks=(False, True), soft=False)

    def place(self, block: Block, box: Box, align: str) -> float:
        """Where a block begins so that it stands in a box as aligned; from right to left, right."""
        free = box[2] - box[0] - block.width
        if align == "center":
            return box[0] + free / 2
        return box[0] + (free if block.rtl else 0.0)

    def bar(self, box: Box, colour: Colour, amount: float = 1.0, radius: float = 0.0) -> None:
        """A filled rectangle."""
        at = (math.floor(box[0]), math.floor(box[1]))
        stencil = Stencil((math.ceil(box[2]) - at[0] + 1, math.ceil(box[3]) - at[1] + 1))
        stencil.bar(box[0] - at[0], box[1] - at[1], box[2] - at[0], box[3] - at[1], radius)
        mask = stencil.mask()
        if self.look is Look.NEON and amount > 0.5:
            self.canvas.glow(mask, colour, 26 * self.unit, 0.5, at)
        self.canvas.fill(mask, colour, amount, at)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        at = (math.floor(x - radius), math.floor(y - radius))
        side = math.ceil(radius * 2) + 2
        stencil = Stencil((side, side))
        stencil.disc(x - at[0], y - at[1], radius)
        mask = stencil.mask()
        if self.look in (Look.NEON, Look.DUSK):
            self.canvas.glow(mask, colour, radius, 0.5, at)
        self.canvas.fill(mask, colour, at=at)

    def finished(self) -> Image.Image:
        """The card."""
        self.canvas.grain(GRAIN[self.look])
        return self.canvas.finished()

    def _mass(self, mask: Image.Image, loud: float) -> None:
        canvas, palette = self.canvas, self.palette
        if self.look is Look.PAPER:
            canvas.shadow(mask, 16 * self.unit, 0.32 * loud, shift=(4 * self.unit, 9 * self.unit))
            canvas.fill(mask, palette.shape, 0.96 * loud)
        elif self.look is Look.MONO:
            canvas.fill(mask, palette.shape, loud)
        elif self.look is Look.NEON:
            canvas.pour(mask, mix(palette.shape, palette.line, 0.6), palette.shape, 0.8 * loud)
        else:
            top = mix(palette.spot, palette.ground[2], 0.55)
            canvas.pour(mask, top, mix(palette.shape, palette.ground[1], 0.4), 0.86 * loud)

    def _line(self, mask: Image.Image, loud: float) -> None:
        canvas, palette = self.canvas, self.palette
        tone = palette.line
        if self.look is Look.NEON:
            canvas.glow(mask, palette.line, 44 * self.unit, 1.5 * loud)
            canvas.glow(mask, palette.line, 12 * self.unit, 0.7 * loud)
            tone = mix(palette.line, WHITE, 0.5)
        elif self.palette.dark and self.look is not Look.MONO:
            canvas.glow(mask, palette.line, 22 * self.unit, 0.55 * loud)
        canvas.fill(mask, tone, 0.9 * loud)

    def _spot(self, mask: Image.Image, loud: float) -> None:
        canvas, palette = self.canvas, self.palette
        if self.look is Look.PAPER:
            canvas.shadow(mask, 12 * self.unit, 0.30 * loud, shift=(3 * self.unit, 7 * self.unit))
        elif self.look is not Look.MONO:
            canvas.glow(mask, palette.spot, 60 * self.unit, 1.4 * loud)
        canvas.fill(mask, palette.spot, loud)

    def _ink(
        self, block: Block, x: float, y: float, tone: Colour, marks: tuple[bool, ...],
        *, soft: bool = True,
    ) -> None:  # fmt: skip
        pad = round(block.size * 0.5)
        at = (math.floor(x) - pad, math.floor(y) - pad)
        room = (math.ceil(block.width) + 2 * pad + 1, math.ceil(block.height) + 2 * pad + 1)
        mask = Image.new("L", room)
        for marked in marks:
            block.ink(ImageDraw.Draw(mask), self.fonts, x - at[0], y - at[1], marked=marked)
        if soft and self.palette.dark:
            down = (0.0, 0.04 * block.size)
            self.canvas.shadow(mask, 0.2 * block.size, 0.55, at, down)
        if soft and self.look is Look.NEON and marks == (True,):
            self.canvas.glow(mask, tone, 0.25 * block.size, 0.55, at)
        self.canvas.fill(mask, tone, at=at)
