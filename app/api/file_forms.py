"""Forms with a file in them: the fields are written, the file is read while it is sent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from app.api.pieces import FilePart

_BREAKS = re.compile(r'[\x00-\x1f"\x7f]')


def file_form(
    fields: Mapping[str, str],
    name: str,
    part: FilePart,
    *,
    filename: str = "file",
    kind: str = "application/octet-stream",
) -> tuple[FilePart, str]:
    """Return the body of a form whose last field, `name`, is the file, and its content type.

    `part` is the part of a file that goes along, `filename` what the other side is told.
    """
    boundary = uuid.uuid4().hex
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_plain(field)}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_plain(name)}"; '
        f'filename="{_plain(filename)}"\r\nContent-Type: {kind}\r\n\r\n'
    )
    body = FilePart(
        part.path,
        part.start,
        part.count,
        before=head.encode("utf-8", "replace") + part.before,
        after=part.after + f"\r\n--{boundary}--\r\n".encode(),
    )
    return body, f"multipart/form-data; boundary={boundary}"


def _plain(word: str) -> str:
    """A word as it can stand between the quotes of a header."""
    return _BREAKS.sub("_", word)
