"""Knows the files that run when they are opened: programs, shortcuts, scripts. Pure."""

from __future__ import annotations

import re
from typing import Final

PROGRAMS: Final = frozenset(
    ("exe", "scr", "com", "pif", "bat", "cmd", "msi", "msp", "lnk", "url", "vbs", "vbe", "js",
     "jse", "wsf", "hta", "ps1", "jar", "apk", "app", "dmg", "pkg", "deb", "rpm", "sh", "run",
     "desktop", "reg", "dll", "sys", "cpl", "gadget", "inf", "appimage", "chm", "application")
)  # fmt: skip
"""Endings, in small letters and without their dot."""
_ENDING: Final = re.compile(r"\.([a-z0-9]{1,11})[\s.\u00a0\u3000]*$", re.IGNORECASE)


def is_program(path: str) -> bool:
    """Whether the last part of a path ends like a program, a shortcut or a script.

    Only the last ending counts (``film.mkv.lnk`` is a shortcut); dots and spaces behind it do
    not, some systems leave them out.
    """
    found = _ENDING.search(path.rpartition("/")[2])
    return found is not None and found[1].lower() in PROGRAMS
