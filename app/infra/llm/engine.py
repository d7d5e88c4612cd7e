"""The engine of the local model: whether it is installed, and its building in the background."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import logging
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain.errors import AppError, ToolFailed, Unavailable, Unsupported
from app.runtime.children import Child, spawn, watch

log = logging.getLogger(__name__)

SCRIPT: Final = Path(__file__).parents[3] / "packaging" / "engine.sh"
MODULE: Final = "llama_cpp"
SILENCE: Final = 1_200.0
"""Seconds without a word after which the building is given up: one file can take minutes."""
NEEDS_SPACE: Final = 2 * 10**9
_STEP: Final = re.compile(r"engine: (\w+)(?: (\d+)/(\d+))?$")
INCLUDE: Final = Path("/usr/include")
_NEW_ENOUGH: Final = b"VK_EXT_layer_settings"
"""What the engine's sources use of Vulkan; the headers of Debian 12 have it not yet."""
_NICE: Final = ("nice", "-n", "15")
# What the script ends with; see its head.
_NO_COMPILER, _NO_FETCH, _NO_COMPILE, _NO_INSTALL, _NO_VULKAN = 3, 4, 5, 6, 7


class Stage(StrEnum):
    """What is done."""

    FETCH = "fetch"
    COMPILE = "compile"
    INSTALL = "install"


@dataclass(frozen=True, slots=True)
class Step:
    """How far the building is; `done` is 0 to 1 of the whole."""

    stage: Stage
    done: float


def installed() -> bool:
    """Whether there is an engine; quick enough to be asked often."""
    folder = _folder()
    return folder is not None and (folder / "lib" / "libllama.so").exists()


def has_vulkan() -> bool:
    """Whether it was built to use a graphics processor."""
    folder = _folder()
    return folder is not None and (folder / "lib" / "libggml-vulkan.so").exists()


def can_build() -> bool:
    """Whether the station has what it builds the engine with (not: a compiler)."""
    return SCRIPT.exists()


def can_build_vulkan() -> bool:
    """Whether what an engine for graphics processors is built with is there, and new enough."""
    if shutil.which("glslc") is None or not (INCLUDE / "spirv/unified1/spirv.h").exists():
        return False
    try:
        return _NEW_ENOUGH in (INCLUDE / "vulkan/vulkan_core.h").read_bytes()
    except OSError:
        return False


async def build(on_step: Callable[[Step], None], *, vulkan: bool = False) -> None:
    """Build the engine, or take it from the cache, and install it; minutes, at a low priority.

    Cancelled or killed it leaves nothing half done, and may be begun again. Raises `Unsupported`
    ``errors.engine_no_source``, ``…_no_compiler``, ``…_no_vulkan``; `Unavailable`
    ``…_no_network``, ``…_no_space``; `ToolFailed` ``…_not_compiled``, ``…_not_installed``,
    ``errors.tool_hangs``.
    """
    if not can_build():
        raise Unsupported("errors.engine_no_source")
    free = shutil.disk_usage(_existing(_cache())).free
    if free < NEEDS_SPACE:
        raise Unavailable("errors.engine_no_space", free=free, needs=NEEDS_SPACE)
    words = [*_NICE, "sh", str(SCRIPT), *(["--vulkan"] if vulkan else [])]
    child = await spawn(words, stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.STDOUT)
    try:
        while line := await watch(child, SILENCE, child.stdout.readline):
            _hear(line.decode("utf-8", "replace").rstrip(), on_step)
        code = await child.wait()
    finally:
        await _end(child)
    if code != 0:
        raise _failure(code)
    importlib.invalidate_caches()
    if not installed():
        raise ToolFailed("errors.engine_not_installed", log=str(_log_file()))


def _hear(line: str, on_step: Callable[[Step], None]) -> None:
    found = _STEP.match(line)
    if found is None or found[1] not in {stage.value for stage in Stage}:
        log.info("Building the engine: %s", line[:500])
        return
    stage = Stage(found[1])
    share = int(found[2]) / max(int(found[3]), 1) if found[2] else 0.0
    begin, length = {Stage.FETCH: (0.0, 0.05), Stage.COMPILE: (0.05, 0.9),
                     Stage.INSTALL: (0.95, 0.05)}[stage]  # fmt: skip
    on_step(Step(stage, begin + length * min(share, 1.0)))


def _failure(code: int) -> AppError:
    told = str(_log_file())
    if code == _NO_COMPILER:
        return Unsupported("errors.engine_no_compiler")
    if code == _NO_VULKAN:
        return Unsupported("errors.engine_no_vulkan")
    if code == _NO_FETCH:
        return Unavailable("errors.engine_no_network", log=told)
    if code == _NO_INSTALL:
        return ToolFailed("errors.engine_not_installed", log=told)
    return ToolFailed("errors.engine_not_compiled", code=code, log=told)


async def _end(child: Child) -> None:
    await child.end(1.0)


def _folder() -> Path | None:
    try:
        spec = importlib.util.find_spec(MODULE)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "sokoul" / "wheels"


def _log_file() -> Path:
    return _cache() / "engine.log"


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
