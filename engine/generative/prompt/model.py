"""The network that draws from a prompt: the U-Net of the digits, on pictures in colour, with a text that paints.

A prompt comes in twice. As 8 channels that it paints beside the picture, which say where something is to be; and as a
vector which scales and shifts the channels of each block (Perez et al., FiLM, 2018), which says what. Each 4×4 block of
pixels is one place of 48 channels, so that all work is done on 8×8 places and a CPU is enough.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from engine.generative.prompt.scenes import COUNTS
from engine.generative.scene import SIDE
from engine.generative.unet import UNet

UNSHUFFLE = 4
"""Pixels of a block's side that become channels."""

GRID = SIDE // UNSHUFFLE
PAINTED = 8
"""Channels that the text paints."""

EACH, VECTOR, HIDDEN = 16, 64, 128
"""Numbers of a word's meaning, of the whole text, and between text and painting."""

WIDTH = 48
"""Channels of the U-Net."""


class Text(nn.Module):
    """What a prompt says, as numbers: for each attribute a row a meaning, the last one for an attribute left out.

    Words of one meaning are one row, in whichever language. (n, 4) integers → vector (n, 64), painting (n, 8, 8, 8).
    """

    def __init__(self) -> None:
        super().__init__()
        self.meanings = nn.ModuleList(nn.Embedding(count + 1, EACH) for count in COUNTS)
        self.paint = nn.Sequential(nn.Linear(VECTOR, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, PAINTED * GRID**2))

    def forward(self, scenes: Tensor) -> tuple[Tensor, Tensor]:
        """Give vector and painting of each scene."""
        vector = torch.cat([table(scenes[:, place]) for place, table in enumerate(self.meanings)], 1)
        return vector, self.paint(vector).view(-1, PAINTED, GRID, GRID)


class PromptUNet(nn.Module):
    """Predicts v of noisy pictures (n, 3, 32, 32), −1…1, at noise levels (n,), 0…1, under scenes (n, 4)."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.width = width
        self.text = Text()
        self.unet = UNet(channels=3, unshuffle=UNSHUFFLE, width=width, vector=VECTOR, painted=PAINTED)

    def forward(self, x: Tensor, level: Tensor, scenes: Tensor) -> Tensor:
        """Predict v = √ᾱ ε − √(1−ᾱ) x₀."""
        vector, painted = self.text(scenes)
        predicted: Tensor = self.unet(x, level, vector=vector, painted=painted)
        return predicted

    @property
    def parameters_count(self) -> int:
        """Trainable parameters."""
        return sum(each.numel() for each in self.parameters())


def network(seed: int, **sizes: Any) -> PromptUNet:
    """A network that has learned nothing; its first weights are drawn by the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return PromptUNet(**sizes)


def tensor_of(scenes: Sequence[Sequence[int | None]], device: torch.device | str = "cpu") -> Tensor:
    """Scenes as the network takes them: (n, 4) integers, one past the last value for an attribute left out."""
    rows = [[count if value is None else value for value, count in zip(scene, COUNTS, strict=True)] for scene in scenes]
    return torch.tensor(rows, device=device).view(-1, len(COUNTS))


NONE = tuple(COUNTS)
"""The row of a scene of which everything is left out."""
