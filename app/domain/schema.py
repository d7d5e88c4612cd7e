"""Says what is wrong with a value that should fit a JSON Schema; pure.

The part of JSON Schema the station's own questions use: object, array, string, integer, number,
boolean, enum, and their limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

MOST_PROBLEMS: Final = 20


def problems(schema: Mapping[str, Any], value: object) -> tuple[str, ...]:
    """Return what does not fit, each with its place (``scenes[2].duration: …``); none: it fits."""
    found: list[str] = []
    for problem in _look(schema, value, ""):
        found.append(problem)
        if len(found) == MOST_PROBLEMS:
            break
    return tuple(found)


def _look(schema: Mapping[str, Any], value: object, where: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where or 'answer'}: not one of {', '.join(map(str, schema['enum']))[:200]}"
        return
    kind = schema.get("type")
    if kind is None:
        return
    if not _KINDS[kind](value):
        yield f"{where or 'answer'}: should be {kind}"
        return
    if kind in _INSIDE:
        yield from _INSIDE[kind](schema, value, where)


def _object(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - checked by the caller
    parts = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}.{name}: missing".lstrip(".")
    for name, one in value.items():
        if name in parts:
            yield from _look(parts[name], one, f"{where}.{name}".lstrip("."))
        elif schema.get("additionalProperties") is False:
            yield f"{where}.{str(name)[:60]}: not asked for".lstrip(".")


def _array(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - checked by the caller
    if len(value) < schema.get("minItems", 0):
        yield f"{where or 'answer'}: fewer than {schema['minItems']}"
    most = schema.get("maxItems")
    if most is not None and len(value) > most:
        yield f"{where or 'answer'}: more than {most}"
        return
    for number, one in enumerate(value):
        yield from _look(schema.get("items", {}), one, f"{where}[{number}]")


def _string(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - checked by the caller
    if len(value) < schema.get("minLength", 0):
        yield f"{where or 'answer'}: shorter than {schema['minLength']} characters"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{where or 'answer'}: longer than {schema['maxLength']} characters"


def _number(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - checked by the caller
    if value < schema.get("minimum", value):
        yield f"{where or 'answer'}: less than {schema['minimum']}"
    if value > schema.get("maximum", value):
        yield f"{where or 'answer'}: more than {schema['maximum']}"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_KINDS: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "object": lambda value: isinstance(value, dict),
        "array": lambda value: isinstance(value, list),
        "string": lambda value: isinstance(value, str),
        "boolean": lambda value: isinstance(value, bool),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "number": _is_number,
    }
)
_INSIDE: Final[Mapping[str, Callable[[Mapping[str, Any], Any, str], Iterator[str]]]] = (
    MappingProxyType(
        {
            "object": _object,
            "array": _array,
            "string": _string,
            "integer": _number,
            "number": _number,
        }
    )
)
