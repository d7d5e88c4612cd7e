"""Starts real DLNA renderers in rooms of a home."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.receivers.home import Room

NOBODY = 65_534


@dataclass
class Renderer:
    """One of them; `start` after `kill` brings the same one back."""

    room: Room
    folder: Path
    name: str = "Living room"
    number: int = 1
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Each of them has its own way."""

    def kill(self) -> None:
        """Without a word."""
        assert self.process is not None
        self.room.end(self.process)


class Gmediarender(Renderer):
    """GStreamer behind libupnp. It says that it plays before it does."""

    def start(self) -> None:
        sink = "fakesink sync=true"  # plays in real time, shows and sounds nothing
        self.process = self.room.start(
            *("gmediarender", "-I", self.room.line, "-f", self.name),
            *("-u", f"5ca1ab1e-0000-4000-8000-{self.number:012}"),
            *(f"--gstout-audiopipe={sink}", f"--gstout-videopipe={sink}"),
            log=self.folder / f"gmediarender{self.number}.log",
        )


class Rygel(Renderer):
    """GStreamer behind GUPnP. Honest, and strict about what it is sent. It does not run as root."""

    place: Path | None = None

    def start(self) -> None:
        if self.place is None:
            self.place = self._settings()
        place = self.place
        homes = ("CONFIG", "DATA", "CACHE", "STATE")
        self.process = self.room.start(
            *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
            *("dbus-run-session", "--", "rygel"),
            log=self.folder / f"rygel{self.number}.log",
            env={
                "HOME": str(place),
                "GST_PLUGIN_FEATURE_RANK": "dfbvideosink:NONE",  # falls over without a screen
                "XDG_RUNTIME_DIR": str(place),
                **{f"XDG_{one}_HOME": str(place / one.lower()) for one in homes},
            },
        )

    def _settings(self) -> Path:
        place = self.room.folder_for(NOBODY)
        settings = place / "config" / "rygel.conf"
        (settings.parent / "Rygel").mkdir(parents=True)
        for one in (settings.parent, settings.parent / "Rygel"):
            os.chown(one, NOBODY, NOBODY)
        settings.write_text(
            f"[general]\ninterface={self.room.line}\nipv6=false\n"
            f"[Playbin]\nenabled=true\ntitle={self.name}\n"
            "[MediaExport]\nenabled=false\n[Tracker3]\nenabled=false\n"
        )
        return place


RENDERERS = {"gmediarender": Gmediarender, "rygel": Rygel}


def missing(kind: str) -> str:
    """Why one cannot be started, or nothing."""
    programs = {
        "gmediarender": ("gmediarender",),
        "rygel": ("rygel", "dbus-run-session", "setpriv"),
    }
    lacking = [one for one in programs[kind] if shutil.which(one) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else ""
