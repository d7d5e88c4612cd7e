"""The kinds of cards: title, quote, list, number; each sets its words and leaves the rest calm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.infra.drawing.contents import Contents
from app.infra.drawing.fonts import Face
from app.infra.drawing.plans import Box, Plan
from app.infra.drawing.sheet import Sheet
from app.infra.drawing.typeset import Block, Style


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a card that is set but not yet drawn; `top` is from the top of its words."""

    block: Block
    top: float
    tone: str  # ink, faint, accent


@dataclass(frozen=True, slots=True)
class Stack:
    """Pieces one below the other, with what is drawn beside them."""

    parts: tuple[Part, ...]
    height: float
    bar: float | None = None  # where the small accent bar lies

    @property
    def width(self) -> float:
        """The widest piece."""
        return max((part.block.width for part in self.parts), default=0.0)


Draw = Callable[[], None]


def arrange(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    """Set a card's words; returns the box they take, and what draws them when the time has come."""
    return _KINDS[told.kind](sheet, plan, told, marks, small)


def drawn(sheet: Sheet, plan: Plan, stack: Stack) -> tuple[Box, Draw]:
    """Place a stack as the plan wants it; returns its box and what draws it."""
    left, top, right, bottom = plan.words
    free = plan.high - stack.height
    top += free * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[plan.anchor]
    starts = [sheet.place(part.block, plan.words, plan.align) for part in stack.parts]
    x = min(starts, default=left)

    def draw() -> None:
        tones = {
            "ink": sheet.palette.ink, "faint": sheet.palette.faint, "accent": sheet.accent,
        }  # fmt: skip
        if stack.bar is not None:
            _accent_bar(sheet, plan, top + stack.bar, stack)
        for part, start in zip(stack.parts, starts, strict=True):
            tone = tones[part.tone]
            sheet.put(part.block, start, top + part.top, tone, sheet.accent)

    return (x, top, min(right, x + stack.width), min(bottom, top + stack.height)), draw


def _accent_bar(sheet: Sheet, plan: Plan, y: float, stack: Stack) -> None:
    wide, thick = 78 * sheet.unit, 8 * sheet.unit
    rtl = any(part.block.rtl for part in stack.parts)
    left, _top, right, _bottom = plan.words
    x = (left + right - wide) / 2 if plan.align == "center" else right - wide if rtl else left
    sheet.bar((x, y, x + wide, y + thick), sheet.accent, radius=thick / 2)


def _title(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    parts: list[Part] = []
    y = 0.0
    if small:
        block = sheet.setter.fit(
            small, Style(Face.MEDIUM), (plan.wide, 60 * sheet.unit), _sizes(sheet, 26, 38),
            most_lines=1, align=plan.align,
        )  # fmt: skip
        parts.append(Part(block, y, "faint"))
        y += block.height + 22 * sheet.unit
    bar = y
    y += 44 * sheet.unit
    largest = 156 if sheet.size[0] < sheet.size[1] * 1.2 else 140
    block = sheet.setter.fit(
        told.text, sheet.head, (plan.wide, plan.high - y), _sizes(sheet, 44, largest),
        most_lines=4 if len(told.text.split()) <= 9 else 6, align=plan.align, marks=marks,
    )  # fmt: skip
    parts.append(Part(block, y, "ink"))
    return drawn(sheet, plan, Stack(tuple(parts), y + block.height, bar))


def _quote(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    mark = sheet.setter.fit(
        "“", Style(Face.SERIF), (plan.wide, 400 * sheet.unit), _sizes(sheet, 250, 250),
        align=plan.align,
    )  # fmt: skip
    above = mark.size * 0.46  # the sign stands high in its line: the rest of that line is empty
    by = told.by or small
    below = 84 * sheet.unit if by else 0.0
    style = Style(Face.SERIF if sheet.look.value in ("paper", "forest") else Face.BOLD, 1.18)
    block = sheet.setter.fit(
        told.text, style, (plan.wide, plan.high - above - below), _sizes(sheet, 38, 118),
        most_lines=8, align=plan.align, marks=marks,
    )  # fmt: skip
    parts = [Part(mark, -0.02 * mark.size, "accent"), Part(block, above, "ink")]
    if by:
        who = sheet.setter.fit(
            f"— {by}", Style(Face.MEDIUM), (plan.wide, 60 * sheet.unit), _sizes(sheet, 28, 42),
            most_lines=1, align=plan.align,
        )  # fmt: skip
        parts.append(Part(who, above + block.height + 38 * sheet.unit, "faint"))
    return drawn(sheet, plan, Stack(tuple(parts), above + block.height + below))


def _number(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    amount = told.amounts[0]
    figure = sheet.setter.fit(
        amount.figure, Style(Face.BLACK, 1.0), (plan.wide, plan.high * 0.66),
        _sizes(sheet, 110, 460), most_lines=1, align=plan.align,
    )  # fmt: skip
    gap = 40 * sheet.unit
    label = sheet.setter.fit(
        amount.label or small, Style(Face.BOLD, 1.16),
        (plan.wide, plan.high - figure.height - gap), _sizes(sheet, 36, 84),
        most_lines=4, align=plan.align,
    )  # fmt: skip
    parts = (Part(figure, 0.0, "accent"), Part(label, figure.height + gap, "ink"))
    return drawn(sheet, plan, Stack(parts, figure.height + gap + label.height))


def _list(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    head = _head(sheet, plan, told.text or small, marks)
    top = head.height + 62 * sheet.unit if head.lines else 0.0
    badge = 38 * sheet.unit
    side = badge * 2 + 34 * sheet.unit
    room = ((plan.wide - side), (plan.high - top) / len(told.items) - 30 * sheet.unit)
    style = Style(Face.BOLD, 1.12)
    sizes = _sizes(sheet, 30, 76)
    fitted = [sheet.setter.fit(item, style, room, sizes, most_lines=3) for item in told.items]
    size = min(block.size for block in fitted)
    rows = [sheet.setter.fit(item, style, room, (size, size), most_lines=3) for item in told.items]
    step = max(max(block.height for block in rows), badge * 2) + 56 * sheet.unit
    step = min(step, (plan.high - top) / len(rows))
    height = top + step * len(rows) - 30 * sheet.unit
    y = plan.words[1] + (plan.high - height) / 2

    def draw() -> None:
        if head.lines:
            x = sheet.place(head, plan.words, "left")
            sheet.put(head, x, y, sheet.palette.ink, sheet.accent)
        for number, block in enumerate(rows):
            middle = y + top + step * number + badge
            _row(sheet, plan, block, middle, number + 1, badge, side)

    return (plan.words[0], y, plan.words[2], y + height), draw


def _row(
    sheet: Sheet, plan: Plan, block: Block, middle: float, number: int, badge: float, side: float
) -> None:
    """One line of a list: its number in a disc, large, on a panel, or under a hairline."""
    left, _top, right, _bottom = plan.words
    x = right - badge if block.rtl else left + badge
    accent, manner = sheet.accent, sheet.variant % 4
    half = max(block.height / 2, badge)
    if manner == 2:
        around = (left - badge * 0.5, middle - half - badge * 0.3, right + badge * 0.5,
                  middle + half + badge * 0.3)  # fmt: skip
        sheet.bar(around, sheet.palette.ink, 0.11, badge * 0.6)
    elif manner == 3:
        sheet.bar((left, middle + half + badge * 0.34, right, middle + half + badge * 0.34
                   + 3 * sheet.unit), sheet.palette.ink, 0.22)  # fmt: skip
    if manner == 0:
        sheet.disc(x, middle, badge, accent)
    large = manner != 0
    size = round(badge * (1.9 if large else 1.0))
    face = Face.BLACK if large else Face.BOLD
    figure = sheet.setter.fit(str(number), Style(face), (badge * 3, badge * 3), (size, size))
    tone = accent if large else sheet.palette.ground[0]
    sheet.put(figure, x - figure.width / 2, middle - size * 0.40, tone)
    start = right - side - block.width if block.rtl else left + side
    sheet.put(block, start, middle - block.height / 2, sheet.palette.ink)


def _bars(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    head = _head(sheet, plan, told.text or small, marks)
    top = head.height + 70 * sheet.unit if head.lines else 0.0
    step = min((plan.high - top) / len(told.amounts), 230 * sheet.unit)
    height = top + step * len(told.amounts)
    y = plan.words[1] + (plan.high - height) / 2
    most = max(amount.value for amount in told.amounts) or 1.0

    def draw() -> None:
        if head.lines:
            x = sheet.place(head, plan.words, "left")
            sheet.put(head, x, y, sheet.palette.ink, sheet.accent)
        for number, amount in enumerate(told.amounts):
            box = (
                plan.words[0],
                y + top + step * number,
                plan.words[2],
                y + top + step * (number + 1),
            )
            _bar(sheet, box, amount.label, amount.figure, amount.value / most)

    return (plan.words[0], y, plan.words[2], y + height), draw


def _bar(sheet: Sheet, box: Box, label: str, figure: str, part: float) -> None:
    left, top, right, bottom = box
    high = bottom - top
    wide = right - left
    thick = min(54 * sheet.unit, high * 0.30)
    line = high * 0.94 - thick - 22 * sheet.unit
    sizes = (round(26 * sheet.unit), round(58 * sheet.unit))
    told = sheet.setter.fit(figure, Style(Face.BLACK), (wide * 0.42, line), sizes, most_lines=1)
    name = sheet.setter.fit(
        label, Style(Face.BOLD), (wide - told.width - 30 * sheet.unit, line), sizes, most_lines=1
    )
    best = part >= 1.0
    tone = sheet.accent if best else sheet.palette.ink
    base = top + line - told.height
    start, end = (right - name.width, left) if name.rtl else (left, right - told.width)
    sheet.put(name, start, top + line - name.height, sheet.palette.ink)
    sheet.put(told, end, base, tone)
    y = top + line + 16 * sheet.unit
    long = max(thick, wide * part)
    grown = (right - long, y, right, y + thick) if name.rtl else (left, y, left + long, y + thick)
    sheet.bar((left, y, right, y + thick), sheet.palette.ink, 0.14, thick / 2)
    sheet.bar(grown, sheet.accent if best else sheet.palette.line, 1.0 if best else 0.8,
              thick / 2)  # fmt: skip


def _years(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    head = _head(sheet, plan, told.text or small, marks)
    top = head.height + 70 * sheet.unit if head.lines else 0.0
    step = min((plan.high - top) / len(told.amounts), 210 * sheet.unit)
    height = top + step * len(told.amounts)
    y = plan.words[1] + (plan.high - height) / 2
    line_x = plan.words[0] + 18 * sheet.unit

    def draw() -> None:
        if head.lines:
            sheet.put(head, sheet.place(head, plan.words, "left"), y, sheet.palette.ink,
                      sheet.accent)  # fmt: skip
        first, last = y + top + step * 0.32, y + top + step * (len(told.amounts) - 0.68)
        thin = 2.5 * sheet.unit
        sheet.bar((line_x - thin, first, line_x + thin, last), sheet.palette.line, 0.5, thin)
        for number, amount in enumerate(told.amounts):
            _year(sheet, plan, line_x, first + step * number, step, (amount.figure, amount.label))

    return (plan.words[0], y, plan.words[2], y + height), draw


def _year(
    sheet: Sheet, plan: Plan, x: float, middle: float, step: float, told: tuple[str, str]
) -> None:
    sheet.disc(x, middle, 17 * sheet.unit, sheet.accent)
    left = x + 58 * sheet.unit
    size = round(min(78 * sheet.unit, step * 0.46))
    figure = sheet.setter.fit(told[0], Style(Face.BLACK), (plan.wide, step), (size, size))
    sheet.put(figure, left, middle - figure.size * 0.40, sheet.accent)
    wide = plan.words[2] - left
    beside = sheet.size[0] > sheet.size[1]
    shift = figure.width + 44 * sheet.unit if beside else 0.0
    label = sheet.setter.fit(
        told[1], Style(Face.BOLD, 1.15), (wide - shift, step * (0.9 if beside else 0.48)),
        (round(26 * sheet.unit), round(60 * sheet.unit)), most_lines=2,
    )  # fmt: skip
    down = -label.height / 2 if beside else figure.size * 0.50
    sheet.put(label, left + shift, middle + down, sheet.palette.ink)


def _diagram(
    sheet: Sheet, plan: Plan, told: Contents, marks: Sequence[str], small: str
) -> tuple[Box, Draw]:
    draw = _years if told.by == "years" else _bars
    return draw(sheet, plan, told, marks, small)


def _head(sheet: Sheet, plan: Plan, text: str, marks: Sequence[str]) -> Block:
    room = (plan.wide, plan.high * 0.26)
    return sheet.setter.fit(
        text, sheet.head, room, _sizes(sheet, 40, 92), most_lines=2, marks=marks
    )


def _sizes(sheet: Sheet, least: float, most: float) -> tuple[int, int]:
    return round(least * sheet.unit), round(most * sheet.unit)


_KINDS: Mapping[str, Callable[[Sheet, Plan, Contents, Sequence[str], str], tuple[Box, Draw]]] = (
    MappingProxyType(
        {"title": _title, "quote": _quote, "number": _number, "list": _list, "diagram": _diagram}
    )
)
