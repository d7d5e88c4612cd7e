"""Takes in a picture of a stranger: looks whether it is one, and gives it back clean."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from app.domain.errors import InvalidInput, ToolFailed
from app.runtime.worker_environment import worker_environment

LARGEST = 40_000_000
"""Bytes of a picture that is looked at."""
LONGEST_SIDE = 4096
"""Pixels a picture is made smaller to: more is seen on no screen a video is made for."""
SMALLEST_SIDE = 64
SECONDS = 40.0
MOST_BACK = 64_000_000


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that may be shown: a JPEG, or a PNG where something shines through it.

    It is upright, in sRGB, and without anything a camera or a stranger wrote into it.
    """

    content: bytes
    ending: str
    width: int
    height: int


async def take_in(content: bytes, longest: int = LONGEST_SIDE) -> CleanPicture:
    """Return a picture written anew; its longer side is at most `longest` pixels.

    It is opened in a process of its own, without files and network, that lives for this picture
    only. Takes JPEG, PNG, WebP, AVIF, GIF, BMP and TIFF up to 40 MB and 80 megapixels. Raises
    `InvalidInput` when it is none of these, broken, too large or too small to be shown, and
    `ToolFailed` when it took too long or no process could be started.
    """
    if len(content) > LARGEST:
        raise InvalidInput("errors.picture_too_large")
    look = _Look()
    try:
        answer = await asyncio.to_thread(look.run, content, longest)
    finally:
        look.end()
    return _checked(answer)


class _Look:
    """One process and the picture it looks at; `end` may be called at any time."""

    def __init__(self) -> None:
        self._change = threading.Lock()
        self._over = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, content: bytes, longest: int) -> bytes:
        """Start, hand over, wait for the answer; in a thread."""
        with self._change:
            if self._over:
                raise ToolFailed("errors.worker_failed", role="picture")
            self._process = process = _start(longest)
        with process:
            try:
                answer, _ = process.communicate(content, SECONDS)
            except subprocess.TimeoutExpired as late:
                process.kill()
                raise ToolFailed("errors.worker_failed", role="picture") from late
        return answer

    def end(self) -> None:
        """Kill the process: whoever waits for it does so no longer."""
        with self._change:
            self._over = True
            if self._process is not None:
                self._process.kill()


def _start(longest: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "app.infra.picture_worker", str(os.getpid()), str(longest)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd="/", start_new_session=True,
            env=worker_environment(),
        )  # fmt: skip
    except OSError as error:
        raise ToolFailed("errors.worker_failed", role="picture") from error


def _checked(answer: bytes) -> CleanPicture:
    """What the worker told, as far as it can be believed: it has seen the hostile bytes."""
    line, _, made = answer.partition(b"\n")
    try:
        told = json.loads(line)
        if "key" in told:
            known = told["key"] == "errors.picture_too_large"
            raise InvalidInput("errors.picture_too_large" if known else "errors.not_a_picture")
        width, height = int(told["width"]), int(told["height"])
        ending = {"jpg": "jpg", "png": "png"}[told["ending"]]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput("errors.not_a_picture") from error
    if min(width, height) < SMALLEST_SIDE:
        raise InvalidInput("errors.picture_too_small", width=width, height=height)
    if not made or len(made) > MOST_BACK:
        raise InvalidInput("errors.not_a_picture")
    return CleanPicture(made, ending, width, height)
