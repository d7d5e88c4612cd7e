"""`sokoul doctor --model`: measures a language model on this machine and says how it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import output
from app.domain.sizes import size

if TYPE_CHECKING:
    from app.infra.llm.measure import Measured

VERDICT_SECONDS = 2.0
"""Wall time the forty verdicts of a search may take."""


def run(path: Path, *, as_json: bool = False) -> int:
    """Measure the model in this file and print it; raises `AppError` when it cannot be measured.

    It takes minutes with a large one, and memory as the station itself would take.
    """
    from app.infra.llm.measure import measure

    if not as_json:
        print(output.say("doctor.model_measuring", name=path.name))
    found = asyncio.run(measure(path.absolute()))
    if as_json:
        print(json.dumps(figures(found)))
        return 0
    for line in lines(found):
        print(line)
    return 0


def figures(found: Measured) -> dict[str, Any]:
    """What was measured, for programs; seconds, bytes, tokens for each second."""
    trial, facts = found.trial, found.trial.facts
    return {
        "file": str(facts.path), "name": facts.name, "bytes": facts.bytes,
        "architecture": facts.architecture, "quantisation": facts.quantisation,
        "parameters": facts.parameters, "license": facts.license,
        "context": trial.context, "threads": trial.threads, "gpu": trial.gpu,
        "cold_load_seconds": round(found.cold, 2), "warm_load_seconds": round(found.warm, 2),
        "first_token_seconds": round(trial.first_seconds, 3),
        "read_tokens_per_second": round(trial.read_per_second, 1),
        "write_tokens_per_second": round(trial.write_per_second, 1),
        "memory": trial.memory, "answer_fits": trial.fits,
        "verdicts_seconds": round(found.verdicts, 2), "verdict_tokens": found.verdict_tokens,
        "verdict_prompt_tokens": found.verdict_prompt, "verdicts_fit": found.verdicts_fit,
    }  # fmt: skip


def lines(found: Measured) -> Iterator[str]:
    """What was measured, for people."""
    trial, facts = found.trial, found.trial.facts
    told = " · ".join(
        part
        for part in (
            facts.name, facts.quantisation, size(facts.bytes),
            f"{facts.parameters / 1e9:.1f} B" if facts.parameters >= 10**8 else "", facts.license,
        )
        if part
    )  # fmt: skip
    yield output.clean(told)
    on = "doctor.model_on_gpu" if trial.gpu else "doctor.model_on_cores"
    yield output.say(on, threads=trial.threads, context=trial.context)
    yield output.say("doctor.model_load", cold=f"{found.cold:.1f}", warm=f"{found.warm:.1f}")
    yield output.say(
        "doctor.model_speed",
        first=f"{trial.first_seconds:.2f}",
        read=f"{trial.read_per_second:.0f}",
        write=f"{trial.write_per_second:.1f}",
    )
    yield output.say("doctor.model_memory", memory=size(trial.memory))
    yield output.say(
        "doctor.model_verdicts",
        seconds=f"{found.verdicts:.1f}",
        asked=found.verdict_prompt,
        written=found.verdict_tokens,
    )
    if not (trial.fits and found.verdicts_fit):
        yield output.say("doctor.model_unfit")
    elif found.verdicts > VERDICT_SECONDS:
        yield output.say("doctor.model_slow", seconds=f"{VERDICT_SECONDS:.0f}")
    else:
        yield output.say("doctor.model_good")
