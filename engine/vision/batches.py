"""The examples of a training, batch by batch, in an order and variation that follow from the seed alone.

Nothing of it need be kept for going on later: each epoch draws from a generator of its own.
"""

import numpy as np
import torch
from torch import Tensor

from engine.data.digits import Digits
from engine.vision.augmentation import vary
from engine.vision.prepare import network_input

VARIED = 4096
"""Pictures that are varied ahead, about: 16 MB."""


class Batches:
    """Batches of the first `images` digits, put in a new order each epoch and varied by up to `shift` pixels."""

    def __init__(self, digits: Digits, *, images: int, batch: int, shift: float, seed: int, device: str) -> None:
        self.inputs = network_input(digits.images[:images]).to(device)
        self.labels = torch.tensor(digits.labels[:images]).to(device)
        self.size, self.shift, self.seed = batch, shift, seed
        self.count = -(-len(self.labels) // batch)
        """Batches an epoch; the last may be smaller."""
        self._ahead = max(1, VARIED // batch)
        self._epoch, self._block = -1, -1

    def at(self, epoch: int, place: int) -> tuple[Tensor, Tensor]:
        """Inputs (n, 1, 32, 32) and labels (n,) of one batch; epochs and places count from 0."""
        block, place = divmod(place, self._ahead)
        if (epoch, block) != (self._epoch, self._block):
            self._draw(epoch, block)
        part = slice(place * self.size, (place + 1) * self.size)
        return self._inputs[part], self._labels[part]

    def _draw(self, epoch: int, block: int) -> None:
        if epoch != self._epoch:
            self._order = torch.randperm(len(self.labels), generator=drawn_from(self.seed, epoch))
        width = self._ahead * self.size
        chosen = self._order[block * width : (block + 1) * width].to(self.labels.device)
        self._inputs = vary(self.inputs[chosen], self.shift, drawn_from(self.seed, epoch, block))
        self._labels = self.labels[chosen]
        self._epoch, self._block = epoch, block


def drawn_from(*numbers: int) -> torch.Generator:
    """A generator for these numbers, not below 0; others for other numbers."""
    seed = int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> 1)
    return torch.Generator().manual_seed(seed)
