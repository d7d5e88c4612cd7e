"""engine.sh in a copy of the tree whose Python is a stand-in that tells how it was called."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
STAND_IN = """#!/bin/sh
root='{root}'
echo "$*" >>"$root/calls"
case "$*" in
    '-c import llama_cpp') [ -e "$root/.venv/engine" ] ;;
    '-c '*) echo cp311 ;;
    '-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *' wheel '*)
        for word in "$@"; do place=$word; done
        echo '  [1/2] compiling one'
        [ ! -e "$root/slow" ] || {{ : >"$root/slow-began"; sleep 600; }}
        [ ! -e "$root/broken" ] || exit 1
        echo '  [2/2] compiling two'
        mkdir -p "$place"
        echo "$CMAKE_ARGS" >"$place/llama_cpp_python-0-py3-none-any.whl" ;;
    *' download '*) [ ! -e "$root/offline" ] ;;
    *' install '*.whl) : >"$root/.venv/engine" ;;
esac
"""


class Tree:
    """The copy, and what is run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "packaging").mkdir(parents=True)
        for name in ("engine.sh", "engine.cmake", "engine-source.txt", "requirements-engine.txt",
                     "requirements-engine-build.txt"):  # fmt: skip
            shutil.copy(PACKAGING / name, root / "packaging" / name)
        self.new_venv()

    def new_venv(self) -> None:
        shutil.rmtree(self.root / ".venv", ignore_errors=True)
        (self.root / ".venv" / "bin").mkdir(parents=True)
        stand_in = self.root / ".venv" / "bin" / "python"
        stand_in.write_text(STAND_IN.format(root=self.root))
        stand_in.chmod(0o755)

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        (self.root / "calls").write_text("")
        return subprocess.Popen(
            ["sh", self.root / "packaging" / "engine.sh", *words],
            env={**os.environ, "XDG_CACHE_HOME": str(self.root / "cache"), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str, **environment: str) -> tuple[int, list[str]]:
        running = self.start(*words, **environment)
        told, _none = running.communicate(timeout=30)
        return running.returncode, told.splitlines()

    @property
    def installed(self) -> bool:
        return (self.root / ".venv" / "engine").exists()

    @property
    def compiled(self) -> bool:
        return " wheel " in (self.root / "calls").read_text()

    @property
    def wheels(self) -> list[Path]:
        return sorted((self.root / "cache" / "sokoul" / "wheels").glob("*/*.whl"))

    @property
    def leftovers(self) -> list[Path]:
        return list((self.root / "cache" / "sokoul" / "wheels").glob("building.*"))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "a station")


def test_it_is_built_once_and_kept(tree: Tree) -> None:
    assert tree.run() == (0, [
        "engine: fetch", "engine: compile", "engine: compile 1/2", "engine: compile 2/2",
        "engine: install",
    ])  # fmt: skip
    assert tree.installed
    (wheel,) = tree.wheels
    assert wheel.parent.name.startswith("0.3.36-cp311-")
    flags = wheel.read_text()
    assert "-DGGML_NATIVE=OFF" in flags  # for all machines of its kind
    assert "VULKAN" not in flags
    left_out = f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={tree.root}/packaging/engine.cmake"
    assert left_out in shlex.split(flags)  # in one piece, though the folder's name has a blank
    assert tree.leftovers == []
    assert tree.run() == (0, [])
    assert not tree.compiled


def test_a_new_environment_takes_it_from_the_cache(tree: Tree) -> None:
    tree.run()
    tree.new_venv()
    assert tree.run("--cached") == (0, ["engine: install"])
    assert tree.installed
    assert not tree.compiled


def test_cached_alone_never_builds(tree: Tree) -> None:
    assert tree.run("--cached") == (0, [])
    assert not tree.installed
    assert not tree.compiled


def test_another_release_is_another_wheel(tree: Tree) -> None:
    tree.run()
    source = tree.root / "packaging" / "engine-source.txt"
    source.write_text(source.read_text().replace("==0.3.36", "==9.9.9"))
    code, _told = tree.run()
    assert code == 0
    assert tree.compiled
    assert [path.parent.name.split("-")[0] for path in tree.wheels] == ["0.3.36", "9.9.9"]


@pytest.mark.parametrize(("what", "code"), [("broken", 5), ("offline", 4)])
def test_what_fails_leaves_nothing_and_can_be_begun_again(tree: Tree, what: str, code: int) -> None:
    (tree.root / what).touch()
    failed, told = tree.run()
    assert failed == code
    assert "see" in told[-1]
    assert not tree.installed
    assert (tree.wheels, tree.leftovers) == ([], [])
    (tree.root / what).unlink()
    assert tree.run()[0] == 0
    assert tree.installed


def test_killed_in_its_middle_it_is_begun_again(tree: Tree) -> None:
    (tree.root / "slow").touch()
    running = tree.start()
    assert running.stdout is not None
    with running, running.stdout as told:
        while "1/2" not in told.readline():
            pass
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)
    assert len(tree.leftovers) == 1
    (tree.root / "slow").unlink()
    assert tree.run()[0] == 0
    assert tree.installed
    assert tree.leftovers == []


def test_while_it_is_built_nobody_waits_for_what_is_kept(tree: Tree) -> None:
    (tree.root / "slow").touch()
    running = tree.start()
    assert running.stdout is not None
    with running, running.stdout as told:
        while "1/2" not in told.readline():
            pass
        assert tree.run("--cached") == (0, [])
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)


def test_without_a_compiler_it_says_what_to_install(tree: Tree, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for folder in (Path("/usr/bin"), Path("/bin")):
        for program in folder.iterdir():
            link = tools / program.name
            if program.name not in {"c++", "cc"} and not link.exists():
                link.symlink_to(program)
    code, told = tree.run(PATH=str(tools))
    assert code == 3
    assert "apt-get install g++" in told[-1]


def test_without_an_environment_it_says_so(tree: Tree) -> None:
    shutil.rmtree(tree.root / ".venv")
    code, told = tree.run()
    assert code == 6
    assert "setup.sh" in told[-1]
