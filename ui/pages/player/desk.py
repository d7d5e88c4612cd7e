"""Makes the real engine and its picture, and takes both down in the right order."""

from __future__ import annotations

from app.domain.settings_sections import Playback
from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import PlayerOptions
from ui.widgets.mpv_view import Backend, MpvView, choose_backend


class Desk:
    """One mpv with one view. Building it loads libmpv; raises `OSError` when there is none."""

    def __init__(self, playback: Playback) -> None:
        backend = choose_backend()
        options = PlayerOptions(
            hardware_decoding=playback.hardware_decoding != "off",
            audio_language=playback.audio_language,
            subtitle_language=playback.subtitle_language,
            volume=float(playback.volume),
            subtitle_size=float(playback.subtitle_size),
        )
        self.core = MpvCore(options, software=backend is Backend.SOFTWARE)
        self.view = MpvView(backend)

    def show(self) -> None:
        """Let the view draw; call when it has its place in a window."""
        self.view.attach(self.core)

    def close(self) -> None:
        """End mpv: first the picture, then the player."""
        self.view.release()
        self.core.close()
