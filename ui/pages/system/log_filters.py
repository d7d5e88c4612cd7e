"""The chips that choose which lines of the live log are shown: which part, how grave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.log_lines import DEBUG, ERROR, INFO, WARNING
from ui.pages.system.log_model import LogModel
from ui.theme import Theme
from ui.widgets.chips import ChoiceChip


def levels() -> list[tuple[str, object]]:
    """The choices of how grave, the usual one first."""
    translate = QCoreApplication.translate
    return [
        (translate("System", "Info and up"), INFO),
        (translate("System", "Warnings and up"), WARNING),
        (translate("System", "Errors"), ERROR),
        (translate("System", "Everything"), DEBUG),
    ]


def parts(known: Sequence[str]) -> list[tuple[str, object]]:
    """The choices of which part: all, each, and all providers together."""
    groups = {part.partition(" ")[0] for part in known if " " in part and part.count(" ") == 1}
    shared = {one for one in groups if sum(part.startswith(f"{one} ") for part in known) > 1}
    every = QCoreApplication.translate("System", "All parts")
    return [(every, ""), *((part, part) for part in sorted({*known, *shared}))]


class PartChip(ChoiceChip):
    """Which part speaks."""

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("System", "Part")
        super().__init__(theme, name, parts(model.parts), lit=False, parent=parent)
        self._model = model
        self._known = model.parts
        self.chosen.connect(lambda part: model.set_part(str(part)))
        model.filter_changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        wanted = self._model.sought.part
        if self._known != self._model.parts or wanted != self.value:
            self._known = self._model.parts
            self.set_choices(parts(sorted({*self._known, *([wanted] if wanted else [])})))
            self.set_value(wanted)


class LevelChip(ChoiceChip):
    """How grave it must be."""

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("System", "Level")
        super().__init__(theme, name, levels(), lit=False, parent=parent)
        self._model = model
        self.chosen.connect(lambda level: model.set_level(int(str(level))))
        model.filter_changed.connect(lambda: self.set_value(model.sought.level))
        self.set_value(model.sought.level)
