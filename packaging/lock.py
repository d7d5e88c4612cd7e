"""Makes and proves the hash-locked requirement files, for every machine the station runs on.

    .venv/bin/python -m pip install pip-tools==7.6.2
    .venv/bin/python packaging/lock.py            # make the requirement files anew
    .venv/bin/python packaging/lock.py --upgrade  # and take newer releases where allowed
    .venv/bin/python packaging/lock.py --check    # ask pip whether they install everywhere

pip-compile writes the hashes, but only for the machine it runs on: a line whose marker names
another processor is dropped. Those lines (today: Qt for Arm) are asked from pip one by one and
merged. No address of a package index ends up in the files: pip uses the machine's own settings.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = ("requirements", "requirements-dev", "requirements-engine", "requirements-engine-build")
MARKER = re.compile(r'^(?P<pin>[^;#]+==[^;#]+?)\s*;\s*platform_machine == "(?P<machine>\w+)"\s*$')
HEADER = (
    "# Made by packaging/lock.py from {source}. Do not edit: change that file and make it again.\n"
)
GLIBC_OF_DEBIAN_12 = 36


@dataclass(frozen=True)
class Target:
    """A machine the lock must install on."""

    machine: str
    python: str

    def pip_options(self) -> list[str]:
        """The options that make pip choose files as if it ran on that machine."""
        minors = range(GLIBC_OF_DEBIAN_12, 16, -1)
        tags = [f"manylinux_2_{minor}_{self.machine}" for minor in minors]
        tags += [f"manylinux2014_{self.machine}", f"linux_{self.machine}"]
        if self.machine == "x86_64":
            tags += ["manylinux2010_x86_64", "manylinux1_x86_64"]
        options = ["--only-binary=:all:", "--implementation", "cp", "--python-version", self.python]
        short = self.python.replace(".", "")
        for abi in (f"cp{short}", "abi3", "none"):
            options += ["--abi", abi]
        for tag in tags:
            options += ["--platform", tag]
        return options


TARGETS = tuple(Target(m, p) for m in ("x86_64", "aarch64") for p in ("3.11", "3.13"))


@dataclass(frozen=True)
class Block:
    """One pinned release in a lock file: its name and all its lines (pin, hashes, comments)."""

    name: str
    lines: tuple[str, ...]

    @property
    def machine(self) -> str | None:
        """The processor this pin is for, or None when it is for all."""
        found = re.search(r'platform_machine == "(\w+)"', self.lines[0])
        return found.group(1) if found else None


def blocks(text: str) -> Iterator[Block]:
    """The pins of a lock file in their order; comments before the first one are left out."""
    current: list[str] = []
    for line in text.splitlines():
        if line and not line.startswith((" ", "#", "-")):
            if current:
                yield _block(current)
            current = [line]
        elif current:
            current.append(line)
    if current:
        yield _block(current)


def _block(lines: list[str]) -> Block:
    name = re.split(r"[=\[; ]", lines[0], maxsplit=1)[0]
    return Block(name.lower().replace("_", "-"), tuple(lines))


def _pip_report(arguments: list[str]) -> list[dict[str, object]]:
    """What pip would install; CalledProcessError, after pip's own words, when it cannot."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--target", str(Path(place) / "nowhere")]
        subprocess.run([*command, "--report", str(report), *arguments], check=True)
        found: list[dict[str, object]] = json.loads(report.read_text())["install"]
        return found


def _hash_of(entry: dict[str, object]) -> str:
    info = entry["download_info"]
    assert isinstance(info, dict)
    return str(info["archive_info"]["hashes"]["sha256"])


def foreign_blocks(source: str) -> Iterator[Block]:
    """Pins of a .in file for another processor than this one, with the hashes pip tells."""
    for line in source.splitlines():
        found = MARKER.match(line)
        if found is None or found["machine"] == platform.machine():
            continue
        pin, machine = found["pin"].strip(), found["machine"]
        digests: set[str] = set()
        for target in TARGETS:
            if target.machine == machine:
                entries = _pip_report([*target.pip_options(), pin])
                digests.update(_hash_of(entry) for entry in entries)
        hashes = [f"    --hash=sha256:{digest}" for digest in sorted(digests)]
        lines = [f'{pin.lower()} ; platform_machine == "{machine}"', *hashes]
        yield _block([" \\\n".join(lines), "    # via -r requirements.in"])


def compile_lock(name: str, *, upgrade: bool) -> None:
    """Write one lock file from its .in file; nothing is changed when pip-compile fails."""
    source, lock = HERE / f"{name}.in", HERE / f"{name}.txt"
    draft = lock.with_suffix(".new")
    if lock.exists():
        # The old pins for other processors would be read as rivals of ours.
        draft.write_text(_joined(b for b in blocks(lock.read_text()) if _is_ours(b)))
    command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes"]
    command += ["--allow-unsafe", "--strip-extras", "--no-header", "--no-emit-options"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"]
    command += ["--newline", "lf", "--output-file", draft.name, source.name]
    try:
        subprocess.run([*command, *(["--upgrade"] if upgrade else [])], check=True, cwd=HERE)
        own = list(blocks(draft.read_text()))
        merged = sorted([*own, *foreign_blocks(source.read_text())], key=lambda b: b.name)
        text = HEADER.format(source=source.name) + _joined(merged)
        if "://" in text:
            raise SystemExit(f"{name}: an address got into the lock; nothing written")
        draft.write_text(text)
        os.replace(draft, lock)  # noqa: PTH105 - one atomic step, said as such
    finally:
        draft.unlink(missing_ok=True)


def _is_ours(block: Block) -> bool:
    return block.machine in {None, platform.machine()}


def _joined(found: Iterable[Block]) -> str:
    return "".join(f"{line}\n" for block in found for line in block.lines)


def check() -> bool:
    """Whether pip finds a wheel with a known hash for every pin on every target."""
    good = True
    for target in TARGETS:
        for name in LOCKS:
            found = list(blocks((HERE / f"{name}.txt").read_text()))
            wanted = [b for b in found if b.machine in {None, target.machine}]
            # pip judges markers by the machine it runs on, so they are taken off here.
            text = re.sub(r' ; platform_machine == "\w+"', "", _joined(wanted))
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
                file.write(text)
                file.flush()
                options = [*target.pip_options(), "--require-hashes", "-r", file.name]
                try:
                    count = len(_pip_report(options))
                    print(f"{name} on {target.machine}, Python {target.python}: {count} wheels")
                except subprocess.CalledProcessError:
                    print(f"{name} on {target.machine}, Python {target.python}: does not install")
                    good = False
    return good


def main() -> int:
    """Do what the command line asks; 0 when it worked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take newer releases where allowed")
    parser.add_argument("--check", action="store_true", help="only prove that the lock installs")
    arguments = parser.parse_args()
    if not arguments.check:
        for name in LOCKS:
            compile_lock(name, upgrade=arguments.upgrade)
    return 0 if check() else 1


if __name__ == "__main__":
    raise SystemExit(main())
