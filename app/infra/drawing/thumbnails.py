"""Draws thumbnails and covers: few large words that are read at the size of a postage stamp."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps

from app.domain.errors import InvalidInput
from app.domain.project import Look
from app.infra.drawing.canvas import Colour, jpeg, mix
from app.infra.drawing.contents import accents_in, telling_words
from app.infra.drawing.contrast import BLACK, WHITE, ink_on
from app.infra.drawing.fonts import Face, readable
from app.infra.drawing.motif_words import motif_for
from app.infra.drawing.plans import Box, Plan
from app.infra.drawing.sheet import Sheet
from app.infra.drawing.typeset import Block, Style

THUMBNAIL = (1280, 720)
COVER = (1080, 1920)
LARGEST = 2_000_000
"""Bytes a thumbnail may have everywhere it is sent to."""
DESIGNS = 3
MOST_WORDS, MOST_LETTERS = 4, 26
SMALLEST = 112
"""Pixels of the letters: their capitals are 10 px high when the picture is 168 px wide."""
READS = 4.5


def draw_thumbnail(title: str, look: Look, picture: bytes | None = None, variant: int = 0) -> bytes:
    """Return a JPEG of 1280×720 below 2 MB; variants 0, 1, 2 are three designs.

    `picture` becomes the background: it must have come through `app.infra.picture_intake`.
    `InvalidInput` when it is no picture. Computes for about half a second: call it in a thread.
    """
    return _draw(title, look, picture, variant, THUMBNAIL)


def draw_cover(title: str, look: Look, picture: bytes | None = None, variant: int = 0) -> bytes:
    """Return an upright cover, a JPEG of 1080×1920; what matters is in its middle square."""
    return _draw(title, look, picture, variant, COVER)


def few_words(title: str) -> str:
    """Return the words of a title that stand on a thumbnail: four at most, in its own order."""
    words = title.split()
    if len(words) <= MOST_WORDS and len(title) <= MOST_LETTERS:
        return " ".join(words)
    telling = set(telling_words(title))
    best, score = words[:MOST_WORDS], -1.0
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1):
            part = words[start:end]
            if part[0] not in telling or part[-1] not in telling:
                continue
            found = sum(word in telling for word in part) - 0.35 * sum(
                word not in telling for word in part
            )
            if found > score and len(" ".join(part)) <= MOST_LETTERS:
                best, score = part, found
    return " ".join(best).strip(" ,;:.–—-")


def _draw(
    title: str, look: Look, picture: bytes | None, variant: int, size: tuple[int, int]
) -> bytes:
    told = hashlib.sha256(f"{title}\0{look}\0{variant}".encode("utf-8", "replace")).digest()
    sheet = Sheet(
        look, size, variant // DESIGNS + variant % DESIGNS, int.from_bytes(told[:8], "big")
    )
    below = _opened(picture, size) if picture else None
    words = few_words(title) if readable(title) else ""
    design = (_beside, _labels, _middle)[variant % DESIGNS]
    design(sheet, words, title, below)
    finished = sheet.finished()
    for quality in (92, 86, 78, 68, 55, 40):
        made = jpeg(finished, quality)
        if len(made) < LARGEST:
            return made
    return made


def _opened(picture: bytes, size: tuple[int, int]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as opened:
                opened.draft("RGB", size)
                fitted = ImageOps.fit(opened.convert("RGB"), size, centering=(0.5, 0.4))
    except (OSError, ValueError, Image.DecompressionBombWarning, SyntaxError) as error:
        raise InvalidInput("errors.not_a_picture") from error
    return fitted


def _beside(sheet: Sheet, words: str, title: str, below: Image.Image | None) -> None:
    """Words on the look's own ground; the picture or a motif grows out of it beside them."""
    wide, high = sheet.size
    upright = high > wide
    box: Box = (
        (0.10 * wide, 0.52 * high, 0.90 * wide, 0.74 * high) if upright
        else (0.055 * wide, 0.10 * high, 0.60 * wide, 0.90 * high)
    )  # fmt: skip
    sheet.ground()
    at = (
        (0.5 * wide, 0.34 * high, 0.36 * wide)
        if upright
        else (0.80 * wide, 0.47 * high, 0.40 * high)
    )
    if below is None:
        _motif(sheet, title, at, box)
    else:
        _grown(sheet, below, upright)
    block = _set(sheet, words, box, "center" if upright else "left", title)
    _write(sheet, block, box, "center" if upright else "left")


def _grown(sheet: Sheet, below: Image.Image, upright: bool) -> None:
    """Let a picture fade into the ground: to the left, or downward when upright."""
    pixels = np.asarray(below, np.float32) / 255
    wide, high = sheet.size
    steps = np.linspace(0, 1, high if upright else wide, dtype=np.float32)
    place = (0.56 - steps) / 0.16 if upright else (steps - 0.44) / 0.22
    part = np.clip(place, 0, 1)
    part = part * part * (3 - 2 * part)
    cover = part[:, None, None] if upright else part[None, :, None]
    if upright:
        top = sheet.canvas.pixels
        top += (pixels - top) * cover
        return
    shown = np.roll(pixels, round(0.2 * wide), axis=1)  # its middle stands in the free part
    shown[:, : round(0.2 * wide)] = pixels[:, :1]
    sheet.canvas.pixels += (shown - sheet.canvas.pixels) * cover


def _labels(sheet: Sheet, words: str, title: str, below: Image.Image | None) -> None:
    """The whole picture, and each line of the words on a strip of colour."""
    wide, high = sheet.size
    upright = high > wide
    if below is None:
        sheet.ground()
        at = (
            (0.5 * wide, 0.36 * high, 0.4 * wide)
            if upright
            else (0.66 * wide, 0.36 * high, 0.5 * high)
        )
        _motif(sheet, title, at, None)
    else:
        sheet.canvas.paste(below)
    left, right = (0.10, 0.90) if upright else (0.075, 0.84)
    box = (
        left * wide,
        (0.44 if upright else 0.16) * high,
        right * wide,
        (0.72 if upright else 0.90) * high,
    )
    style = Style(Face.BLACK, 1.22, capitals=True)
    block = sheet.setter.fit(words, style, (box[2] - box[0], box[3] - box[1]), (SMALLEST, 190),
                             most_lines=3)  # fmt: skip
    x, y = sheet.place(block, box, "left"), box[3] - block.height
    strips = (sheet.palette.accent, WHITE if sheet.palette.dark else BLACK)
    pad = 0.16 * block.size
    rows = sheet.setter.rows(block)
    for number, (start, end, base) in enumerate(rows):
        top = y + base - 0.727 * block.size - pad
        strip = (x + start - pad * 1.4, top, x + end + pad * 1.4, y + base + pad)
        colour = strips[1 if number % 2 and len(rows) > 1 else 0]
        sheet.bar(strip, colour, 1.0, 0.06 * block.size)
        _line(sheet, block, base, (x, y), ink_on(colour))


def _line(sheet: Sheet, block: Block, base: float, at: tuple[float, float], colour: Colour) -> None:
    placed = tuple(one for one in block.placed if one.y == base)
    row = Block(placed, block.size, block.width, block.height, 1, block.rtl)
    sheet.plainly(row, *at, colour)


def _middle(sheet: Sheet, words: str, title: str, below: Image.Image | None) -> None:
    """Words in the middle over the darkened picture, in a frame."""
    wide, high = sheet.size
    upright = high > wide
    box = ((0.11 if upright else 0.08) * wide, (0.34 if upright else 0.14) * high,
           (0.89 if upright else 0.92) * wide, (0.66 if upright else 0.86) * high)  # fmt: skip
    if below is None:
        sheet.ground()
        _motif(sheet, title, (0.5 * wide, 0.5 * high, 0.56 * min(sheet.size)), box)
    else:
        sheet.canvas.paste(below)
        tone = mix(sheet.palette.ground[0], BLACK, 0.5) if sheet.palette.dark else BLACK
        sheet.canvas.pixels += (np.asarray(tone, np.float32) - sheet.canvas.pixels) * 0.55
    thick = 0.014 * min(sheet.size)
    for side in ((0, 0, wide, thick), (0, high - thick, wide, high), (0, 0, thick, high),
                 (wide - thick, 0, wide, high)):  # fmt: skip
        sheet.bar(side, sheet.palette.accent)
    block = _set(sheet, words, box, "center", title)
    _write(sheet, block, box, "center", light=below is not None or sheet.palette.dark)


def _motif(sheet: Sheet, title: str, at: tuple[float, float, float], calm: Box | None) -> None:
    wide, high = sheet.size
    plan = Plan((0, 0, wide, high), "middle", "left", at, 1.0, (0.0, high * 1.2, wide, high * 1.3))
    sheet.motif(motif_for(title, sum(map(ord, title))), plan, calm)


def _set(sheet: Sheet, words: str, box: Box, align: str, title: str) -> Block:
    style = Style(Face.BLACK, 0.98, capitals=True)
    marks: Sequence[str] = accents_in(words) or accents_in(title)
    return sheet.setter.fit(words, style, (box[2] - box[0], box[3] - box[1]), (SMALLEST, 250),
                            most_lines=4, align=align, marks=marks)  # fmt: skip


def _write(sheet: Sheet, block: Block, box: Box, align: str, *, light: bool | None = None) -> None:
    """Write the words in their box, after what lies behind them was made calm enough to read."""
    light = sheet.palette.dark if light is None else light
    ink = WHITE if light else BLACK
    x = sheet.place(block, box, align)
    y = (box[1] + box[3] - block.height) / 2
    around = (max(0.0, x - 20), max(0.0, y - 20), x + block.width + 20, y + block.height + 20)
    sheet.calm(around, ink, READS + 1.5, READS)
    sheet.put(block, x, y, ink, sheet.accent)
