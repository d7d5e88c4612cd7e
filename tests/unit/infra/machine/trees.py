"""Trees of files as the kernel shows them: of the board, of a PC, and of one with nothing right."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

MEMINFO = """MemTotal:       32768000 kB
MemFree:         2048000 kB
MemAvailable:   {available} kB
Buffers:          100000 kB
Cached:         20000000 kB
SwapTotal:       8192000 kB
SwapFree:        {swap} kB
"""
DEV = """Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
"""
CAPACITIES = (1024, 279, 279, 279, 279, 866, 866, 866, 866, 1024, 1024, 1010)
MHZ = (2600, 1800, 1800, 1800, 1800, 2300, 2300, 2300, 2300, 2600, 2600, 2560)
POLICIES = ((0,), (1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11))


def put(root: Path, files: Mapping[str, str | bytes | int]) -> None:
    """Write these below the root, by path."""
    for name, told in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(told, bytes):
            path.write_bytes(told)
        else:
            path.write_text(f"{told}\n" if isinstance(told, int) else told, encoding="utf-8")


def link(root: Path, name: str, target: str) -> None:
    """A link below the root to another place below it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(root / target)


def stat(busy: Sequence[int], idle: Sequence[int]) -> str:
    """/proc/stat of cores that were busy and idle for so many ticks; None of them waited."""
    lines = [f"cpu  {sum(busy)} 0 0 {sum(idle)} 0 0 0 0 0 0"]
    lines += [
        f"cpu{number} {one} 0 0 {rest} 0 0 0 0 0 0"
        for number, (one, rest) in enumerate(zip(busy, idle, strict=True))
    ]
    return "\n".join([*lines, "intr 12345 1 2 3", "ctxt 99", "btime 1767300000", ""])


def net(**counts: tuple[int, int]) -> str:
    """/proc/net/dev of interfaces that received and sent so many bytes."""
    rows = [
        f"{name:>6}: {received} 9 0 0 0 0 0 0 {sent} 9 0 0 0 0 0 0"
        for name, (received, sent) in counts.items()
    ]
    return DEV + "\n".join([*rows, ""])


def disk(
    name: str,
    *,
    reads: int = 0,
    read: int = 0,
    read_ms: int = 0,
    writes: int = 0,
    written: int = 0,
    write_ms: int = 0,
    pending: int = 0,
    busy: int = 0,
) -> str:
    """A line of /proc/diskstats; `read` and `written` are in sectors."""
    return (
        f" 259       1 {name} {reads} 0 {read} {read_ms} {writes} 0 {written} {write_ms}"
        f" {pending} {busy} {read_ms + write_ms} 0 0 0 0 0 0\n"
    )


def process(root: Path, number: int, name: str, parent: int, **more: object) -> None:
    """A program: `ticks` it used, `pages` it holds, `shared` ones, its `words`, its `state`."""
    ticks, pages, shared = (more.get(one, 0) for one in ("ticks", "pages", "shared"))
    words = str(more.get("words", name)).replace(" ", "\0")
    state, began = more.get("state", "S"), more.get("began", number)
    zeros = " ".join("0" for _ in range(6))
    place = f"proc/{number}"
    rest = f"{state} {parent} 1 1 0 -1 0 {zeros[:7]} {ticks} 0 0 0 20 0 1 0 {began} 0 0"
    put(
        root,
        {
            f"{place}/stat": f"{number} ({name}) {rest}\n",
            f"{place}/statm": f"{pages} {pages} {shared} 0 0 0 0\n",
            f"{place}/cmdline": words,
        },
    )


def board(root: Path) -> Path:
    """The Orange Pi 6 Plus: three kinds of cores, a Mali, an NPU, an NVMe disk and a USB one."""
    put(
        root,
        {
            "proc/device-tree/model": b"Orange Pi 6 Plus\0",
            "proc/stat": stat([0] * 12, [0] * 12),
            "proc/meminfo": MEMINFO.format(available=16_384_000, swap=8_192_000),
            "proc/net/dev": net(lo=(9, 9), end0=(0, 0), wlan0=(0, 0), veth12ab=(5, 5)),
            "proc/diskstats": disk("nvme0n1") + disk("nvme0n1p2") + disk("sda1"),
            "proc/self/mountinfo": (
                "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw\n"
                "23 22 0:21 / /proc rw - proc proc rw\n"
                "40 22 8:1 / /media/My\\040films rw - ext4 /dev/sda1 rw\n"
                "41 22 0:55 / /media/nas rw - nfs4 nas.home:/films rw\n"
            ),
            "sys/class/net/end0/speed": 2500,
            "sys/class/net/end0/operstate": "up\n",
            "sys/class/net/wlan0/operstate": "down\n",
            "sys/devices/platform/nvme0n1/nvme0n1p2/partition": 2,
            "sys/devices/platform/nvme0n1/size": 1000,
            "sys/devices/platform/sda/sda1/partition": 1,
            "sys/devices/platform/sda/size": 1000,
            "sys/class/devfreq/15000000.gpu/load": "37@900000000Hz\n",
            "sys/class/devfreq/14260000.aipu/load": "62@1200000000Hz\n",
            "sys/class/devfreq/dmc/load": "80@3200000000Hz\n",
        },
    )
    for numbers, name in (("259:2", "nvme0n1/nvme0n1p2"), ("8:1", "sda/sda1")):
        link(root, f"sys/dev/block/{numbers}", f"sys/devices/platform/{name}")
        link(root, f"sys/class/block/{Path(name).name}", f"sys/devices/platform/{name}")
    system = "sys/devices/system/cpu"
    for number, capacity in enumerate(CAPACITIES):
        put(
            root,
            {
                f"{system}/cpu{number}/cpu_capacity": capacity,
                f"{system}/cpu{number}/cpufreq/cpuinfo_max_freq": MHZ[number] * 1000,
            },
        )
    for cores in POLICIES:
        policy = f"{system}/cpufreq/policy{cores[0]}"
        most = MHZ[cores[0]] * 1000
        put(
            root,
            {
                f"{policy}/related_cpus": " ".join(map(str, cores)) + "\n",
                f"{policy}/cpuinfo_max_freq": most,
                f"{policy}/scaling_max_freq": most,
                f"{policy}/scaling_cur_freq": most // 2,
            },
        )
    zones = (("cpu-big", 61_500), ("cpu-little", 55_000), ("nvme-composite", 80_000))
    for number, (kind, heat) in enumerate(zones):
        zone = f"sys/class/thermal/thermal_zone{number}"
        put(root, {f"{zone}/type": f"{kind}\n", f"{zone}/temp": heat})
    for number, kind in enumerate(("cpufreq-cpu0", "pwm-fan")):
        cooling = f"sys/class/thermal/cooling_device{number}"
        put(root, {f"{cooling}/type": f"{kind}\n", f"{cooling}/cur_state": number * 3})
    return root


def pc(root: Path) -> Path:
    """A PC with an AMD card: eight cores of a kind, and counters of throttling."""
    put(
        root,
        {
            "proc/stat": stat([0] * 8, [0] * 8),
            "proc/meminfo": MEMINFO.format(available=30_000_000, swap=8_192_000),
            "sys/class/dmi/id/sys_vendor": "To Be Filled By O.E.M.\n",
            "sys/class/dmi/id/product_name": "To Be Filled By O.E.M.\n",
            "sys/class/dmi/id/board_vendor": "ASRock\n",
            "sys/class/dmi/id/board_name": "B650M\n",
            "sys/class/hwmon/hwmon0/name": "k10temp\n",
            "sys/class/hwmon/hwmon0/temp1_input": 71_250,
            "sys/class/hwmon/hwmon1/name": "amdgpu\n",
            "sys/class/hwmon/hwmon1/temp1_input": 90_000,
            "sys/class/thermal/thermal_zone0/type": "acpitz\n",
            "sys/class/thermal/thermal_zone0/temp": 97_000,
            "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count": 4,
            "sys/class/drm/card0/device/gpu_busy_percent": 100,
            "sys/class/drm/card0-HDMI-A-1/device/gpu_busy_percent": 100,
        },
    )
    for number in range(8):
        core = f"sys/devices/system/cpu/cpu{number}/cpufreq"
        put(root, {f"{core}/cpuinfo_max_freq": 5_000_000 + 50_000 * (number % 3)})
    return root


def broken(root: Path) -> Path:
    """Everything there is says something senseless, or nothing."""
    nonsense = "\0\xff%d -- what?\n"
    put(
        root,
        {
            "proc/stat": "cpu x y z\ncpu0\ncpu1 1 2 three 4 5\nintr\nbtime soon\n",
            "proc/meminfo": "MemTotal: lots kB\nMemAvailable:\nSwapTotal: -\n",
            "proc/net/dev": DEV + "eth0 no colon\nend0: a b c\n:::::\n",
            "proc/diskstats": " 259 1 sda1 1 2\n sda1 x\n",
            "proc/self/mountinfo": "22\n1 2 3 4 - \n\n24 22 0:1 / / rw - \n",
            "proc/device-tree/model": b"\xff\xfe\0",
            "sys/devices/system/cpu/cpu0/cpu_capacity": nonsense,
            "sys/devices/system/cpu/cpufreq/policy0/related_cpus": "5-1 9-x -3 99999999999-\n",
            "sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq": "<unknown>\n",
            "sys/devices/system/cpu/cpufreq/policy0/scaling_max_freq": nonsense,
            "sys/class/thermal/thermal_zone0/type": "cpu\n",
            "sys/class/thermal/thermal_zone0/temp": 99_999_999,
            "sys/class/thermal/cooling_device0/type": "Processor\n",
            "sys/class/thermal/cooling_device0/cur_state": nonsense,
            "sys/class/devfreq/1.gpu/load": nonsense.replace("%d", ""),
            "sys/class/net/end0/speed": nonsense,
            "proc/77/stat": "77 (x) S\n",
            "proc/77/statm": nonsense,
        },
    )
    (root / "sys/class/hwmon/hwmon0/temp1_input").mkdir(parents=True)
    return root


def disk_space(total: int, free: int) -> os.statvfs_result:
    """What the kernel says of a file system of so many blocks of 4 KiB."""
    return os.statvfs_result((4096, 4096, total, free, free, 0, 0, 0, 0, 255))
