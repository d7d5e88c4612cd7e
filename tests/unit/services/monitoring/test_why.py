"""Why it stuttered: each reason is found, none is made up, and there are words for all."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.domain.monitoring import Core, CoreKind, Doing, DoingKind, Machine, Track
from app.services.monitoring import why
from app.services.monitoring.why import Around, explained
from app.services.phrases import Phrases, words

AT = 1_800_000_000.0
GB = 2**30
BOARD = Machine(
    "Orange Pi 6 Plus",
    (Core(0, CoreKind.BIG, 1024, 2600), Core(1, CoreKind.LITTLE, 279, 1800)),
    16 * GB,
    AT - 9999,
)


def track(name: str, usual: float, then: float, most: float | None = None) -> Track:
    """A figure in spans of ten seconds: as usual, but for the 30 seconds around the moment."""
    times = [AT - why.BEFORE + 10 * number for number in range(39)]
    near = [abs(time - AT) <= 15 for time in times]
    means = [then if now else usual for now in near]
    top = then if most is None else most
    mosts = [top if now else usual for now in near]
    return Track(name, tuple(times), tuple(means), tuple(mosts), 10.0)


CALM = {
    "cpu": (0.3, 0.3), "cpu.0": (0.3, 0.3), "cpu.1": (0.2, 0.2), "mhz.0": (2600, 2600),
    "temperature": (55, 56), "throttled": (0, 0), "memory": (4 * GB, 4 * GB), "swap": (0, 0),
    "disk.sda1.wait": (2, 3), "disk.sda1.busy": (0.1, 0.1), "disk.sda1.full": (0.5, 0.5),
    "net.end0.received": (1e6, 1e6), "net.end0.sent": (1e5, 1e5), "gpu.15000000.gpu": (0.2, 0.2),
    "cpu.station": (0.1, 0.1), "cpu.ffmpeg": (0.0, 0.0), "downloads.speed": (4e6, 4e6),
    "errors": (0.01, 0.01),
}  # fmt: skip


def around(
    doings: Sequence[Doing] = (), looked: Sequence[float] | None = None, **then: float
) -> Around:
    """A calm machine but for these figures; their names have "__" for dots."""
    given = {name.replace("__", "."): value for name, value in then.items()}
    known = {name: (usual, given.get(name, now)) for name, (usual, now) in CALM.items()}
    known |= {name: (0.0, value) for name, value in given.items() if name not in known}
    tracks = {name: track(name, *values) for name, values in known.items()}
    speeds, mounts = {"end0": 125e6}, {"sda1": "/media/films"}
    return Around(AT, BOARD, tracks, doings, looked, speeds, mounts)


def doing(kind: DoingKind, label: str = "Metropolis", **args: str) -> Doing:
    return Doing(kind, label, AT - 60, None, tuple(args.items()))


REASONS: dict[str, Callable[[], Around]] = {
    "nothing": around,
    "stood": lambda: around(looked=[AT - 9, AT - 8, AT + 4, AT + 5]),
    "disk_hangs": lambda: around(disk__sda1__wait=4000),
    "disk_slow": lambda: around(disk__sda1__wait=240),
    "disk_busy": lambda: around(disk__sda1__busy=0.99),
    "disk_full": lambda: around(disk__sda1__full=0.995),
    "throttled_hot": lambda: around(throttled=1, temperature=96),
    "hot": lambda: around(temperature=93),
    "slow_clock": lambda: around(cpu=0.85, mhz__0=1200),
    "cpu": lambda: around(cpu=0.97, cpu__station=0.5, cpu__ffmpeg=0.5),
    "cpu_ffmpeg": lambda: around(cpu=0.98, cpu__ffmpeg=1.7),
    "cpu_model": lambda: around(cpu=0.98, cpu__model=1.9),
    "cpu_others": lambda: around(cpu=0.98),
    "one_core": lambda: around([doing(DoingKind.PLAYING)], cpu__1=1.0),
    "swapping": lambda: around(swap=400 * 2**20),
    "memory": lambda: around(memory=15.5 * GB),
    "gpu": lambda: around(gpu__15000000__gpu=0.99),
    "link_received": lambda: around(net__end0__received=120e6),
    "link_sent": lambda: around(net__end0__sent=124e6),
    "download_stalled": lambda: around([doing(DoingKind.DOWNLOADING, what="stalled")]),
    "download_slowed": lambda: around([doing(DoingKind.DOWNLOADING)], downloads__speed=1000),
    "converting": lambda: around([doing(DoingKind.CONVERTING, device="TV", method="full")]),
    "converting_sound": lambda: around([doing(DoingKind.CONVERTING, device="TV", method="audio")]),
    "scanning": lambda: around([doing(DoingKind.SCANNING, "/films")]),
    "making": lambda: around([doing(DoingKind.MAKING)]),
    "publishing": lambda: around([doing(DoingKind.PUBLISHING)]),
    "thinking": lambda: around([doing(DoingKind.THINKING, "score")]),
    "job": lambda: around([doing(DoingKind.JOB, "upkeep.backup")]),
    "providers": lambda: around(errors=0.5),
}  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_each_reason_alone(name: str) -> None:
    told = explained(REASONS[name]())
    assert [one.key for one in told] == [f"monitoring.why.{name}"]
    for language in ("en", "fr"):
        sentence = Phrases(lambda spoken=language: spoken).say(told[0].key, told[0].args)  # type: ignore[misc]  # the default binds the language
        assert "{" not in sentence


def test_every_reason_has_words() -> None:
    source = Path(why.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r'"(monitoring\.why\.\w+)"', source))
    keys |= {f"monitoring.why.cpu_{part}" for part in why._PARTS}
    keys |= {f"monitoring.why.{kind}" for kind in why._OTHER_WORK}
    keys |= {f"monitoring.why.link_{way}" for way in ("received", "sent")}
    keys |= {f"monitoring.doing.{kind}" for kind in DoingKind}
    keys |= {f"monitoring.part.{part}" for part in why._PARTS}
    assert len(keys) > 40
    assert keys <= set(words("en"))
    mine = {key for key in words("en") if key.startswith("monitoring.")}
    assert mine == keys  # and no words nobody says


def test_the_evening_it_stuttered() -> None:
    """At 21:04 a film was converted, the chip got hot, and a backup read the same disk."""
    evening = around(
        [
            doing(DoingKind.CONVERTING, device="Living room", method="full"),
            doing(DoingKind.CASTING),
            doing(DoingKind.JOB, "upkeep.backup"),
            Doing(DoingKind.SCANNING, "/old", AT - 300, AT - 200),
        ],
        cpu=0.98, cpu__ffmpeg=1.8, throttled=1, temperature=97, disk__sda1__wait=180,
        disk__sda1__busy=0.97,
    )  # fmt: skip
    told = explained(evening)
    assert [one.key.removeprefix("monitoring.why.") for one in told] == [
        "throttled_hot", "cpu_ffmpeg", "disk_slow", "converting", "job",
    ]  # fmt: skip
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)
    assert told[2].args == {"disk": "/media/films", "ms": 180}
    assert told[2].track == "disk.sda1.wait"
    english = Phrases(lambda: "en")
    assert english.say(told[0].key, told[0].args) == (
        "The processor held itself back: it was 97 °C hot."
    )


def test_what_was_minutes_before_is_no_reason() -> None:
    calm = around()
    early = track("cpu", 1.0, 0.3)  # busy but for then
    told = explained(Around(AT, BOARD, {**calm.tracks, "cpu": early}))
    assert [one.key for one in told] == ["monitoring.why.nothing"]


def test_one_bad_second_within_a_calm_span_counts_less() -> None:
    calm = around()
    spike = track("cpu", 0.3, 0.4, most=0.99)
    whole = track("cpu", 0.3, 0.99)
    weights = [
        explained(Around(AT, BOARD, {**calm.tracks, "cpu": one}))[0].weight
        for one in (spike, whole)
    ]
    assert weights[0] < weights[1]


def test_without_figures_nothing_is_made_up() -> None:
    told = explained(Around(AT, BOARD, {}, [doing(DoingKind.PLAYING)]))
    assert [one.key for one in told] == ["monitoring.why.unknown"]
    gap = Track("cpu", (AT - 5, AT + 5), (math.nan, math.nan), (math.nan, math.nan), 10.0)
    told = explained(Around(AT, BOARD, {"cpu": gap}))
    assert [one.key for one in told] == ["monitoring.why.unknown"]


def test_long_ago_five_minutes_are_what_there_is() -> None:
    rough = Track("disk.sda1.wait", (AT - 150,), (40.0,), (900.0,), 300.0)
    told = explained(Around(AT, BOARD, {"cpu": rough, "disk.sda1.wait": rough}))
    assert "monitoring.why.disk_slow" in {one.key for one in told}


def test_it_is_not_endless() -> None:
    disks = {f"disk__d{number}__wait": 500.0 for number in range(30)}
    told = explained(around(**disks))  # type: ignore[arg-type]  # figures by name, as the others
    assert len(told) == why.MOST


def test_a_clock_that_was_low_while_nothing_was_to_be_done_is_no_reason() -> None:
    calm = around(cpu=0.85)
    times = (AT - 10, AT, AT + 10)
    lively = Track("mhz.0", times, (800.0, 2600.0, 800.0), (800.0, 2600.0, 800.0), 10.0)
    told = explained(Around(AT, BOARD, {**calm.tracks, "mhz.0": lively}))
    assert [one.key for one in told] == ["monitoring.why.nothing"]
