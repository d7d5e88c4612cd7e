"""Runs the network of a Piper voice inside the worker, sentence by sentence.

The pronunciation comes from espeak-ng, the numbers from the voice's own table, the sound from the
network, run by ONNX Runtime. Only `app.infra.speech.worker` imports this module.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.infra import sandbox
from app.infra.speech.espeak import MOST_SECONDS, Engine

Sound = npt.NDArray[np.float32]

BETWEEN: Final = 0.28
"""Seconds of nothing between sentences; these voices leave nearly none."""
LONGEST: Final = 600
"""Signs in one run; longer sentences are run in parts, or the memory of a board is not enough."""
_CLAUSE: Final = re.compile(r"(.+?)([.!?,;:\u2026\u3002\uff01\uff1f\u0964\u060c\u061f]+(?=\s|$)|$)")
_END: Final = frozenset(".!?\u2026\u3002\uff01\uff1f\u0964\u061f")
_PLAIN: Final = {
    "\u2026": ".", "\u3002": ".", "\uff01": "!", "\uff1f": "?", "\u0964": ".", "\u060c": ",",
    "\u061f": "?",
}  # fmt: skip
_SWITCH: Final = re.compile(r"\([a-z-]{2,12}\)")
"""What the engine writes when a word is of another language."""

Answer = tuple[dict[str, Any], bytes]


def say(order: dict[str, Any]) -> Answer:
    """Say a text with a voice file."""
    try:
        import onnxruntime as runtime  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        return {"failed": "runtime"}, b""
    speak = None
    if order["espeak"]:
        speak = Engine()
        if not speak.choose(order["espeak"]):
            return {"failed": "text", "why": "the engine does not know its language"}, b""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = int(order["threads"])
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    path = Path(os.fsdecode(bytes.fromhex(order["path"])))
    try:
        session = runtime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - the runtime has errors of its own for each damage
        return {"failed": "file", "why": type(error).__name__}, b""
    sandbox.forbid_calls(files=False)  # dictionaries of other languages are opened in the middle
    try:
        sound = _all(order, session, speak)
    except Exception as error:  # noqa: BLE001 - as above: a network that is none of a voice
        return {"failed": "file", "why": type(error).__name__}, b""
    return {"rate": order["rate"]}, sound.tobytes()


def sentences(text: str, speak: Engine | None) -> Iterator[list[str]]:
    """Yield the signs of speech, sentence by sentence."""
    signs: list[str] = []
    for line in text.splitlines():
        for found in _CLAUSE.finditer(line):
            words, mark = found[1].strip(), found[2][:1]
            if not words:
                continue
            told = speak.phonemes(words) if speak is not None else words.lower()
            signs += unicodedata.normalize("NFD", _SWITCH.sub("", told))
            signs += [_PLAIN.get(mark, mark)] if mark else []
            if mark in _END or len(signs) > LONGEST:
                yield signs
                signs = []
            elif mark:
                signs.append(" ")
        if signs:
            yield signs
            signs = []


def numbers(signs: list[str], table: dict[str, list[int]]) -> list[int]:
    """The network's numbers for signs; those it does not know are left out."""
    pad = table["_"]
    found = [*table["^"], *pad]
    for sign in signs:
        if sign in table and sign not in "_^$":
            found += [*table[sign], *pad]
    return [*found, *table["$"]]


def _all(order: dict[str, Any], session: Any, speak: Engine | None) -> npt.NDArray[np.int16]:  # noqa: ANN401 - the runtime has no types
    parts: list[Sound] = []
    length = 0
    pause = np.zeros(int(order["rate"] * BETWEEN), np.float32)
    for signs in sentences(order["text"], speak):
        ids = numbers(signs, order["symbols"])
        if len(ids) <= 4:
            continue
        sound = _run(order, session, ids)
        parts += [sound, pause]
        length += sound.size + pause.size
        if length > MOST_SECONDS * order["rate"]:
            raise ValueError("it does not end")
    if not parts:
        raise ValueError("it says nothing")
    whole = np.concatenate(parts[:-1])
    loudest = max(float(np.abs(whole).max()), 0.01)
    return (whole * (min(0.84 / loudest, 4.0) * 32_767)).astype(np.int16)


def _run(order: dict[str, Any], session: Any, ids: list[int]) -> Sound:  # noqa: ANN401 - as above
    fed: dict[str, Any] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array(order["scales"], np.float32),
    }
    if order["speakers"] > 1:
        fed["sid"] = np.array([0], np.int64)
    made: Sound = np.asarray(session.run(None, fed)[0], np.float32).reshape(-1)
    if not np.isfinite(made).all():
        raise ValueError("no sound")
    return made
