"""Starts Chromium and its driver, and sees to it that neither outlives the station.

Playwright's driver (a Node process) ends by itself when its input closes, as it does when we are
killed, and closes the browser first. Chromium is tied to the driver by `setpriv --pdeathsig KILL`,
so it also ends when the driver is killed. When either does not end as asked, we kill it by its id.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

log = logging.getLogger(__name__)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
START_SECONDS = 30.0
CLOSE_SECONDS = 4.0
ENOUGH_SHARED_MEMORY = 512 * 2**20
NOWHERE = "socks5://127.0.0.1:1"
"""The proxy of whatever belongs to no visit: nothing listens there."""
SWITCHES = (
    f"--proxy-server={NOWHERE}",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--deny-permission-prompts",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-speech-api",
    "--disable-remote-fonts",
    # The last one counts, so the driver's own values are repeated.
    "--blink-settings=imagesEnabled=false,primaryHoverType=2,availableHoverTypes=2,"
    "primaryPointerType=4,availablePointerTypes=4",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--disable-crash-reporter",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--renderer-process-limit=6",
    "--js-flags=--max-old-space-size=384",
)
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_MESSAGES", "TZ", "TMPDIR")
_SCRIPT = """#!/bin/sh
# Stands in Chromium's place when the driver starts it: tells both ids and the profile, keeps
# Chromium out of the owner's home, and ties its life to the driver's.
for word; do
    case $word in --user-data-dir=*) HOME=${{word#*=}} ;; esac
done
printf '%s\\n' "$$" "$PPID" "$HOME" >{told}
TMPDIR=$HOME
[ ${{#HOME}} -lt 60 ] || TMPDIR=/tmp # for a socket, whose path must be short
export HOME TMPDIR
exec prlimit --core=0 -- setpriv --pdeathsig KILL -- \\
    sh -c '[ "$PPID" = "$0" ] && exec "$@"' "$PPID" {program} "$@"
"""


Told = tuple[int, int, str]
"""The ids of Chromium and of its driver, and the folder of the profile."""


class Chromium:
    """A running browser. `gone` is set when it ends, whoever ended it."""

    def __init__(self, playwright: Playwright, browser: Browser, told: Told) -> None:
        self._playwright = playwright
        self._chromium, self._driver, self._profile = told
        self.browser = browser
        self.user_agent = _user_agent(browser.version)
        self.gone = asyncio.Event()
        self._watched = [handle for pid in told[:2] if (handle := self._watch(pid)) is not None]
        browser.on("disconnected", lambda _: self.gone.set())
        if not browser.is_connected():
            self.gone.set()

    @property
    def pid(self) -> int:
        """The process, and process group, of Chromium; 0 when it is not known."""
        return self._chromium

    def kill(self) -> None:
        """End it at once."""
        _kill_group(self._chromium)
        self.gone.set()

    def _watch(self, pid: int) -> int | None:
        """Let the kernel tell when a process ends: nobody else tells of the driver's end."""
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            if pid:
                self.gone.set()
            return None
        asyncio.get_running_loop().add_reader(handle, self.gone.set)
        return handle

    async def close(self) -> None:
        """End it and its driver, kindly first."""
        ended = await _ended(self.browser.close())
        if not ended:
            log.warning("the browser did not close and is killed")
            _kill_group(self._chromium)
        if not await _ended(self._playwright.stop()):
            log.warning("the browser's driver did not end and is killed")
            _kill(self._driver)
            await _ended(self._playwright.stop())
        for handle in self._watched:
            asyncio.get_running_loop().remove_reader(handle)
            os.close(handle)
        self._watched = []
        await asyncio.to_thread(_remove, self._profile)  # a driver that was killed could not
        self.gone.set()


def find_program(executable: str | None) -> str:
    """Return the browser's program; `Unavailable` when there is none."""
    for name in (executable,) if executable else PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise Unavailable("errors.browser_missing")


async def start_chromium(executable: str | None) -> Chromium:
    """Start the browser; `Unavailable` when there is none or it does not start."""
    program = await asyncio.to_thread(find_program, executable)
    # Half a second of reading: not on the loop that everything else waits for.
    api = await asyncio.to_thread(importlib.import_module, "playwright.async_api")
    place = await asyncio.to_thread(_make_script, program)
    playwright: Playwright | None = None
    try:
        async with asyncio.timeout(START_SECONDS):
            playwright = await api.async_playwright().start()
            browser = await playwright.chromium.launch(
                executable_path=str(place / "start"),
                headless=True,
                chromium_sandbox=os.geteuid() != 0,  # Chromium refuses to sandbox itself as root
                args=list(SWITCHES),
                ignore_default_args=_unwanted(),
                handle_sigint=False,
                env=_environment(),
            )
        return Chromium(playwright, browser, await asyncio.to_thread(_read_told, place))
    except Exception as error:  # a driver that ends while it starts is told by a bare one
        log.warning("the browser does not start: %s", str(error)[:2000])
        if playwright is not None:
            await _ended(playwright.stop())
        raise Unavailable("errors.browser_not_started") from error
    finally:
        await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)


def _make_script(program: str) -> Path:
    place = Path(tempfile.mkdtemp(prefix="sokoul-browser-"))
    script = place / "start"
    told = shlex.quote(str(place / "told"))
    script.write_text(_SCRIPT.format(told=told, program=shlex.quote(program)))
    script.chmod(0o700)
    return place


def _read_told(place: Path) -> Told:
    try:
        chromium, driver, profile = (place / "told").read_text().splitlines()
        return int(chromium), int(driver), profile
    except (OSError, ValueError):
        return 0, 0, ""


def _remove(profile: str) -> None:
    """Remove a profile the driver made; anything else is left alone."""
    if Path(profile).name.startswith("playwright_"):
        shutil.rmtree(profile, ignore_errors=True)


def _unwanted() -> list[str]:
    """Switches of the driver that are not for us."""
    unwanted = ["--enable-unsafe-swiftshader"]
    with contextlib.suppress(OSError):
        room = os.statvfs("/dev/shm")  # noqa: S108,RUF100 - asked for its size only
        if room.f_bavail * room.f_frsize >= ENOUGH_SHARED_MEMORY:
            unwanted.append("--disable-dev-shm-usage")  # else shared memory lies on a disk
    return unwanted


def _environment() -> dict[str, str | float | bool]:
    """What Chromium learns of our environment: no keys, no screen, no session of the owner."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {"PATH": "/usr/bin:/bin", **kept, "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def _user_agent(version: str) -> str:
    """What a Chromium of this version with a window calls itself."""
    major = version.partition(".")[0]
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
        f" Chrome/{major}.0.0.0 Safari/537.36"
    )


async def _ended(closing: Awaitable[object]) -> bool:
    """Whether a call that ends something came back in time."""
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await closing
    except TimeoutError:
        return False
    except Error:
        return True  # it is gone already
    return True


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if pid > 1:
            os.killpg(pid, signal.SIGKILL)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if pid > 1:
            os.kill(pid, signal.SIGKILL)
