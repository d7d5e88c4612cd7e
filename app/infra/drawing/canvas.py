"""A picture under way, in floating point: gradients, stencils, glow, shadow, grain, no bands."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Array = NDArray[np.float32]
Colour = tuple[float, float, float]
Corner = tuple[int, int]
FINE = 2
"""Stencils are drawn so many times larger, and made smooth by that."""
COARSE = 8
"""What is smooth by nature (gradients, glow) is computed so many times smaller."""


def rgb(code: str) -> Colour:
    """Return a colour from ``#RRGGBB``, each part 0 to 1."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour between two; `part` 0 is the first, 1 the second."""
    red, green, blue = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return red, green, blue


class Stencil:
    """A mask to draw on, in pixels of the picture, with smooth edges."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._image = Image.new("L", (size[0] * FINE, size[1] * FINE))
        self._draw = ImageDraw.Draw(self._image)
        self.used = False

    def disc(self, x: float, y: float, radius: float, fill: int = 255) -> None:
        """A filled circle."""
        self._round(x, y, radius, radius, fill, 0)

    def ring(self, x: float, y: float, radius: float, width: float) -> None:
        """A circle line."""
        self._round(x, y, radius, radius, 0, width)

    def arc(
        self, x: float, y: float, radius: float, width: float, span: tuple[float, float]
    ) -> None:
        """A part of a circle line, between two angles in degrees."""
        self.used = True
        box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
        self._draw.arc(box, span[0], span[1], fill=255, width=max(1, round(width * FINE)))

    def line(self, points: list[tuple[float, float]], width: float) -> None:
        """A line through points, its corners round."""
        self.used = True
        wide = max(1, round(width * FINE))
        given = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(given, fill=255, width=wide, joint="curve")
        for x, y in (given[0], given[-1]) if wide > 2 else ():
            self._draw.ellipse([x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2], fill=255)

    def area(self, points: list[tuple[float, float]], fill: int = 255) -> None:
        """A filled outline."""
        self.used = True
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def bar(
        self, left: float, top: float, right: float, bottom: float, radius: float = 0.0
    ) -> None:
        """A filled rectangle, its corners rounded."""
        self.used = True
        self._draw.rounded_rectangle(
            [left * FINE, top * FINE, right * FINE, bottom * FINE], radius * FINE, fill=255
        )

    def mask(self) -> Image.Image:
        """The finished mask in the size of the picture."""
        return self._image.reduce(FINE)

    def _round(self, x: float, y: float, wide: float, high: float, fill: int, width: float) -> None:
        self.used = True
        box = [(x - wide) * FINE, (y - high) * FINE, (x + wide) * FINE, (y + high) * FINE]
        if width:
            self._draw.ellipse(box, outline=255, width=max(1, round(width * FINE)))
        else:
            self._draw.ellipse(box, fill=fill)


class Canvas:
    """The picture. Colours are sRGB from 0 to 1, computed without rounding until the end."""

    def __init__(self, size: tuple[int, int], seed: int) -> None:
        self.size = size
        self.chance = np.random.Generator(np.random.PCG64(seed))
        self.pixels: Array = np.zeros((size[1], size[0], 3), np.float32)

    def wash(self, paint: Callable[[Array, Array], Array]) -> None:
        """Fill all of it with a smooth picture.

        `paint` gets x and y from 0 to 1, as columns and rows, and gives colours.
        """
        wide, high = self._coarse()
        x = ((np.arange(wide) + 0.5) / wide).astype(np.float32)[None, :]
        y = ((np.arange(high) + 0.5) / high).astype(np.float32)[:, None]
        small = np.broadcast_to(paint(x, y), (high, wide, 3))
        for channel in range(3):
            self.pixels[:, :, channel] = self.grown(np.ascontiguousarray(small[:, :, channel]))

    def fill(
        self, mask: Image.Image, colour: Colour, amount: float = 1.0, at: Corner = (0, 0)
    ) -> None:
        """Lay a colour over it through a mask, whose corner is there."""
        found = self._seen(mask, at)
        if found is not None:
            cover = np.asarray(found[0], np.float32) * (amount / 255)
            self._blend(cover, colour, found[1])

    def pour(self, mask: Image.Image, top: Colour, bottom: Colour, amount: float = 1.0) -> None:
        """Lay a colour over it through a mask, that changes from its top to its bottom."""
        box = mask.getbbox()
        if box is None:
            return
        cover = np.asarray(mask.crop(box), np.float32)[:, :, None] * (amount / 255)
        down = np.linspace(0, 1, box[3] - box[1], dtype=np.float32)[:, None, None]
        colours = np.asarray(top, np.float32) * (1 - down) + np.asarray(bottom, np.float32) * down
        part = self.pixels[box[1] : box[3], box[0] : box[2]]
        part += (colours - part) * cover

    def glow(
        self, mask: Image.Image, colour: Colour, radius: float, amount: float, at: Corner = (0, 0)
    ) -> None:
        """Let light of a mask shine around it."""
        found = self._soft(mask, radius, at)
        if found is None:
            return
        soft, (left, top) = found
        part = self.pixels[top : top + soft.shape[0], left : left + soft.shape[1]]
        for channel in range(3):
            plane = part[:, :, channel]
            plane += soft * (amount * colour[channel]) * (1 - plane)

    def shadow(
        self, mask: Image.Image, radius: float, amount: float, at: Corner = (0, 0),
        shift: tuple[float, float] = (0, 0),
    ) -> None:  # fmt: skip
        """Let a mask throw a soft shadow; `shift` is in pixels."""
        found = self._soft(mask, radius, (at[0] + round(shift[0]), at[1] + round(shift[1])))
        if found is not None:
            self._blend(np.clip(found[0] * amount, 0, 1), (0.0, 0.0, 0.0), found[1])

    def grown(self, small: Array) -> Array:
        """A coarse plane in the size of the picture."""
        plane = Image.fromarray(small.astype(np.float32))
        return np.asarray(plane.resize(self.size, Image.Resampling.BICUBIC), np.float32)

    def paste(self, picture: Image.Image) -> None:
        """Take a picture of the same size as it is."""
        self.pixels[:] = np.asarray(picture.convert("RGB"), np.float32) / 255

    def quiet(
        self, box: tuple[float, float, float, float], amount: float, soft: float
    ) -> Image.Image:
        """A mask that is full everywhere but in a box, where it is lower; its edge is soft."""
        wide, high = self._coarse()
        plain = Image.new("L", (wide, high), 255)
        inside = [side / COARSE for side in box]
        ImageDraw.Draw(plain).rounded_rectangle(
            inside, radius=soft / COARSE, fill=round(255 * (1 - amount))
        )
        blurred = plain.filter(ImageFilter.GaussianBlur(soft / COARSE))
        return blurred.resize(self.size, Image.Resampling.BICUBIC)

    def grain(self, amount: float) -> None:
        """Scatter fine grain, as film has it; it also keeps gradients from showing bands."""
        high, wide = self.pixels.shape[:2]
        noise = self.chance.standard_normal((high, wide), dtype=np.float32) * amount
        self.pixels += noise[:, :, None]

    def finished(self) -> Image.Image:
        """The picture in 8 bits, each rounded up or down by chance: no bands."""
        dither = self.chance.random(self.pixels.shape, dtype=np.float32)
        values = np.clip(self.pixels * 255 + dither, 0, 255)
        return Image.fromarray(values.astype(np.uint8), "RGB")

    def _seen(self, mask: Image.Image, at: Corner) -> tuple[Image.Image, Corner] | None:
        """What of a mask lies on the canvas and is not empty, and its corner there."""
        box = mask.getbbox()
        if box is None:
            return None
        left, top = max(box[0], -at[0]), max(box[1], -at[1])
        right = min(box[2], self.size[0] - at[0])
        bottom = min(box[3], self.size[1] - at[1])
        if left >= right or top >= bottom:
            return None
        return mask.crop((left, top, right, bottom)), (at[0] + left, at[1] + top)

    def _soft(self, mask: Image.Image, radius: float, at: Corner) -> tuple[Array, Corner] | None:
        """A mask made soft, from 0 to 1, with as much around it as it spreads; and its corner."""
        found = self._seen(mask, at)
        if found is None:
            return None
        seen, (x, y) = found
        fine = max(1, min(COARSE, int(radius / 3)))
        reach = int(radius * 3) + fine
        left, top = max(0, x - reach), max(0, y - reach)
        right = min(self.size[0], x + seen.width + reach)
        bottom = min(self.size[1], y + seen.height + reach)
        around = Image.new("L", (right - left, bottom - top))
        around.paste(seen, (x - left, y - top))
        small = around.reduce(fine).filter(ImageFilter.GaussianBlur(radius / fine))
        grown = small.convert("F").resize(around.size, Image.Resampling.BICUBIC)
        made: Array = np.asarray(grown, np.float32) * np.float32(1 / 255)
        return made, (left, top)

    def _coarse(self) -> tuple[int, int]:
        return max(2, self.size[0] // COARSE), max(2, self.size[1] // COARSE)

    def _blend(self, cover: Array, colour: Colour, corner: tuple[int, int]) -> None:
        high, wide = cover.shape
        left, top = corner
        part = self.pixels[top : top + high, left : left + wide]
        for channel in range(3):
            plane = part[:, :, channel]
            plane += (colour[channel] - plane) * cover


def jpeg(picture: Image.Image, quality: int = 95) -> bytes:
    """Return a picture as JPEG, its colours in full sharpness."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=False)
    return out.getvalue()
