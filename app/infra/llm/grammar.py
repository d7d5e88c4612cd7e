"""Writes the grammar (GBNF) that holds the local model to the form a question asks for.

Only for schemas of the program's own: a grammar the engine does not understand can end its
process. What a schema says beyond what is known here is refused, never passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MOST_ITEMS: Final = 200
"""Of a list whose schema names no `maxItems`."""
MOST_CHARACTERS: Final = 2_000
"""Of a string whose schema names no `maxLength`."""
MOST_DIGITS: Final = 15
MOST_RULES: Final = 2_000
DEEPEST: Final = 12
_PIECE: Final = 1_000
"""Repetitions written in one place: the engine refuses many more."""

# A character of a string as it stands in JSON: control characters may not. New lines are the one
# escape texts need. No other range may be left out: the engine refuses the first byte of a letter
# when any letter that begins so is forbidden, and with \x80-\x9F would go « and ¿.
_CHARACTER: Final = r'[^"\\\x00-\x1F\x7F] | "\\" (["\\] | "n")'
_KNOWN: Final = frozenset(
    ("type", "enum", "properties", "required", "additionalProperties", "items", "minItems",
     "maxItems", "minLength", "maxLength", "minimum", "maximum", "title", "description")
)  # fmt: skip


def gbnf(schema: Mapping[str, Any]) -> str:
    """Return the grammar of the JSON texts that fit the schema; the same each time.

    The texts have no blanks, and the parts of an object come in the order of the schema, all of
    them. Bounds of numbers that are not whole, or below nothing, are left to the check after it.
    `ValueError` when the schema has something that cannot be held.
    """
    writer = _Writer()
    body = writer.expression(schema, 0)
    rules = {"root": body, **writer.rules, "character": _CHARACTER}
    return "".join(f"{name} ::= {rule}\n" for name, rule in rules.items())


@dataclass(slots=True)
class _Writer:
    rules: dict[str, str] = field(default_factory=dict)

    def expression(self, schema: Mapping[str, Any], depth: int) -> str:
        """What stands for a value of this schema inside a rule."""
        unknown = schema.keys() - _KNOWN
        if unknown or depth > DEEPEST:
            raise ValueError(f"cannot be a grammar: {sorted(unknown) or 'too deep'}")
        if "enum" in schema:
            return _choice(schema["enum"])
        kind = schema.get("type")
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind == "string":
            return self._string(schema)
        if kind == "integer":
            return _integer(schema)
        if kind == "number":
            return _number(schema)
        if kind == "boolean":
            return '("true" | "false")'
        raise ValueError(f"cannot be a grammar: type {kind!r}")

    def _rule(self, body: str) -> str:
        if len(self.rules) >= MOST_RULES:
            raise ValueError("cannot be a grammar: too large")
        name = f"r{len(self.rules) + 1}"
        self.rules[name] = body
        return name

    def _object(self, schema: Mapping[str, Any], depth: int) -> str:
        parts: list[str] = []
        for name, part in schema.get("properties", {}).items():
            lead = ("{" if not parts else ",") + json.dumps(str(name), ensure_ascii=False) + ":"
            parts.append(f"{_literal(lead)} {self.expression(part, depth + 1)}")
        if missing := set(schema.get("required", ())) - set(schema.get("properties", {})):
            raise ValueError(f"cannot be a grammar: required but not told: {sorted(missing)}")
        return self._rule(" ".join([*parts, '"}"']) if parts else '"{}"')

    def _array(self, schema: Mapping[str, Any], depth: int) -> str:
        least, most = _bounds(schema, "Items", MOST_ITEMS)
        if most == 0:
            return '"[]"'
        if most > _PIECE:
            raise ValueError(f"cannot be a grammar: {most} items")
        item = self._rule(self.expression(schema["items"], depth + 1))
        more = self._rule(f'"," {item}') if most > 1 else ""
        some = f"{item} {more}{{{max(least - 1, 0)},{most - 1}}}" if more else item
        if least == 0:
            return self._rule(f'"[" {self._rule(some)}? "]"')
        return self._rule(f'"[" {some} "]"')

    def _string(self, schema: Mapping[str, Any]) -> str:
        least, most = _bounds(schema, "Length", MOST_CHARACTERS)
        return self._rule(f'"\\"" {self._characters(least, most)} "\\""'.replace("  ", " "))

    def _characters(self, least: int, most: int) -> str:
        """So many characters; long ones in pieces, of which at most two are open at a time."""
        if most == 0:
            return ""
        if most <= _PIECE:
            return f"character{{{least},{most}}}"
        rest = self._characters(max(least - _PIECE, 0), most - _PIECE)
        longer = f"character{{{_PIECE}}} {rest}"
        if least >= _PIECE:
            return longer
        return self._rule(f"character{{{least},{_PIECE - 1}}} | {longer}")


def _bounds(schema: Mapping[str, Any], of: str, usual: int) -> tuple[int, int]:
    least = int(schema.get(f"min{of}", 0))
    most = int(schema.get(f"max{of}", max(usual, least)))
    if not 0 <= least <= most:
        raise ValueError(f"cannot be a grammar: {of} from {least} to {most}")
    return least, most


def _literal(text: str) -> str:
    """A text as it stands, in the grammar's own quotes."""
    text.encode()  # half pairs are no text: UnicodeEncodeError is a ValueError
    kept = []
    for letter in text:
        if letter in '"\\':
            kept.append("\\" + letter)
        elif ord(letter) < 0x20 or ord(letter) == 0x7F:
            kept.append(f"\\x{ord(letter):02X}")
        else:
            kept.append(letter)
    return '"' + "".join(kept) + '"'


def _choice(values: Any) -> str:  # noqa: ANN401 - what a schema holds
    told = dict.fromkeys(json.dumps(value, ensure_ascii=False) for value in values)
    if not told:
        raise ValueError("cannot be a grammar: a choice of nothing")
    return "(" + " | ".join(_literal(each) for each in told) + ")"


def _integer(schema: Mapping[str, Any]) -> str:
    far = 10**MOST_DIGITS - 1
    low, high = int(schema.get("minimum", -far)), int(schema.get("maximum", far))
    if not -far <= low <= high <= far:
        raise ValueError(f"cannot be a grammar: from {low} to {high}")
    found = []
    if low < 0:
        found.append(f'"-" ({_between(max(1, -high), -low)})')
    if high >= 0:
        found.append(_between(max(0, low), high))
    return "(" + " | ".join(found) + ")"


def _number(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    part = '("." [0-9]{1,4})?'
    if low is None or low < 0 or low != int(low):
        return f'("-"? ("0" | [1-9] [0-9]{{0,8}}) {part})'
    if high is None or high != int(high) or high >= 10**MOST_DIGITS:
        return f'(("0" | [1-9] [0-9]{{0,8}}) {part})'
    whole = _between(int(high), int(high))
    if low == high:
        return f"({whole})"
    return f"(({_between(int(low), int(high) - 1)}) {part} | {whole})"


def _between(low: int, high: int) -> str:
    """The whole numbers from `low` to `high`, neither below nothing."""
    found = []
    for digits in range(len(str(low)), len(str(high)) + 1):
        first = max(low, 10 ** (digits - 1) if digits > 1 else 0)
        last = min(high, 10**digits - 1)
        found.append(_same_length(str(first), str(last)))
    return " | ".join(found)


def _same_length(low: str, high: str) -> str:
    if low == high:
        return f'"{low}"'
    if len(low) == 1:
        return f"[{low}-{high}]"
    if low[0] == high[0]:
        return f'"{low[0]}" ({_same_length(low[1:], high[1:])})'
    rest = len(low) - 1
    found = []
    first, last = int(low[0]), int(high[0])
    if low[1:] != "0" * rest:
        found.append(f'"{first}" ({_same_length(low[1:], "9" * rest)})')
        first += 1
    above = ""
    if high[1:] != "9" * rest:
        above = f'"{last}" ({_same_length("0" * rest, high[1:])})'
        last -= 1
    if first <= last:
        found.append(f"[{first}-{last}] [0-9]{{{rest}}}")
    return " | ".join([*found, above] if above else found)
