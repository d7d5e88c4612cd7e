"""What is said to a service that makes media: requests, forms, and its nearest shapes. Pure."""

from __future__ import annotations

import base64
import math
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.errors import InvalidInput

Path = tuple[str | int, ...]
"""Where something lies in a JSON document: names of fields and places in lists."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a form; with a `filename` it is a file, whose own name stays here."""

    name: str
    content: bytes
    filename: str = ""
    kind: str = ""

    @classmethod
    def words(cls, name: str, value: object) -> Part:
        """Return a field of plain text."""
        return cls(name, str(value).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Call:
    """A request to a service; at most one of `body` (JSON), `form` and `raw` is given.

    `path` follows the service's address, of those it has the one called `place`; or it is a whole
    address the service itself gave.
    """

    path: str
    method: str = "GET"
    body: Mapping[str, Any] | None = None
    form: Sequence[Part] = ()
    raw: bytes | None = None
    kind: str = ""  # the content type of `raw`
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


def inside_of(value: object, path: Path) -> object:
    """Return what lies that deep in objects and lists; None when anything is missing."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def form_body(parts: Sequence[Part]) -> tuple[bytes, str]:
    """Return a form as a body, and its content type."""
    boundary = uuid.uuid4().hex
    made: list[bytes] = []
    for part in parts:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"'
        if part.filename:
            head += f'; filename="{part.filename}"\r\nContent-Type: {part.kind}'
        made += [f"{head}\r\n\r\n".encode(), part.content, b"\r\n"]
    made.append(f"--{boundary}--\r\n".encode())
    return b"".join(made), f"multipart/form-data; boundary={boundary}"


def nearest_shape(width: int, height: int, shapes: Iterable[str]) -> str:
    """Return of shapes such as ``16:9``, ``1024x1536`` or ``16x9`` the one nearest to a size."""
    wanted = math.log(max(width, 1) / max(height, 1))

    def away(shape: str) -> float:
        across, up = re.split("[x:]", shape)
        return abs(math.log(int(across) / int(up)) - wanted)

    return min(shapes, key=away)


def nearest_size(
    width: int, height: int, pixels: int, step: int, most: int = 4096
) -> tuple[int, int]:
    """Return a size of this shape in multiples of `step`, with at most `pixels` in all.

    No edge is longer than `most`; a smaller wish stays as small as it is.
    """
    width, height = max(width, step), max(height, step)
    scale = min(1.0, math.sqrt(pixels / (width * height)), most / max(width, height))
    return (
        max(step, int(width * scale) // step * step),
        max(step, int(height * scale) // step * step),
    )


def whole_seconds(wanted: float, offered: Sequence[int], model: str) -> int:
    """Return the shortest of the lengths a model makes that holds what is wanted.

    `InvalidInput` when all are too short.
    """
    for length in sorted(offered):
        if length >= wanted - 0.05:
            return length
    raise InvalidInput("errors.media_too_long", model=model, most=max(offered))


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, as UTF-16 counts them, cut between words."""
    kept = text.encode("utf-16-le", "replace")[: most * 2].decode("utf-16-le", "ignore")
    if len(kept) == len(text):
        return text
    return kept.rsplit(None, 1)[0] if " " in kept else kept


def based(content: bytes) -> str:
    """Return bytes as base64 text."""
    return base64.b64encode(content).decode("ascii")


def picture_kind(picture: bytes) -> str:
    """Return the content type of a PNG or JPEG picture; `InvalidInput` for anything else."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    raise InvalidInput("errors.media_picture_form")


def sound_kind(sound: bytes) -> tuple[str, str]:
    """Return the ending and the content type of a WAV or MP3; `InvalidInput` for others."""
    if sound[:4] == b"RIFF" and sound[8:12] == b"WAVE":
        return "wav", "audio/wav"
    if sound[:3] == b"ID3" or (sound[:1] == b"\xff" and sound[1:2] >= b"\xe0"):
        return "mp3", "audio/mpeg"
    raise InvalidInput("errors.media_sound_form")


def data_address(picture: bytes, most: int = 20_000_000) -> str:
    """Return a picture as a ``data:`` address; `InvalidInput` when it is longer than `most`."""
    made = f"data:{picture_kind(picture)};base64,{based(picture)}"
    if len(made) > most:
        raise InvalidInput("errors.media_picture_large", most=most // 1_000_000)
    return made
