"""A training of a moment: a line through points, by gradient descent.

The file that NNLAB_TINY_HOLDS names, where there is one, holds it at its tenth step.
"""

import os
import time
from collections.abc import Iterator, Mapping

import msgspec
import torch

from engine.training.training import State, Step


class Tiny(msgspec.Struct, frozen=True):
    """Settings, as a run keeps them."""

    epochs: int = 3
    seed: int = 7
    threads: int = 1


class Line:
    """y = w x + b, ten steps an epoch."""

    def __init__(self, settings: Tiny) -> None:
        self._generator = torch.Generator().manual_seed(settings.seed)
        self._weights = torch.zeros(2)
        self._step, self._last = 0, 10 * settings.epochs

    def steps(self) -> Iterator[Step]:
        if self._step == 0:
            yield self._seen(1.0)
        while self._step < self._last:
            x = torch.rand(8, generator=self._generator)
            inputs = torch.stack((x, torch.ones(8)))
            error = self._weights @ inputs - (2 * x - 1)
            self._weights = self._weights - 0.1 * (inputs @ error) / 8
            self._step += 1
            yield self._seen(float(error.square().mean()))
            while self._step > 10 and os.path.exists(os.environ.get("NNLAB_TINY_HOLDS", "")):
                time.sleep(0.01)
                yield Step(step=self._step, epoch=1.0, examples=80, progress=0.3)

    def _seen(self, loss: float) -> Step:
        values = {"test_loss": loss, "test_accuracy": min(1.0, self._step / 30)} if self._step % 5 == 0 else {}
        return Step(
            step=self._step,
            epoch=self._step / 10,
            examples=8 * self._step,
            progress=self._step / self._last,
            values=values,
            checkpoint=self._step % 10 == 0,
        )

    def state(self) -> State:
        return {"weights": self._weights, "step": self._step, "random": self._generator.get_state()}

    def restore(self, state: State) -> None:
        self._weights, self._step = state["weights"], state["step"]
        self._generator.set_state(state["random"])

    def weights(self) -> dict[str, torch.Tensor]:
        return {"weights": self._weights}

    def facts(self) -> Mapping[str, float]:
        return {"parameters": 2.0}


def training(settings: Tiny, device: str) -> Line:
    """Make it."""
    return Line(settings)
