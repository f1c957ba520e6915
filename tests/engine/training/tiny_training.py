"""A training of three numbers that takes no time, and goes wrong on demand."""

import math
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from msgspec import Struct
from torch import Tensor

from engine.training.training import State, Step

DOINGS: dict[int, Callable[[], None]] = {}
"""What is done in the middle of a step, by its number; tests fill it."""

BATCH = 4
PER_EPOCH = 8


class TinySettings(Struct, frozen=True, forbid_unknown_fields=True):
    epochs: int = 3
    rate: float = 0.05
    batch: int = BATCH
    seed: int = 0
    fits: int = 10**6
    """Largest batch for which there is memory."""

    nan_at: int = -1
    """Step at which the loss is NaN."""

    broken_at: int = -1
    """Step at which the weights are."""

    raises_at: int = -1
    kills_at: int = -1
    """Step at which the process kills itself, once: the marker file tells that it was done."""

    marker: str = ""


class TinyTraining:
    """Linear regression by momentum on shuffled data, with noise that a generator of its own gives."""

    def __init__(self, settings: TinySettings, device: str) -> None:
        self.settings = settings
        self.generator = torch.Generator().manual_seed(settings.seed)
        self.inputs = torch.randn(BATCH * PER_EPOCH, 3, generator=self.generator)
        self.targets = self.inputs @ torch.tensor([1.0, -2.0, 0.5])
        self.weight = torch.zeros(3, requires_grad=True)
        self.velocity = torch.zeros(3)
        self.order: Tensor = torch.empty(0, dtype=torch.int64)
        self.step = -1

    def steps(self) -> Iterator[Step]:
        if self.step < 0:
            self.step = 0
            yield self._report(self._loss(self.inputs, self.targets).item())
        while self.step < self.settings.epochs * PER_EPOCH:
            if self.settings.batch > self.settings.fits:
                torch.empty(2**55)  # the allocator itself says that this is too much
            position = self.step % PER_EPOCH
            if position == 0:
                self.order = torch.randperm(len(self.inputs), generator=self.generator)
            rows = self.order[position * BATCH : (position + 1) * BATCH]
            noise = 0.01 * torch.randn(BATCH, generator=self.generator)
            loss = self._loss(self.inputs[rows], self.targets[rows] + noise)
            (gradient,) = torch.autograd.grad(loss, [self.weight])
            with torch.no_grad():
                self.velocity.mul_(0.9).add_(gradient)
                self.weight.sub_(self.velocity, alpha=self.settings.rate)
            self.step += 1
            self._misbehave()
            yield self._report(math.nan if self.step == self.settings.nan_at else loss.item())

    def _loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        return ((inputs @ self.weight - targets) ** 2).mean()

    def _report(self, loss: float) -> Step:
        return Step(
            step=self.step,
            epoch=self.step / PER_EPOCH,
            examples=self.step * BATCH,
            progress=self.step / (self.settings.epochs * PER_EPOCH),
            values={"train_loss": loss, "gradient.output": self.weight.detach().norm().item()}
            if self.step % 2 == 0
            else {},
            checkpoint=self.step % PER_EPOCH == 0,
        )

    def _misbehave(self) -> None:
        DOINGS.get(self.step, lambda: None)()
        if self.step == self.settings.broken_at:
            with torch.no_grad():
                self.weight[0] = math.inf
        if self.step == self.settings.raises_at:
            raise KeyError("something that is missing")
        if self.step == self.settings.kills_at and not os.path.exists(self.settings.marker):
            open(self.settings.marker, "x").close()
            os.kill(os.getpid(), signal.SIGKILL)

    def state(self) -> State:
        return {
            "weight": self.weight,
            "momentum": {"velocity": self.velocity},
            "order": self.order,
            "generator": self.generator.get_state(),
            "step": self.step,
        }

    def restore(self, state: State) -> None:
        with torch.no_grad():
            self.weight.copy_(state["weight"])
        self.velocity = state["momentum"]["velocity"]
        self.order = state["order"]
        self.generator.set_state(state["generator"])
        self.step = state["step"]

    def weights(self) -> dict[str, Tensor]:
        return {"weight": self.weight.detach().clone()}

    def facts(self) -> Mapping[str, float]:
        return {"parameters": 3}


def training(settings: TinySettings, device: str) -> TinyTraining:
    return TinyTraining(settings, device)


def plain(settings: Any, device: str) -> TinyTraining:
    return TinyTraining(TinySettings(**settings), device)
