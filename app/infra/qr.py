"""Draws QR codes: as SVG for paper, as PNG for messages."""

from __future__ import annotations

import io
from typing import Final

from app.domain.errors import InvalidInput

LONGEST: Final = 600
"""Letters of an address; beyond them a code becomes too fine to be read by a telephone."""
QUIET: Final = 4
"""Modules of white around it, which the standard asks for."""
SIDE: Final = 960
"""Pixels of the side of a PNG, or a little more or less."""


def modules(text: str) -> list[list[bool]]:
    """The squares of the code of a text, dark ones True, without the white around it.

    Raises `InvalidInput` for what is too long.
    """
    # Only when a code is drawn: it takes a moment.
    import qrcode  # type: ignore[import-untyped]  # it brings no types
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # as above

    if not text or len(text) > LONGEST:
        raise InvalidInput("errors.bad_argument", name="text")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(one) for one in row] for row in code.get_matrix()]


def path(squares: list[list[bool]], left: float = 0.0, top: float = 0.0, side: float = 1.0) -> str:
    """The dark squares as the data of an SVG path; each is `side` wide."""
    parts = []
    for row, line in enumerate(squares):
        at = 0
        while at < len(line):
            if not line[at]:
                at += 1
                continue
            end = at
            while end < len(line) and line[end]:
                end += 1
            wide = (end - at) * side
            parts.append(f"M{left + at * side:g} {top + row * side:g}h{wide:g}v{side:g}h{-wide:g}z")
            at = end
    return "".join(parts)


def svg(text: str) -> bytes:
    """The code as a picture of any size."""
    squares = modules(text)
    side = len(squares) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}"'
        f' height="{side * 8}" shape-rendering="crispEdges"><rect width="{side}" height="{side}"'
        f' fill="#fff"/><path d="{path(squares, QUIET, QUIET)}" fill="#000"/></svg>\n'
    ).encode()


def png(text: str) -> bytes:
    """The code as a black and white picture of about `SIDE` pixels."""
    from PIL import Image

    squares = modules(text)
    whole = len(squares) + 2 * QUIET
    picture = Image.new("1", (whole, whole), 1)
    for row, line in enumerate(squares):
        for column, dark in enumerate(line):
            if dark:
                picture.putpixel((column + QUIET, row + QUIET), 0)
    scale = max(1, SIDE // whole)
    picture = picture.resize((whole * scale, whole * scale), Image.Resampling.NEAREST)
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()
