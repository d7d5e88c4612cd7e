"""Reads the weights of a model where they lie, without copying them into memory."""

from __future__ import annotations

import json
import mmap
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def read_safetensors(path: Path) -> dict[str, Array]:
    """The float32 arrays of a safetensors file by name; they stay on the disk until touched.

    Raises `ValueError` when the file is not what it says it is.
    """
    with path.open("rb") as file:
        memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    (length,) = struct.unpack("<Q", memory[:8])
    if not 0 < length < min(len(memory), 100_000_000):
        raise ValueError(f"{path.name} has no header")
    header = json.loads(memory[8 : 8 + length])
    found: dict[str, Array] = {}
    for name, told in header.items():
        if name == "__metadata__" or told["dtype"] != "F32":
            continue
        start, end = told["data_offsets"]
        if not 0 <= start <= end <= len(memory) - 8 - length:
            raise ValueError(f"{name} of {path.name} lies outside it")
        array = np.frombuffer(memory, np.float32, (end - start) // 4, 8 + length + start)
        found[name] = array.reshape(told["shape"])
    return found
