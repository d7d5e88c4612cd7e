"""The process one text is said in: it takes an order, gives up its rights, answers and ends.

Started by `app.infra.speech.process` as ``python -m app.infra.speech.worker`` with an order as
JSON on its input. Out goes a line of JSON and, when something was said, the sound behind it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from app.infra import sandbox
from app.infra.speech.espeak import Engine, Manner, NoEngine

NICE = 5
Answer = tuple[dict[str, Any], bytes]


def answer(order: dict[str, Any]) -> Answer:
    """Do what is asked."""
    if order["do"] == "piper":
        from app.infra.speech.piper_worker import say  # brings numpy and a runtime for networks

        return say(order)
    engine = Engine()
    if order["do"] == "voices":
        return {"voices": engine.voices()}, b""
    if not engine.choose(order["voice"]):
        return {"failed": "voice"}, b""
    sandbox.forbid_calls(files=False)  # dictionaries of other languages are opened in the middle
    said = engine.say(order["text"], Manner(**order["manner"]))
    return {"rate": said.rate, "marks": said.marks}, said.pcm


def main() -> None:
    """Answer one order."""
    os.nice(NICE)
    os.chdir(Path("/"))
    sandbox.leave_network()
    order = json.loads(sys.stdin.buffer.read())
    try:
        told, sound = answer(order)
    except NoEngine:
        told, sound = {"failed": "engine"}, b""
    except ValueError as error:
        told, sound = {"failed": "text", "why": str(error)[:300]}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + sound)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
