"""Writes down what a bench measured, with the machine it ran on."""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "build" / "bench"


def write(name: str, figures: dict[str, object]) -> None:
    """Print the figures and keep them in ``build/bench/<name>.json``."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    machine = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({**figures, "on": machine}, indent=2) + "\n", encoding="utf-8")
    width = max(len(key) for key in figures)
    lines = [f"  {key:<{width}}  {value}" for key, value in figures.items()]
    sys.stdout.write("\n".join([f"\n{name}", *lines, ""]))
