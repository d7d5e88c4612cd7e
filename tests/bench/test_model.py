"""The local model: its cold load and first answer, forty verdicts at once, and nothing at rest.

The model here is tiny and random: what is measured is the station's own part. The speed of a true
model is what `sokoul doctor --model FILE` measures on the machine it is meant for.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from statistics import median

import psutil
import pytest

from app.domain.schema import problems
from app.infra.llm.engine import installed
from app.infra.llm.measure import VERDICTS, forget, verdicts
from app.infra.llm.model import Choice, LocalModel, State
from tests.bench import report
from tests.fakes import gguf

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not installed(), reason="the engine is not installed"),
]
RUNS = 7


async def test_cold_load_and_first_answer(tmp_path: Path) -> None:
    path = gguf.write(tmp_path / "tiny.gguf", gguf.Tiny(context=8_192))
    cold, warm, verdict, tokens = [], [], [], []
    for _ in range(RUNS):
        model = LocalModel(lambda: Choice(path), lambda: 60.0)
        try:
            forget(path)
            begin = time.perf_counter()
            await model.complete(verdicts("tiny", 1))
            cold.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            await model.complete(verdicts("tiny", 1))
            warm.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            answer = await model.complete(verdicts("tiny"))
            verdict.append(time.perf_counter() - begin)
            tokens.append(answer.output_tokens)
        finally:
            await model.close()
    report.write(
        "local_model",
        {
            "cold load and first answer, ms": round(median(cold) * 1e3, 1),
            "answer when loaded, ms": round(median(warm) * 1e3, 1),
            f"{VERDICTS} verdicts in one answer, ms": round(median(verdict) * 1e3, 1),
            "tokens written for them": median(tokens),
            "tokens read for them": answer.input_tokens,
        },
    )
    schema = verdicts("tiny").schema
    assert schema is not None
    assert problems(schema, json.loads(answer.text)) == ()


async def test_at_rest_there_is_nothing_in_memory(tmp_path: Path) -> None:
    shape = gguf.Tiny(wide=1_024, layers=8, heads=16, inner=2_816)  # some 370 MB
    path = gguf.write(tmp_path / "large.gguf", shape)
    own = psutil.Process(os.getpid())
    before = own.memory_info().rss
    model = LocalModel(lambda: Choice(path), lambda: 0.05)
    try:
        trial = await model.try_out(path)
        # The state is told first, the process ends within moments: else the time limit does it.
        while model.status().state is not State.RESTING or own.children():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
        children = [child.name() for child in own.children(recursive=True)]
        grown = own.memory_info().rss - before
    finally:
        await model.close()
    report.write(
        "local_model_rest",
        {
            "file, MB": round(path.stat().st_size / 1e6),
            "worker while loaded, MB": round(trial.memory / 1e6),
            "tokens written each second": round(trial.write_per_second, 1),
            "tokens read each second": round(trial.read_per_second, 1),
            "children left at rest": len(children),
            "station grown by, MB": round(grown / 1e6, 1),
        },
    )
    assert children == []
