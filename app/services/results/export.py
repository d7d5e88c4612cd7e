"""Results as a table that other programs read: CSV. One row for a post and day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.domain.errors import InvalidInput, Unavailable
from app.domain.post import PostId
from app.domain.results import Counts, PostResult, Snapshot
from app.infra.atomic import replace_file

HEAD: Final = (
    "day", "looked_at", "video", "title", "platform", "account", "url", "posted_at",
    *Counts.__dataclass_fields__, "first_7_days",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table(results: Iterable[PostResult], snapshots: Mapping[PostId, Sequence[Snapshot]]) -> str:
    """The rows, with a head. A figure nobody told is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for one in results:
        told = [_plain(word) for word in (one.title, one.platform, one.account_name, one.url)]
        week = "" if one.first_week is None else round(one.first_week)
        for seen in snapshots.get(one.post, ()):
            figures = [getattr(seen.counts, name) for name in Counts.__dataclass_fields__]
            writer.writerow(
                (seen.day, _time(seen.at), one.bundle, *told, _time(one.posted), *figures, week)
            )
    return out.getvalue()


def write(text: str, out: Path) -> Path:
    """Write it to a new file; blocking. A file that is there is never replaced.

    `InvalidInput` (``errors.file_there``), `Unavailable` (``errors.disk``).
    """
    if out.exists():
        raise InvalidInput("errors.file_there", path=str(out))
    try:
        # With a mark, so that spreadsheets read it as UTF-8.
        replace_file(out, b"\xef\xbb\xbf" + text.encode("utf-8", "replace"))
    except OSError as error:
        raise Unavailable("errors.studio_disk", reason=error.strerror or "") from error
    return out


def _plain(word: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{word}" if word.startswith(_FORMULA) else word


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
