"""A U-Net that sees through noise: (x_t, noise level, condition) to a prediction of x_t's shape.

    picture ─▸ f×f pixels in one place ─▸ conv ─▸ block ──▸ block ──▸ shrink
                                                    │         │          ▼
                                                    │         │      middle blocks
                                                    ▼         ▼          ▼
    prediction ◂─ pixels back ◂─ conv ◂─────────── block ◂─ block ◂──  grow

    block:  x + conv(scale · norm(conv(norm(x))) + shift), scale and shift from noise level and condition

Ronneberger et al., U-Net (2015); conditioned as in Dhariwal and Nichol, Diffusion Models Beat GANs … (2021), section 3.
Smaller than theirs: two resolutions, no attention, and pixels of f × f are packed into one place first, which makes a
step f² times as cheap. Dimensions: B pictures, C channels, H rows, W columns.
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

GROUPS = 8
"""Groups of channels that are normalized together (Wu and He 2018)."""

WAVES = 32
"""Frequencies of the sines and cosines in which a noise level is told."""

FASTEST = 100.0
"""The highest of them, in radians over the whole range of the level."""


class Block(nn.Module):
    """Two convolutions beside a shortcut (He et al. 2016); the second begins at zero, so a block begins as none."""

    def __init__(self, inputs: int, outputs: int, condition: int) -> None:
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(GROUPS, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm2, self.conv2 = nn.GroupNorm(GROUPS, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.condition = nn.Linear(condition, 2 * outputs)
        self.shortcut = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(_bias(self.conv2))

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """x (B, inputs, H, W), condition (B, D) to (B, outputs, H, W)."""
        scale, shift = self.condition(condition)[:, :, None, None].chunk(2, 1)
        y = self.norm2(self.conv1(F.silu(self.norm1(x)))) * (1 + scale) + shift
        return self.shortcut(x) + self.conv2(F.silu(y))  # type: ignore[no-any-return]


class UNet(nn.Module):
    """The network; its channels are `width` and, at half the resolution, twice as many. 0.46 million for digits.

    channels: of a picture. unshuffle: f, which with the halving divides its sides. middle: blocks in the middle.
    classes: kinds of pictures, 0 for none; the number `classes` itself stands for "any". vector: numbers of a
    condition that comes as a vector, painted: channels of one that comes as a picture, (B, painted, H/f, W/f).
    """

    def __init__(
        self,
        *,
        channels: int = 1,
        unshuffle: int = 2,
        width: int = 32,
        middle: int = 3,
        classes: int = 0,
        vector: int = 0,
        painted: int = 0,
    ) -> None:
        super().__init__()
        self.sizes = {
            "channels": channels,
            "unshuffle": unshuffle,
            "width": width,
            "middle": middle,
            "classes": classes,
            "vector": vector,
            "painted": painted,
        }
        packed, inner, condition = channels * unshuffle**2, 2 * width, 4 * width
        self.unshuffle, self.classes = unshuffle, classes
        self.time = nn.Sequential(nn.Linear(2 * WAVES, condition), nn.SiLU(), nn.Linear(condition, condition))
        self.kind = nn.Embedding(classes + 1, condition) if classes else None
        self.vector = nn.Linear(vector, condition) if vector else None
        self.enter = nn.Conv2d(packed + painted, width, 3, padding=1)
        self.down = nn.ModuleList(Block(width, width, condition) for _ in range(2))
        self.shrink = nn.Conv2d(width, inner, 3, stride=2, padding=1)
        self.middle = nn.ModuleList(Block(inner, inner, condition) for _ in range(middle))
        self.grow = nn.Conv2d(inner, width, 3, padding=1)
        self.up = nn.ModuleList(Block(2 * width, width, condition) for _ in range(2))
        self.norm, self.leave = nn.GroupNorm(GROUPS, width), nn.Conv2d(width, packed, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(_bias(self.leave))
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    @property
    def parameters_count(self) -> int:
        """Numbers that are learned."""
        return sum(each.numel() for each in self.parameters())

    def forward(
        self,
        x: Tensor,
        level: Tensor,
        kind: Tensor | None = None,
        vector: Tensor | None = None,
        painted: Tensor | None = None,
    ) -> Tensor:
        """x (B, C, H, W), level (B,) 0…1, kind (B,) int64, vector (B, V), painted (B, P, H/f, W/f) to (B, C, H, W)."""
        condition = self.time(waves(level))
        if self.kind is not None and kind is not None:
            condition = condition + self.kind(kind)
        if self.vector is not None and vector is not None:
            condition = condition + self.vector(vector)
        condition = F.silu(condition)
        x = F.pixel_unshuffle(x, self.unshuffle)
        if painted is not None:
            x = torch.cat([x, painted], 1)
        x = self.enter(x.contiguous(memory_format=torch.channels_last))  # (B, width, H/f, W/f)
        kept = []
        for block in self.down:
            x = block(x, condition)
            kept.append(x)
        x = self.shrink(x)  # (B, 2 width, H/2f, W/2f)
        for block in self.middle:
            x = block(x, condition)
        x = self.grow(F.interpolate(x, size=kept[0].shape[-2:]))  # (B, width, H/f, W/f)
        for block in self.up:
            x = block(torch.cat([x, kept.pop()], 1), condition)
        return F.pixel_shuffle(self.leave(F.silu(self.norm(x))), self.unshuffle)

    def any_kind(self, count: int) -> Tensor:
        """The kind "any" for so many pictures, int64 (count,)."""
        return torch.full((count,), self.classes, device=self.leave.weight.device)


def waves(level: Tensor) -> Tensor:
    """Noise levels (B,) as sines and cosines (B, 64) of frequencies by equal factors (Vaswani et al. 2017)."""
    frequencies = torch.logspace(0, math.log10(FASTEST), WAVES, device=level.device, dtype=level.dtype)
    angles = level[:, None] * frequencies
    return torch.cat([angles.sin(), angles.cos()], 1)


def unet(generator: torch.Generator | None = None, **sizes: Any) -> UNet:
    """A network that has learned nothing, its first weights drawn from the generator's seed alone."""
    with torch.random.fork_rng(devices=[]):
        if generator is not None:
            torch.manual_seed(generator.initial_seed())
        return UNet(**sizes)


def _bias(layer: nn.Conv2d) -> Tensor:
    assert layer.bias is not None
    return layer.bias
