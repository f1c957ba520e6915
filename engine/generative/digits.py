"""Handwritten digits for networks that draw: ink from −1 (none) to 1, (B, 1, side, side), of at most 28 a side."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.data.digits import SIDE


def inputs(images: NDArray[np.uint8], side: int = SIDE) -> Tensor:
    """Pictures of ink 0…255, (n, 28, 28), as the network is given them; smaller ones are averaged over pixels."""
    return 2 * resized(torch.tensor(images)[:, None].float() / 255, side) - 1


def resized(pictures: Tensor, side: int) -> Tensor:
    """Pictures (B, 1, h, w) at another resolution; where they shrink, each pixel is the mean of those it stands for."""
    if pictures.shape[-1] == side:
        return pictures
    return F.interpolate(pictures, size=(side, side), mode="bilinear", antialias=True, align_corners=False)


def ink(x: Tensor) -> NDArray[np.float64]:
    """What the network has drawn, (B, 1, side, side), as ink 0…1, (B, side, side)."""
    return np.asarray(((x[:, 0] + 1) / 2).clamp(0, 1).double().cpu().numpy())
