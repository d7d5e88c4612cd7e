"""The process the local model lives in: it loads one file, answers, and ends with its parent.

Started by `app.infra.llm.process` as ``python -m app.infra.llm.worker`` with a line of JSON
on its input that says what to load. It talks in lines of JSON: ``{"op": "ask", "id": …}`` and
``{"op": "cancel", "id": …}`` come in; ``beat``, ``text``, ``done`` and ``failed`` go out.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.infra import sandbox
from app.infra.llm import chat
from app.infra.llm.core import CannotLoad, Model, Stopped, TooLong, Wish

BEAT_SECONDS: Final = 0.2
TEXT_SECONDS: Final = 0.05
"""Text is handed over at most so often: a fast model writes thousands of tokens a second."""
NICE: Final = 5

Message = dict[str, Any]


class Out:
    """Where lines go. Used by the thread that works."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._beaten = 0.0

    def tell(self, message: Message) -> None:
        """Write a line."""
        self._target.write(json.dumps(message).encode() + b"\n")
        self._target.flush()

    def beat(self, done: float) -> None:
        """Say that the work goes on, but not too often."""
        now = time.monotonic()
        if now - self._beaten >= BEAT_SECONDS:
            self._beaten = now
            self.tell({"beat": round(done, 3)})


class Texts:
    """Gathers the text of an answer into lines that are neither many nor late."""

    def __init__(self, out: Out, number: int) -> None:
        self._out, self._number = out, number
        self._parts: list[str] = []
        self._told = 0.0
        self.first: float | None = None  # when the first token came

    def add(self, text: str) -> None:
        """More text."""
        now = time.monotonic()
        if self.first is None:
            self.first = now
        self._parts.append(text)
        if now - self._told >= TEXT_SECONDS:
            self._told = now
            self.flush()

    def flush(self) -> None:
        """Hand over what there is."""
        if self._parts:
            self._out.tell({"id": self._number, "text": "".join(self._parts)})
            self._parts.clear()


class Desk:
    """What came in and has not been worked on, and what of it is not wanted any more."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._asked: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._model: Model | None = None
        self._now: int | None = None
        self._lock = threading.Lock()

    def listen(self, model: Model) -> None:
        """Read what comes from now on, in a thread of its own; the end of it ends the process."""
        self._model = model
        threading.Thread(target=self._listen, daemon=True, name="listener").start()

    def take(self) -> Message:
        """Wait for the next question; one that was cancelled meanwhile has the op ``drop``."""
        message = self._asked.get()
        with self._lock:
            if message["id"] in self._cancelled:
                self._cancelled.discard(message["id"])
                return {**message, "op": "drop"}
            self._now = message["id"]
            if self._model is not None:
                self._model.stop = False
        return message

    def finish(self) -> None:
        """It is answered."""
        with self._lock:
            if self._now is not None:
                self._cancelled.discard(self._now)
            self._now = None

    def _listen(self) -> None:
        for line in self._source:
            message = json.loads(line)
            if message["op"] == "cancel":
                self._cancel(message["id"])
            else:
                self._asked.put(message)
        os._exit(0)

    def _cancel(self, number: int) -> None:
        with self._lock:
            self._cancelled.add(number)
            if number == self._now and self._model is not None:
                self._model.stop = True


def serve(desk: Desk, model: Model, out: Out) -> None:
    """Answer one after the other, for ever."""
    while True:
        message = desk.take()
        number: int = message["id"]
        if message["op"] == "drop":
            out.tell({"id": number, "failed": "stopped"})
            continue
        try:
            out.tell({"id": number, "done": _answer(model, out, message)})
        except Stopped:
            out.tell({"id": number, "failed": "stopped"})
        except TooLong as long:
            told = {"tokens": long.tokens, "room": long.room}
            out.tell({"id": number, "failed": "too_long", **told})
        except Exception as error:  # noqa: BLE001 - one answer is lost, the next is served
            out.tell({"id": number, "failed": "broken", "why": repr(error)[:500]})
        finally:
            desk.finish()


def _answer(model: Model, out: Out, message: Message) -> Message:
    begin = time.monotonic()
    prompt = chat.pieces(
        model.template, message["turns"], begin=model.sign("bos"), end=model.sign("eos")
    )
    wish = Wish(
        prompt, message["grammar"], message["most_tokens"], message["temperature"], message["seed"]
    )
    texts = Texts(out, message["id"])
    told = model.write(wish, texts.add)
    texts.flush()
    first = (texts.first or time.monotonic()) - begin
    return {**asdict(told), "first_seconds": first}


def main() -> None:
    """Load, give up all rights, say so, and serve."""
    os.nice(NICE)
    source, out = sys.stdin.buffer, Out(sys.stdout.buffer)
    order: Message = json.loads(source.readline())
    network = sandbox.leave_network()
    if order["cores"]:
        os.sched_setaffinity(0, order["cores"])
    model = Model(
        Path(os.fsdecode(bytes.fromhex(order["path"]))),
        order["context"], order["threads"], order["gpu"], out.beat,
    )  # fmt: skip
    begin = time.monotonic()
    try:
        model.load()
        _warm_up(model)
    except (CannotLoad, ImportError, OSError, RuntimeError) as error:
        out.tell({"failed": "load", "why": str(error)[:500]})
        return
    # A driver for graphics opens devices whenever it likes.
    calls = not model.on_gpu and sandbox.forbid_calls(files=True)
    out.tell(
        {"ready": True, "context": model.context, "gpu": model.on_gpu, "network": network,
         "calls": calls, "seconds": time.monotonic() - begin}
    )  # fmt: skip
    desk = Desk(source)
    desk.listen(model)
    serve(desk, model, out)


def _warm_up(model: Model) -> None:
    """Do all there is to do once, while files can still be opened: much is imported late.

    It brings the weights into memory, too, so that the first answer is no slower than the next.
    """
    turns = [{"role": "system", "content": "a"}, {"role": "user", "content": "b"}]
    many = "{% for m in messages %}{{ m['content'] | trim | tojson }}{{ '\\n' }}{% endfor %}"
    for template in (model.template, many, "{% if %}", "{{ nothing.at.all }}"):
        chat.pieces(template, turns, begin=model.sign("bos"), end=model.sign("eos"))
    for grammar in ('root ::= "ok" [a-z]{0,9}', None):
        model.write(Wish([chat.Piece("ok?", signs=False)], grammar, 2, 0.5, 1), lambda _text: None)


if __name__ == "__main__":
    main()
