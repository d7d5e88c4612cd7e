"""What a report must not tell is taken out; what helps to find a fault stays."""

from __future__ import annotations

import base64

import pytest

from app.services.monitoring.veil import Veil

SECRET = "c4n4ry s3cr3t/+é"


@pytest.fixture
def veil() -> Veil:
    return Veil(
        secrets=[SECRET, "tiny"],
        names=["Night of the Living Dead", "Metropolis", "/films/My Own Films", "job", "disk"],
        hosts=["orangepi", "nas.lan", "", "x"],
        people=["alice", ""],
        public=["archive.org"],
        places={"/opt/sokoul": "<sokoul>", "/home/alice/.local/state/sokoul": "<state>",
                "/home/alice": "~"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Scanned /films/Heat (1995)/Heat 2.mkv in 0.2 s", "Scanned [path-1].mkv in 0.2 s"),
        ("the folder '/media/x y/z' is away", "the folder '[path-1]' is away"),
        ("/films/My Own Films is away", "[path-1] is away"),
        ("~/Videos/a b.mkv is gone", "~/[path-1].mkv is gone"),
        ("/home/alice/Videos/b.mkv", "~/[path-1].mkv"),
        ("/home/bob/Videos/b.mkv", "[path-1].mkv"),
        ("/home/alice2/b.mkv", "[path-1].mkv"),
        ("in /home/alice", "in ~"),
        ("errors.file(path='/a/b')", "errors.file(path='[path-1]')"),
        ("path=/films/a.mkv", "path=[path-1].mkv"),
        ('File "/opt/sokoul/app/main.py", line 12', 'File "<sokoul>/app/main.py", line 12'),
        ("see /home/alice/.local/state/sokoul/station.log", "see <state>/station.log"),
        ("read /proc/meminfo and /usr/lib/x.so", "read /proc/meminfo and /usr/lib/x.so"),
        ("GET https://u:pw@tracker.test:8080/ann/xyz?x=1 said no",
         "GET https://[host-1]:8080/… said no"),
        ("https://archive.org/details/abc", "https://archive.org/…"),
        ("https://ia800.us.archive.org", "https://ia800.us.archive.org"),
        ("https://notarchive.org/", "https://[host-1]/"),
        ("http://127.0.0.1:8096/x", "http://127.0.0.1:8096/…"),
        ("file:///films/Heat.mkv", "[path-1]"),
        ("mail to bob@example.org now", "mail to [e-mail-1] now"),
        ("from 192.168.1.20:8096", "from [address-1]:8096"),
        ("fe80::1 and 2a01:db8::5 at 17:04:12", "[address-1] and [address-2] at 17:04:12"),
        ("::1 and 127.0.0.1 and 0.0.0.0", "::1 and 127.0.0.1 and 0.0.0.0"),
        ("at aa:BB:cc:dd:ee:ff", "at [mac-1]"),
        ("hash 0123456789abcdef0123456789abcdef01234567", "hash [hash-1]"),
        ("nas.lan and OrangePi, not orangepie", "[host-1] and [host-2], not orangepie"),
        ("by alice", "by [person-1]"),
        ("Playing Night of the Living Dead, Metropolis; a job on a disk",
         "Playing [name-1], [name-2]; a job on a disk"),
        ("Metropolises", "Metropolises"),
        ("magnet:?xt=urn:btih:abc&dn=Heat&tr=http%3A%2F%2Fx", "magnet:[hidden]"),
        ("1/2, 3 / 4, and/or, 12 kB/s", "1/2, 3 / 4, and/or, 12 kB/s"),
        ("errors.unavailable(plugin=nasa)", "errors.unavailable(plugin=nasa)"),
        ("2026-11-26 17:04:12.418+01:00 INFO search: 62 results in 1.41 s",
         "2026-11-26 17:04:12.418+01:00 INFO search: 62 results in 1.41 s"),
    ],
)  # fmt: skip
def test_what_is_told(veil: Veil, text: str, told: str) -> None:
    assert veil.text(text) == told


def test_a_known_secret_goes_in_every_form(veil: Veil) -> None:
    coded = base64.b64encode(SECRET.encode()).decode()
    for form in (SECRET, "c4n4ry%20s3cr3t%2F%2B%C3%A9", "c4n4ry+s3cr3t%2F%2B%C3%A9", coded,
                 "c4n4ry s3cr3t/+\\xe9", SECRET.upper()):  # fmt: skip
        told = veil.text(f"x={form}&y=1 {form}")
        assert form not in told
        assert told.count("[hidden]") == 2
    assert veil.text("a tiny thing") == "a tiny thing"  # no secret worth the name


def test_the_same_thing_has_the_same_number(veil: Veil) -> None:
    first = veil.text("http://nas.lan/a and http://other.lan/b")
    assert first == "http://[host-1]/… and http://[host-2]/…"
    assert veil.text("other.lan at http://OTHER.lan") == "other.lan at http://[host-2]"


def test_values_keep_their_shape(veil: Veil) -> None:
    value = {
        "a": [1, 2.5, None, True, "10.0.0.7"],
        "nas.lan": ("x", b"/films/a.mkv"),
        "d": {SECRET},
        "token": "abcdef",
        "password": "",
    }
    assert veil.value(value) == {
        "a": [1, 2.5, None, True, "[address-1]"],
        "[host-1]": ["x", "[path-1].mkv"],
        "d": ["[hidden]"],
        "token": "[hidden]",
        "password": "",
    }
