"""What the desks of models have in common: the files in the owner's folder, and how one stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.domain.intelligence import ModelFile, ModelPhase, SpeechFile

MOST_FILES: Final = 50


def paths_of(folder: Path, pattern: str, chosen: str) -> list[Path]:
    """Blocking. Every file of a folder that may be a model, and the chosen one wherever it is."""
    try:
        found = sorted(folder.glob(pattern))[:MOST_FILES]
    except OSError:
        found = []
    if chosen and Path(chosen) not in found:
        found.append(Path(chosen))
    return found


def phase_of(
    chosen: str,
    files: Sequence[ModelFile] | Sequence[SpeechFile],
    running: Callable[[], ModelPhase],
) -> ModelPhase:
    """How the chosen file stands; `running` is asked only when it can be used."""
    if not chosen:
        return ModelPhase.NONE
    known = next((file for file in files if file.path == chosen), None)
    return ModelPhase.GONE if known is None or known.problem else running()
