"""Small real HLS streams made with ffmpeg: plain, encrypted, and with fragments of MP4."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.fakes.films import Film, make

FILM = Film(seconds=12.0, container="mp4")


def make_hls(folder: Path, *, encrypted: bool = False, fragments: bool = False) -> Path:
    """Make a master playlist over one variant of four-second parts; returns the master."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(make(FILM)), "-c", "copy"]
    command += ["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"]
    if encrypted:
        key = folder / "film.key"
        key.write_bytes(bytes(range(16)))
        info = folder / "info"
        info.write_text(f"film.key\n{key}\n")
        command += ["-hls_key_info_file", str(info)]
    if fragments:
        command += ["-hls_segment_type", "fmp4"]
    ending = "m4s" if fragments else "ts"
    command += ["-hls_segment_filename", str(folder / f"part%d.{ending}")]
    subprocess.run([*command, str(folder / "low.m3u8")], check=True, timeout=60, cwd=folder)
    master = folder / "master.m3u8"
    master.write_text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\nlow.m3u8\n")
    return master


def make_varied(folder: Path, kind: str) -> Path:
    """Make a stream with habits of its own; returns the playlist to begin with.

    "plain", "encrypted", "fragments", "rotating" (a new key for each part), "ranges" (one file),
    "short" (parts of a second), "apart" (sound by itself), "fragments apart", "broken" (times
    begin anew in the middle).
    """
    if kind in ("plain", "encrypted", "fragments"):
        return make_hls(folder, encrypted=kind == "encrypted", fragments=kind == "fragments")
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "broken":
        return _broken(folder)
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(make(FILM)), "-c", "copy"]
    length = "1" if kind == "short" else "2"
    command += ["-f", "hls", "-hls_time", length, "-hls_playlist_type", "vod"]
    if kind == "rotating":
        key = folder / "film.key"
        key.write_bytes(bytes(range(16)))
        (folder / "info").write_text(f"film.key\n{key}\n")
        command += ["-hls_key_info_file", str(folder / "info")]
    if kind == "ranges":
        command += ["-hls_flags", "single_file"]
    if "fragments" in kind:
        command += ["-hls_segment_type", "fmp4"]
    if "apart" in kind:
        command += ["-map", "0:v", "-map", "0:a", "-master_pl_name", "master.m3u8"]
        command += ["-var_stream_map", "v:0,agroup:s a:0,agroup:s,language:eng,default:yes"]
        command += [str(folder / "part%v.m3u8")]
    else:
        command += [str(folder / "low.m3u8")]
    subprocess.run(command, check=True, timeout=60, cwd=folder)
    if "apart" in kind:
        return folder / "master.m3u8"
    if kind == "rotating":
        _rotate(folder)
    return folder / "low.m3u8"


SPOKEN = ((1.0, 2.5, "One"), (3.5, 5.0, "Across"), (9.0, 10.0, "Last"))
"""What the subtitles of a made stream say, and when, in seconds of the film."""


def make_subtitled(folder: Path, *, clocked: bool = False) -> Path:
    """Make a stream in parts of two seconds with English subtitles in parts; returns its master.

    `clocked` ones count their time from anywhere, and say how that fits the film's own clock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{number}\n{_srt(start)} --> {_srt(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(SPOKEN, start=1)
    ]
    (folder / "spoken.srt").write_text("\n".join(lines))
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(make(FILM)), "-i", "spoken.srt"]
    command += ["-map", "0:v", "-map", "0:a", "-map", "1:s", "-c", "copy", "-c:s", "webvtt"]
    command += ["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"]
    command += ["-master_pl_name", "master.m3u8", "-var_stream_map"]
    command += ["v:0,a:0,s:0,sgroup:subs,language:en", "part%v.m3u8"]
    subprocess.run(command, check=True, timeout=60, cwd=folder)
    (folder / "spoken.srt").unlink()
    if clocked:
        begins = float(_asked(folder / "part0.m3u8", "format=start_time"))
        for number, path in enumerate(sorted(folder.glob("*.vtt"))):
            shown = [one for one in SPOKEN if number * 2 <= one[0] < number * 2 + 2]
            head = f"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:01:00.000,MPEGTS:{round(begins * 90_000)}\n"
            cues = [
                f"{_srt(60 + start, '.')} --> {_srt(60 + end, '.')}\n{text}\n"
                for start, end, text in shown
            ]
            path.write_text("\n".join([head, *cues]))
    return folder / "master.m3u8"


def _srt(seconds: float, point: str = ",") -> str:
    whole = round(seconds * 1000)
    return f"00:{whole // 60_000:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def _asked(path: Path, entry: str) -> str:
    return subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", entry, "-of", "csv=p=0", str(path)],
        check=True, capture_output=True, timeout=60,
    ).stdout.decode().strip()  # fmt: skip


def _rotate(folder: Path) -> None:
    """Lock each part with a key of its own; every second one with a vector of its own."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    lines, number = [], 0
    old = bytes(range(16))
    for line in (folder / "low.m3u8").read_text().splitlines():
        if line.startswith("#EXT-X-KEY"):
            continue
        if line.startswith("#EXTINF"):
            key = bytes([number + 1] * 16)
            (folder / f"{number}.key").write_bytes(key)
            own = f",IV=0x{number + 7:032X}" if number % 2 else ""
            lines.append(f'#EXT-X-KEY:METHOD=AES-128,URI="{number}.key"{own}')
        elif line and not line.startswith("#"):
            path = folder / line
            plain = Cipher(algorithms.AES(old), modes.CBC(number.to_bytes(16, "big"))).decryptor()
            data = plain.update(path.read_bytes()) + plain.finalize()
            vector = (number + 7 if number % 2 else number).to_bytes(16, "big")
            locked = Cipher(algorithms.AES(bytes([number + 1] * 16)), modes.CBC(vector)).encryptor()
            path.write_bytes(locked.update(data) + locked.finalize())
            number += 1
        lines.append(line)
    (folder / "low.m3u8").write_text("\n".join(lines) + "\n")


def _broken(folder: Path) -> Path:
    """Two films behind one another, as with advertisements."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:5", "#EXT-X-PLAYLIST-TYPE:VOD"]
    for number, film in enumerate((FILM, Film(seconds=12.0, container="mp4", look=2))):
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(make(film)), "-c", "copy", "-f", "hls"]
        command += ["-hls_time", "4", "-hls_playlist_type", "vod"]
        command += ["-hls_segment_filename", str(folder / f"s{number}-%d.ts")]
        subprocess.run([*command, str(folder / f"{number}.m3u8")], check=True, timeout=60)
        text = (folder / f"{number}.m3u8").read_text().splitlines()
        lines += ["#EXT-X-DISCONTINUITY"] if number else []
        lines += [one for one in text if one.startswith("#EXTINF") or not one.startswith("#")]
    (folder / "low.m3u8").write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
    return folder / "low.m3u8"


class LiveStream:
    """A playlist over the parts of a made stream that moves on when it is told to."""

    def __init__(self, folder: Path, window: int = 3) -> None:
        text = (folder / "low.m3u8").read_text().splitlines()
        self._parts = [
            (text[place], text[place + 1])
            for place in range(len(text) - 1)
            if text[place].startswith("#EXTINF")
        ]
        self._window = window
        self.first, self.known = 0, 1
        self.ended = False

    def move(self, count: int = 1) -> None:
        """So many parts more are there; the oldest go."""
        self.known = min(self.known + count, len(self._parts))
        self.first = max(0, self.known - self._window)
        self.ended = self.known == len(self._parts)

    @property
    def text(self) -> str:
        """The playlist as it is now."""
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:0.3"]
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{self.first}")
        for part in self._parts[self.first : self.known]:
            lines += part
        return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if self.ended else []), ""])


def frames(path: Path | str, stream: str = "v") -> list[str]:
    """The hash of each decoded frame of the picture ("v") or the sound ("a")."""
    told = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-map", f"0:{stream}:0", "-f", "framemd5", "-"],
        check=True, capture_output=True, timeout=60,
    ).stdout.decode()  # fmt: skip
    return [line.split(",")[-1].strip() for line in told.splitlines() if not line.startswith("#")]
