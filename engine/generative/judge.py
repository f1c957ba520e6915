"""Whether a drawn digit is the one that was asked for, and whether it is copied: by the LeNet-5 that comes with nnlab.

Real digits that the judge has not learned from are read beside them, at the same resolution: its own errors are the
line that no drawing can pass.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.digits import SIDE, digits
from engine.generative.digits import ink, inputs, resized
from engine.vision.lenet5 import LeNet5, probabilities
from engine.vision.prepare import network_input
from engine.vision.trained import model, shipped


@lru_cache(maxsize=1)
def _judge() -> LeNet5:
    history = shipped("modern")
    return model("modern", history.weights(history.epochs[-1]))


@torch.inference_mode()
def read(x: Tensor) -> NDArray[np.float64]:
    """Probability of each digit for drawings (B, 1, side, side) of ink −1…1, shape (B, 10)."""
    judge = _judge()
    pictures = ink(resized(x.cpu().float(), SIDE))
    return np.asarray(probabilities(judge, judge(network_input(pictures.astype(np.float32)))).double().numpy())


@lru_cache(maxsize=4)
def accuracy(side: int) -> float:
    """Share of the real test digits that the judge reads rightly at a resolution."""
    _, test = digits()
    return float((read(inputs(test.images, side)).argmax(1) == test.labels).mean())


class Neighbour(NamedTuple):
    """The training digit that is nearest to a drawing."""

    place: int
    """Among the training digits, from 0."""

    distance: float
    """Root of the mean square of the differences between their ink, 0…1."""


@lru_cache(maxsize=2)
def _rows(side: int, which: str) -> Tensor:
    train, test = digits()
    pictures = inputs(test.images if which == "test" else train.images, side)
    return torch.as_tensor(ink(pictures)).float().flatten(1)


def nearest(x: Tensor, images: int) -> list[Neighbour]:
    """The nearest of the first `images` training digits to each drawing (B, 1, side, side), at its resolution."""
    return _nearest(torch.as_tensor(ink(x)).float().flatten(1), x.shape[-1], images)


def _nearest(rows: Tensor, side: int, images: int) -> list[Neighbour]:
    distances, places = torch.cdist(rows, _rows(side, "train")[:images]).min(1)
    return [Neighbour(int(place), float(distance) / side) for place, distance in zip(places, distances, strict=True)]


@lru_cache(maxsize=8)
def usual_distance(side: int, images: int) -> float:
    """How far the test digits are from their nearest training digit, the median: no copy is."""
    return float(np.median([each.distance for each in _nearest(_rows(side, "test"), side, images)]))
