"""Draws the card of a link to be handed over, and covers of films that have no picture. Pure."""

from __future__ import annotations

import zlib
from html import escape
from typing import Final

from app.infra import qr

WIDE, HIGH = 148, 105
"""Millimetres: A6, the size of a postcard."""
_CODE: Final = 64.0
_LEFT: Final = 10.0
_TEXT: Final = 84.0
_GROUNDS: Final = (
    ("#24566B", "#413A9E"), ("#2B2459", "#7B28A6"), ("#742030", "#B85A2A"), ("#1D3A6E", "#2B6F9A"),
)  # fmt: skip
_FONT: Final = "Inter, 'Noto Sans', 'DejaVu Sans', sans-serif"


def card(title: str, address: str, scan: str, lines: list[str]) -> bytes:
    """The card as SVG. `scan` stands under the code, `lines` under the title."""
    squares = qr.modules(address)
    side = _CODE / (len(squares) + 2 * qr.QUIET)
    quiet = qr.QUIET * side
    code = qr.path(squares, _LEFT + quiet, 14 + quiet, side)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}mm"'
        f' height="{HIGH}mm">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        f'<rect width="{WIDE}" height="3" fill="#FF8A3D"/>',
        f'<path d="{code}" fill="#000" shape-rendering="crispEdges"/>',
        _text(scan, _LEFT + _CODE / 2, 14 + _CODE + 5, 4, anchor="middle", fill="#444"),
    ]
    top = 24.0
    for line in _wrapped(title, 18, 4):
        parts.append(_text(line, _TEXT, top, 7, weight=700))
        top += 9
    top += 2
    for told in lines:
        for line in _wrapped(told, 32, 3):
            parts.append(_text(line, _TEXT, top, 4, fill="#444"))
            top += 5.6
    for place, line in enumerate(_pieces(address, 72)):
        parts.append(_text(line, _LEFT, 93 + 4.4 * place, 3.2, fill="#444"))
    return ("".join(parts) + "</svg>\n").encode()


def cover(title: str) -> bytes:
    """A picture for a film that has none: its title on a ground of its own colours, as SVG."""
    first, second = _GROUNDS[zlib.crc32(title.encode()) % len(_GROUNDS)]
    lines = _wrapped(title, 24, 4)
    top = 99 - 17 * (len(lines) - 1)
    words = "".join(
        _text(line, 160, top + 34 * place, 28, anchor="middle", fill="#F2F4F8", weight=700)
        for place, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><defs>'
        f'<linearGradient id="g" x2="1" y2="1"><stop stop-color="{first}"/>'
        f'<stop offset="1" stop-color="{second}"/></linearGradient></defs>'
        f'<rect width="320" height="180" fill="url(#g)"/>{words}</svg>\n'
    ).encode()


def _text(
    words: str, left: float, top: float, size: float, *, anchor: str = "start", fill: str = "#111",
    weight: int = 400,
) -> str:  # fmt: skip
    return (
        f'<text x="{left:g}" y="{top:g}" font-family="{_FONT}" font-size="{size:g}"'
        f' font-weight="{weight}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def _wrapped(text: str, wide: int, most: int) -> list[str]:
    """The text in lines of so many letters; what does not fit is left out, and shown to be."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, wide):
            if lines and len(lines[-1]) + 1 + len(piece) <= wide:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: wide - 1] + "…"
    return lines


def _pieces(text: str, wide: int) -> list[str]:
    return [text[at : at + wide] for at in range(0, len(text), wide)] or [""]
