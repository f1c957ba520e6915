"""What makes a training faster on the device at hand, by name: half precision, and compiling."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

import torch

WORTH = 1_000_000
"""Parameters from which half precision is faster, and on a GPU compiling is worth the time that it takes itself."""


@dataclass(frozen=True)
class Speeds:
    """What of it is used."""

    bfloat16: bool = False
    """Products of matrices in bfloat16, weights and sums in float32 (`torch.autocast`)."""

    compiled: bool = False
    """`torch.compile`, which joins operations into fewer; it takes a minute first."""


def speeds_for(device: str, parameters: int) -> Speeds:
    """What helps a model of so many parameters on a device (`cpu`, `cuda:0`, `mps`).

    On a CPU half precision helps only where it multiplies bfloat16 by itself: there a model of ten million parameters
    learns 2.5 times as fast, elsewhere nine times slower. Compiling does not: it needs a C++ compiler, and longer than
    it saves in a few thousand steps.
    """
    if parameters < WORTH:
        return Speeds()
    if device == "cpu":
        return Speeds(bfloat16=multiplies_halves())
    if not device.startswith("cuda"):
        return Speeds()
    half = torch.cuda.is_bf16_supported(including_emulation=False)
    return Speeds(bfloat16=half, compiled=find_spec("triton") is not None)


def multiplies_halves() -> bool:
    """Whether this processor has instructions for products in bfloat16 (AVX-512 BF16 or AMX)."""
    able: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()  # torch knows them since 2.12
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))
