"""Puts the test sets to a model of the owner's: ``python -m tests.quality --model FILE.gguf``."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from app.domain.intelligence import Policy
from app.infra.database import driver


async def run(file: Path) -> dict[str, tuple[float, float]]:
    """The scores of rules and of rules with this model, by task."""
    from app.infra.database.engine import Database
    from app.infra.llm.model import Choice, LocalModel
    from app.services.intelligence.asking import Asker
    from app.services.intelligence.store import AnswerStore
    from tests.fakes.thinking import CountingPurse, ScriptedServices
    from tests.quality.judging import judged, rules

    model = LocalModel(lambda: Choice(file), lambda: 600.0)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "station.db")
        await database.open()
        try:
            asker = Asker(
                ScriptedServices(), model, CountingPurse(), AnswerStore(database),
                lambda _task: Policy.ONLY_HERE,
            )  # fmt: skip
            alone, with_it = rules(), await judged(asker)
        finally:
            await model.close()
            await database.close()
    return {name: (alone[name], with_it[name]) for name in alone}


def main() -> int:
    """Print both scores beside each other."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, metavar="FILE")
    file = parser.parse_args().model
    for name, (alone, with_it) in asyncio.run(run(file)).items():
        sys.stdout.write(f"{name:<34} rules {alone:.2f}   with {file.stem} {with_it:.2f}\n")
    return 0


if __name__ == "__main__":
    driver.install()  # before anything imports sqlite3
    raise SystemExit(main())
