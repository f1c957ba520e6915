"""How a network that draws descends: Adam (Kingma and Ba 2015), and the running mean of its weights beside it.

The rate warms up in a line and falls along a half cosine. Gradients are no longer than 1.
"""

from typing import Any

import torch
from torch import Tensor, nn

from engine.generative.ema import Ema
from engine.training.adam import moments, restore_moments, warmed_cosine

BETAS = (0.9, 0.99)
LONGEST = 1.0
"""Norm of a gradient beyond which it is shortened."""

WARM_UP, MOST_WARM_UP = 0.05, 100
"""Share of the training in which the rate rises, and the steps that this takes at most."""

END = 0.02
"""The rate at the end as a share of its peak."""


def rate_at(step: int, total: int) -> float:
    """The rate of a step, counted from 0, as a share of its peak."""
    return warmed_cosine(step, total, max(1, min(MOST_WARM_UP, int(WARM_UP * total))), END)


class Descent:
    """The descent of one model."""

    def __init__(self, model: nn.Module) -> None:
        self.mean = Ema(model)
        self._model, self._named = model, dict(model.named_parameters())
        fused = all(each.device.type in ("cpu", "cuda") for each in self._named.values())
        self._optimizer = torch.optim.Adam(self._named.values(), lr=0.0, betas=BETAS, fused=fused)

    def step(self, rate: float) -> Tensor:
        """Go one step by the present gradients and forget them; returns their norm before it was shortened."""
        norm = torch.nn.utils.clip_grad_norm_(self._named.values(), LONGEST)
        self._optimizer.param_groups[0]["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad()
        self.mean.update(self._model)
        return norm

    def state(self) -> dict[str, Any]:
        """Both moments of each weight by its name, empty before the first step, and the running mean."""
        mean = {name: each.to("cpu", copy=True) for name, each in self.mean.weights.items()}
        return {"moments": moments(self._optimizer, self._named), "mean": mean, "steps": self.mean.steps}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        restore_moments(self._optimizer, self._named, state["moments"])
        self.mean.restore(state["mean"], int(state["steps"]))
