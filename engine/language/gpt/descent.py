"""How GPT descends: AdamW (Loshchilov and Hutter 2019), all weights in one pass, at a rate that rises and falls.

The rate warms up in a line and falls along a half cosine to a tenth, as GPT-3 was trained (Brown et al. 2020, appendix
B), whose other numbers stand here too: gradients no longer than 1, decay of matrices only. The second moment is
forgotten sooner than there, which suits few steps.
"""

import torch
from torch import Tensor

from engine.language.gpt.model import GPT
from engine.training.adam import Moments, moments, restore_moments, warmed_cosine

BETAS = (0.9, 0.99)
DECAY = 0.1
LONGEST = 1.0
"""Norm of a gradient beyond which it is shortened."""

WARM_UP, MOST_WARM_UP = 0.1, 200
"""Share of the training in which the rate rises, and the steps that this takes at most."""

END = 0.1
"""The rate at the end as a share of its peak."""


def rate_at(step: int, total: int) -> float:
    """The rate of a step, counted from 0, as a share of its peak."""
    return warmed_cosine(step, total, max(1, min(MOST_WARM_UP, int(WARM_UP * total))), END)


class Descent:
    """The descent of one model."""

    def __init__(self, model: GPT) -> None:
        self._named = dict(model.named_parameters())
        decayed = [each for each in self._named.values() if each.dim() >= 2]
        others = [each for each in self._named.values() if each.dim() < 2]
        groups = [{"params": decayed, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
        fused = all(each.device.type in ("cpu", "cuda") for each in self._named.values())
        self._optimizer = torch.optim.AdamW(groups, lr=0.0, betas=BETAS, fused=fused)

    def step(self, rate: float) -> Tensor:
        """Go one step by the present gradients and forget them; returns their norm before it was shortened."""
        norm = torch.nn.utils.clip_grad_norm_(self._named.values(), LONGEST)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad()
        return norm

    def state(self) -> Moments:
        """Both moments of each weight by its name, and the number of steps; empty before the first."""
        return moments(self._optimizer, self._named)

    def restore(self, state: Moments) -> None:
        """Go back to what `state` gave."""
        restore_moments(self._optimizer, self._named, state)
