"""The machine's rows of `sokoul doctor` are told in the owner's language, and in no other."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import doctor_checks, main
from app.infra.instance import InstanceLock
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.phrases import FOLDER, Phrases, words
from app.services.settings.service import SettingsService
from tests.fakes.plugins import ROOT

PLACE = ROOT / "app" / "cli"
CODE = "\n".join((PLACE / name).read_text("utf-8") for name in ("doctor.py", "doctor_checks.py"))
KEY = re.compile(r'"((?:doctor|health)\.[a-z_.]+)"')
PARTS = {
    "Python", "SQLite", "Qt", "libmpv", "ffmpeg", "browser", "torrents", "sandbox", "font",
    "display", "D-Bus session", "tray", "notifications", "keyring", "own folders", "free disk",
    "database", "migrations", "running station", "plugins",
}  # fmt: skip
"""What programs know them by: it does not change."""
SAME = {
    *(f"doctor.part.{name}" for name in ("python", "sqlite", "qt", "mpv")),
    *("doctor.part.notifications", "doctor.part.migrations", "health.part.ffmpeg"),
    *("doctor.version", "doctor.folders.good", "doctor.plugins.wrong"),
}
"""Names and bare values, which are the same in both languages."""


def plain(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


@pytest.fixture
def french(paths: Paths) -> Phrases:
    """The owner speaks French, his machine English."""
    settings = SettingsService(paths.settings, EventBus())
    settings.load()
    asyncio.run(settings.set("look", "language", "fr"))
    return Phrases(lambda: "fr")


@pytest.fixture
def locked(paths: Paths) -> Iterator[None]:
    lock = InstanceLock(paths.lock)
    assert lock.acquire()
    yield
    lock.release()


def keys() -> set[str]:
    return set(KEY.findall(CODE))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_key_of_a_row_has_words(language: str) -> None:
    said = {plain(key) for key in words(language)}
    assert len(keys()) > 50
    assert keys() - said == set()


def test_no_words_are_left_over() -> None:
    written = json.loads((FOLDER / "en" / "doctor.json").read_text("utf-8"))
    reasons = {f"plugins.manifest.{name}" for name in manifest_faults()}
    assert {plain(key) for key in written} - keys() == reasons


def manifest_faults() -> set[str]:
    files = (ROOT / "app/api/manifest.py", ROOT / "app/services/plugins/loader.py")
    code = "\n".join(file.read_text("utf-8") for file in files)
    return set(re.findall(r'"plugins\.manifest\.([a-z_]+)"', code))


def test_no_french_sentence_is_an_english_one() -> None:
    english, french = words("en"), words("fr")
    ours = {key for key in english if plain(key) in keys()}
    assert {plain(key) for key in ours if english[key] == french[key]} == SAME


def templates(language: str) -> dict[str, re.Pattern[str]]:
    """What a sentence looks like, whatever is filled in."""
    return {
        key: re.compile(".*".join(re.escape(part) for part in re.split(r"\{[^}]*\}", sentence)))
        for key, sentence in words(language).items()
        if key.startswith(("doctor.", "health.")) and plain(key) not in SAME
    }


def english_ones(texts: list[str]) -> list[str]:
    """Those that say what an English sentence says and no French one does."""
    ours, theirs = templates("fr"), templates("en")
    return [
        text
        for text in texts
        if any(one.fullmatch(text) for one in theirs.values())
        and not any(one.fullmatch(text) for one in ours.values())
    ]


def test_in_french_no_row_is_english(
    paths: Paths, french: Phrases, locked: None, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A machine that lacks as much as can be taken away from it here."""
    monkeypatch.setenv("PATH", "/nonexistent")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    (paths.plugins / "empty").mkdir(parents=True)
    paths.database.write_bytes(b"this is no database" * 500)
    assert main(["doctor"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    names, told = [line[2:22].strip() for line in lines], [line[23:].strip() for line in lines]
    assert len(lines) > 25
    assert english_ones([*names, *(one.removeprefix("→ ") for one in told), lines[-1]]) == []
    text = "\n".join(lines)
    for here in ("ffmpeg", "Bac à sable", "Endommagée", "L’une tient le verrou", "Réparez"):
        assert here in text
    assert "empty\N{NO-BREAK SPACE}: Il n’y a pas de manifeste" in text
    assert lines[-1] == "Quelque chose d’essentiel est cassé."


def test_what_programs_read_stays(
    paths: Paths, french: Phrases, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["doctor", "--json"])
    rows = {row["part"]: row for row in json.loads(capsys.readouterr().out)["checks"]}
    assert set(rows) >= PARTS
    assert {row["state"] for row in rows.values()} <= {"good", "warn", "bad", "off"}
    assert all(list(row) == ["part", "name", "state", "told", "mend"] for row in rows.values())
    assert rows["own folders"]["name"] == "Ses dossiers"
    assert rows["own folders"]["told"] == str(paths.data)
    assert rows["migrations"]["told"].startswith("À jour")


def test_what_is_found_is_a_key(paths: Paths, french: Phrases) -> None:
    found = list(doctor_checks.every(paths))
    assert {check.part for check in found} == PARTS
    for check in found:
        assert french.has(check.name), check.part
        assert french.has(check.found.told), check.part
        assert not check.found.mend or french.has(check.found.mend), check.part
        assert "{" not in str(check.row(french)["told"]), check.part


def test_a_broken_settings_file_is_left_where_it_is(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.settings.write_text("look = {", "utf-8")
    main(["doctor"])
    assert "Free disk" in capsys.readouterr().out
    assert paths.settings.read_text("utf-8") == "look = {"
    assert [entry.name for entry in Path(paths.config).iterdir()] == [paths.settings.name]
