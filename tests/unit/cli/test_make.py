"""`sokoul make`, as its owner types it; the video itself is made in tests/system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import make, output

ROOT = Path(__file__).parents[3]


def sokoul(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip


@pytest.mark.usefixtures("paths")
def test_without_a_topic_it_says_what_to_do() -> None:
    done = sokoul("make")
    assert done.returncode == 2
    assert b"--script" in done.stderr


@pytest.mark.usefixtures("paths")
def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = sokoul("make", "--script", str(tmp_path / "no.txt"))
    assert done.returncode == 1
    assert b"no.txt" in done.stderr


@pytest.mark.usefixtures("paths")
def test_a_length_nobody_watches_is_refused() -> None:
    done = sokoul("make", "A topic", "--seconds", "3")
    assert done.returncode == 1
    assert b"10" in done.stderr


def test_every_step_has_a_word() -> None:
    from app.domain.project import Step

    for step in Step:
        assert output.say(f"make.step_{step.value}") != f"make.step_{step.value}"
    assert make.MOST_TEXT > 100_000
