"""What our own worker processes find in their environment: little, and nothing of the owner's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def worker_environment(*kept: str, quiet: bool = False) -> dict[str, str]:
    """Return the environment of a Python worker of the station; `kept` are names of ours it gets.

    Libraries of numbers get one thread: two that wait for each other on a busy machine wait very
    long. With `quiet` it leaves no compiled modules behind, as a worker that may not write must.
    """
    told = {
        "PYTHONPATH": str(ROOT), "PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    if quiet:
        told["PYTHONDONTWRITEBYTECODE"] = "1"
    return told | {name: os.environ[name] for name in kept if name in os.environ}
