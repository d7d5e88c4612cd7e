"""Writes the audit log into a file: CSV for people, JSON lines for programs that check it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain.errors import Unavailable
from app.infra.atomic import replace_file
from app.services.audit.chain import Row
from app.services.budget.export import free, harmless

COLUMNS: Final = (
    *("number", "time", "kind", "about", "facts", "at"),
    *("salt", "sealed", "previous", "own"),
)


class Form(StrEnum):
    """What is written."""

    CSV = "csv"
    JSONL = "jsonl"


def save(path: Path, form: Form, rows: Sequence[Row]) -> Path:
    """Write them; never over a file that is there. `Unavailable` when it cannot be. May block."""
    content = _csv(rows) if form is Form.CSV else _lines(rows)
    try:
        target = free(path / f"audit.{form.value}" if path.is_dir() else path)
        replace_file(target, content)
    except OSError as error:
        reason = error.strerror or ""
        raise Unavailable("errors.audit_export", path=str(path), reason=reason) from error
    return target


def _csv(rows: Sequence[Row]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for number, at, kind, about, salt, facts, *hashes in rows:
        told = [harmless("" if one is None else str(one)) for one in (kind, about, facts)]
        writer.writerow([number, _time(at), *told, repr(at), salt or "", *hashes])
    return made.getvalue().encode("utf-8-sig")


def _lines(rows: Sequence[Row]) -> bytes:
    names = ("number", "at", "kind", "about", "salt", "facts", "sealed", "previous", "own")
    return b"".join(json.dumps(dict(zip(names, row, strict=True))).encode() + b"\n" for row in rows)


def _time(at: object) -> str:
    try:
        moment = datetime.fromtimestamp(float(str(at)), UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat(sep=" ", timespec="seconds")
