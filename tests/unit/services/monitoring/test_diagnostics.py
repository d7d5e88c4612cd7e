"""The report of a bug: what is in it, and that nothing secret is, wherever it stood."""

from __future__ import annotations

import contextlib
import json
import logging
import zipfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import AuthRequired, Unavailable
from app.domain.events import JobId, JobState
from app.domain.health import Health, HealthState
from app.domain.monitoring import Core, CoreKind, Machine, Snapshot
from app.infra import logs
from app.infra import secrets as keyrings
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.runtime.jobs import JobInfo
from app.services.monitoring.diagnostics import Diagnostics, Sources
from app.services.monitoring.logbook import Logbook
from app.services.phrases import Phrases
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from tests.fakes.plugins import NoBrowser

KEPT, GIVEN, TYPED = "c4n4ry-kept-in-the-keyring", "c4n4ry_in_the_environment", "c4n4ry-typed"
PASSKEY = "c4n4ry0123456789abcdefc4n4ry0123"
TITLE = "The Canary Murder Case"
OWNER = "alice.canary@example.org"
CANARIES = (KEPT, GIVEN, TYPED, PASSKEY, TITLE, OWNER, "c4n4ry", "canary.lan", "Canary Films")
FILES = {
    *("README.txt", "version.json", "machine.json", "health.json", "settings.json"),
    *("plugins.json", "database.json", "jobs.json", "threads.txt", "tasks.txt", "log.txt"),
}


@pytest.fixture(autouse=True)
def _log(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrings, "_keyring_probe", lambda: False)
    monkeypatch.setenv("SOKOUL_SECRET_NASA_OTHER", GIVEN)
    logs.setup(paths)


@dataclass
class House:
    """The parts a report is made of."""

    paths: Paths
    database: Database
    settings: SettingsService
    plugins: PluginService
    secrets: Secrets
    jobs: tuple[JobInfo, ...] = ()
    health: tuple[Health, ...] = ()
    language: str = "en"

    async def failed(self) -> Sequence[JobInfo]:
        return self.jobs

    def diagnostics(self) -> Diagnostics:
        machine = Machine("A board", (Core(0, CoreKind.BIG),), 8 << 30, 1.0)
        return Diagnostics(
            Sources(
                self.paths, lambda: self.settings.current, self.plugins.list, self.secrets,
                self.database, self.failed, lambda: self.health, lambda: machine,
                lambda: Snapshot(2.0, 0.5, (0.5,), (1800.0,), 1, 2), Phrases(lambda: self.language),
            )
        )  # fmt: skip


@pytest.fixture
async def house(paths: Paths) -> AsyncIterator[House]:
    database, bus = Database(paths.database), EventBus()
    await database.open()
    settings = SettingsService(paths.settings, bus)
    secrets = Secrets(paths.vault, paths.vault_key, timeout=0.5)
    plugins = PluginService(paths, bus, settings, secrets, NoBrowser())
    await plugins.start()
    yield House(paths, database, settings, plugins, secrets)
    await plugins.stop()
    await database.close()


async def fill(house: House) -> None:
    """Put a canary wherever an owner has something of his own."""
    await house.plugins.set_option("email", "password", KEPT)
    await house.plugins.set_option("email", "host", "smtp.canary.lan")
    await house.plugins.set_option("email", "recipients", OWNER)
    await house.settings.set("downloads", "folder", "/media/Canary Films/new")
    await house.settings.set("downloads", "interface", TYPED)
    await house.settings.set("downloads", "at_once", 7)
    async with house.database.write() as connection:
        await connection.execute(
            text(
                "INSERT INTO item (kind, key, title, sort_title, folded, pictured, offline, "
                "hidden, added_at) VALUES ('film', 'k', :title, '', '', 0, 0, 0, 0)"
            ),
            {"title": TITLE},
        )
    house.jobs = (
        JobInfo(JobId("j"), "pipeline", f"Making {TITLE}", JobState.FAILED, 1.0, 2.0,
                error="errors.file_gone", error_args={"name": f"/x/{TITLE}.mkv", "key": KEPT}),
    )  # fmt: skip
    house.health = (
        Health("provider:email", HealthState.BAD, "health.provider.away",
               {"host": "smtp.canary.lan", "reason": f"login {OWNER} {KEPT}"}),
    )  # fmt: skip
    log = logging.getLogger("plugins.email")
    log.warning("plain %s and %s and %s", KEPT, GIVEN, TYPED)
    log.warning("http://tracker.test/%s/announce", PASSKEY)
    log.warning("magnet:?xt=urn:btih:%s&dn=%s&tr=http%%3A%%2F%%2Ft%%2Fannounce%%2F%s", "a" * 40,
                TITLE, PASSKEY)  # fmt: skip
    log.warning("GET https://smtp.canary.lan:465/%s?q=%s", PASSKEY, KEPT)
    log.warning("Playing %s of /media/Canary Films/new/%s.mkv for %s", TITLE, TITLE, OWNER)
    log.error("token=%s", KEPT, exc_info=ValueError(f"{KEPT} for 'smtp.canary.lan'"))
    log.warning("%s in a line of its own, with Bearer %s", KEPT, "c4n4ryBearer0123456789")


def read(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


async def test_everything_is_in_it_and_nothing_secret(house: House, tmp_path: Path) -> None:
    await fill(house)
    path = await Logbook(logs.ring(), house.paths.log, house.diagnostics()).bundle(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    files = read(path)
    assert set(files) == FILES
    for name, content in files.items():
        for canary in CANARIES:
            assert canary.casefold() not in content.casefold(), (name, canary)
        assert str(house.paths.home) not in content, name
    settings = json.loads(files["settings.json"])
    assert settings["downloads"] == {"folder": "[set]", "interface": "[set]", "at_once": 7}
    plugins = {one["id"]: one for one in json.loads(files["plugins.json"])}
    assert plugins["email"]["options"]["host"] == "[set]"
    assert plugins["email"]["options"]["port"] == 587
    assert plugins["email"]["options"]["password"] == ""  # not even that there is one
    assert json.loads(files["database.json"])["item"] == 1
    (job,) = json.loads(files["jobs.json"])
    assert (job["kind"], job["error"]) == ("pipeline", "errors.file_gone")
    assert json.loads(files["health.json"])[0]["told"] == "health.provider.away"
    assert json.loads(files["machine.json"])["machine"]["model"] == "A board"
    assert json.loads(files["version.json"])["sokoul"]
    log = files["log.txt"].splitlines()
    assert any("WARN  provider email: plain [hidden] and [hidden]" in line for line in log)
    assert any("http://[host-" in line for line in log)
    assert any("ValueError: [hidden]" in line for line in log)
    assert "report_parts.py" in files["threads.txt"]
    assert "test_everything_is_in_it" in files["tasks.txt"]
    assert "<sokoul>/app/services/monitoring" in files["threads.txt"]
    assert "Could not be gathered" not in files["README.txt"]


async def test_a_broken_part_does_not_keep_the_others(house: House, tmp_path: Path) -> None:
    house.language = "fr"

    async def broken() -> Sequence[JobInfo]:
        raise RuntimeError("the engine is broken")

    async def locked(_scope: str, _name: str) -> str | None:
        raise AuthRequired("errors.secrets_locked")

    diagnostics = house.diagnostics()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house.secrets, "get", locked)
        object.__setattr__(diagnostics._from, "failed_jobs", broken)
        files = read(await diagnostics.bundle(tmp_path))
    assert set(files) == FILES - {"jobs.json"}
    assert "Impossible à réunir : jobs.json, secrets." in files["README.txt"]


async def test_it_is_never_larger_than_it_may_be(house: House, tmp_path: Path) -> None:
    with house.paths.log.open("ab") as file:
        row = {"time": "2026-01-01T00:00:00.000Z", "level": "info", "logger": "ui", "message": ""}
        for number in range(15_000):
            row["message"] = f"line {number} " + "word " * 60
            file.write(json.dumps(row).encode() + b"\n")
    path = await house.diagnostics().bundle(tmp_path / "report.zip")
    assert path == tmp_path / "report.zip"
    assert path.stat().st_size < 2_000_000
    log = read(path)["log.txt"]
    assert len(log) < 4 * 1024 * 1024
    assert "line 14999 " in log
    assert "line 1 " not in log


async def test_where_it_cannot_be_written(house: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable) as caught:
        await house.diagnostics().bundle(tmp_path / "file" / "report.zip")
    assert caught.value.key == "errors.report_save"
    with contextlib.suppress(OSError):
        assert sorted(one.name for one in tmp_path.glob("*.zip")) == []
    again = tmp_path / "report.zip"
    again.write_text("mine")
    made = await house.diagnostics().bundle(again)
    assert again.read_text() == "mine"
    assert made.name == "report (2).zip"
