"""The running mean of a network's weights, with which diffusion models draw (Ho et al. 2020, appendix B)."""

import torch
from torch import Tensor, nn

DECAY = 0.999
"""How much of the mean stays in a step."""


class Ema:
    """w̄ ← w̄ + (1 − d)(w − w̄), with d = min(decay, (1 + n)/(10 + n)) after n steps.

    So in the beginning, when weights change most, the mean is of the last few steps (warm-up).
    """

    def __init__(self, model: nn.Module, decay: float = DECAY) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {name: each.detach().clone() for name, each in model.state_dict().items()}
        """The mean by name."""

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Take the present weights in."""
        self.steps += 1
        share = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        new = model.state_dict()
        torch._foreach_lerp_(list(self.weights.values()), [new[name] for name in self.weights], share)

    def restore(self, weights: dict[str, Tensor], steps: int) -> None:
        """Go back to a mean as it was after so many steps."""
        for name, each in self.weights.items():
            each.copy_(weights[name])
        self.steps = steps
