"""The options mpv is started with: quiet, deaf to its own config, and closed to playlists."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

MpvHandle: TypeAlias = Any
"""An `mpv.MPV`, or something of it; python-mpv has no types."""

FORMATS = (
    "matroska,webm,mov,mp4,m4a,3gp,avi,mpegts,mpeg,mpegvideo,flv,ogg,asf,rm,nut,wav,flac,mp3,aac,"
    "ac3,eac3,dts,h264,hevc,av1,obu,ivf,dv,vc1,mxf,gif,srt,ass,webvtt,microdvd,subviewer,"
    "subviewer1,mpl2,mpsub,sami,realtext,jacosub,pjs,vplayer,stl,lrc,ttml,sup,vobsub"
)
"""Containers and subtitle formats the player opens; playlists and scripts are not among them."""

REMOTE_OPTIONS = f"format_whitelist=[hls,{FORMATS}],protocol_whitelist=[http,tcp,crypto,data]"
"""How a demuxer is held when it reads from the station's own server: no file, no other network."""

DECODERS = (
    "h264,hevc,libdav1d,libaom-av1,av1,vp9,libvpx-vp9,vp8,libvpx,mpeg4,mpeg2video,mpeg1video,"
    "mpegvideo,msmpeg4,msmpeg4v2,msmpeg4v1,vc1,wmv3,wmv2,wmv1,h263,h263p,flv,theora,vp6,vp6f,vp6a,"
    "mjpeg,prores,dnxhd,dvvideo,ffv1,rawvideo,huffyuv,rv40,rv30,rv20,rv10,svq3,svq1,gif,png"
)
"""Video decoders in use, best first. Anything else (MagicYUV…) is more risk than it is worth."""


_FIXED: dict[str, object] = {
    "vo": "libmpv",
    "idle": True,
    "keep_open": "yes",
    "config": False,
    "load_scripts": False,
    "ytdl": False,
    "osc": False,
    "osd_level": 0,
    "terminal": False,
    "input_default_bindings": False,
    "input_vo_keyboard": False,
    "input_media_keys": False,
    "load_unsafe_playlists": False,
    "access_references": False,
    "ordered_chapters": False,
    "autoload_files": False,
    "sub_auto": "no",
    "demuxer_mkv_subtitle_preroll": True,  # a line that began before a jump is shown
    "audio_file_auto": "no",
    "resume_playback": False,
    "save_position_on_quit": False,
    "demuxer_lavf_o": f"format_whitelist=[{FORMATS}],protocol_whitelist=[file]",
    "vd": f"{DECODERS},-",
    "demuxer_max_bytes": "64MiB",
    "demuxer_max_back_bytes": "16MiB",
    "volume_max": 130,
    "sub_font": "Inter",
    "sub_font_size": 40,
    "sub_bold": True,
    "sub_border_size": 1.8,
    "sub_shadow_offset": 0,
    "screenshot_format": "png",
    "hr_seek": "default",
    "stop_screensaver": False,
}


@dataclass(frozen=True, slots=True)
class PlayerOptions:
    """What the owner's settings say about playing."""

    hardware_decoding: bool = True
    audio_language: str = ""  # ISO 639, empty: the file's own choice
    subtitle_language: str = ""
    volume: float = 100.0
    subtitle_size: float = 100.0  # per cent


def mpv_options(
    chosen: PlayerOptions, *, software: bool, environ: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The options for `mpv.MPV(**options)`; `software` when frames are drawn by the processor."""
    env = os.environ if environ is None else environ
    hardware = "auto-copy" if software else "auto-safe"
    options: dict[str, object] = {
        **_FIXED,
        "hwdec": hardware if chosen.hardware_decoding else "no",
        "volume": chosen.volume,
        "sub_scale": chosen.subtitle_size / 100,
    }
    if software:
        options.update(sws_fast=True, sws_allow_zimg=True)
    if chosen.audio_language:
        options["alang"] = chosen.audio_language
    if chosen.subtitle_language:
        options["slang"] = chosen.subtitle_language
    if env.get("SOKOUL_AUDIO"):
        options["ao"] = env["SOKOUL_AUDIO"]
    return options
