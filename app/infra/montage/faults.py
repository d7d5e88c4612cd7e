"""What can go wrong in the process that renders, told across to the one that asked."""

from __future__ import annotations

import errno
from typing import Final

_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


class Fault(Exception):
    """It cannot be rendered: `what` is one word, `scene` where, `detail` for the log."""

    def __init__(self, what: str, *, scene: str = "", detail: str = "", name: str = "") -> None:
        super().__init__(what, scene, detail, name)
        self.told = {"failed": what, "scene": scene, "detail": detail, "name": name}


def of_disk(error: OSError) -> Fault:
    """The fault behind an error of the system."""
    return Fault("full" if error.errno in _FULL else "disk", detail=str(error))
