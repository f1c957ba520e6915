"""What the parameters take in memory at several precisions, beside what this machine has."""

from typing import Any

import numpy as np

from engine import machine
from lessons.scaling.labs.parameters import NAME
from lessons.vocabulary.figures import Bars

BITS = (32, 16, 8, 4)
"""Bits a parameter: single precision, half precision, and two that are only used to answer."""

UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "KB"))


def sizes(parameters: int) -> dict[str, int]:
    """Bytes of all parameters, by the bits of each; half bytes are rounded up."""
    return {str(bits): (parameters * bits + 7) // 8 for bits in BITS}


def compared(parameters: int) -> dict[str, Any]:
    """Draw them over the memory of this machine and of its largest GPU."""
    here = machine.describe()
    gpu = max((each.memory_total for each in here.gpus), default=0)
    devices = {"ram": here.memory_total, "gpu": gpu}
    devices = {name: size for name, size in devices.items() if size}
    room = max(devices.values(), default=0)
    needed = sizes(parameters)
    values = [*needed.values(), *devices.values()]
    names = [f"@{NAME}.bits.{bits}" for bits in needed] + [f"@{NAME}.device.{name}" for name in devices]
    written = [f"{size(each)}  {_fits(each, room)}" for each in needed.values()]
    written += [f"{size(each)}   " for each in devices.values()]
    fitting = [index for index, each in enumerate(needed.values()) if each <= room]
    figure = Bars(
        title=f"@{NAME}.memory",
        names=tuple(names),
        values=np.array(values, dtype=float),
        high=float(max(values)),
        written=tuple(written),
        chosen=fitting[0] if fitting else None,
    )
    return {"memory": figure, "memory_total": here.memory_total or None, "gpu_total": gpu or None}


def size(count: int) -> str:
    """Write a number of bytes."""
    for unit, name in UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} B"


def _fits(needed: int, room: int) -> str:
    return ("✓" if needed <= room else "✗") if room else " "
