"""Turns texts into vectors of meaning: the model all-MiniLM-L6-v2, computed by numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.infra.embedding.place import SIZE, WEIGHTS, WORDS
from app.infra.embedding.tokenizer import WordPiece
from app.infra.embedding.weights import Array, read_safetensors

LAYERS, HEADS = 6, 12
WIDTH = SIZE // HEADS
BATCH = 32
LONGEST = 256
_TINY = np.float32(1e-12)
_FAR = np.float32(-1e9)
_STEEP = np.float32(WIDTH**-0.5)
_ROOT_HALF = np.float32(2**-0.5)
_HALF = np.float32(0.5)
_SLOPE = np.float32(0.3275911)
ROWS = 32
"""Rows of the widest state that fit into the nearest cache together with what is worked out."""
_ERF = tuple(
    np.float32(each) for each in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
)


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Array  # into x out
    bias: Array

    def __call__(self, values: Array) -> Array:
        result = values @ self.weight
        result += self.bias
        return result


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Array
    bias: Array

    def __call__(self, values: Array) -> Array:
        values = values - values.mean(-1, keepdims=True)
        spread = np.einsum("ij,ij->i", values, values)[:, None] / np.float32(values.shape[-1])
        values *= 1 / np.sqrt(spread + _TINY)
        values *= self.weight
        values += self.bias
        return values


@dataclass(frozen=True, slots=True)
class _Layer:
    looks: _Linear
    told: _Linear
    after_looking: _Norm
    wider: _Linear
    narrower: _Linear
    after_thinking: _Norm


class Encoder:
    """The model. A vector has `SIZE` numbers and the length 1: their product is the likeness."""

    def __init__(self, folder: Path) -> None:
        self._words = WordPiece(folder / WORDS, LONGEST)
        weights = read_safetensors(folder / WEIGHTS)
        self._pieces = weights["embeddings.word_embeddings.weight"]
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"][:LONGEST] + kind
        self._first = _norm(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{place}.") for place in range(LAYERS)]

    def encode(self, texts: Sequence[str]) -> Array:
        """One row for each text, in their order."""
        ids = [self._words.ids(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        found = np.empty((len(ids), SIZE), np.float32)
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            found[some] = self._forward([ids[place] for place in some])
        return found

    def _forward(self, ids: Sequence[Sequence[int]]) -> Array:
        count, longest = len(ids), max(len(each) for each in ids)
        padded = np.zeros((count, longest), np.int64)
        there = np.zeros((count, longest), np.float32)
        for row, each in enumerate(ids):
            padded[row, : len(each)] = each
            there[row, : len(each)] = 1
        state = (self._pieces[padded] + self._places[:longest]).reshape(count * longest, SIZE)
        state = self._first(state)
        unseen = ((1 - there) * _FAR)[:, None, None, :]
        for layer in self._layers:
            state = layer.after_looking(layer.told(_attend(layer.looks(state), unseen)) + state)
            state = layer.after_thinking(layer.narrower(_gelu(layer.wider(state))) + state)
        mean = np.einsum("btd,bt->bd", state.reshape(count, longest, SIZE), there)
        mean /= there.sum(1, keepdims=True)
        result: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return result


def _attend(values: Array, unseen: Array) -> Array:
    count, longest = unseen.shape[0], unseen.shape[-1]
    parts = values.reshape(count, longest, 3, HEADS, WIDTH).transpose(2, 0, 3, 1, 4)
    asked, offered, carried = parts[0], parts[1], parts[2]
    looks = asked @ offered.transpose(0, 1, 3, 2)
    looks *= _STEEP
    looks += unseen
    looks -= looks.max(-1, keepdims=True)
    np.exp(looks, out=looks)
    looks /= looks.sum(-1, keepdims=True)
    seen: Array = (looks @ carried).transpose(0, 2, 1, 3).reshape(count * longest, SIZE)
    return seen


def _gelu(values: Array) -> Array:
    """Half of each value times one and its error function; in pieces that fit the cache."""
    for start in range(0, len(values), ROWS):
        part = values[start : start + ROWS]
        curve = _erf(part * _ROOT_HALF)
        curve += 1
        curve *= _HALF
        part *= curve
    return values


def _erf(values: Array) -> Array:
    """By Abramowitz and Stegun 7.1.26: wrong by 1.5e-7 at most."""
    size = np.abs(values)
    step = size * _SLOPE
    step += 1
    np.reciprocal(step, out=step)
    curve = step * _ERF[0]
    for factor in _ERF[1:]:
        curve += factor
        curve *= step
    size *= size
    np.negative(size, out=size)
    np.exp(size, out=size)
    curve *= size
    np.subtract(1, curve, out=curve)
    result: Array = np.copysign(curve, values, out=curve)
    return result


def _layer(weights: dict[str, Array], name: str) -> _Layer:
    looks = [_linear(weights, f"{name}attention.self.{what}") for what in ("query", "key", "value")]
    return _Layer(
        looks=_Linear(
            np.ascontiguousarray(np.concatenate([each.weight for each in looks], axis=1)),
            np.concatenate([each.bias for each in looks]),
        ),
        told=_linear(weights, f"{name}attention.output.dense"),
        after_looking=_norm(weights, f"{name}attention.output.LayerNorm"),
        wider=_linear(weights, f"{name}intermediate.dense"),
        narrower=_linear(weights, f"{name}output.dense"),
        after_thinking=_norm(weights, f"{name}output.LayerNorm"),
    )


def _linear(weights: dict[str, Array], name: str) -> _Linear:
    # As it lies in the file it would be turned round at each use: that takes twice the time.
    weight = np.ascontiguousarray(weights[f"{name}.weight"].T)
    return _Linear(weight, weights[f"{name}.bias"])


def _norm(weights: dict[str, Array], name: str) -> _Norm:
    return _Norm(weights[f"{name}.weight"], weights[f"{name}.bias"])


Ids = npt.NDArray[np.int64]
"""Ids of items, or hashes of what was embedded."""
