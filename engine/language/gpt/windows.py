"""The examples of a training: windows of a text, drawn by the seed alone, so that nothing need be kept for going on."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

AHEAD = 1024
"""Steps for which places are drawn at once."""


class Windows:
    """Windows of `context` tokens and the one after, all of them one view on the text, (places, context + 1)."""

    def __init__(self, tokens: NDArray[np.int32], *, context: int, batch: int, seed: int, device: str) -> None:
        self._text = torch.from_numpy(tokens.astype(np.int64)).to(device)
        self._all = self._text.unfold(0, context + 1, 1)
        self._context, self._batch, self._seed = context, batch, seed
        self._block, self._places = -1, torch.empty(0)

    @property
    def tokens(self) -> int:
        """Tokens of the text."""
        return len(self._text)

    def at(self, number: int) -> tuple[Tensor, Tensor]:
        """Tokens and targets (batch, context) of the batch with this number, from 0: one copy, out of the text."""
        block, place = divmod(number, AHEAD)
        if block != self._block:
            generator = drawn_from(self._seed, block)
            drawn = torch.randint(len(self._all), (AHEAD, self._batch), generator=generator)
            self._block, self._places = block, drawn.to(self._text.device)
        rows = self._all[self._places[place]]
        return rows[:, :-1], rows[:, 1:]

    def spread(self, most: int) -> list[tuple[Tensor, Tensor]]:
        """Batches of windows over the whole text, evenly, `most` at most, whose later halves hardly overlap."""
        count = 1 - (1 - len(self._all)) // (self._context - self._context // 2)
        chosen = np.linspace(0, len(self._all) - 1, min(most, count)).astype(int)
        places = torch.from_numpy(chosen).to(self._text.device)
        rows = [self._all[each] for each in torch.split(places, self._batch)]
        return [(each[:, :-1], each[:, 1:]) for each in rows]


def drawn_from(*numbers: int) -> torch.Generator:
    """A generator for these numbers, not below 0; others for other numbers."""
    seed = int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> 1)
    return torch.Generator().manual_seed(seed)
