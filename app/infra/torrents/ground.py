"""What may become of a torrent."""

from __future__ import annotations

from enum import StrEnum


class Change(StrEnum):
    """What became of a torrent."""

    CONTENTS = "contents"  # it is known what it holds
    CHECKED = "checked"  # it is known what of it is here
    FINISHED = "finished"  # all that is wanted is here, verified, in its files
    FAILED = "failed"
