"""Probe workers: they tell what is in a file, and can do nothing else."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.errors import ToolFailed
from app.infra import probe as probe_module
from app.infra.probe import Probe, Request
from tests.fakes.films import PLAIN, RICH, Film, make, poster, run

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def probe() -> AsyncIterator[Probe]:
    made = Probe(workers=2, deadline=10.0)
    yield made
    await made.close()


async def _one(probe: Probe, op: str, path: Path, **args: object) -> probe_module.Answer:
    (answer,) = await probe.ask("media", [Request(op, args, os.fsencode(path))])
    return answer


async def test_a_worker_has_no_network_and_few_calls(probe: Probe) -> None:
    state = await probe.sandbox_state()
    assert state == {"network": True, "calls": True}
    (pid,) = probe.processes()
    assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    status = Path(f"/proc/{pid}/status").read_text()
    assert "Seccomp:\t2" in status
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert "Max file size             0 " in limits
    assert "Max open files            64 " in limits


def test_what_is_forbidden_is_refused() -> None:
    code = """
import os, socket, sys
sys.path.insert(0, sys.argv[1])
from app.infra import sandbox
inside = socket.socketpair()
sandbox.limit(os.getppid())
assert sandbox.leave_network()
assert sandbox.forbid_calls(files=True)
def refused(call):
    try:
        call()
    except PermissionError:
        return
    print("allowed:", call)
    sys.exit(1)
refused(lambda: socket.socket())
refused(lambda: socket.socket(socket.AF_UNIX))
refused(lambda: os.open("/etc/passwd", os.O_RDONLY))
refused(lambda: os.execv("/bin/true", ["true"]))
refused(lambda: os.kill(os.getppid(), 0))
refused(lambda: os.unlink("/tmp/nothing"))
inside[0].sendmsg([b"still fine"])
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(ROOT)], check=True, timeout=20)


async def test_lists_of_other_files_are_refused_whatever_their_name(
    probe: Probe, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        secret = tmp_path / "secret.ts"
        run(["-i", str(make()), "-c", "copy", "-an", str(secret)])
        texts = {
            "hls.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{secret}\n"
            "#EXT-X-ENDLIST\n",
            "hls-http.mkv": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{address}\n"
            "#EXT-X-ENDLIST\n",
            "concat.mkv": f"ffconcat version 1.0\nfile '{secret}'\n",
            "dash.mp4": '<?xml version="1.0"?>'
            '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
            f"<Period><BaseURL>{address}</BaseURL></Period></MPD>",
            "sdp.avi": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\n"
            "m=video 5000 RTP/AVP 96\n",
        }
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
            for op in ("describe", "frame", "cover"):
                assert (await _one(probe, op, tmp_path / name)).note == "notes.unreadable", name
        with pytest.raises(BlockingIOError):
            server.accept()


async def test_a_decoder_that_is_not_on_the_list_is_not_used(probe: Probe, tmp_path: Path) -> None:
    film = tmp_path / "magic.avi"
    run(["-f", "lavfi", "-i", "testsrc2=s=320x180:d=1", "-c:v", "magicyuv", str(film)])
    assert (await _one(probe, "frame", film)).note == "notes.codec_unknown"
    told = await _one(probe, "describe", film)
    assert told.told["tracks"][0]["codec"] == "magicyuv"


async def test_what_is_no_plain_file_is_never_waited_for(probe: Probe, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.mkv")
    (tmp_path / "link.mkv").symlink_to(make())
    begun = time.monotonic()
    for name in ("fifo.mkv", "link.mkv", ".", "nothing.mkv"):
        assert (await _one(probe, "describe", tmp_path / name)).note == "notes.unreadable"
    assert time.monotonic() - begun < 5


async def test_files_of_every_kind_are_described(probe: Probe) -> None:
    for video, container in (("h264", "mp4"), ("hevc", "mkv"), ("vp9", "webm"), ("av1", "mp4")):
        told = (await _one(probe, "describe", make(Film(video=video, container=container)))).told
        assert told["tracks"][0]["codec"] == video
        assert told["duration"] == pytest.approx(2.0, abs=0.2)
    told = (await _one(probe, "describe", make(RICH))).told
    assert told["cover"]
    assert len(told["tracks"]) == 5


async def test_a_film_cut_in_the_middle_still_gives_a_frame_or_a_note(
    probe: Probe, tmp_path: Path
) -> None:
    for container in ("mkv", "mp4", "webm"):
        whole = make(Film(video="vp9", container=container)).read_bytes()
        for share in (0.02, 0.4, 0.9):
            film = tmp_path / f"{share}.{container}"
            film.write_bytes(whole[: int(len(whole) * share)])
            for op in ("describe", "frame"):
                answer = await _one(probe, op, film)
                assert answer.note or answer.told


async def test_pictures_of_every_kind_and_none_too_large(probe: Probe, tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.webp"):
        made = poster(tmp_path / name)
        answer = await _one(probe, "image", made, shape="poster")
        assert answer.blob.startswith(b"\xff\xd8\xff"), name
    huge = tmp_path / "huge.png"  # 900 million pixels of one colour in a small file
    run(["-f", "lavfi", "-i", "color=red:s=16000x16000:d=1", "-frames:v", "1", "-pix_fmt", "monob",
         str(huge)])  # fmt: skip
    assert huge.stat().st_size < 3_000_000
    begun = time.monotonic()
    assert (await _one(probe, "image", huge, shape="poster")).note is not None
    (tmp_path / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert (await _one(probe, "image", tmp_path / "x.svg", shape="poster")).note is not None
    assert time.monotonic() - begun < 5


async def test_a_worker_that_hangs_is_replaced_and_only_its_file_suffers(tmp_path: Path) -> None:
    probe = Probe(workers=1, deadline=1.0)
    good = os.fsencode(make(PLAIN))
    try:
        await probe.sandbox_state()
        (first,) = probe.processes()
        os.kill(first, signal.SIGSTOP)
        begun = time.monotonic()
        answers = await probe.ask("media", [Request("describe", {}, good)] * 3)
        assert time.monotonic() - begun < 6
        assert [answer.note for answer in answers] == ["notes.took_too_long", None, None]
        assert probe.processes() != [first]
        assert not Path(f"/proc/{first}").exists()
    finally:
        await probe.close()


async def test_a_worker_that_dies_is_replaced(probe: Probe) -> None:
    good = os.fsencode(make(PLAIN))
    await probe.sandbox_state()
    (first,) = probe.processes()
    os.kill(first, signal.SIGKILL)
    await asyncio.sleep(0.1)
    answers = await probe.ask("media", [Request("describe", {}, good)] * 2)
    assert [answer.note for answer in answers] == [None, None]


async def test_workers_leave_after_a_rest_and_at_the_end() -> None:
    probe = Probe(workers=2, idle=0.3)
    await probe.sandbox_state()
    (pid,) = probe.processes()
    await asyncio.sleep(0.8)
    assert probe.processes() == []
    await probe.ask("names", [Request("names", {"paths": [["One (2001).mkv"]]})])
    await probe.close()
    assert probe.processes() == []
    assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(ToolFailed):
        await probe.ask("media", [Request("ping", {})])


def test_workers_die_with_the_station(tmp_path: Path) -> None:
    code = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from app.infra.probe import Probe
async def main():
    probe = Probe()
    await probe.sandbox_state()
    print(*probe.processes(), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", code, str(ROOT)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    with parent.stdout as told:
        (pid,) = map(int, told.readline().split())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and _state(pid) != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


async def test_many_files_in_two_workers_keep_their_order(probe: Probe, tmp_path: Path) -> None:
    paths = []
    for number in range(40):
        place = tmp_path / f"{number}.mkv"
        if number % 3:
            shutil.copyfile(make(PLAIN), place)
        else:
            place.write_bytes(b"no film" * number)
        paths.append(os.fsencode(place))
    halves = [
        [Request("describe", {}, path) for path in part] for part in (paths[::2], paths[1::2])
    ]
    told = await asyncio.gather(*(probe.ask("media", half) for half in halves))
    for start, answers in enumerate(told):
        for turn, answer in enumerate(answers):
            assert (answer.note is None) == bool((2 * turn + start) % 3)
