"""Takes a process's own rights away before it touches an untrusted file; used by the workers."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct

MEMORY_BYTES = 1_500_000_000
OPEN_FILES = 64

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWIPC = 0x08000000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

# What no worker needs once it is loaded: reaching out, starting programs, touching others.
_REACH = {
    "x86_64": (
        41,
        42,
        44,
        49,
        50,
        57,
        58,
        59,
        62,
        101,
        165,
        200,
        234,
        272,
        310,
        311,
        322,
        425,
        438,
    ),
    "aarch64": (198, 200, 201, 203, 206, 221, 281, 117, 129, 130, 131, 40, 97, 270, 271, 425, 438),
}
# open, creat, truncate, rename, mkdir, link, symlink, unlink, chmod, and their *at forms.
_FILES = {
    "x86_64": (2, 85, 257, 437, 76, 82, 264, 316, 83, 258, 86, 265, 88, 266, 87, 263, 90, 268),
    "aarch64": (56, 437, 45, 38, 276, 34, 37, 36, 35, 53),
}
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def limit(parent: int) -> None:
    """Bound memory, open files and written bytes, and die with `parent`, the pid that began us."""
    _libc().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(0)  # the parent was gone before we asked
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_seconds(seconds: int) -> None:
    """Let this process use at most so many more seconds of processor before it is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (ceiling, resource.RLIM_INFINITY))


def leave_network() -> bool:
    """Move into a network of nothing. False where the system does not let users do so."""
    return bool(_libc().unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0)


def forbid_calls(*, files: bool) -> bool:
    """Refuse system calls for sockets and programs, and for opening `files` if asked.

    Call it last: modules that are not yet imported cannot be any more. False when the kernel or
    the processor does not know how.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        return False
    denied = _REACH[machine] + (_FILES[machine] if files else ())
    code = _filter(_ARCHITECTURES[machine], denied)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    told = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(told == 0)


def _filter(architecture: int, denied: tuple[int, ...]) -> bytes:
    lines = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(denied) + 1, 0, 0x40000000),  # the other numbering of x86
    ]
    for place, number in enumerate(denied):
        lines.append((_EQUAL, len(denied) - place, 0, number))
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
