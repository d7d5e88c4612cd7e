"""Grammars: what they allow is what the schema says, and the engine takes every one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.schema import problems
from app.infra.llm.chat import Piece
from app.infra.llm.core import Model, Wish
from app.infra.llm.engine import installed
from app.infra.llm.grammar import gbnf
from app.services.intelligence.prompt import among, listed, obj, whole, words
from tests.fakes import gguf
from tests.unit.infra.llm.parts import FILM

# ------------------------------------------------------------------------------- schemas and values

NAMES = st.text("abcdé\"\\\n -🎬'", min_size=1, max_size=6)
_NICE = st.characters(exclude_categories=["Cs", "Cc"])


def _strings() -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.integers(0, 5), st.integers(0, 12)).map(
        lambda two: {"type": "string", "minLength": two[0], "maxLength": two[0] + two[1]}
    )


def _whole() -> st.SearchStrategy[dict[str, Any]]:
    numbers = st.one_of(st.integers(-30, 30), st.integers(-(10**9), 10**12))
    return st.tuples(numbers, numbers).map(
        lambda two: {"type": "integer", "minimum": min(two), "maximum": max(two)}
    )


def _chosen() -> st.SearchStrategy[dict[str, Any]]:
    values = st.one_of(st.text(_NICE, max_size=6), st.integers(-5, 50), st.booleans())
    return st.lists(values, min_size=1, max_size=4).map(lambda all_: {"enum": all_})


def _number() -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.integers(0, 20), st.integers(0, 30)).map(
        lambda two: {"type": "number", "minimum": two[0], "maximum": two[0] + two[1]}
    )


def _inside(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    lists = st.tuples(parts, st.integers(0, 2), st.integers(0, 3)).map(
        lambda three: {
            "type": "array",
            "items": three[0],
            "minItems": three[1],
            "maxItems": three[1] + three[2],
        }
    )
    objects = st.dictionaries(NAMES, parts, max_size=3).map(
        lambda each: {
            "type": "object",
            "properties": each,
            "required": list(each),
            "additionalProperties": False,
        }
    )
    return st.one_of(lists, objects)


SCHEMAS = st.recursive(
    st.one_of(_strings(), _whole(), _chosen(), _number(), st.just({"type": "boolean"})),
    _inside,
    max_leaves=6,
)


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit the schema, in the form the grammar writes them."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema["type"]
    if kind == "object":
        parts = {name: values(part) for name, part in schema["properties"].items()}
        return st.fixed_dictionaries(parts).map(lambda each: {name: each[name] for name in parts})
    if kind == "array":
        least, most = schema["minItems"], schema["maxItems"]
        return st.lists(values(schema["items"]), min_size=least, max_size=most)
    if kind == "string":
        letters = st.one_of(_NICE, st.just("\n"))
        return st.text(letters, min_size=schema["minLength"], max_size=schema["maxLength"])
    if kind == "boolean":
        return st.booleans()
    if kind == "number":
        return st.integers(schema["minimum"], schema["maximum"])
    return st.integers(schema["minimum"], schema["maximum"])


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# --------------------------------------------------------------------------------------- the engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """The engine in this very process: a grammar it dies of would end the whole run."""
    if not installed():
        pytest.skip("the engine is not installed: sh packaging/engine.sh builds it")
    path = gguf.write(tmp_path_factory.mktemp("models") / "tiny.gguf")
    model = Model(path, 512, 1, gpu=False, beat=lambda _done: None)
    model.load()
    yield model
    model.free()


def fits(engine: Model, grammar: str, text: str) -> bool:
    """Whether the grammar allows this text, and an end after it."""
    sampler = engine.sampler(Wish([], grammar, 1, 0.0, 1))
    try:
        for token in [*engine.tokens([Piece(text, signs=False)])[1:], 2]:
            if not sampler.allows(token):
                return False
            sampler.take(token)
    finally:
        sampler.free()
    return True


RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@RELAXED
@given(SCHEMAS.flatmap(lambda schema: st.tuples(st.just(schema), values(schema))))
def test_what_fits_is_allowed(engine: Model, pair: tuple[dict[str, Any], Any]) -> None:
    schema, value = pair
    assert problems(schema, value) == ()
    assert fits(engine, gbnf(schema), compact(value))


@RELAXED
@given(SCHEMAS, st.integers(0, 2**31))
def test_what_it_lets_through_fits(engine: Model, schema: dict[str, Any], seed: int) -> None:
    """Random weights write whatever they are let; a true model is tamer."""
    texts: list[str] = []
    wish = Wish([Piece("?", signs=False)], gbnf(schema), 400, 1.0, seed)
    told = engine.write(wish, texts.append)
    if not told.cut:
        value = json.loads("".join(texts))
        assert problems(schema, value) == ()


@pytest.mark.parametrize(
    "text",
    ['"a\x01b"', '"a\nb"', '"a\tb"', '"\x7f"', '"\\u0041"', '"\\x"', '"ab', 'ab"', '""x', ' "a"'],
)
def test_strings_without_control_characters_and_strange_escapes(engine: Model, text: str) -> None:
    assert not fits(engine, gbnf({"type": "string", "maxLength": 10}), text)


@pytest.mark.parametrize("most", [0, 1, 999, 1_000, 1_001, 1_999, 2_500])
def test_lengths_are_exact(engine: Model, most: int) -> None:
    grammar = gbnf({"type": "string", "maxLength": most})
    assert fits(engine, grammar, compact("x" * most))
    assert not fits(engine, grammar, compact("x" * (most + 1)))
    if most:
        grammar = gbnf({"type": "string", "minLength": most, "maxLength": most})
        assert fits(engine, grammar, compact("x" * most))
        assert not fits(engine, grammar, compact("x" * (most - 1)))


def test_parts_come_in_order_all_of_them_and_no_others(engine: Model) -> None:
    grammar = gbnf(FILM)
    good = {"title": "A", "year": 1999, "kind": "film", "good": True, "people": []}
    assert fits(engine, grammar, compact(good))
    assert not fits(engine, grammar, compact(dict(reversed(good.items()))))
    assert not fits(engine, grammar, compact({**good, "more": 1}))
    assert not fits(engine, grammar, compact({**good, "kind": "other"}))
    assert not fits(engine, grammar, compact({**good, "year": 1899}))
    assert not fits(engine, grammar, compact({**good, "people": ["a"] * 4}))
    assert not fits(engine, grammar, compact({**good, "good": 1}))
    assert not fits(engine, grammar, '{"title":"A"}')
    assert not fits(engine, grammar, json.dumps(good))  # blanks


def test_an_engine_that_does_not_understand_a_grammar_says_so(engine: Model) -> None:
    for wrong in ("root ::= [", "root ::= nothing", "nonsense", "root ::= root"):
        with pytest.raises(ValueError, match="grammar"):
            engine.sampler(Wish([], wrong, 1, 0.5, 1))


# -------------------------------------------------------------------------------- without an engine


def _as_pattern(rule: str) -> re.Pattern[str]:
    return re.compile(rule.replace('"', "").replace(" ", ""))


@given(st.integers(0, 3_000), st.integers(0, 3_000), st.integers(-10, 9_999))
def test_ranges_of_whole_numbers(one: int, other: int, value: int) -> None:
    low, high = sorted((one, other))
    rule = gbnf({"type": "integer", "minimum": low, "maximum": high}).splitlines()[0]
    pattern = _as_pattern(rule.removeprefix("root ::= "))
    assert bool(pattern.fullmatch(str(value))) == (low <= value <= high)
    assert not pattern.fullmatch(f"0{value}")


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(-600, 600))
def test_ranges_below_nothing(one: int, other: int, value: int) -> None:
    low, high = sorted((one, other))
    rule = gbnf({"type": "integer", "minimum": low, "maximum": high}).splitlines()[0]
    pattern = _as_pattern(rule.removeprefix("root ::= "))
    assert bool(pattern.fullmatch(str(value))) == (low <= value <= high)
    assert not pattern.fullmatch("-0")


@given(SCHEMAS)
def test_the_same_schema_makes_the_same_grammar(schema: dict[str, Any]) -> None:
    told = gbnf(schema)
    assert told == gbnf(json.loads(json.dumps(schema)))
    names = re.findall(r"^([a-z0-9]+) ::= ", told, re.MULTILINE)
    assert len(names) == len(set(names)) == told.count("\n")
    assert names[0] == "root"


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "null"},
        {"type": "string", "pattern": "^a+$"},
        {"type": ["string", "null"]},
        {"anyOf": [{"type": "string"}]},
        {"$ref": "#"},
        {"enum": []},
        {"enum": ["\ud800"]},
        {"type": "string", "minLength": 5, "maxLength": 4},
        {"type": "integer", "minimum": 5, "maximum": 4},
        {"type": "array", "items": {"type": "boolean"}, "maxItems": 5_000},
        {"type": "object", "properties": {}, "required": ["a"]},
    ],
)
def test_what_cannot_be_held_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"cannot be a grammar|surrogates not allowed"):
        gbnf(schema)


def test_a_schema_without_end_is_refused() -> None:
    deep: dict[str, Any] = {"type": "boolean"}
    for _ in range(50):
        deep = {"type": "array", "items": deep, "maxItems": 2}
    with pytest.raises(ValueError, match="too deep"):
        gbnf(deep)


def test_the_forms_of_the_station_can_all_be_held() -> None:
    schema = obj(
        title=words(5_000), tags=listed(words(40), 30), kind=among("a", "b"), sure=whole(0, 100)
    )
    assert gbnf(schema).startswith("root ::= ")
