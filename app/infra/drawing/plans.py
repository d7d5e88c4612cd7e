"""Where things stand on a card: the box of its words and the stage of its motif, by shape."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.project import Shape

OVERSIZE = 1.15
"""Cards are drawn so many times larger than the frame: a slow zoom has room to move in."""
MARGIN = 0.135
"""Nothing that is read comes nearer to an edge: wherever the zoom goes, it stays in the frame."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a card is laid out, in pixels. `loud` is how strong the motif is, 0 to 1."""

    words: Box
    anchor: str  # of the words in their box: top, middle, bottom
    align: str
    motif: tuple[float, float, float]
    loud: float
    captions: Box  # kept calm

    @property
    def wide(self) -> float:
        """Width of the box of the words."""
        return self.words[2] - self.words[0]

    @property
    def high(self) -> float:
        """Height of the box of the words."""
        return self.words[3] - self.words[1]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A plan in parts of width and height; `reach` in parts of the shorter side."""

    words: Box
    anchor: str
    align: str
    motif: tuple[float, float]
    reach: float
    loud: float = 1.0


_PORTRAIT = (
    _Draft((0.135, 0.365, 0.865, 0.64), "middle", "left", (0.68, 0.185), 0.34),
    _Draft((0.135, 0.37, 0.865, 0.64), "middle", "center", (0.50, 0.195), 0.27),
    _Draft((0.135, 0.145, 0.865, 0.395), "middle", "left", (0.50, 0.555), 0.275),
    _Draft((0.135, 0.22, 0.865, 0.62), "middle", "left", (0.86, 0.34), 0.78, 0.42),
)
_SQUARE = (
    _Draft((0.135, 0.40, 0.865, 0.74), "bottom", "left", (0.74, 0.26), 0.27),
    _Draft((0.135, 0.42, 0.865, 0.74), "middle", "center", (0.50, 0.265), 0.20),
    _Draft((0.135, 0.15, 0.865, 0.44), "top", "left", (0.70, 0.64), 0.27),
    _Draft((0.135, 0.20, 0.865, 0.72), "middle", "left", (0.88, 0.30), 0.62, 0.42),
)
_WIDE = (
    _Draft((0.135, 0.15, 0.585, 0.74), "middle", "left", (0.765, 0.43), 0.34),
    _Draft((0.18, 0.20, 0.82, 0.74), "middle", "center", (0.50, 0.44), 0.56, 0.40),
    _Draft((0.455, 0.15, 0.865, 0.74), "middle", "left", (0.255, 0.43), 0.34),
    _Draft((0.135, 0.22, 0.72, 0.74), "bottom", "left", (0.82, 0.28), 0.62, 0.55),
)


def card_size(shape: Shape) -> tuple[int, int]:
    """Return how large a card is drawn for a shape of video, in even pixels."""
    wide, high = (round(side * OVERSIZE / 2) * 2 for side in shape.size)
    return wide, high


def plan_for(size: tuple[int, int], variant: int, *, full: bool = False) -> Plan:
    """Return the layout of a variant.

    `full` is for what needs room: the words may use all that is not the captions', and the motif
    stands back.
    """
    wide, high = size
    drafts = _WIDE if wide > high * 1.2 else _PORTRAIT if high > wide * 1.4 else _SQUARE
    draft = drafts[variant % len(drafts)]
    bottom = 0.64 if drafts is _PORTRAIT else 0.74
    words = (MARGIN, 0.145, 1 - MARGIN, bottom) if full else draft.words
    left, top, right, foot = words
    return Plan(
        words=(left * wide, top * high, right * wide, foot * high),
        anchor="middle" if full else draft.anchor,
        align="left" if full else draft.align,
        motif=(draft.motif[0] * wide, draft.motif[1] * high, draft.reach * min(size)),
        loud=min(draft.loud, 0.30) if full else draft.loud,
        captions=(0.0, (bottom + 0.02) * high, float(wide), float(high)),
    )


def plain_plan(size: tuple[int, int], variant: int) -> Plan:
    """Return the layout of a card without words: the motif has the stage for itself."""
    plan = plan_for(size, variant)
    wide, high = size
    middle = (0.42 if high > wide * 1.2 else 0.43) * high
    off = (0.0, 0.10, -0.10, 0.0)[variant % 4] * wide
    reach = min(wide * 0.44, high * 0.40) * (1.0, 1.1, 1.1, 1.45)[variant % 4]
    return Plan(plan.words, plan.anchor, plan.align, (wide / 2 + off, middle, reach), 1.0,
                plan.captions)  # fmt: skip
