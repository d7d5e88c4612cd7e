from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import keyring.errors
import pytest

from app.domain.errors import AuthRequired
from app.domain.secrets import SecretHome
from app.infra import secrets as module
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.infra.vault import Vault

CANARY = "canary-7f3a91-do-not-tell"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    monkeypatch.setattr(module, "_keyring_probe", lambda: False)


def make(paths: Paths, **environ: str) -> Secrets:
    return Secrets(paths.vault, paths.vault_key, environ, timeout=0.3)


@pytest.mark.usefixtures("no_keyring")
async def test_without_a_keyring_an_encrypted_file_holds_them(paths: Paths) -> None:
    await make(paths).set("nfo", "token", CANARY)
    again = make(paths)
    assert await again.get("nfo", "token") == CANARY
    assert await again.get("other", "token") is None
    assert await again.describe() is SecretHome.KEY_FILE
    for path in (paths.vault, paths.vault_key):
        assert path.stat().st_mode & 0o777 == 0o600
        assert CANARY.encode() not in path.read_bytes()
    await again.delete("nfo", "token")
    assert await again.get("nfo", "token") is None


@pytest.mark.usefixtures("no_keyring")
async def test_the_environment_comes_first(paths: Paths) -> None:
    secrets = make(paths, SOKOUL_SECRET_NFO_TOKEN="given")
    await secrets.set("nfo", "token", "kept")
    assert await secrets.get("nfo", "token") == "given"


@pytest.mark.usefixtures("no_keyring")
async def test_a_plugin_sees_its_own_secrets_only(paths: Paths) -> None:
    secrets = make(paths)
    one, two = secrets.scoped("one"), secrets.scoped("two")
    await one.set("token", "a")
    assert await one.get("token") == "a"
    assert await two.get("token") is None
    await one.delete("token")
    assert await one.get("token") is None


@pytest.mark.usefixtures("no_keyring")
async def test_a_passphrase_can_take_the_place_of_the_key_file(paths: Paths) -> None:
    secrets = make(paths, SOKOUL_VAULT_PASSPHRASE="open sesame")
    await secrets.set("nfo", "token", CANARY)
    assert await secrets.describe() is SecretHome.PASSPHRASE
    assert not paths.vault_key.exists()
    wrong = make(paths, SOKOUL_VAULT_PASSPHRASE="open barley")
    assert await wrong.describe() is SecretHome.LOCKED
    with pytest.raises(AuthRequired):
        await wrong.get("nfo", "token")
    with pytest.raises(AuthRequired):
        await wrong.set("nfo", "token", "new")
    assert await secrets.get("nfo", "token") == CANARY


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("harm", ["lost", "short", "other"])
async def test_a_lost_or_wrong_key_is_locked_and_never_replaced(paths: Paths, harm: str) -> None:
    await make(paths).set("nfo", "token", CANARY)
    kept = paths.vault.read_bytes()
    if harm == "lost":
        paths.vault_key.unlink()
    else:
        paths.vault_key.write_bytes(b"k" * (5 if harm == "short" else 32))
    secrets = make(paths)
    assert await secrets.describe() is SecretHome.LOCKED
    with pytest.raises(AuthRequired):
        await secrets.get("nfo", "token")
    with pytest.raises(AuthRequired):
        await secrets.set("nfo", "token", "new")
    assert paths.vault.read_bytes() == kept
    assert harm != "lost" or not paths.vault_key.exists()


def test_a_damaged_vault_is_told(paths: Paths) -> None:
    vault = Vault(paths.vault, paths.vault_key)
    vault.save({"a": "b"})
    blob = bytearray(paths.vault.read_bytes())
    blob[-3] ^= 1
    paths.vault.write_bytes(blob)
    with pytest.raises(AuthRequired):
        Vault(paths.vault, paths.vault_key).load()
    paths.vault.write_bytes(b"something else")
    with pytest.raises(AuthRequired):
        Vault(paths.vault, paths.vault_key).load()


async def test_a_keyring_that_never_answers_does_not_hold_up_the_station(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def wait() -> bool:
        asked.append(1)
        time.sleep(1.0)
        return True

    monkeypatch.setattr(module, "_keyring_probe", wait)
    secrets = make(paths)
    begun = time.monotonic()
    await secrets.set("nfo", "token", CANARY)  # nothing was in the keyring: the file takes it
    assert await secrets.get("nfo", "token") == CANARY
    assert time.monotonic() - begun < 1.0
    assert asked == [1]  # and it is not asked again at once


async def test_a_keyring_that_locks_later_says_locked(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, str] = {}
    monkeypatch.setattr(module, "_keyring_probe", lambda: True)
    monkeypatch.setattr(module, "_keyring_set", held.__setitem__)
    monkeypatch.setattr(module, "_keyring_get", held.get)
    first = make(paths)
    await first.set("nfo", "token", CANARY)
    assert await first.describe() is SecretHome.KEYRING
    assert not paths.vault.exists()

    def locked() -> bool:
        raise keyring.errors.InitError("Prompt dismissed")

    monkeypatch.setattr(module, "_keyring_probe", locked)
    later = make(paths)
    assert await later.describe() is SecretHome.LOCKED
    for work in (later.get("nfo", "token"), later.set("nfo", "x", "y"), later.delete("nfo", "x")):
        with pytest.raises(AuthRequired):
            await work


@pytest.mark.usefixtures("no_keyring")
async def test_a_secret_moves_to_the_keyring_when_there_is_one(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(paths).set("nfo", "token", "old")
    held: dict[str, str] = {}
    monkeypatch.setattr(module, "_keyring_probe", lambda: True)
    monkeypatch.setattr(module, "_keyring_set", held.__setitem__)
    monkeypatch.setattr(module, "_keyring_get", held.get)
    secrets = make(paths)
    assert await secrets.get("nfo", "token") == "old"
    await secrets.set("nfo", "token", "new")
    assert held == {"nfo/token": "new"}
    assert Vault(paths.vault, paths.vault_key).load() == {}


@pytest.mark.usefixtures("no_keyring")
async def test_a_secret_reaches_no_log_and_no_other_file(
    paths: Paths, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = make(paths)
    await secrets.set("nfo", "token", CANARY)
    await secrets.get("nfo", "token")
    assert CANARY not in caplog.text
    for path in home.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path
    assert CANARY.encode() not in Path("/proc/self/cmdline").read_bytes()


CHILD = """
import asyncio, os, pathlib, sys
from app.infra.secrets import Secrets

async def main():
    home = pathlib.Path(os.environ["HOME"])
    secrets = Secrets(home / "v.vault", home / "v.key")
    print((await secrets.describe()).value)
    await secrets.set("nfo", "token", sys.stdin.readline().strip())
    print(await Secrets(home / "v.vault", home / "v.key").get("nfo", "token"))
    await secrets.delete("nfo", "token")
    print(await secrets.get("nfo", "token"), (home / "v.vault").exists())

asyncio.run(main())
"""


def test_the_real_keyring_of_the_desktop(home: Path) -> None:
    script = (
        "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null;"
        ' exec "$0" -c "$1"'
    )
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, CHILD],
        input=CANARY,
        capture_output=True,
        text=True,
        timeout=40,
        env=environ,
    )
    assert ended.stdout.split() == ["keyring", CANARY, "None", "False"], ended.stderr
