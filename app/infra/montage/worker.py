"""The process that draws and codes pieces of a video: so that nobody waits, and a crash is one's.

Started by `app.infra.montage.crew` as ``python -m app.infra.montage.worker``. It does what stands
in each line of its input and answers in lines, until its input closes.
"""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import av
import cv2
import numpy as np

from app.infra.montage import coding, overlays
from app.infra.montage.faults import Fault, of_disk
from app.infra.montage.overlays import Overlay
from app.infra.montage.sources import Film, Planes, Still, split

MOST_STILLS: Final = 3
TELL_EVERY: Final = 10

Told = dict[str, Any]


class Desk:
    """What can be asked. Each answers in steps: a number of what is done so far."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[[Told], Iterator[int]]] = {
            "segment": self.segment, "sheet": self.sheet, "join": self.join,
        }  # fmt: skip
        self._stills: OrderedDict[str, Still] = OrderedDict()

    def segment(self, told: Told) -> Iterator[int]:
        """Draw and code a piece."""
        recipe = told["recipe"]
        cv2.setNumThreads(told["threads"])
        canvas = _Canvas(told, self._still)
        try:
            done = coding.encode(
                Path(told["out"]),
                Path(told["part"]),
                recipe["wish"],
                told["threads"],
                recipe["frames"],
                canvas.draw,
            )
            for number in done:
                if (number + 1) % TELL_EVERY == 0:
                    yield number + 1
        finally:
            canvas.close()

    def sheet(self, told: Told) -> Iterator[int]:
        """Draw captions."""
        cv2.setNumThreads(1)
        outs = [Path(out) for out in told["outs"]]
        band = (told["width"], told["height"])
        for number in overlays.draw(Path(told["work"]), told["ass"], *band, told["tops"], outs):
            yield number + 1

    def join(self, told: Told) -> Iterator[int]:
        """Put pieces and sound together."""
        segments = [(Path(path), frames) for path, frames in told["segments"]]
        sound = Path(told["sound"]) if told["sound"] else None
        coding.join(Path(told["out"]), Path(told["part"]), segments, sound, told["fps"])
        yield len(segments)

    def _still(self, path: Path, told: Told, width: int, height: int, work: Path) -> Still:
        mark = json.dumps([told, width, height], sort_keys=True)
        if mark not in self._stills:
            self._stills[mark] = Still(path, told, width, height, work)
            while len(self._stills) > MOST_STILLS:
                self._stills.popitem(last=False)
        self._stills.move_to_end(mark)
        return self._stills[mark]


class _Canvas:
    """Draws the frames of a piece: its shots one over the other, then letters."""

    def __init__(self, told: Told, still: Callable[..., Still]) -> None:
        recipe, work = told["recipe"], Path(told["work"])
        wish = recipe["wish"]
        size = (wish["width"], wish["height"])
        self._layers = recipe["layers"]
        self._sources: list[Still | Film] = []
        for layer in self._layers:
            path = Path(told["files"][layer["shot"]["asset"]])
            shot = layer["shot"]
            self._sources.append(
                still(path, shot, *size, work)
                if shot["kind"] == "picture"
                else Film(path, shot, layer["first"], *size, wish["fps"])
            )
        self._letters: list[tuple[int, int, Overlay]] = []
        for letters in recipe["letters"]:
            overlay = overlays.load(work / f"letters-{letters['mark']}")
            if overlay is not None:
                self._letters.append((letters["at"], letters["until"], overlay))
        flat = np.empty(size[0] * size[1] * 3 // 2, np.uint8)
        self._other = split(flat, *size)

    def draw(self, number: int, into: Planes) -> None:
        """Draw one frame."""
        lowest = True
        for layer, source in zip(self._layers, self._sources, strict=True):
            if not layer["at"] <= number < layer["until"]:
                continue
            frame = layer["first"] + number - layer["at"]
            if lowest:
                source.draw(frame, into)
                lowest = False
                continue
            source.draw(frame, self._other)
            share = min(1.0, (frame + 1) / (layer["shot"]["fade"] + 1))
            for plane, other in zip(into, self._other, strict=True):
                cv2.addWeighted(other, share, plane, 1 - share, 0, dst=plane)
        for at, until, overlay in self._letters:
            if at <= number < until:
                overlay.lay_on(into)

    def close(self) -> None:
        for source in self._sources:
            source.close()


def serve(lines: Iterator[str], say: Callable[[Told], None]) -> None:
    """Do what each line asks, and say how it goes."""
    desk = Desk()
    say({"ready": True})
    for line in lines:
        told = json.loads(line)
        try:
            for done in desk.handlers[told["op"]](told):
                say({"step": done})
            say({"done": True})
        except Fault as fault:
            say(fault.told)
        except (av.FFmpegError, OSError) as error:
            say((of_disk(error) if isinstance(error, OSError) else Fault("coding")).told)


def main() -> None:
    """Serve the standard input."""

    def say(told: Told) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

    serve(iter(sys.stdin.readline, ""), say)


if __name__ == "__main__":
    main()
