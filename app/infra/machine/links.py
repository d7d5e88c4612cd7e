"""What the network interfaces carry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.domain.monitoring import LinkUse
from app.infra.machine.files import Kept, names, number, text

_NOISE: Final = re.compile(
    r"(lo\Z|veth|ifb|dummy|docker|podman|br-[0-9a-f]{12}\Z|virbr|vnet|cni|flannel|cali|lxc|incus"
    r"|lxdbr|vmnet|vboxnet|sit\d|gre|erspan|tunl|ip6|teql|nlmon|bonding_masters)"
)
_MOST: Final = 16


class Links:
    """Rates since the interfaces were looked at before."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "sys/class/net"
        self._file = Kept(root / "proc/net/dev")
        self._before: dict[str, tuple[int, int]] = {}
        self._state: dict[str, tuple[int, bool]] = {}

    def read(self, seconds: float) -> tuple[LinkUse, ...]:
        """Each interface; `seconds` have gone by since the last look."""
        now: dict[str, tuple[int, int]] = {}
        for line in self._file.read().splitlines()[2:]:
            name, _, rest = line.partition(b":")
            words = rest.split()
            plain = name.strip().decode("ascii", "replace")
            if len(words) < 9 or _NOISE.match(plain) or len(now) >= _MOST:
                continue
            if words[0].isdigit() and words[8].isdigit():
                now[plain] = int(words[0]), int(words[8])
        before, self._before = self._before, now
        return tuple([self._use(name, before.get(name), now[name], seconds) for name in now])

    def look(self) -> None:
        """See which are up, and how fast. May be slow: a driver is asked."""
        state = {}
        for name in names(self._folder):
            if _NOISE.match(name):
                continue
            place = self._folder / name
            speed = number(place / "speed")
            up = text(place / "operstate") in ("up", "unknown")
            state[name] = (int(max(speed, 0.0)) * 1_000_000, up)
        self._state = state

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _use(
        self, name: str, before: tuple[int, int] | None, now: tuple[int, int], seconds: float
    ) -> LinkUse:
        speed, up = self._state.get(name, (0, True))
        if before is None or seconds <= 0:
            return LinkUse(name, 0.0, 0.0, speed, up)
        received, sent = (max(now[one] - before[one], 0) / seconds for one in (0, 1))
        return LinkUse(name, received, sent, speed, up)
