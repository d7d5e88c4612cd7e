"""One question to try a model out with, and how it went."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from app.api.thinking import Finish, TextAnswer, TextQuestion, Turn
from app.domain.schema import problems
from app.infra.llm.gguf import GgufFacts
from app.infra.llm.process import Message, Order

SCHEMA: Final = {
    "type": "object",
    "properties": {
        "greeting": {"type": "string", "maxLength": 120},
        "year": {"type": "integer", "minimum": 1900, "maximum": 2030},
    },
    "required": ["greeting", "year"],
    "additionalProperties": False,
}
_TEXT: Final = (
    "A family looks for something to watch. They liked an old film about a castle in the clouds, "
    "a quiet series about a railway through the mountains, and everything with trains in it. They "
    "do not like to be frightened, and the youngest is eight. Greet them in one friendly sentence, "
    "and name the year of a film that may please them."
)
_STRENGTHS: Final = ((1.0, 15), (2.0, 25), (4.5, 40), (10.0, 50), (20.0, 60), (40.0, 70))


@dataclass(frozen=True, slots=True)
class Trial:
    """How a model did on this machine. Seconds, bytes, tokens for each second."""

    facts: GgufFacts
    load_seconds: float
    first_seconds: float  # from the question to the first token
    read_per_second: float
    write_per_second: float
    memory: int
    context: int
    threads: int
    gpu: bool
    answer: str
    fits: bool  # the answer has the asked form


def question(model: str) -> TextQuestion:
    """What is asked to try a model out."""
    return TextQuestion(
        model, (Turn("user", _TEXT),), "You answer in JSON.", SCHEMA, 600, 0.2, seed=1
    )


def told(order: Order, ready: Message, answer: TextAnswer, done: Message, memory: int) -> Trial:
    """How it went, from what the worker said."""
    read = int(done["read_tokens"]) - int(done["kept_tokens"])
    return Trial(
        facts=order.facts,
        load_seconds=float(ready["seconds"]),
        first_seconds=float(done["first_seconds"]),
        read_per_second=rate(read, float(done["read_seconds"])),
        write_per_second=rate(int(done["written_tokens"]), float(done["write_seconds"])),
        memory=memory,
        context=int(ready["context"]),
        threads=order.cores.threads,
        gpu=bool(ready["gpu"]),
        answer=answer.text,
        fits=answer.finish is Finish.COMPLETE and _fits(answer.text),
    )


def rate(count: int, seconds: float) -> float:
    """So many in a second; 0 when it cannot be told."""
    return count / seconds if seconds > 0 else 0.0


def strength(parameters: int) -> int:
    """How well a model of this size answers, 0 to 100; services begin at about 50."""
    for billions, each in _STRENGTHS:
        if parameters < billions * 10**9:
            return each
    return 75


def _fits(text: str) -> bool:
    try:
        return not problems(SCHEMA, json.loads(text))
    except ValueError:
        return False
