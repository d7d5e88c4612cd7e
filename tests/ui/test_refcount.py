"""The binding keeps its counts: one version aborted after some hundred signals."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Source(QObject):
    told = Signal(int)

application = QCoreApplication([])
source = Source()
source.told.connect(lambda number: None)
before = sys.getrefcount(True), sys.getrefcount(None)
for number in range(200_000):
    source.told.emit(number)
    source.parent()
after = sys.getrefcount(True), sys.getrefcount(None)
assert all(abs(b - a) < 100 for a, b in zip(before, after)), (before, after)
print("survived")
"""


def test_two_hundred_thousand_signals_leave_the_counts_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=50, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "survived"), done.stderr
