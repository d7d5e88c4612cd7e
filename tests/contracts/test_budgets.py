"""Sizes and habits every module keeps."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from tests.contracts.sources import Source, sources

STATION = sources("app", "ui", "plugins")
ALL = [*STATION, *sources("tests", "packaging")]
BANNED_NAMES = {"utils", "util", "misc", "helpers", "helper", "common", "manager", "managers"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
MOST_METHODS = 20
FOREIGN = re.compile(r"[a-z]+[A-Z]|[A-Z]")  # overrides of Qt and D-Bus methods: named by others
LEFT_OPEN = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")
REASONED_NOQA = re.compile(r"#\s*noqa: [A-Z0-9, ]+ +[-#] \S")
REASONED_IGNORE = re.compile(r"ignore\[[^\]]+\]\s*[#-]\s*\S")
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_modules_are_not_too_long() -> None:
    lengths = {one.name: len(one.text.splitlines()) for one in STATION}
    assert {name: long for name, long in lengths.items() if long > LONGEST_MODULE} == {}


def test_modules_begin_by_saying_what_they_are_for() -> None:
    assert [one.name for one in STATION if one.text.strip() and not _docstring(one)] == []


def test_functions_are_short() -> None:
    long = []
    for source in STATION:
        for node in ast.walk(source.tree):
            if isinstance(node, Function) and (length := _length(node)) > LONGEST_FUNCTION:
                long.append(f"{source.name}:{node.lineno} {node.name}: {length}")
    assert long == []


def test_classes_are_narrow() -> None:
    wide = []
    for source in STATION:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and (many := len(_methods(node))) > MOST_METHODS:
                wide.append(f"{source.name}:{node.lineno} {node.name}: {many}")
    assert wide == []


def test_names_say_something() -> None:
    assert [one.name for one in ALL if BANNED_NAMES & set(one.module.split("."))] == []


def test_only_commands_print() -> None:
    printing = [
        f"{source.name}:{node.lineno}"
        for source in STATION
        if not source.name.startswith("app/cli/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "print"
    ]
    assert printing == []


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    bare = []
    for source in ALL:
        for token in _comments(source):
            silent = "noqa" in token.string and not REASONED_NOQA.search(token.string)
            if re.match(r"#\s*type:\s*ignore", token.string):
                silent = silent or not REASONED_IGNORE.search(token.string)
            if silent and re.match(r"#\s*(noqa|type:\s*ignore)", token.string):
                bare.append(f"{source.name}:{token.start[0]} {token.string}")
    assert bare == []


def test_nothing_is_left_open() -> None:
    assert [one.name for one in ALL if LEFT_OPEN.search(one.text)] == []


def test_nothing_changes_a_global() -> None:
    changing = [
        f"{source.name}:{node.lineno}"
        for source in STATION
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Global)
    ]
    assert changing == []


def _docstring(source: Source) -> str | None:
    return ast.get_docstring(source.tree)


def _comments(source: Source) -> list[tokenize.TokenInfo]:
    lines = io.StringIO(source.text).readline
    return [one for one in tokenize.generate_tokens(lines) if one.type == tokenize.COMMENT]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - said


def _methods(node: ast.ClassDef) -> list[str]:
    """Public methods; properties are facts, not methods."""
    return [
        part.name
        for part in node.body
        if isinstance(part, Function)
        and not part.name.startswith("_")
        and not FOREIGN.match(part.name)
        and not any(re.search("property|setter", ast.dump(one)) for one in part.decorator_list)
    ]
