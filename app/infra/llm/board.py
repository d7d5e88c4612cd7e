"""How much of this machine the local model may have: which cores, how many threads, what length."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from app.domain.errors import Unavailable
from app.infra.llm.gguf import LEAST_CONTEXT, GgufFacts

MOST_THREADS: Final = 8
"""More wait for the memory, not for each other."""
USUAL_CONTEXT: Final = 8_192
LONG_CONTEXT: Final = 16_384
MUCH_MEMORY: Final = 12 * 10**9
SHARE_OF_FREE: Final = 0.9
BIG: Final = 0.7
"""A core that does at least this share of what the best one does is a big one."""
SYSTEM: Final = Path("/sys/devices/system/cpu")


@dataclass(frozen=True, slots=True)
class Cores:
    """The cores to run on (none named: all are alike) and the threads to run there."""

    numbers: tuple[int, ...]
    threads: int


def cores(system: Path = SYSTEM, allowed: frozenset[int] | None = None) -> Cores:
    """The big cores of a board that has two kinds, less what the station itself needs.

    One slow core among quick ones makes all wait at every step.
    """
    mine = frozenset(os.sched_getaffinity(0)) if allowed is None else allowed
    strength = {number: _strength(system / f"cpu{number}") for number in sorted(mine)}
    best = max(strength.values())
    big = [number for number, each in strength.items() if each >= best * BIG]
    count = len(big)
    if len(big) == len(mine):
        together = psutil.cpu_count() or count
        alone = psutil.cpu_count(logical=False) or together
        count = max(1, count * alone // together)  # two threads of one core are no two cores
    spare = 2 if count >= 6 else 1
    threads = max(1, min(count - spare, MOST_THREADS))
    return Cores(() if len(big) == len(mine) else tuple(big), threads)


def context_for(facts: GgufFacts, wanted: int | None = None) -> int:
    """Tokens of context this machine has the memory for.

    Raises `Unavailable` ``errors.model_no_memory`` while there is not enough for the shortest.
    """
    memory = psutil.virtual_memory()
    free = int(memory.available * SHARE_OF_FREE)
    usual = LONG_CONTEXT if memory.total >= MUCH_MEMORY else USUAL_CONTEXT
    context = min(wanted or usual, facts.context) if facts.context else wanted or usual
    context = max(context, 256)
    while facts.needs(context) > free and context > LEAST_CONTEXT:
        context = max(context // 2, LEAST_CONTEXT)
    if facts.needs(context) > free:
        needs = facts.needs(context)
        raise Unavailable("errors.model_no_memory", name=facts.name, needs=needs, have=free)
    return context


def free_memory() -> int:
    """Bytes a model may take now."""
    return int(psutil.virtual_memory().available * SHARE_OF_FREE)


def memory_of(pid: int) -> int:
    """Bytes of memory a process really takes (its share of what is shared); 0: it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    told: Mapping[str, str] = dict(
        line.split(":", 1) for line in text.splitlines()[1:] if ":" in line
    )
    return int(told.get("Pss", "0 kB").split()[0]) * 1_024


def _strength(place: Path) -> int:
    for name in ("cpu_capacity", "cpufreq/cpuinfo_max_freq"):
        try:
            return int((place / name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
    return 1
