"""What makes a training faster on the device at hand, by name: half precision, and compiling."""

from dataclasses import dataclass
from importlib.util import find_spec

import torch

WORTH = 1_000_000
"""Parameters from which a GPU is faster in half precision, and compiling is worth the time that it takes itself."""


@dataclass(frozen=True)
class Speeds:
    """What of it is used."""

    bfloat16: bool = False
    """Products of matrices in bfloat16, weights and sums in float32 (`torch.autocast`)."""

    compiled: bool = False
    """`torch.compile`, which joins operations into fewer; it takes a minute first."""


def speeds_for(device: str, parameters: int) -> Speeds:
    """What helps a model of so many parameters on a device (`cpu`, `cuda:0`, `mps`).

    On CPUs neither: without units for it bfloat16 is nine times slower than float32, and compiling needs a C++ compiler
    and longer than it saves in a few thousand steps.
    """
    if not device.startswith("cuda") or parameters < WORTH:
        return Speeds()
    half = torch.cuda.is_bf16_supported(including_emulation=False)
    return Speeds(bfloat16=half, compiled=find_spec("triton") is not None)
