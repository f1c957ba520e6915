"""How a network reads all test digits: which it misreads, and as what."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch

from engine.data.digits import digits
from engine.vision.lenet5 import loss, probabilities
from engine.vision.prepare import network_input
from lessons.convolution.experiments.lenet5.sources import Source

AT_ONCE = 250
"""Digits in one batch."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Answers to all test digits."""

    read: np.ndarray
    """Shape (n,): the digit that is read."""

    sure: np.ndarray
    """Shape (n,): its probability."""

    labels: np.ndarray
    """Shape (n,): what it is."""

    loss: float
    """The mean of what training makes small."""

    @property
    def errors(self) -> tuple[int, ...]:
        """Places of the misread digits."""
        return tuple(np.flatnonzero(self.read != self.labels).tolist())

    @property
    def accuracy(self) -> float:
        """Share that is read rightly."""
        return float((self.read == self.labels).mean())

    @property
    def confusion(self) -> np.ndarray:
        """Shape (10, 10): how often a digit (row) is read as another (column)."""
        counts = np.zeros((10, 10), dtype=int)
        np.add.at(counts, (self.labels, self.read), 1)
        return counts


@lru_cache(maxsize=64)
def evaluated(found: Source) -> Evaluation:
    """Let a network read all test digits; each network is asked once."""
    network = found.network
    _, test = digits()
    starts = range(0, len(test.images), AT_ONCE)
    with torch.inference_mode():
        scores = torch.cat([network(network_input(test.images[start : start + AT_ONCE])) for start in starts])
        chances = probabilities(network, scores)
        missed = float(loss(network, scores, torch.tensor(test.labels)))
    sure, read = chances.max(dim=1)
    return Evaluation(read.numpy(), sure.numpy().astype(float), test.labels, missed)
