"""Which picture of a stream is wanted: the best, unless the owner says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.downloads import DownloadKind, LinkContents, Picture
from app.domain.stream_links import SMALLEST, may_be_stream
from ui import words
from ui.theme import Theme
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import Label

USUAL = (1080, 720, 480)
"""Heights that are offered while nobody has told which there are."""
Choices = list[tuple[str, object]]


class QualityRow(QWidget):
    """A name and a chip with a list; there only for links to streams."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        name = self.tr("Quality of the picture")
        row.addWidget(Label(name, "secondary"))
        self.chip = ChoiceChip(theme, name, [(self.tr("Best"), None)], lit=False)
        row.addWidget(self.chip)
        row.addStretch(1)
        self._told: tuple[Picture, ...] | None = None
        self._link: str | bytes = ""
        self.hide()

    @property
    def height_wanted(self) -> int | None:
        """The tallest picture that is wanted; None: the best there is."""
        value = self.chip.value
        return value if isinstance(value, int) and not self.isHidden() else None

    def show_link(self, link: str | bytes, contents: LinkContents | None) -> None:
        """Offer what a link has; nothing where there is nothing to choose, or it says so itself."""
        if link != self._link:
            self._link = link
            self.chip.set_value(None)
        told = contents.pictures if contents is not None else None
        stream = isinstance(link, str) and "#" not in link
        if contents is None:
            stream = stream and isinstance(link, str) and may_be_stream(link)
        else:
            stream = stream and contents.kind is DownloadKind.STREAM and len(contents.pictures) > 1
        self.setVisible(stream)
        if stream and (told != self._told or told is None):
            self._offer(told)
        self._told = told

    def _offer(self, told: Sequence[Picture] | None) -> None:
        wish = self.chip.value
        if told is None:
            usual: Choices = [(_name(height), height) for height in USUAL]
            self.chip.set_choices(
                [(self.tr("Best"), None), *usual, (self.tr("Smallest"), SMALLEST)]
            )
            return
        best = words.SEPARATOR.join((self.tr("Best"), self._words(told[0])))
        rest: Choices = [(self._words(one), one.height) for one in told[1:]]
        self.chip.set_choices([(best, None), *rest])
        if isinstance(wish, int):  # chosen before it was known what there is
            fitting = [one.height for one in told if one.height <= wish]
            nearest = fitting[0] if fitting else told[-1].height
            self.chip.set_value(None if nearest == told[0].height else nearest)

    def _words(self, picture: Picture) -> str:
        name = _name(picture.height)
        if picture.size is None:
            return name
        return self.tr("{picture}, about {size}").format(
            picture=name, size=words.size(picture.size)
        )


def _name(height: int) -> str:
    return f"{height}p"
