"""What a training is to a run: a generator of steps whose state can be taken out and put back.

A training knows no files and no processes. Whoever drives it (the worker of a run, a test, a plain loop) asks for
the next `Step`, and may take its `state` after any of them.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    import torch

State = dict[str, Any]
"""Nested dictionaries with text keys; the leaves are tensors, numbers, texts, booleans, None, or lists of these."""


class Step(Struct, frozen=True, kw_only=True):
    """One optimizer step, yielded after the optimizer has moved; step 0 comes before the first."""

    step: int
    """Optimizer steps done, from 0."""

    epoch: float
    """Passes through the training data so far, with fraction."""

    examples: int
    """Training examples used so far, repetitions counted."""

    progress: float
    """Share of the whole training, 0…1."""

    values: Mapping[str, float] = {}
    """Points of the curves that this step gives, by name; empty for a step at which nothing was measured.

    Names are `train_loss`, `test_loss`, `train_accuracy`, `test_accuracy` (0…1) and `gradient.<layer>` (norm).
    """

    checkpoint: bool = False
    """Whether the weights of this step are worth keeping: before training, and after each epoch."""


class Training(Protocol):
    """A training under way, on one device.

    Where several processes train together (see `group`), all ask for the same steps, and for the state together; the
    first alone asks for weights and facts.
    """

    def steps(self) -> Iterator[Step]:
        """Train from the present state to the end; at the very start the first is step 0.

        After `restore` the first one is the step after the restored one.
        """

    def state(self) -> State:
        """All that is needed to go on as if nothing had happened: weights, optimizer, data position, random state."""

    def restore(self, state: State) -> None:
        """Go back to a state that `state` gave, of the same settings."""

    def weights(self) -> "dict[str, torch.Tensor]":
        """The present weights by name, on the CPU: what is kept to look into, a few hundred kilobytes."""

    def facts(self) -> Mapping[str, float]:
        """Numbers that hold for the whole training, `parameters` among them."""
