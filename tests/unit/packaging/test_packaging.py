"""The set-up files hold what they promise: shells parse, locks are complete and name no host."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGING = ROOT / "packaging"
LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-engine.txt",
    "requirements-engine-build.txt",
)
SOURCE = "engine-source.txt"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)( ; [^\\]+)? \\$")


def pins(name: str) -> dict[str, list[str]]:
    """Each pinned line of a lock file with its hashes."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (PACKAGING / name).read_text().splitlines():
        if line.startswith("    --hash="):
            current.append(line.strip(" \\"))
        elif line and not line.lstrip().startswith("#"):
            assert PIN.match(line), f"not a pin: {line}"
            current = found.setdefault(line.strip(" \\"), [])
    return found


@pytest.mark.parametrize("script", ["run.sh", "test.sh", "setup.sh", "engine.sh"])
def test_scripts_are_shell(script: str) -> None:
    subprocess.run(["sh", "-n", PACKAGING / script], check=True)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    found = pins(lock)
    assert len(found) > (3 if "engine" in lock else 20)
    for pin, hashes in found.items():
        assert hashes, f"{pin} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("name", [*LOCKS, *(n.replace(".txt", ".in") for n in LOCKS), SOURCE])
def test_no_address_in_requirement_files(name: str) -> None:
    text = (PACKAGING / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert "--extra-index" not in text


def test_all_locks_agree() -> None:
    # What is installed into the same place, at least: the tools of the build are not.
    run, *others = ({p.split("==")[0]: p for p in pins(name)} for name in LOCKS[:3])
    for other in others:
        for name in run.keys() & other.keys():
            assert run[name] == other[name]


def test_the_source_of_the_engine_is_pinned() -> None:
    (pin,) = pins(SOURCE)
    assert pin.startswith("llama-cpp-python==")
    (digest,) = pins(SOURCE)[pin]
    assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", digest)


def test_qt_is_pinned_for_both_processors() -> None:
    found = {p for p in pins("requirements.txt") if p.startswith(("pyside6", "shiboken6"))}
    for machine, version in (("x86_64", "6.11.3"), ("aarch64", "6.8.0.2")):
        for name in ("pyside6-essentials", "shiboken6"):
            assert f'{name}=={version} ; platform_machine == "{machine}"' in found
    assert len(found) == 4


def test_everything_asked_for_is_locked() -> None:
    for lock in LOCKS:
        locked = {pin.split("==")[0] for pin in pins(lock)}
        for line in (PACKAGING / lock.replace(".txt", ".in")).read_text().splitlines():
            found = re.match(r"[A-Za-z0-9_-]+", line)
            if found and not line.startswith(("#", "-")):
                assert found[0].lower().replace("_", "-") in locked, line


def test_ci_runs_the_checks_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text().splitlines() if not line.startswith("#")]
    assert len(lines) == 1
    assert lines[0].endswith('packaging/test.sh"')


def test_debian_packages_are_listed_once_each_in_known_sections() -> None:
    section, found = "", dict[str, str]()
    for line in (PACKAGING / "apt-packages.txt").read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+(\|[a-z0-9][a-z0-9.+-]+)*", line), line
            for name in line.split("|"):
                assert name not in found, f"{name} is listed twice"
                found[name] = section
    assert set(found.values()) == {"runtime", "test", "bench"}
    assert found["libmpv2"] == found["ffmpeg"] == found["xvfb"] == "runtime"


def test_unknown_options_are_refused(tmp_path: Path) -> None:
    for script in ("test.sh", "setup.sh", "engine.sh"):
        done = subprocess.run(
            ["sh", PACKAGING / script, "--nonsense"], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode != 0
        assert "--nonsense" in done.stderr


class TestVirtualDisplayChoice:
    """run.sh in a copy of the tree whose Python is a stand-in that tells how it was called."""

    @pytest.fixture
    def station(self, tmp_path: Path) -> Path:
        root = tmp_path / "a station's place"
        (root / "packaging").mkdir(parents=True)
        venv = root / ".venv"
        (venv / "bin").mkdir(parents=True)
        for name in ("run.sh", "requirements.txt", "apt-packages.txt"):
            (root / "packaging" / name).write_bytes((PACKAGING / name).read_bytes())
        for name in ("requirements.txt", "apt-packages.txt"):
            (venv / f"done-{name}").write_bytes((PACKAGING / name).read_bytes())
        (venv / "station-root").write_text(f"{root}\n")
        stand_in = venv / "bin" / "python"
        stand_in.write_text('#!/bin/sh\necho "$DISPLAY|$*"\nexit 7\n')
        stand_in.chmod(0o755)
        return root

    def run(
        self, station: Path, *words: str, display: str = ""
    ) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"}
        environment["DISPLAY"] = display
        return subprocess.run(
            ["sh", station / "packaging" / "run.sh", *words],
            env=environment,
            cwd=station.parent,
            capture_output=True,
            text=True,
            timeout=30,
        )

    def test_with_a_display_it_is_used(self, station: Path) -> None:
        done = self.run(station, "--tour", "two words", display=":77")
        assert done.returncode == 7
        assert done.stdout == ":77|-P -m app --tour two words\n"
        assert done.stderr == ""

    def test_commands_need_none(self, station: Path) -> None:
        done = self.run(station, "scan", "--tour")
        assert done.returncode == 7
        assert done.stdout == "|-P -m app scan --tour\n"

    def test_without_one_a_virtual_one_is_made_and_said(self, station: Path) -> None:
        done = self.run(station, "--tour", "scan")
        assert done.returncode == 7
        assert re.fullmatch(r":\d+\|-P -m app --tour scan\n", done.stdout)
        assert "virtual" in done.stderr

    def test_a_stop_is_passed_on_and_the_display_goes(self, station: Path, tmp_path: Path) -> None:
        (station / ".venv" / "bin" / "python").write_text(
            "#!/bin/sh\ntrap 'echo closed; exit 0' TERM\necho \"$DISPLAY\"\n"
            "while :; do sleep 0.05; done\n"
        )
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        environment = os.environ | {"DISPLAY": "", "WAYLAND_DISPLAY": "", "TMPDIR": str(scratch)}
        running = subprocess.Popen(
            ["sh", station / "packaging" / "run.sh"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert running.stdout is not None
        with running, running.stdout as told:
            number = told.readline().strip().removeprefix(":")
            assert Path(f"/tmp/.X11-unix/X{number}").exists()
            running.terminate()
            assert told.read() == "closed\n"
            assert running.wait(10) == 0
        assert not Path(f"/tmp/.X11-unix/X{number}").exists()
        assert not list(scratch.iterdir())
