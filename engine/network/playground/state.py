"""A moment of a training as numbers: kept, gone back to, branched from, or sent to another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.shape import Shape

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class State:
    """All numbers that are needed to go on from a moment as if nothing had happened."""

    features: tuple[str, ...]
    """Inputs of the network that the numbers belong to."""

    hidden: tuple[int, ...]
    """Its hidden layers."""

    parameters: Array
    """Weights and biases, shape (size,), or (stack, size)."""

    optimizer: str
    """Whose memory it is."""

    memory: Array
    """The optimizer's, shape (memories, *parameters.shape)."""

    count: int
    """Steps that the optimizer has counted."""

    position: int
    """The example that the next batch begins with."""

    epochs: int
    """How often all examples have been learned."""

    steps: int
    """How many batches have been learned."""

    drawn: int = 1
    """How often initial weights have been drawn: with the seed, all there is of a random state."""

    reached: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """Of a stack, the epochs after which each network was first seen at the goal, −1 where it was not."""

    @property
    def shape(self) -> Shape:
        """The units of the network that the numbers belong to."""
        return Shape(self.features, self.hidden)

    def plain(self) -> dict[str, Any]:
        """As a mapping of numbers, texts and arrays, that can cross to another process."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "State":
        """Read what `plain` wrote."""
        tuples = {name: tuple(plain[name]) for name in ("features", "hidden")}
        arrays = {name: np.array(plain[name], float) for name in ("parameters", "memory")}
        return cls(**{**plain, **tuples, **arrays, "reached": np.array(plain["reached"], np.int64)})
