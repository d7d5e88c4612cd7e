"""On which disk a path lies: the mount, its device, and the whole disk behind that."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.infra.machine.files import content, names

_LONGEST: Final = 40
_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")
_PLAIN: Final = re.compile(r"[^\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a disk hangs. `device` is empty for what is none: a network share, memory."""

    point: bytes
    name: str  # of the device, or made from the share's
    device: str = ""


def table(root: Path) -> dict[bytes, tuple[bytes, bytes]]:
    """Every mount by its point: "major:minor" and source. The one mounted last hides others."""
    found = {}
    for line in content(root / "proc/self/mountinfo", 1 << 20).splitlines():
        left, _, right = line.partition(b" - ")
        words, more = left.split(b" "), right.split(b" ")
        if len(words) >= 5 and len(more) >= 2:
            found[_unescaped(words[4])] = (words[2], _unescaped(more[1]))
    return found


def mount_of(root: Path, path: bytes, mounts: dict[bytes, tuple[bytes, bytes]]) -> Mount | None:
    """The mount a path lies on; None when nobody knows. Nothing is asked of the disk itself."""
    place = path
    while place not in mounts:
        parent = os.path.dirname(place)  # noqa: PTH120 - paths are bytes, which pathlib does not take
        if parent == place:
            return None
        place = parent
    numbers, source = mounts[place]
    shown = source.decode("utf-8", "replace")
    device = _device(root, numbers.decode("ascii", "replace"), shown)
    made = _PLAIN.sub("_", shown).strip("_")[:_LONGEST] or "disk"
    return Mount(place, device or made, device)


def whole_disk(root: Path, device: str) -> str:
    """The disk a partition, or what is mapped onto it, lies on; its own name when it is one."""
    for _ in range(4):  # encrypted volumes lie on logical ones, those on partitions
        below = names(root / "sys/class/block" / device / "slaves")
        if not below:
            break
        device = below[0]
    place = root / "sys/class/block" / device
    if not (place / "partition").exists():
        return device
    return _named(place.resolve().parent, device)


def _named(folder: Path, otherwise: str) -> str:
    return folder.name if (folder / "size").exists() else otherwise


def _device(root: Path, numbers: str, source: str) -> str:
    """The kernel's name; by number, or by source where a file system has a number of its own."""
    if re.fullmatch(r"\d+:\d+", numbers) and not numbers.startswith("0:"):
        name = (root / "sys/dev/block" / numbers).resolve().name
        if ":" not in name:
            return name
    if source.startswith("/dev/"):
        real = (root / source[1:]).resolve().name
        if (root / "sys/class/block" / real).exists():
            return real
    return ""


def _unescaped(word: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 8) & 0xFF]), word)
