"""How LeNet-5 descends: stochastic gradient descent at a rate that rises and falls once (Smith and Topin 2019).

The gradient is smoothed by Nesterov's momentum (Sutskever et al. 2013).
"""

import math
from typing import Any

import torch
from torch.optim.sgd import sgd

from engine.vision.lenet5 import LeNet5

DEFAULTS: dict[str, Any] = {
    "form": "modern",
    "epochs": 15,
    "rate": 0.03,
    "batch": 32,
    "shift": 1.0,
    "images": 4000,
    "seed": 0,
}
"""The settings of the shipped trainings."""

MOMENTUM = 0.9

RISE = 0.25
"""Share of the training in which the rate rises."""

BEGIN, END = 0.04, 0.001
"""The rate at the beginning and at the end, as shares of its peak."""


def rate_at(progress: float) -> float:
    """The rate after this share of the training, 0…1, as a share of its peak: a half wave up and a half wave down."""
    if progress < RISE:
        return BEGIN + (1 - BEGIN) * (1 - math.cos(math.pi * progress / RISE)) / 2
    return END + (1 - END) * (1 + math.cos(math.pi * (progress - RISE) / (1 - RISE))) / 2


class Descent:
    """The descent of one network, v ← 0.9 v + g and w ← w − η (g + 0.9 v), from v = 0.

    It calls the function beneath `torch.optim.SGD`, whose bookkeeping would take longer than the step itself.
    """

    def __init__(self, model: LeNet5) -> None:
        self.parameters = dict(model.named_parameters())
        self.velocities = {name: torch.zeros_like(each) for name, each in self.parameters.items()}
        """v of each parameter by its name."""
        self._fused = all(each.device.type in ("cpu", "cuda") for each in self.parameters.values())

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Go one step by the present gradients."""
        sgd(
            list(self.parameters.values()),
            [each.grad for each in self.parameters.values() if each.grad is not None],
            list(self.velocities.values()),
            lr=rate,
            momentum=MOMENTUM,
            nesterov=True,
            weight_decay=0.0,
            dampening=0.0,
            maximize=False,
            fused=self._fused,
        )

    def clear(self) -> None:
        """Forget the gradients."""
        for each in self.parameters.values():
            each.grad = None

    def norms(self) -> dict[str, float]:
        """The Euclidean norm of the present gradient of each layer that learns, as `gradient.<layer>`."""
        squares: dict[str, float] = {}
        norms = torch.stack([each.grad.norm() for each in self.parameters.values() if each.grad is not None])
        for name, norm in zip(self.parameters, norms.tolist(), strict=True):
            layer = f"gradient.{name.partition('.')[0]}"
            squares[layer] = squares.get(layer, 0.0) + norm * norm
        return {layer: math.sqrt(square) for layer, square in squares.items()}
