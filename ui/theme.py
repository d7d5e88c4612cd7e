"""The look in one place: colours, sizes, type, icons and how long things move."""

from __future__ import annotations

import re
import zlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
MONO = ("DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", "monospace")
FAMILIES = ("Inter", "Inter Variable", "Noto Sans", "DejaVu Sans", "sans-serif")
STROKE = "1.75"
SCALES = (100, 200)  # smallest and largest, in per cent


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the station, by what it is for."""

    background: str = "#0C0E13"
    surface1: str = "#13161D"  # rail, cards
    surface2: str = "#1A1E27"  # fields, chips
    surface3: str = "#232833"  # buttons, bar grooves
    hover: str = "#2D3340"  # surface 3 under the pointer
    line: str = "#262C38"
    text: str = "#F2F4F8"
    dim: str = "#A9B1C0"
    faint: str = "#6F788A"
    accent: str = "#FF8A3D"
    accent_hover: str = "#FF9C5A"
    accent_pressed: str = "#E67628"
    accent_soft: str = "rgba(255, 138, 61, 36)"  # 14 %
    on_accent: str = "#14100C"
    good: str = "#3FCF8E"
    warn: str = "#F5C04A"
    bad: str = "#FF5C6C"
    info: str = "#5AA9FF"
    calm: str = "#53BFD2"  # runs as it should, where green would be too loud
    scrim: str = "rgba(6, 7, 10, 190)"  # over the page, under an overlay
    shade: str = "rgba(8, 9, 13, 170)"  # under small things painted on pictures
    clear: str = "rgba(0, 0, 0, 0)"


CARD_COLOURS = (
    ("#24566B", "#413A9E"),
    ("#2B2459", "#7B28A6"),
    ("#241F63", "#5A2FB0"),
    ("#4A1D6A", "#A8307E"),
    ("#742030", "#B85A2A"),
    ("#6B3A1E", "#B5872A"),
    ("#551C5C", "#B93A34"),
    ("#5A531C", "#4C7F26"),
    ("#1F4A66", "#572B9A"),
    ("#3A1D6E", "#B82F68"),
    ("#1D3A6E", "#2B6F9A"),
    ("#6A1F55", "#8F2D2A"),
)
"""Upper and lower colour of the cards of films without a picture."""
COLOURS = tuple(field.name for field in fields(Tokens))
LOOK_COLOURS = {
    "dusk": ("#2B1B52", "#D9603F", "#FFF6EC", "#FFB45E"),
    "paper": ("#F3EADA", "#EBDFC9", "#1F2A37", "#C24B2B"),
    "neon": ("#0E0730", "#1B0B45", "#FFFFFF", "#35F2FF"),
    "forest": ("#173A2E", "#6E8F62", "#F4EFDD", "#F0C265"),
    "mono": ("#0B0B0C", "#141416", "#FFFFFF", "#FF6A2B"),
}
"""How the looks of videos are shown to choose from: upper, lower, letters, what stands out."""


class Theme(QObject):
    """Gives every widget its colours, sizes, fonts and icons.

    `scale` is in per cent (100-200). `motion` is ``auto``, ``on`` or ``off``. `changed` is
    emitted after either changed; the window then builds its pages anew.
    """

    changed = Signal()

    def __init__(
        self, scale: int = 100, motion: str = "auto", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.tokens = Tokens()
        self._scale = _within(scale)
        self._motion = motion
        self._desktop_moves = True
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._colours: dict[str, QColor] = {}

    @property
    def scale(self) -> int:
        """The size of everything, in per cent."""
        return self._scale

    def set_scale(self, scale: int) -> None:
        """Change the size of everything; in per cent, held within 100-200."""
        if _within(scale) != self._scale:
            self._scale = _within(scale)
            self._icons.clear()
            self._pixmaps.clear()
            self.changed.emit()

    def set_motion(self, motion: str) -> None:
        """Choose ``auto`` (as the desktop asks), ``on`` or ``off``."""
        self._motion = motion

    def set_desktop_motion(self, moves: bool) -> None:
        """Say whether the desktop wants motion; only ``auto`` listens."""
        self._desktop_moves = moves

    @property
    def moves(self) -> bool:
        """Whether things may move."""
        return self._motion == "on" or (self._motion != "off" and self._desktop_moves)

    def duration(self, milliseconds: int = 150) -> int:
        """How long a movement lasts now; 0 when nothing may move."""
        return milliseconds if self.moves else 0

    def px(self, size: float) -> int:
        """A size of the drawings (at 100 %) in pixels of today's scale."""
        return round(size * self._scale / 100)

    def margin(self, width: int) -> int:
        """The margin of a page in a window `width` pixels wide."""
        return self.px(24 if width < self.px(1280) else 48)

    def color(self, name: str) -> QColor:
        """A token as a colour."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = _parse(getattr(self.tokens, name))
        return found

    def font(self, size: float = 16, weight: int = 400) -> QFont:
        """Inter with tabular figures; `size` in pixels at 100 %, never below 13."""
        font = QFont(list(FAMILIES))
        font.setPixelSize(self.px(max(13, size)))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def mono(self, size: float = 13) -> QFont:
        """Letters of one width, for what a machine wrote; `size` as for `font`."""
        font = QFont(list(MONO))
        font.setPixelSize(self.px(max(13, size)))
        font.setStyleHint(QFont.StyleHint.Monospace)
        return font

    def icon(self, name: str, state: str = "dim", size: int = 20, after: int = 0) -> QIcon:
        """An icon of the set, tinted by a colour token; disabled it turns faint.

        `after` adds that much empty room at its right, for the words of a button.
        """
        key = (name, state, size * 1000 + after)
        icon = self._icons.get(key)
        if icon is None:
            icon = QIcon()
            for ratio in (1.0, 2.0):
                for tint, mode in ((state, QIcon.Mode.Normal), ("faint", QIcon.Mode.Disabled)):
                    drawn = self.pixmap(name, tint, size, ratio)
                    icon.addPixmap(_widened(drawn, self.px(after)), mode)
            self._icons[key] = icon
        return icon

    def pixmap(
        self, name: str, state: str = "dim", size: int = 20, ratio: float | None = None
    ) -> QPixmap:
        """An icon drawn once, `size` pixels at 100 % on each side."""
        if ratio is None:
            ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        key = (name, state, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            side = self.px(size)
            found = render_svg(self._svg(name, state), QSize(side, side), ratio)
            self._pixmaps[key] = found
        return found

    def logo(self, size: int = 28, ratio: float | None = None) -> QPixmap:
        """The mark of the station."""
        if ratio is None:
            ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        source = (RESOURCES / "icons" / "sokoul.svg").read_bytes()
        return render_svg(source, QSize(self.px(size), self.px(size)), ratio)

    def card_colors(self, title: str) -> tuple[QColor, QColor]:
        """Two colours that belong to a title: the stand-in for a picture it does not have."""
        seed = zlib.crc32(title.casefold().encode("utf-8", "replace"))
        upper, lower = CARD_COLOURS[seed % len(CARD_COLOURS)]
        return QColor(upper), QColor(lower)

    def stylesheet(self) -> str:
        """The style sheet of all standard controls at today's scale."""
        source = (RESOURCES / "style" / "sokoul.qss").read_text("utf-8")
        values = {**asdict(self.tokens), "style": (RESOURCES / "style").as_posix()}
        sized = re.sub(r"px\((-?\d+)\)", lambda found: f"{self.px(int(found[1]))}px", source)
        return re.sub(r"\$([a-z_]+[0-9]?)", lambda found: values[found[1]], sized)

    def palette(self) -> QPalette:
        """The palette for what no style sheet reaches."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in (
            (role.Window, "background"),
            (role.Base, "surface2"),
            (role.AlternateBase, "surface1"),
            (role.Button, "surface3"),
            (role.ToolTipBase, "surface3"),
            (role.WindowText, "text"),
            (role.Text, "text"),
            (role.ButtonText, "text"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "faint"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Link, "accent"),
        ):
            palette.setColor(which, self.color(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("faint"))
        return palette

    def apply(self, application: QApplication) -> None:
        """Dress the whole application; call again after the scale changed."""
        application.setStyle("Fusion")
        application.setPalette(self.palette())
        application.setFont(self.font(16))
        application.setStyleSheet(self.stylesheet())

    def _svg(self, name: str, state: str) -> bytes:
        source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        colour = self.color(state).name()
        tinted = source.replace("currentColor", colour)
        return tinted.replace('stroke-width="2"', f'stroke-width="{STROKE}"').encode()


def render_svg(source: bytes, size: QSize, ratio: float) -> QPixmap:
    """Draw an SVG picture once, `size` in logical pixels."""
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return pixmap


def _widened(pixmap: QPixmap, room: int) -> QPixmap:
    """Add empty room at the right; Qt gives icons no distance from the words after them."""
    if not room:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(room * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide


def _within(scale: int) -> int:
    return max(SCALES[0], min(SCALES[1], scale))


def _parse(value: str) -> QColor:
    """Read ``#RRGGBB`` or ``rgba(r, g, b, a)``, the two forms style sheets take as well."""
    if value.startswith("rgba"):
        red, green, blue, alpha = (int(part) for part in value[5:-1].split(","))
        return QColor(red, green, blue, alpha)
    return QColor(value)
