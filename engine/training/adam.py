"""What trainings by Adam (Kingma and Ba 2015) share: a rate that rises and falls, moments taken out and put back."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

MOMENTS = ("step", "exp_avg", "exp_avg_sq")
"""What the optimizer keeps of each weight: steps done, mean of the gradient and of its square."""

Moments = dict[str, dict[str, Tensor]]
"""By the weight's name, then by `MOMENTS`, on the CPU; empty before the first step."""


def warmed_cosine(step: int, total: int, warm_up: int, end: float) -> float:
    """The rate of a step, counted from 0, as a share of its peak: up in a line, down along half a cosine to `end`."""
    if step < warm_up:
        return (step + 1) / warm_up
    progress = (step - warm_up) / max(1, total - warm_up)
    return end + (1 - end) * (1 + math.cos(math.pi * min(progress, 1.0))) / 2


def moments(optimizer: torch.optim.Optimizer, named: Mapping[str, Tensor]) -> Moments:
    """Copy the moments of weights by their names."""
    kept = optimizer.state
    return {
        name: {key: kept[each][key].detach().to("cpu", copy=True) for key in MOMENTS}
        for name, each in named.items()
        if each in kept
    }


def restore_moments(optimizer: torch.optim.Optimizer, named: Mapping[str, Tensor], found: Moments) -> None:
    """Go back to moments that `moments` gave; gradients are forgotten."""
    optimizer.zero_grad()
    optimizer.state.clear()
    fused = any(group["fused"] for group in optimizer.param_groups)  # else steps are counted on the CPU
    for name, values in found.items():
        device = named[name].device
        optimizer.state[named[name]] = {
            key: value.to("cpu" if key == "step" and not fused else device, copy=True) for key, value in values.items()
        }
