"""The strip of steps: what stands in its rings while steps begin and end."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.ui.frame import theme
from ui.widgets.step_strip import StepShown, StepStrip


def seen(strip: StepStrip) -> QImage:
    return strip.marks["script"].grab().toImage()


def test_what_ended_in_the_middle_of_a_turn_stands_upright() -> None:
    window = QWidget()
    strip = StepStrip(theme(), window)
    strip.resize(300, 120)
    window.show()
    running = StepShown("script", "Script", "running")
    done = replace(running, state="done")
    strip.show_steps([done])
    upright = seen(strip)
    strip.show_steps([running])
    still = seen(strip)
    strip.marks["script"].turn()
    assert seen(strip) != still
    strip.show_steps([done])
    assert seen(strip) == upright
    window.close()
    window.deleteLater()
