"""The fourth field of a DLNA protocolInfo: what a device may do with what it is sent."""

from __future__ import annotations

from typing import Final

STREAMED: Final = "01700000" + "0" * 24
"""Streaming, in the background too, and a connection may stall: DLNA 1.5."""
SHOWN: Final = "00D00000" + "0" * 24
"""A picture or letters: wanted at once."""


def features(*, converted: bool, profile: str = "", shown: bool = False) -> str:
    """Return the field for a file as it is, or for one that is converted while it is sent.

    A file can be sought in by bytes. For a conversion the field about seeking is left out
    altogether: it is the same as "not at all", and LG sets refuse one that is spelled out.
    """
    parts = [f"DLNA.ORG_PN={profile}"] if profile else []
    if not converted:
        parts.append("DLNA.ORG_OP=01")
    parts += [f"DLNA.ORG_CI={int(converted)}", f"DLNA.ORG_FLAGS={SHOWN if shown else STREAMED}"]
    return ";".join(parts)


def profile_of(container: str, sound: str, channels: int, *, picture: bool) -> str:
    """Return the DLNA profile when it is certain; a wrong one is refused, none seldom is."""
    if not picture and container == "mp3" and sound == "mp3" and channels <= 2:
        return "MP3"
    return ""
