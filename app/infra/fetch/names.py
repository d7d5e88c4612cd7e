"""Names of fetched files: as servers and addresses say, and never in place of another file."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import mimetypes
import os
import re
from email.message import Message
from email.utils import collapse_rfc2231_value
from pathlib import Path, PurePosixPath
from typing import Final, cast
from urllib.parse import unquote, urlsplit

from app.domain.errors import Refused
from app.domain.filenames import numbered, safe_name
from app.infra.atomic import sync_folder

MOST_ALIKE: Final = 1000
_RENAME_NOREPLACE: Final = 1
_AT_FDCWD: Final = -100


def told_name(disposition: str) -> str:
    """The name in a ``Content-Disposition`` header (RFC 6266, 5987); empty without one."""
    message = Message()
    message["content-disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    plain = ""
    found = message.get_params([], "content-disposition")
    for name, value in cast("list[tuple[str, str | tuple[str, str, str]]]", found):
        if name.lower() != "filename" or not value:
            continue
        if isinstance(value, tuple):  # the newer form, with its letters named: it counts
            with contextlib.suppress(LookupError, UnicodeError):
                return collapse_rfc2231_value(value)
        else:
            plain = plain or value
    with contextlib.suppress(UnicodeError):  # letters that came as bytes of UTF-8
        plain = plain.encode("latin-1").decode()
    return plain.replace('\\"', '"')


def choose_name(told: str, addresses: tuple[str, ...], wish: str, content_type: str) -> str:
    """A safe name: as the server told, else as an address ends, else as we wished.

    An ending that is missing is made from the kind of a film.
    """
    ends = [unquote(urlsplit(one).path.rpartition("/")[2], errors="replace") for one in addresses]
    good = [one for one in ends if PurePosixPath(one).suffix]
    for text in (told, *good, wish, *ends):
        name = safe_name(re.split(r"[/\\]", text)[-1], "").lstrip(".")
        if name:
            break
    else:
        name = "download"
    if not PurePosixPath(name).suffix and content_type.startswith(("video/", "audio/")):
        name += mimetypes.guess_extension(content_type) or ""
    return name


def refuse_programs(name: str) -> None:
    """Raise `Refused` for a name by which a desktop would run it."""
    from app.domain.danger import is_program

    if is_program(name):
        raise Refused("errors.download_program", name=name)


def settle(source: Path, folder: Path, name: str) -> Path:
    """Give a finished file its name, or the next free one; returns where it is. May block.

    An existing file is never replaced. `OSError` when it cannot be done.
    """
    for number in range(1, MOST_ALIKE):
        target = folder / (name if number == 1 else numbered(name, number))
        try:
            _rename(source, target)
        except FileExistsError:
            continue
        sync_folder(folder)
        return target
    raise FileExistsError(errno.EEXIST, "no free name", str(folder / name))


def _rename(source: Path, target: Path) -> None:
    """Rename without ever replacing; disks that do not know how get a placeholder first."""
    libc = ctypes.CDLL(None, use_errno=True)
    here, there = os.fsencode(source), os.fsencode(target)
    if libc.renameat2(_AT_FDCWD, here, _AT_FDCWD, there, _RENAME_NOREPLACE) == 0:
        return
    number = ctypes.get_errno()
    if number not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(number, os.strerror(number), str(target))
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    source.replace(target)
