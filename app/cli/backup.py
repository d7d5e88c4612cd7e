"""`sokoul backup`: copies what the station knows, lists the copies, and puts one back."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

from app.cli import output, station
from app.domain.errors import Refused
from app.domain.sizes import size
from app.infra.instance import InstanceLock
from app.infra.paths import Paths

_ABOUT = """\
Copies the database, the jobs and the settings into a folder of today; a running station does so
each night by itself (Settings, Nights and backups). Secrets are not in it: accounts ask to be
signed in again on another machine. Films and videos are not in it either.
"""
_EXAMPLES = """\
examples:
  sokoul backup                               make one now
  sokoul backup --list
  sokoul backup --restore sokoul-2026-11-26   while no station runs; what was there is kept aside
"""


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "backup", "copy what is known", _ABOUT, _EXAMPLES)
    orders = parser.add_mutually_exclusive_group()
    orders.add_argument("--list", action="store_true", help="tell every backup")
    orders.add_argument("--restore", metavar="NAME", default="", help="put one back")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make, list or restore."""
    if options.restore:
        return _restore(options.restore, as_json=options.json)
    if options.list:
        return _list(as_json=options.json)
    made = station.ask("backup", timeout=1_800.0)
    if options.json:
        print(json.dumps(made))
    else:
        print(output.say("backup.made", path=made["path"], size=size(made["bytes"])))
    return 0


def _list(*, as_json: bool) -> int:
    """Looks into the folder itself: a station that cannot start has backups too."""
    from app.infra.database import driver

    driver.install()
    from app.services.upkeep.backup import all_of

    found = all_of(_folder(Paths.from_environment()))
    if as_json:
        print(json.dumps({"backups": [asdict(one) for one in found]}))
    elif not found:
        print(output.say("backup.none"))
    for one in () if as_json else found:
        at = time.strftime("%Y-%m-%d %H:%M", time.localtime(one.at))
        print(output.clean(f"{one.name:<26} {at}  {size(one.bytes):>9}  {one.path}"))
    return 0


def _restore(name: str, *, as_json: bool) -> int:
    """Works on files alone, so that a damaged database is no hindrance."""
    from app.infra.database import driver

    driver.install()
    from app.services.upkeep import restoring

    paths = Paths.from_environment()
    paths.make()
    lock = InstanceLock(paths.lock)
    if not lock.acquire():
        raise Refused("errors.backup_station_runs")
    try:
        targets = (paths.database, paths.jobs, paths.settings)
        aside = restoring.restore(_folder(paths), name, targets, paths.data)
    finally:
        lock.release()
    if as_json:
        print(json.dumps({"name": name, "aside": str(aside)}))
    else:
        print(output.say("backup.restored", name=name, aside=str(aside)))
    return 0


def _folder(paths: Paths) -> Path:
    """Where backups go, by the settings that are there now."""
    from app.runtime.bus import EventBus
    from app.services.settings.service import SettingsService

    settings = SettingsService(paths.settings, EventBus())
    settings.load()
    named = settings.current.upkeep.backup_folder.strip()
    return Path(named).expanduser() if named else paths.data / "backups"
