"""The course of a training that counts its steps: when the loss is told, when weights are kept and all is measured."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor

from engine.training.group import ALONE, Group
from engine.training.training import State, Step


class Course(ABC):
    """Goes through the steps of a training; what a step is, and what is measured, a subclass says.

    `train_loss` is the mean over the steps since the last point, `gradient.all` the norm at the point itself.
    """

    def __init__(self, total: int, *, kept: Iterable[int], points: int, examples: int, group: Group = ALONE) -> None:
        """A course of `total` steps of so many `examples` each.

        The weights are `kept` and measured after these steps; the curve of the loss gets about so many `points`.
        """
        self.total, self.group = total, group
        self._kept = frozenset(kept)
        self._spacing = max(1, total // points)
        self._examples_a_step = examples
        self._step = 0
        self._begun = False
        self._losses: list[Tensor] = []
        """Of the steps since the last point, this process's part; to read them at once would wait for the device."""

    @abstractmethod
    def move(self) -> Tensor | None:
        """One step of the optimizer; counts it, keeps its loss, returns the norm of its gradient if that is told."""

    @abstractmethod
    def measured(self) -> dict[str, float]:
        """What is measured where weights are kept, by the names of `Step.values`."""

    @abstractmethod
    def epoch(self, examples: int) -> float:
        """Passes through the data that so many examples make."""

    def steps(self) -> Iterator[Step]:
        """Train from the present state to the end; at the very start the first is step 0."""
        if not self._begun:
            self._begun = True
            yield self._told(self.measured())
        while self._step < self.total:
            norm = self.move()
            values: dict[str, float] = {}
            if self._step % self._spacing == 0 or self._step in self._kept:
                values["train_loss"] = float(self.group.mean(torch.stack(self._losses)).mean())
                if norm is not None:
                    values["gradient.all"] = float(norm)
                self._losses = []
            if self._step in self._kept:
                values |= self.measured()
            yield self._told(values)

    def _told(self, values: dict[str, float]) -> Step:
        examples = self._step * self._examples_a_step
        return Step(
            step=self._step,
            epoch=self.epoch(examples),
            examples=examples,
            progress=self._step / self.total if self.total else 1.0,
            values={name: value if math.isfinite(value) else math.nan for name, value in values.items()},
            checkpoint=self._step in self._kept,
        )

    def _place(self) -> dict[str, Any]:
        """Where the course is, as a part of `Training.state`."""
        losses = self.group.mean(torch.stack(self._losses)).tolist() if self._losses else []
        return {"step": self._step, "losses": losses}

    def _return_to(self, state: State, device: str | torch.device) -> None:
        """Go on from where a state is."""
        self._losses = [torch.tensor(each, device=device) for each in state["losses"]]
        self._step = int(state["step"])
        self._begun = True
