"""Reads many release names without holding up the service loop."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from app.domain.errors import ToolFailed
from app.domain.release import Release, parse
from app.infra.probe import Probe, Request

AT_ONCE: Final = 24
"""So few names are read right here: a worker would take longer to be asked."""
SLICE: Final = 12
"""Of more, read here while no worker is up yet, so many before the loop may do something else."""
PORTION: Final = 60
KEPT: Final = 6000
_TYPICAL: Final = (
    "The.Film.2001.MULTi.2160p.UHD.BluRay.REMUX.DV.HDR.HEVC.TrueHD.7.1.Atmos-GRP",
    "The Series (2019) - S01E02-E03 - A Title (1080p WEB-DL x265 10bit AAC 5.1) [GRP]",
    "[Group] Some Anime - 12v2 (BD 1080p) [Multi Sub] [12345678].mkv",
    "A Talk Show 2020.01.02 720p HDTV x264 rus.eng",
)
_decoder: Final = msgspec.json.Decoder(list[Release])


class NameReader:
    """Parses names in the workers that also read the library's; remembers what it read."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._known: OrderedDict[str, Release] = OrderedDict()
        self._warm = False

    async def warm_up(self) -> None:
        """Let a worker start before there is something to read."""
        if not self._warm:
            await asyncio.to_thread(_try_patterns)
        await self._probe.ask("names", [Request("ping", {})])
        self._warm = True

    async def read(self, names: Sequence[str]) -> list[Release]:
        """Return what each name tells, in order."""
        found = {name: self._known[name] for name in names if name in self._known}
        wanted = list(dict.fromkeys(name for name in names if name not in found))
        if len(wanted) <= AT_ONCE or not self._warm:
            fresh: Iterable[Release] = await _here(wanted)
        else:
            portions = [wanted[at : at + PORTION] for at in range(0, len(wanted), PORTION)]
            answers = await asyncio.gather(*(self._portion(portion) for portion in portions))
            fresh = [release for answer in answers for release in answer]
        found.update(zip(wanted, fresh, strict=True))
        self._known.update((name, found[name]) for name in wanted)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return [found[name] for name in names]

    async def _portion(self, names: Sequence[str]) -> list[Release]:
        try:
            (answer,) = await self._probe.ask("names", [Request("releases", {"names": names})])
            read = _decoder.decode(answer.blob) if answer.note is None else []
        except (ToolFailed, msgspec.DecodeError):
            read = []
        if len(read) == len(names):
            return read
        return await _here(names)  # a worker that fails costs time, no answer


def _try_patterns() -> None:
    """Read names of every kind once: patterns are put together when they are first needed."""
    for name in _TYPICAL:
        parse(name)


async def _here(names: Sequence[str]) -> list[Release]:
    found: list[Release] = []
    for at in range(0, len(names), SLICE):
        if at:
            await asyncio.sleep(0)
        found += [parse(name) for name in names[at : at + SLICE]]
    return found
