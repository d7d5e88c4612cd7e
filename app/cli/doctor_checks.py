"""The checks of `sokoul doctor`, each quick, harmless and unable to stop the others."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.infra import control
from app.infra.instance import InstanceLock
from app.infra.paths import Paths
from app.services.phrases import Phrases

GOOD, WARN, BAD = "good", "warn", "bad"
_FREE_BAD = 200 * 1024**2
_FREE_WARN = 2 * 1024**3
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: "good", "warn" or "bad" (essential and broken).

    `told` and `mend` are keys of phrases (`app.services.phrases`), filled from `args`. `faults`
    are told after one another in the place ``{faults}``, each by its name.
    """

    state: str
    told: str
    args: Mapping[str, object] = field(default_factory=dict)
    mend: str = ""
    faults: Mapping[str, AppError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One part: its name for programs, the key of its name for people, and what was found."""

    part: str
    name: str
    found: Found

    def row(self, phrases: Phrases) -> dict[str, object]:
        """It as plain values, as a running station tells of its own parts."""
        found = self.found
        faults = "; ".join(
            phrases.say("doctor.fault", name=name, why=phrases.say(error.key, error.args_map))
            for name, error in found.faults.items()
        )
        args = {**found.args, "faults": faults}
        mend = phrases.say(found.mend, args) if found.mend else ""
        return {
            "part": self.part, "name": phrases.say(self.name), "state": found.state,
            "told": phrases.say(found.told, args), "mend": mend,
        }  # fmt: skip


def every(paths: Paths, without: Collection[object] = ()) -> Iterator[Check]:
    """Run all checks but those `without`, one after the other."""
    for part, name, look in _CHECKS:
        if part in without:
            continue
        try:
            yield Check(part, name, look(paths))
        except Exception as error:  # noqa: BLE001 - a check that fails is a finding, not an end
            args = {"error": f"{type(error).__name__}: {error}"}
            yield Check(part, name, Found(WARN, "doctor.not_checked", args))


def _python(_paths: Paths) -> Found:
    args = {"version": ".".join(map(str, sys.version_info[:3]))}
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place that looks
        return Found(BAD, "doctor.python.old", args, "doctor.python.old.mend")
    return Found(GOOD, "doctor.version", args)


def _sqlite(_paths: Paths) -> Found:
    try:
        from app.infra.database import driver

        driver.install()
        version = driver.version()
    except ImportError as error:
        return Found(BAD, "doctor.not_loaded", {"error": error}, "doctor.set_up")
    args = {"version": ".".join(map(str, version))}
    if version < driver.SAFE_VERSION:
        return Found(BAD, "doctor.sqlite.unsafe", args, "doctor.set_up")
    return Found(GOOD, "doctor.version", args)


def _qt(_paths: Paths) -> Found:
    try:
        import PySide6
        from PySide6 import QtCore  # noqa: F401 - that it loads is the check
    except ImportError as error:
        args = {"error": error, "packages": "libgl1 libegl1 libxcb-cursor0"}
        return Found(BAD, "doctor.not_loaded", args, "doctor.install")
    told = PySide6.__version__
    version = tuple(int(piece) for piece in told.split(".")[:2])
    if version >= (6, 12):
        return Found(BAD, "doctor.qt.unsafe", {"version": told}, "doctor.qt.unsafe.mend")
    return Found(GOOD, "doctor.version", {"version": told})


def _mpv(_paths: Paths) -> Found:
    for name in ("libmpv.so.2", "libmpv.so.1", "libmpv.so"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.mpv_client_api_version.restype = ctypes.c_ulong
        version = library.mpv_client_api_version()
        args = {"name": name, "version": f"{version >> 16}.{version & 0xFFFF}"}
        return Found(GOOD, "doctor.mpv.good", args)
    return Found(BAD, "doctor.mpv.missing", {"packages": "libmpv2"}, "doctor.install")


def _ffmpeg(_paths: Paths) -> Found:
    found = shutil.which("ffmpeg")
    if found is None or shutil.which("ffprobe") is None:
        return Found(WARN, "doctor.ffmpeg.missing", {"packages": "ffmpeg"}, "doctor.install")
    line = _output([found, "-hide_banner", "-version"]).splitlines()
    version = line[0].split(" Copyright")[0] if line else found
    return Found(GOOD, "doctor.version", {"version": version})


def _browser(_paths: Paths) -> Found:
    from app.infra.browser.process import find_program

    try:
        program = find_program(None)
    except AppError:
        args = {"packages": "chromium"}
        return Found(WARN, "doctor.browser.missing", args, "doctor.install")
    version = _output([program, "--version"]).splitlines()[0]
    return Found(GOOD, "doctor.version", {"version": version})


def _torrents(_paths: Paths) -> Found:
    try:
        import libtorrent
    except ImportError as error:
        return Found(WARN, "doctor.not_loaded", {"error": error}, "doctor.set_up")
    return Found(GOOD, "doctor.version", {"version": f"libtorrent {libtorrent.__version__}"})


def _sandbox(_paths: Paths) -> Found:
    """Try, in a child, what the workers that open media files lock themselves up with."""
    code = "import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).unshare(0x50000000) == 0 else 1)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and a constant
        [sys.executable, "-I", "-S", "-c", code], timeout=_SECONDS, check=False, capture_output=True
    )
    if done.returncode == 0:
        return Found(GOOD, "doctor.sandbox.good")
    return Found(WARN, "doctor.sandbox.loose", {}, "doctor.sandbox.loose.mend")


def _font(_paths: Paths) -> Found:
    if shutil.which("fc-match") is None:
        return Found(WARN, "doctor.font.unseen", {"packages": "fontconfig"}, "doctor.install")
    family = _output(["fc-match", "-f", "%{family}", "Inter"])
    if "Inter" in family:
        return Found(GOOD, "doctor.version", {"version": "Inter"})
    told = "doctor.font.replaced" if family else "doctor.font.missing"
    return Found(WARN, told, {"family": family, "packages": "fonts-inter"}, "doctor.install")


def _display(_paths: Paths) -> Found:
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return Found(GOOD, "doctor.version", {"version": f"{name}={os.environ[name]}"})
    return Found(WARN, "doctor.display.none", {}, "doctor.display.none.mend")


def _session_bus(_paths: Paths) -> Found:
    names = _bus_names()
    if names is None:
        return Found(WARN, "doctor.bus.none", {}, "doctor.bus.none.mend")
    return Found(GOOD, "doctor.bus.good", {"count": len(names)})


def _tray(_paths: Paths) -> Found:
    if "org.kde.StatusNotifierWatcher" in (_bus_names() or ()):
        return Found(GOOD, "doctor.tray.good")
    return Found(WARN, "doctor.tray.older" if os.environ.get("DISPLAY") else "doctor.tray.none")


def _notifications(_paths: Paths) -> Found:
    if "org.freedesktop.Notifications" in (_bus_names() or ()):
        return Found(GOOD, "doctor.notifications.good")
    return Found(WARN, "doctor.notifications.none", {}, "doctor.notifications.none.mend")


def _keyring(paths: Paths) -> Found:
    import asyncio

    from app.infra.secrets import Secrets

    home = asyncio.run(Secrets(paths.vault, paths.vault_key).describe()).value
    if home == "keyring":
        return Found(GOOD, "health.keyring.keyring")
    if home == "locked":
        return Found(WARN, "health.keyring.locked", {}, "health.keyring.locked.mend")
    return Found(WARN, "health.keyring.key_file", {}, "health.keyring.key_file.mend")


def _folders(paths: Paths) -> Found:
    for folder in (paths.config, paths.data, paths.cache, paths.state, paths.runtime):
        place = folder
        while not place.exists() and place != place.parent:
            place = place.parent
        try:
            with tempfile.NamedTemporaryFile(dir=place):
                pass
        except OSError as error:
            args = {"folder": folder, "place": place, "reason": error.strerror or ""}
            return Found(BAD, "doctor.folders.closed", args, "doctor.folders.closed.mend")
    return Found(GOOD, "doctor.folders.good", {"folder": paths.data})


def _space(paths: Paths) -> Found:
    place = paths.data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    args = {"free": free, "place": place}
    if free < _FREE_BAD:
        return Found(BAD, "doctor.space", args, "doctor.space.mend")
    return Found(WARN if free < _FREE_WARN else GOOD, "doctor.space", args)


def _database(paths: Paths) -> Found:
    if not paths.database.exists():
        return Found(GOOD, "doctor.database.none")
    from app.infra.database import driver

    driver.install()
    from app.infra.database import copying

    wrong = copying.fault(paths.database)
    if wrong:
        return Found(BAD, "health.database.damaged", {"problem": wrong}, "doctor.database.mend")
    return Found(GOOD, "doctor.database.good", {"size": paths.database.stat().st_size})


def _migrations(paths: Paths) -> Found:
    from app.infra.database import driver

    driver.install()
    from app.infra.database import schema

    head = schema.STATION.head
    stored = schema.stored_revision(paths.database)
    args = {"stored": stored, "head": head}
    if stored in (None, head):
        return Found(GOOD, "doctor.migrations.good", args)
    if stored in schema.STATION.revisions:
        return Found(GOOD, "doctor.migrations.older", args)
    return Found(BAD, "doctor.migrations.newer", args, "doctor.migrations.newer.mend")


def _running(paths: Paths) -> Found:
    try:
        told = control.ask(paths.socket, "status", timeout=_SECONDS)
    except AppError:
        if paths.lock.exists() and not _lock_is_free(paths):
            return Found(WARN, "doctor.running.silent", {}, "doctor.running.silent.mend")
        return Found(GOOD, "doctor.running.none")
    args = {"process": str(told.get("pid")), "version": told.get("version")}
    return Found(GOOD, "doctor.running.good", args)


def _lock_is_free(paths: Paths) -> bool:
    lock = InstanceLock(paths.lock)
    free = lock.acquire()
    lock.release()
    return free


def _plugins(paths: Paths) -> Found:
    from app.services.plugins.loader import find_plugins, import_setup

    found = find_plugins(Path(__file__).parents[2] / "plugins", paths.plugins)
    wrong: dict[str, AppError] = {}
    for plugin in found:
        if plugin.problem is not None:
            wrong[plugin.id] = plugin.problem
        elif plugin.built_in:
            try:
                import_setup(plugin)
            except AppError as error:
                wrong[plugin.id] = error
    if wrong:
        return Found(WARN, "doctor.plugins.wrong", {}, "health.provider.unusable.mend", wrong)
    return Found(GOOD, "doctor.plugins.good", {"count": len(found)})


def _output(command: list[str]) -> str:
    done = subprocess.run(  # noqa: S603 - constant programs and arguments
        command, timeout=_SECONDS, check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    return done.stdout.decode("utf-8", "replace").strip()


def _bus_names() -> frozenset[str] | None:
    """Names on the session bus, also those it can start; None without a bus."""
    import asyncio

    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    place = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent") / "bus"
    if not address and not place.exists():
        return None
    try:
        return asyncio.run(_names_in_time(address or f"unix:path={place}"))
    except (OSError, TimeoutError, ValueError, EOFError):
        return None


async def _names_in_time(address: str) -> frozenset[str]:
    import asyncio

    async with asyncio.timeout(_SECONDS):
        return await _list_names(address)


async def _list_names(address: str) -> frozenset[str]:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    bus = await MessageBus(bus_address=address).connect()
    try:
        names: set[str] = set()
        for member in ("ListNames", "ListActivatableNames"):
            reply = await bus.call(
                Message(
                    destination="org.freedesktop.DBus",
                    path="/org/freedesktop/DBus",
                    interface="org.freedesktop.DBus",
                    member=member,
                )
            )
            names.update(reply.body[0] if reply is not None and reply.body else ())
        return frozenset(names)
    finally:
        bus.disconnect()


_CHECKS: Final[tuple[tuple[str, str, Callable[[Paths], Found]], ...]] = (
    ("Python", "doctor.part.python", _python),
    ("SQLite", "doctor.part.sqlite", _sqlite),
    ("Qt", "doctor.part.qt", _qt),
    ("libmpv", "doctor.part.mpv", _mpv),
    ("ffmpeg", "health.part.ffmpeg", _ffmpeg),
    ("browser", "doctor.part.browser", _browser),
    ("torrents", "health.part.torrents", _torrents),
    ("sandbox", "doctor.part.sandbox", _sandbox),
    ("font", "doctor.part.font", _font),
    ("display", "doctor.part.display", _display),
    ("D-Bus session", "doctor.part.bus", _session_bus),
    ("tray", "doctor.part.tray", _tray),
    ("notifications", "doctor.part.notifications", _notifications),
    ("keyring", "health.part.keyring", _keyring),
    ("own folders", "doctor.part.folders", _folders),
    ("free disk", "doctor.part.space", _space),
    ("database", "health.part.database", _database),
    ("migrations", "doctor.part.migrations", _migrations),
    ("running station", "doctor.part.running", _running),
    ("plugins", "health.part.provider", _plugins),
)
