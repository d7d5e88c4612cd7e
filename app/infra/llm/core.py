"""The engine inside its worker process: one model, one talk at a time, token by token.

Stands on llama.cpp's own C functions. A wrong call here ends the process; nothing but
`app.infra.llm.worker` imports this module.
"""

from __future__ import annotations

import codecs
import ctypes
import importlib
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.infra.llm.chat import Piece

PART: Final = 128
"""Tokens read at a time: the shorter, the sooner a cancel and a sign of life."""
LIKELY: Final = 256
ALL_LAYERS: Final = 999
LEAST_ROOM: Final = 8
TOP_K, TOP_P, MIN_P = 40, 0.95, 0.05
_CANDIDATE: Final = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


def _one_mark(error: UnicodeError) -> tuple[str, int]:
    """One mark for a letter that is none: the grammar counted it as one.

    The engine lets letters be written in more bytes than they take; no other decoder does.
    """
    assert isinstance(error, UnicodeDecodeError)
    follows = 0x80 <= error.object[error.start] < 0xC0
    return "" if follows else "\ufffd", error.start + 1


_ONE_MARK: Final = "one-mark"
codecs.register_error(_ONE_MARK, _one_mark)


class CannotLoad(Exception):  # noqa: N818 - says what happened, like its neighbours
    """The engine does not take the file; its own words."""


class TooLong(Exception):  # noqa: N818 - as above
    """The question does not fit: its tokens, and how many fit."""

    def __init__(self, tokens: int, room: int) -> None:
        super().__init__(f"{tokens} tokens, room for {room}")
        self.tokens = tokens
        self.room = room


class Stopped(Exception):  # noqa: N818 - as above
    """It was cancelled."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written. Without a `grammar` any text will do."""

    prompt: Sequence[Piece]
    grammar: str | None
    most_tokens: int
    temperature: float
    seed: int | None


@dataclass(slots=True)
class Told:
    """How an answer went; seconds and tokens."""

    cut: bool = False
    read_tokens: int = 0
    kept_tokens: int = 0  # of those, known from the question before
    read_seconds: float = 0.0
    written_tokens: int = 0
    write_seconds: float = 0.0


@dataclass(slots=True)
class _Sampler:
    """Picks tokens: freely, and only where the grammar forbids that, among what it allows."""

    lib: Any
    chain: Any
    rules: Any | None
    data: np.ndarray[Any, Any]
    hidden: np.ndarray[Any, Any]  # signs, which are no text: the grammar takes them for letters

    def pick(self, logits: np.ndarray[Any, Any]) -> int:
        """Choose the next token and remember it."""
        token = self._choose(self._all(logits))
        # Asking the grammar about every token of the vocabulary is slow, about one it is not.
        if self.rules is not None and not self.allows(token):
            token = self._bound(logits)
        self.take(token)
        return token

    def allows(self, token: int) -> bool:
        """Whether the grammar lets this token follow."""
        one = np.zeros(1, _CANDIDATE)
        one["id"], one["logit"] = token, 1.0
        self._forbid(one)
        return bool(np.isfinite(one["logit"][0]))

    def take(self, token: int) -> None:
        """Remember that it was chosen."""
        if self.rules is not None:
            self.lib.llama_sampler_accept(self.rules, token)
        self.lib.llama_sampler_accept(self.chain, token)

    def free(self) -> None:
        """Give the memory back."""
        self.lib.llama_sampler_free(self.chain)
        if self.rules is not None:
            self.lib.llama_sampler_free(self.rules)

    def _bound(self, logits: np.ndarray[Any, Any]) -> int:
        """Choose among what the grammar allows: of the likely ones when it allows any of them."""
        data = self._all(logits)
        if len(data) > LIKELY:
            likely = data[np.argpartition(data["logit"], -LIKELY)[-LIKELY:]]
            self._forbid(likely)
            if np.isfinite(likely["logit"]).any():
                return self._choose(likely)
        self._forbid(data)
        return self._choose(data)

    def _all(self, logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        self.data["id"] = np.arange(len(self.data), dtype=np.int32)
        self.data["logit"] = logits
        self.data["logit"][self.hidden] = -np.inf
        self.data["p"] = 0.0
        return self.data

    def _forbid(self, data: np.ndarray[Any, Any]) -> None:
        self.lib.llama_sampler_apply(self.rules, ctypes.byref(self._candidates(data)))

    def _choose(self, data: np.ndarray[Any, Any]) -> int:
        told = self._candidates(data)
        self.lib.llama_sampler_apply(self.chain, ctypes.byref(told))
        return int(told.data[told.selected].id)

    def _candidates(self, data: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401 - a C structure
        pointer = data.ctypes.data_as(ctypes.POINTER(self.lib.llama_token_data))
        return self.lib.llama_token_data_array(
            data=pointer, size=len(data), selected=-1, sorted=False
        )


@dataclass(slots=True)
class Model:
    """A loaded model. `beat` is called now and then while it loads or reads (0 to 1).

    Another thread may set `stop` to end what is written; whoever asks next takes it back.
    """

    path: Path
    context: int
    threads: int
    gpu: bool
    beat: Callable[[float], None]
    stop: bool = False
    template: str = ""
    _lib: Any = None
    _model: Any = None
    _vocab: Any = None
    _talk: Any = None
    _memory: Any = None
    _said: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    _kept: list[int] = field(default_factory=list)
    _alive: list[Any] = field(default_factory=list)  # what C still points at
    _abort: Any = None
    _never: Any = None
    _words: int = 0
    _hidden: Any = None

    def load(self) -> None:
        """Load it. Raises `CannotLoad`."""
        lib = self._lib = importlib.import_module("llama_cpp.llama_cpp")
        log = lib.llama_log_callback(self._listen)
        progress = lib.llama_progress_callback(self._progress)
        self._abort = lib.ggml_abort_callback(lambda _data: self.stop)
        self._never = lib.ggml_abort_callback()
        self._alive += [log, progress]
        lib.llama_log_set(log, None)
        lib.llama_backend_init()
        asked = lib.llama_model_default_params()
        asked.progress_callback = progress
        asked.n_gpu_layers = ALL_LAYERS if self.gpu and lib.llama_supports_gpu_offload() else 0
        self._model = lib.llama_model_load_from_file(str(self.path).encode(), asked)
        if not self._model:
            raise CannotLoad(self._why())
        self._vocab = lib.llama_model_get_vocab(self._model)
        self._words = lib.llama_vocab_n_tokens(self._vocab)
        self._hidden = np.array([n for n in range(self._words) if self._is_sign(n)], np.int64)
        form = lib.llama_context_default_params()
        form.n_ctx, form.n_batch, form.n_ubatch = self.context, PART, PART
        form.n_threads = form.n_threads_batch = self.threads
        self._talk = lib.llama_init_from_model(self._model, form)
        if not self._talk:
            raise CannotLoad(self._why())
        self._memory = lib.llama_get_memory(self._talk)
        if not self._memory or lib.llama_model_has_encoder(self._model):
            raise CannotLoad("it answers no questions")
        self.context = int(lib.llama_n_ctx(self._talk))
        self.template = (lib.llama_model_chat_template(self._model, None) or b"").decode(
            "utf-8", "replace"
        )

    def free(self) -> None:
        """Give the memory back. The worker just ends; only tests load more than one."""
        self._lib.llama_free(self._talk)
        self._lib.llama_model_free(self._model)
        self._lib.llama_log_set(self._lib.llama_log_callback(), None)  # ours goes with us

    @property
    def on_gpu(self) -> bool:
        """Whether the engine was built to use a graphics processor, and may."""
        return bool(self.gpu and self._lib.llama_supports_gpu_offload())

    def sign(self, which: str) -> str:
        """The model's own sign for the beginning (``bos``) or end (``eos``) of a text."""
        number = getattr(self._lib, f"llama_vocab_{which}")(self._vocab)
        if number < 0:
            return ""
        return bytes(self._lib.llama_vocab_get_text(self._vocab, number)).decode("utf-8", "replace")

    def write(self, wish: Wish, on_text: Callable[[str], None]) -> Told:
        """Answer, and hand over the text as it comes. Raises `TooLong` and `Stopped`."""
        tokens = self.tokens(wish.prompt)
        room = self.context - len(tokens)
        if room < LEAST_ROOM:
            raise TooLong(len(tokens), self.context - LEAST_ROOM)
        told = Told(read_tokens=len(tokens))
        sampler = self.sampler(wish)
        try:
            begin = time.monotonic()
            told.kept_tokens = self._read(tokens)
            told.read_seconds = time.monotonic() - begin
            self._write(sampler, min(wish.most_tokens, room), told, on_text)
        finally:
            sampler.free()
        return told

    def tokens(self, prompt: Sequence[Piece]) -> list[int]:
        """The prompt in tokens; the signs of the template count, those in texts do not."""
        found = [token for piece in prompt for token in self._tokens(piece)]
        first = self._lib.llama_vocab_bos(self._vocab)
        if self._lib.llama_vocab_get_add_bos(self._vocab) and found[:1] != [first]:
            found.insert(0, first)
        return found

    def sampler(self, wish: Wish) -> _Sampler:
        """What picks the tokens. `ValueError` when the engine does not know the grammar."""
        lib, rules = self._lib, None
        if wish.grammar is not None:
            rules = lib.llama_sampler_init_grammar(self._vocab, wish.grammar.encode(), b"root")
            if not rules:  # used all the same, it ends the process
                raise ValueError("the engine does not understand the grammar")
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        seed = secrets.randbits(32) if wish.seed is None else wish.seed & 0xFFFFFFFF
        if wish.temperature <= 0:
            parts = [lib.llama_sampler_init_greedy()]
        else:
            parts = [
                lib.llama_sampler_init_top_k(TOP_K), lib.llama_sampler_init_top_p(TOP_P, 1),
                lib.llama_sampler_init_min_p(MIN_P, 1),
                lib.llama_sampler_init_temp(wish.temperature), lib.llama_sampler_init_dist(seed),
            ]  # fmt: skip
        for part in parts:
            lib.llama_sampler_chain_add(chain, part)
        return _Sampler(lib, chain, rules, np.empty(self._words, _CANDIDATE), self._hidden)

    def _read(self, tokens: list[int]) -> int:
        """Read the prompt but for what is known from before; returns how much that was."""
        same = 0
        for known, asked in zip(self._kept, tokens[:-1], strict=False):
            if known != asked:
                break
            same += 1
        if not self._lib.llama_memory_seq_rm(self._memory, 0, same, -1):
            self._forget()
            same = 0
        self._kept = self._kept[:same]
        # Asked at every step inside the engine: that pays for long reading, not for one token.
        self._lib.llama_set_abort_callback(self._talk, self._abort, None)
        try:
            for start in range(same, len(tokens), PART):
                self.beat(start / len(tokens))
                self._decode(tokens[start : start + PART])
        finally:
            self._lib.llama_set_abort_callback(self._talk, self._never, None)
        return same

    def _write(
        self, sampler: _Sampler, most: int, told: Told, on_text: Callable[[str], None]
    ) -> None:
        begin, decoder = time.monotonic(), codecs.getincrementaldecoder("utf-8")(_ONE_MARK)
        for token in self._picked(sampler):
            if self.stop:
                raise Stopped
            if token < 0:
                break
            told.written_tokens += 1
            if text := decoder.decode(self._piece(token)):
                on_text(text)
            told.write_seconds = time.monotonic() - begin
            if told.written_tokens >= most:
                told.cut = True
                break
            self._decode([token])
        if text := decoder.decode(b"", final=True):
            on_text(text)

    def _picked(self, sampler: _Sampler) -> Iterator[int]:
        """The tokens one after the other, -1 at the end; each must be read before the next."""
        while True:
            pointer = self._lib.llama_get_logits_ith(self._talk, -1)
            token = sampler.pick(np.ctypeslib.as_array(pointer, shape=(self._words,)))
            yield -1 if self._lib.llama_vocab_is_eog(self._vocab, token) else token

    def _decode(self, tokens: list[int]) -> None:
        kept = (self._lib.llama_token * len(tokens))(*tokens)
        code = self._lib.llama_decode(self._talk, self._lib.llama_batch_get_one(kept, len(tokens)))
        if code == 0:
            self._kept += tokens
            return
        self._forget()
        if self.stop:
            raise Stopped
        raise RuntimeError(f"the engine ended a step with {code}: {self._why()}")

    def _forget(self) -> None:
        self._lib.llama_memory_clear(self._memory, True)
        self._kept = []

    def _tokens(self, piece: Piece) -> list[int]:
        data = piece.text.encode("utf-8", "replace")
        room = len(data) + 8
        for _ in range(2):
            found = (self._lib.llama_token * room)()
            count = self._lib.llama_tokenize(
                self._vocab, data, len(data), found, room, False, piece.signs
            )
            if count >= 0:
                return list(found[:count])
            room = -count
        raise ValueError("the text cannot be split into tokens")

    def _piece(self, token: int) -> bytes:
        room = ctypes.create_string_buffer(256)
        length = self._lib.llama_token_to_piece(self._vocab, token, room, len(room), 0, False)
        return room.raw[: max(length, 0)]

    def _is_sign(self, token: int) -> bool:
        """Whether it is a sign for the machine, but none for an end."""
        vocab = self._vocab
        is_sign = self._lib.llama_vocab_is_control(vocab, token)
        return bool(is_sign) and not self._lib.llama_vocab_is_eog(vocab, token)

    def _progress(self, done: float, _data: object) -> bool:
        self.beat(done)
        return True

    def _listen(self, level: int, text: bytes, _data: object) -> None:
        if level >= 3:  # warnings and errors
            self._said.append(text.decode("utf-8", "replace").strip())

    def _why(self) -> str:
        return " / ".join(said for said in self._said if said)[-400:]
