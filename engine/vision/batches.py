"""The examples of a training, batch by batch, in an order and variation that follow from the seed alone.

Nothing of it need be kept for going on later: each epoch draws from a generator of its own.
"""

from itertools import accumulate

import numpy as np
import torch
from torch import Tensor

from engine.data.digits import Digits
from engine.training.group import ALONE, Group
from engine.vision.augmentation import vary
from engine.vision.prepare import network_input

VARIED = 4096
"""Pictures that are varied ahead, about: 16 MB."""


class Batches:
    """Batches of the first `images` digits, put in a new order each epoch and varied by up to `shift` pixels.

    Each process of a group varies and gives its share of every batch only; order and variation are those of all.
    """

    def __init__(
        self,
        digits: Digits,
        *,
        images: int,
        batch: int,
        shift: float,
        seed: int,
        device: str,
        group: Group = ALONE,
    ) -> None:
        self.inputs = network_input(digits.images[:images]).to(device)
        self.labels = torch.tensor(digits.labels[:images]).to(device)
        self.size, self.shift, self.seed, self.group = batch, shift, seed, group
        self.count = -(-len(self.labels) // batch)
        """Batches an epoch; the last may be smaller."""
        self._ahead = max(1, VARIED // batch)
        self._epoch, self._block = -1, -1

    def whole(self, place: int) -> int:
        """Examples of the whole batch at a place of an epoch."""
        return min(self.size, len(self.labels) - place * self.size)

    def at(self, epoch: int, place: int) -> tuple[Tensor, Tensor]:
        """Inputs (n, 1, 32, 32) and labels (n,) of one batch's share; epochs and places count from 0."""
        block, place = divmod(place, self._ahead)
        if (epoch, block) != (self._epoch, self._block):
            self._draw(epoch, block)
        part = slice(*self._bounds[place : place + 2])
        return self._inputs[part], self._labels[part]

    def _draw(self, epoch: int, block: int) -> None:
        if epoch != self._epoch:
            self._order = torch.randperm(len(self.labels), generator=drawn_from(self.seed, epoch))
        width = self._ahead * self.size
        chosen = self._order[block * width : (block + 1) * width].to(self.labels.device)
        generator = drawn_from(self.seed, epoch, block)
        shares = [each[self.group.share(len(each))] for each in torch.split(torch.arange(len(chosen)), self.size)]
        own = torch.cat(shares) if self.group.size > 1 else None
        self._inputs = vary(self.inputs[chosen], self.shift, generator, own)
        self._labels = self.labels[chosen if own is None else chosen[own.to(chosen.device)]]
        self._bounds = [0, *accumulate(map(len, shares))]
        self._epoch, self._block = epoch, block


def drawn_from(*numbers: int) -> torch.Generator:
    """A generator for these numbers, not below 0; others for other numbers."""
    seed = int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> 1)
    return torch.Generator().manual_seed(seed)
