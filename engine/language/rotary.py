"""Rotary position embedding: a query and a key are turned by their positions, so that their product sees the distance.

Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding (2021), equation 34: the two numbers of pair i
are turned by the angle t·θᵢ, θᵢ = 10000^(−2i/d), at position t. It has no parameters.
"""

import torch
from torch import Tensor

BASE = 10_000.0
"""θ₀ is a turn by one radian a token; the last pair turns almost 10,000 times as slowly."""


def rotated(x: Tensor, first: int = 0) -> Tensor:
    """Turn (B, H, T, d) by positions first, first + 1, …; d is even, the pairs are (0, 1), (2, 3), …"""
    length, size = x.shape[-2:]
    θ = BASE ** (-torch.arange(0, size, 2, device=x.device, dtype=torch.float32) / size)
    angle = torch.outer(torch.arange(first, first + length, device=x.device, dtype=torch.float32), θ)
    cos, sin = angle.cos().to(x.dtype), angle.sin().to(x.dtype)  # (T, d/2)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)
