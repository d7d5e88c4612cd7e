"""The checks of `sokoul doctor`, each quick, harmless and unable to stop the others."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import AppError
from app.infra import control
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

GOOD, WARN, BAD = "good", "warn", "bad"
_FREE_BAD = 200 * 1024**2
_FREE_WARN = 2 * 1024**3
_SECONDS = 5.0
_INSTALL = "sh packaging/run.sh installs it, or: sudo apt install"


@dataclass(frozen=True, slots=True)
class Check:
    """One part: its name, "good", "warn" or "bad" (essential and broken), and how to mend it."""

    part: str
    state: str
    told: str
    mend: str = ""


def every(paths: Paths, without: Collection[object] = ()) -> Iterator[Check]:
    """Run all checks but those `without`, one after the other."""
    for part, check in _CHECKS:
        if part in without:
            continue
        try:
            yield check(part, paths)
        except Exception as error:  # noqa: BLE001 - a check that fails is a finding, not an end
            yield Check(part, WARN, f"could not be checked: {type(error).__name__}: {error}")


def _python(part: str, _paths: Paths) -> Check:
    told = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place that looks
        return Check(part, BAD, told, "The station needs Python 3.11 or newer.")
    return Check(part, GOOD, told)


def _sqlite(part: str, _paths: Paths) -> Check:
    try:
        from app.infra.database import driver

        driver.install()
        version = driver.version()
    except ImportError as error:
        return Check(part, BAD, str(error), "Run sh packaging/setup.sh again.")
    told = ".".join(map(str, version))
    if version < driver.SAFE_VERSION:
        return Check(part, BAD, f"{told} can damage databases", "Run sh packaging/setup.sh again.")
    return Check(part, GOOD, told)


def _qt(part: str, _paths: Paths) -> Check:
    try:
        import PySide6
        from PySide6 import QtCore  # noqa: F401 - that it loads is the check
    except ImportError as error:
        return Check(part, BAD, str(error), f"{_INSTALL} libgl1 libegl1 libxcb-cursor0")
    told = PySide6.__version__
    version = tuple(int(piece) for piece in told.split(".")[:2])
    if version >= (6, 12):
        return Check(
            part,
            BAD,
            f"{told} damages Python's own values",
            "pip install 'pyside6-essentials<6.12'",
        )
    return Check(part, GOOD, told)


def _mpv(part: str, _paths: Paths) -> Check:
    for name in ("libmpv.so.2", "libmpv.so.1", "libmpv.so"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.mpv_client_api_version.restype = ctypes.c_ulong
        version = library.mpv_client_api_version()
        return Check(part, GOOD, f"{name}, client API {version >> 16}.{version & 0xFFFF}")
    return Check(part, BAD, "libmpv is missing: nothing can be played", f"{_INSTALL} libmpv2")


def _ffmpeg(part: str, _paths: Paths) -> Check:
    found = shutil.which("ffmpeg")
    if found is None or shutil.which("ffprobe") is None:
        return Check(part, WARN, "ffmpeg is missing", f"{_INSTALL} ffmpeg")
    line = _output([found, "-hide_banner", "-version"]).splitlines()
    return Check(part, GOOD, line[0].split(" Copyright")[0] if line else found)


def _browser(part: str, _paths: Paths) -> Check:
    from app.infra.browser.process import find_program

    try:
        program = find_program(None)
    except AppError:
        told = "no browser: sites that need one cannot be searched or played"
        return Check(part, WARN, told, f"{_INSTALL} chromium")
    return Check(part, GOOD, _output([program, "--version"]).splitlines()[0])


def _torrents(part: str, _paths: Paths) -> Check:
    try:
        import libtorrent
    except ImportError as error:
        return Check(part, WARN, str(error), "Run sh packaging/setup.sh again.")
    return Check(part, GOOD, f"libtorrent {libtorrent.__version__}")


def _sandbox(part: str, _paths: Paths) -> Check:
    """Try, in a child, what the workers that open media files lock themselves up with."""
    code = "import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).unshare(0x50000000) == 0 else 1)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and a constant
        [sys.executable, "-I", "-S", "-c", code], timeout=_SECONDS, check=False, capture_output=True
    )
    if done.returncode == 0:
        return Check(part, GOOD, "files are opened without network in namespaces of their own")
    return Check(
        part,
        WARN,
        "user namespaces are not allowed: files are opened with limits only",
        "sudo sysctl kernel.unprivileged_userns_clone=1",
    )


def _font(part: str, _paths: Paths) -> Check:
    if shutil.which("fc-match") is None:
        return Check(part, WARN, "fontconfig's tools are missing", f"{_INSTALL} fontconfig")
    family = _output(["fc-match", "-f", "%{family}", "Inter"])
    if "Inter" in family:
        return Check(part, GOOD, "Inter")
    return Check(
        part, WARN, f"Inter is missing, {family or 'another'} stands in", f"{_INSTALL} fonts-inter"
    )


def _display(part: str, _paths: Paths) -> Check:
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return Check(part, GOOD, f"{name}={os.environ[name]}")
    return Check(
        part, WARN, "no display: only commands and `serve` work here", "Start it from a desktop."
    )


def _session_bus(part: str, _paths: Paths) -> Check:
    names = _bus_names()
    if names is None:
        return Check(
            part,
            WARN,
            "no D-Bus session: no notifications, media keys or keyring",
            f"{_INSTALL} dbus-user-session, then sign in again",
        )
    return Check(part, GOOD, f"{len(names)} names")


def _tray(part: str, _paths: Paths) -> Check:
    if "org.kde.StatusNotifierWatcher" in (_bus_names() or ()):
        return Check(part, GOOD, "a StatusNotifier host is there")
    if os.environ.get("DISPLAY"):
        return Check(part, WARN, "no StatusNotifier host; the older X tray is used if there is one")
    return Check(part, WARN, "no tray: closing the window ends the station")


def _notifications(part: str, _paths: Paths) -> Check:
    if "org.freedesktop.Notifications" in (_bus_names() or ()):
        return Check(part, GOOD, "the desktop shows notifications")
    return Check(
        part, WARN, "nobody shows notifications", f"{_INSTALL} dunst (or use your desktop's)"
    )


def _keyring(part: str, paths: Paths) -> Check:
    import asyncio

    from app.infra.secrets import Secrets

    home = asyncio.run(Secrets(paths.vault, paths.vault_key).describe()).value
    if home == "keyring":
        return Check(part, GOOD, "secrets are kept in the desktop's keyring")
    if home == "locked":
        return Check(
            part, WARN, "secrets are locked", "Unlock the keyring, or give the passphrase."
        )
    return Check(
        part,
        WARN,
        "no keyring: secrets are kept in an encrypted file",
        f"{_INSTALL} gnome-keyring, and sign in to the desktop",
    )


def _folders(part: str, paths: Paths) -> Check:
    for folder in (paths.config, paths.data, paths.cache, paths.state, paths.runtime):
        place = folder
        while not place.exists() and place != place.parent:
            place = place.parent
        try:
            with tempfile.NamedTemporaryFile(dir=place):
                pass
        except OSError as error:
            return Check(
                part, BAD, f"{folder}: {error.strerror}", f"Make {place} writable for you."
            )
    return Check(part, GOOD, str(paths.data))


def _space(part: str, paths: Paths) -> Check:
    place = paths.data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    told = f"{free / 1024**3:.1f} GB free at {place}"
    if free < _FREE_BAD:
        return Check(part, BAD, told, "Free some space: the station cannot keep what it learns.")
    return Check(part, WARN if free < _FREE_WARN else GOOD, told)


def _database(part: str, paths: Paths) -> Check:
    if not paths.database.exists():
        return Check(part, GOOD, "not made yet; the first start makes it")
    from app.infra.database import driver

    driver.install()
    from app.infra.database import copying

    wrong = copying.fault(paths.database)
    if wrong:
        mend = "Put a backup back: sokoul backup --list, then sokoul backup --restore NAME"
        return Check(part, BAD, f"damaged: {wrong}", mend)
    return Check(part, GOOD, f"{paths.database.stat().st_size / 1024**2:.1f} MB, whole")


def _migrations(part: str, paths: Paths) -> Check:
    from app.infra.database import driver

    driver.install()
    from app.infra.database import schema

    head = schema.STATION.head
    stored = schema.stored_revision(paths.database)
    if stored in (None, head):
        return Check(part, GOOD, f"at {head}")
    if stored in schema.STATION.revisions:
        return Check(part, GOOD, f"at {stored}; the next start brings it to {head}")
    return Check(part, BAD, f"{stored} is newer than this program", "Use the newer program.")


def _running(part: str, paths: Paths) -> Check:
    try:
        told = control.ask(paths.socket, "status", timeout=_SECONDS)
    except AppError:
        if paths.lock.exists() and not _lock_is_free(paths):
            return Check(
                part,
                WARN,
                "a station holds the lock but does not answer",
                "End it, then start again.",
            )
        return Check(part, GOOD, "none runs now")
    return Check(part, GOOD, f"process {told.get('pid')}, version {told.get('version')}")


def _lock_is_free(paths: Paths) -> bool:
    lock = InstanceLock(paths.lock)
    free = lock.acquire()
    lock.release()
    return free


def _plugins(part: str, paths: Paths) -> Check:
    from app.services.plugins.loader import find_plugins, import_setup

    found = find_plugins(Path(__file__).parents[2] / "plugins", paths.plugins)
    wrong: list[str] = []
    for plugin in found:
        if plugin.problem is not None:
            wrong.append(f"{plugin.id}: {plugin.problem}")
        elif plugin.built_in:
            try:
                import_setup(plugin)
            except AppError as error:
                wrong.append(f"{plugin.id}: {error}")
    if wrong:
        return Check(part, WARN, "; ".join(wrong), "Switch it off in Settings, or mend its folder.")
    return Check(part, GOOD, f"{len(found)} found")


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


_CHECKS: tuple[tuple[str, Callable[[str, Paths], Check]], ...] = (
    ("Python", _python),
    ("SQLite", _sqlite),
    ("Qt", _qt),
    ("libmpv", _mpv),
    ("ffmpeg", _ffmpeg),
    ("browser", _browser),
    ("torrents", _torrents),
    ("sandbox", _sandbox),
    ("font", _font),
    ("display", _display),
    ("D-Bus session", _session_bus),
    ("tray", _tray),
    ("notifications", _notifications),
    ("keyring", _keyring),
    ("own folders", _folders),
    ("free disk", _space),
    ("database", _database),
    ("migrations", _migrations),
    ("running station", _running),
    ("plugins", _plugins),
)
