"""The tables of alerts, and how their rows are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, Float, Integer, Table, Text

from app.domain.alerts import Alert, AlertId, AlertLevel
from app.infra.database.metadata import metadata

alert = Table(
    "alert",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("rule", "subject", "level")),
    Column("since", Float, nullable=False),
    Column("ended", Float),
    Column("seen", Integer, nullable=False),
    Column("args", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("told_began", "told_ended")),
    extend_existing=True,
)

message = Table(
    "alert_message",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("target", "title", "body", "kind")),
    *(Column(name, Float, nullable=False) for name in ("at", "due")),
    Column("tries", Integer, nullable=False),
    extend_existing=True,
)

held = Table(
    "alert_held",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("title", "body", "kind")),
    Column("at", Float, nullable=False),
    extend_existing=True,
)

COLUMNS: Final = ("id", "rule", "subject", "level", "since", "ended", "seen", "args")
"""Those `alert_of` reads, in its order."""


def alert_of(row: Sequence[Any]) -> Alert:
    """A row, in the order of `COLUMNS`."""
    key, rule, subject, level, since, ended, seen, args = row
    return Alert(
        AlertId(key), rule, subject, AlertLevel(level), since, ended, bool(seen), json.loads(args)
    )
