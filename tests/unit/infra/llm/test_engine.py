"""Building the engine from inside the station: what is told, what goes wrong, and a cancel."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import AppError
from app.infra.llm import engine
from app.infra.llm.engine import Stage, Step
from tests.unit.infra.llm.parts import needs_engine, until

Script = Callable[[str], Path]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Puts a script in the place of packaging/engine.sh."""

    def write(text: str) -> Path:
        path = tmp_path / "engine.sh"
        path.write_text(text)
        monkeypatch.setattr(engine, "SCRIPT", path)
        return path

    return write


@needs_engine
async def test_how_far_it_is(script: Script) -> None:
    steps: list[Step] = []
    script(
        'echo "engine: fetch"; echo "engine: compile"; echo "other words"; '
        'echo "engine: compile 1/4"; echo "engine: compile 4/4" >&2; echo "engine: install"'
    )
    await engine.build(steps.append)
    assert [step.stage for step in steps] == [
        Stage.FETCH, Stage.COMPILE, Stage.COMPILE, Stage.COMPILE, Stage.INSTALL,
    ]  # fmt: skip
    done = [round(step.done, 3) for step in steps]
    assert done == [0.0, 0.05, 0.275, 0.95, 0.95]


@needs_engine
async def test_the_graphics_processor_is_asked_for(script: Script, tmp_path: Path) -> None:
    script(f'echo "$*" >"{tmp_path}/told"')
    await engine.build(lambda _step: None, vulkan=True)
    assert (tmp_path / "told").read_text() == "--vulkan\n"


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (3, "errors.engine_no_compiler"),
        (4, "errors.engine_no_network"),
        (5, "errors.engine_not_compiled"),
        (6, "errors.engine_not_installed"),
        (7, "errors.engine_no_vulkan"),
        (1, "errors.engine_not_compiled"),
    ],
)
async def test_what_went_wrong(script: Script, code: int, key: str) -> None:
    script(f"exit {code}")
    with pytest.raises(AppError) as told:
        await engine.build(lambda _step: None)
    assert told.value.key == key


async def test_no_script_and_no_space(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("exit 0").unlink()
    with pytest.raises(AppError) as told:
        await engine.build(lambda _step: None)
    assert told.value.key == "errors.engine_no_source"
    script("exit 0")
    monkeypatch.setattr(engine, "NEEDS_SPACE", 2**80)
    with pytest.raises(AppError) as told:
        await engine.build(lambda _step: None)
    assert told.value.key == "errors.engine_no_space"


def test_what_is_needed_for_graphics_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("spirv/unified1/spirv.h", "vulkan/vulkan_core.h", "glslc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("/* VK_KHR_surface */")
    (tmp_path / "glslc").chmod(0o755)
    monkeypatch.setattr(engine, "INCLUDE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not engine.can_build_vulkan()  # too old
    (tmp_path / "vulkan/vulkan_core.h").write_text("#define VK_EXT_layer_settings 1")
    assert engine.can_build_vulkan()
    (tmp_path / "glslc").unlink()
    assert not engine.can_build_vulkan()


async def test_success_without_an_engine_is_none(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("exit 0")
    monkeypatch.setattr(engine, "MODULE", "no_such_engine")
    assert not engine.installed()
    assert not engine.has_vulkan()
    with pytest.raises(AppError) as told:
        await engine.build(lambda _step: None)
    assert told.value.key == "errors.engine_not_installed"


async def test_a_cancel_ends_all_that_was_begun(script: Script, tmp_path: Path) -> None:
    steps: list[Step] = []
    script(f'sleep 600 & echo $! >"{tmp_path}/pid"; echo "engine: compile 1/9"; wait')
    building = asyncio.create_task(engine.build(steps.append))
    await until(lambda: steps)
    building.cancel()
    with pytest.raises(asyncio.CancelledError):
        await building
    pid = int((tmp_path / "pid").read_text())
    await until(lambda: not _lives(pid))


def test_the_station_does_not_load_the_engine_itself() -> None:
    """It could end the whole process; it belongs into the worker alone."""
    code = (
        "import sys, app.infra.llm.model, app.infra.llm.measure\n"
        "found = {'llama_cpp', 'jinja2', 'app.infra.llm.core'} & set(sys.modules)\n"
        "sys.exit(str(found) if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that nobody waited for yet is dead, too.
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1]
