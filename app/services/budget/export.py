"""Writes what was spent as CSV that a spreadsheet opens without taking any of it for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

from app.domain.budget import amount_text
from app.domain.errors import Unavailable
from app.domain.spending import Entry, EntryState
from app.infra.atomic import replace_file

COLUMNS: Final = (
    *("time", "day", "kind", "service", "task", "what", "state"),
    *("amount", "currency", "held", "dollars"),
)
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def text(entries: Iterable[Entry], zone: tzinfo | None = None) -> str:
    """The entries as CSV with a head; lines end as RFC 4180 has it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for one in entries:
        at = datetime.fromtimestamp(one.at, UTC).astimezone(zone)
        paid = one.amount if one.state is EntryState.SPENT else 0
        writer.writerow((
            at.isoformat(sep=" ", timespec="seconds"), one.day, one.kind.value,
            *map(harmless, (one.service, one.task, one.what)), one.state.value,
            amount_text(paid), harmless(one.currency), amount_text(one.held),
            amount_text(one.dollars if one.state is EntryState.SPENT else 0),
        ))  # fmt: skip
    return made.getvalue()


def harmless(words: str) -> str:
    """The words as a cell no program computes: an apostrophe in front says that it is text."""
    shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in words)
    begins = words.lstrip(" ").startswith(_DANGEROUS) or shown[:1] == "\N{REPLACEMENT CHARACTER}"
    return f"'{shown}" if begins else shown


def save(path: Path, content: str, name: str) -> Path:
    """Write it into a file, or under `name` into a folder; never over a file that is there.

    Returns where it is. `Unavailable` when it cannot be written.
    """
    try:
        target = free(path / name if path.is_dir() else path)
        replace_file(target, content.encode("utf-8-sig"), mode=0o600)
    except OSError as error:
        reason = error.strerror or ""
        raise Unavailable("errors.budget_export", path=str(path), reason=reason) from error
    return target


def free(path: Path) -> Path:
    """The path, or the same name with a number that is not taken. May block."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found
