"""The KV cache: keys and values of all tokens read so far, so that the next token is read alone.

Its memory is taken once, for the whole context, and filled in place: 2 · layers · context · width numbers a text.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

if TYPE_CHECKING:
    from engine.language.gpt.model import GPT


class LayerCache(NamedTuple):
    """The part of one block."""

    keys: Tensor
    """(B, H, context, D/H), of which the first `length` are filled."""

    values: Tensor
    """The same for the values."""

    length: int
    """Tokens held."""

    def extended(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Take up those of new tokens, (B, H, T, D/H), and give those of all, as views."""
        end = self.length + keys.shape[2]
        self.keys[:, :, self.length : end] = keys
        self.values[:, :, self.length : end] = values
        return self.keys[:, :, :end], self.values[:, :, :end]


class Cache:
    """Keys and values of all blocks for `batch` texts of equal length."""

    def __init__(self, model: "GPT", batch: int = 1) -> None:
        config, weight = model.config, model.tokens.weight
        shape = (config.layers, 2, batch, config.heads, config.context, config.width // config.heads)
        self._kept = torch.empty(shape, dtype=weight.dtype, device=weight.device)
        self._layers = [(each[0], each[1]) for each in self._kept]
        self.length = 0
        """Tokens held; a lower number forgets those after it."""

    @property
    def bytes(self) -> int:
        """Memory that it takes."""
        return self._kept.numel() * self._kept.element_size()

    def layer(self, number: int) -> LayerCache:
        """The part of one block, counted from 0."""
        return LayerCache(*self._layers[number], self.length)

    def array(self) -> NDArray[np.float32]:
        """All of it as an array that shares its memory, on the CPU: (layers, 2, B, H, context, D/H)."""
        found: NDArray[np.float32] = self._kept.numpy()
        return found

    def reorder(self, places: Tensor) -> None:
        """Put text `places[i]` where text i was; for beam search."""
        filled = self._kept[..., : self.length, :]
        filled.copy_(filled[:, :, places])
