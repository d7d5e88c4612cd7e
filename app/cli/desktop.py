"""`sokoul desktop`: takes a place in the desktop's menu, and opens magnet links and torrents."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from app.cli import output
from app.domain.errors import Unavailable
from app.infra.atomic import replace_file

_ABOUT = """\
Puts Sokoul into the menu of your desktop, and lets the desktop open magnet links and .torrent
files with it. With --start it also opens by itself when you sign in, with --kiosk so that it fills
the screen. Only your own folders are written to; --remove takes all of it back.
"""
_EXAMPLES = """\
examples:
  sokoul desktop
  sokoul desktop --start
  sokoul desktop --kiosk      for a screen that shows nothing else; without any desktop, see
                              packaging/sokoul-kiosk.service
  sokoul desktop --remove
"""
TYPES: Final = ("x-scheme-handler/magnet", "application/x-bittorrent")
_ROOT = Path(__file__).parents[2]
_SECONDS = 20.0


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    parser = output.command(commands, "desktop", "open magnet links here", _ABOUT, _EXAMPLES)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--start", action="store_true", help="open when you sign in")
    ways.add_argument("--kiosk", action="store_true", help="so, and fill the screen")
    ways.add_argument("--remove", action="store_true", help="take it back")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the entry and its icon, and tell the desktop."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    entry = data / "applications/sokoul.desktop"
    icon = data / "icons/hicolor/scalable/apps/sokoul.svg"
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    start = config / "autostart/sokoul.desktop"
    if options.remove:
        for path in (entry, icon, start):
            path.unlink(missing_ok=True)
    else:
        template = (_ROOT / "packaging/sokoul.desktop").read_text(encoding="utf-8")
        try:
            replace_file(entry, _entry(template, _command()).encode(), mode=0o644)
            replace_file(icon, (_ROOT / "resources/icons/sokoul.svg").read_bytes(), mode=0o644)
            if options.start or options.kiosk:
                text = _autostart(template, _command(), kiosk=options.kiosk)
                replace_file(start, text.encode(), mode=0o644)
        except OSError as error:
            raise Unavailable("errors.folder_unsafe", path=str(data), reason=str(error)) from error
    _tell(entry, default=not options.remove)
    print(output.say(_told(options)))
    return 0


def _told(options: argparse.Namespace) -> str:
    if options.remove:
        return "told.desktop_removed"
    return "told.desktop_starts" if options.start or options.kiosk else "told.desktop"


def _command() -> str:
    """The command by its full path: the desktop knows nothing of virtual environments."""
    own = Path(sys.executable).with_name("sokoul")
    return str(own if own.exists() else shutil.which("sokoul") or own)


def _entry(template: str, command: str, words: str = "--open %U") -> str:
    quoted = '"' + command.replace("\\", "\\\\").replace('"', '\\"') + '"'
    lines = []
    for line in template.splitlines():
        name = line.partition("=")[0]
        told = {"Exec": f"Exec={quoted} {words}".rstrip(), "TryExec": f"TryExec={command}"}
        lines.append(told.get(name, line))
    return "\n".join(lines) + "\n"


def _autostart(template: str, command: str, *, kiosk: bool) -> str:
    """The same entry for the folder a desktop starts from: it opens no links."""
    kept = "\n".join(line for line in template.splitlines() if not line.startswith("MimeType="))
    return _entry(kept, command, "--kiosk" if kiosk else "")


def _tell(entry: Path, *, default: bool) -> None:
    """Let the desktop read its folders anew; where its tools are missing it does so by itself."""
    commands = [["update-desktop-database", str(entry.parent)]]
    if default:
        commands += [["xdg-mime", "default", entry.name, kind] for kind in TYPES]
    for command in commands:
        if shutil.which(command[0]):
            subprocess.run(command, check=False, timeout=_SECONDS, capture_output=True)
