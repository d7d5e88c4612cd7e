"""The owner's wishes for single tasks: who is asked, as the settings keep it; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from app.domain.intelligence import Policy, Task

SERVICE: Final = "service:"
"""What stands before the id of a plugin that is asked before all others."""
HEARING: Final = (Policy.HERE_FIRST, Policy.BEST, Policy.ONLY_HERE, Policy.RULES)
"""What can be wished for speech: what hears here costs nothing, so it is the cheapest too."""


def read_routes(text: str) -> dict[Task, str]:
    """The wishes that can be read: a policy, or `SERVICE` and an id, by task."""
    found: dict[Task, str] = {}
    for name, wish in _told(text).items():
        try:
            task = Task(name)
        except ValueError:
            continue
        if isinstance(wish, str) and (wish in list(Policy) or named(wish)):
            found[task] = wish
    return found


def with_route(text: str, task: Task, wish: str) -> str:
    """The settings with another wish for a task; empty: as for all. The others stay as they are."""
    told = dict(_told(text))
    told.pop(task.value, None)
    if wish:
        told[task.value] = wish
    return json.dumps(told, sort_keys=True, ensure_ascii=False) if told else ""


def named(wish: str) -> str:
    """The plugin a wish names; empty when it names none."""
    return wish.removeprefix(SERVICE) if wish.startswith(SERVICE) else ""


def policies_for(task: Task) -> tuple[Policy, ...]:
    """The policies that mean something for a task."""
    return HEARING if task is Task.HEAR else tuple(Policy)


def _told(text: str) -> Mapping[str, object]:
    if not text:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
