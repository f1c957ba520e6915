"""A forward pass of one image: the maps of one layer, made small enough to be seen, and the time of every layer.

Only the asked layer's maps outlive the pass; every other layer's go as soon as the next has read them.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.vision.image import arranged

Array = NDArray[np.float32]

MOST = 64
"""Maps that are handed out at once."""

SIDE = 64
"""Longer side of a map that is handed out; larger ones are reduced to the means of their parts."""

BEST = 5
"""Classes that are named, the likeliest first."""


class UnknownLayerName(LookupError):
    """A layer that the network hasn't; `values` has its `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no layer {name!r}")
        self.values = {"name": name}


@dataclass(frozen=True, eq=False)
class Maps:
    """What a layer hands on, or a part of it."""

    layer: str
    values: Array
    """Shape (maps, rows, columns); units without places are one map in rows, NaN where there is none any more."""

    first: int
    """Number of the first of these maps, from 0."""

    total: int
    """Maps that the layer has; units, where `flat`."""

    flat: bool
    """Whether they are units without places."""

    low: float
    """The least value of all the layer's."""

    high: float
    """The greatest."""

    zeros: float
    """Share of values that are exactly 0: units that a ReLU has silenced."""


@dataclass(frozen=True, eq=False)
class Pass:
    """A forward pass."""

    maps: Maps
    times: dict[str, float]
    """Milliseconds of each layer, by name, in the order of computing."""

    total: float
    """Milliseconds from input to output."""

    best: tuple[tuple[int, float], ...]
    """The likeliest classes and their probabilities; without meaning while weights are untrained."""


def run(
    model: nn.Module, x: Tensor, layer: str = "input", first: int = 0, trained: bool = False, most: int = MOST
) -> Pass:
    """Let a network see x, shape (1, maps, h, w), on the device that it is on.

    `first` and `most` choose among the layer's maps. Without training, batch normalization takes mean and variance of
    this image, as in the first step of training; else signals would double with each block. Raises UnknownLayerName.
    """
    leaves = {name: module for name, module in model.named_modules() if next(module.children(), None) is None}
    if layer != "input" and layer not in leaves:
        raise UnknownLayerName(layer)
    x = x.to(next(model.parameters()).device)
    kept: dict[str, Tensor] = {}
    times: dict[str, float] = {}
    with torch.inference_mode(), _own_statistics(model, not trained), _observed(leaves, layer, times, kept):
        began = _now(x.device)
        output = model(x)
        total = (_now(x.device) - began) * 1e3
        scores = output[0] if isinstance(output, tuple) else output
        best = torch.softmax(scores[0].float(), 0).topk(min(BEST, scores.shape[1]))
        maps = _reduced(layer, x if layer == "input" else kept[layer], first, most)
    classes = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return Pass(maps, times, total, tuple(classes))


def _now(device: torch.device) -> float:
    """Seconds, once the device has done what it was given."""
    if device.type != "cpu":
        torch.accelerator.synchronize(device)
    return time.perf_counter()


@contextmanager
def _observed(
    leaves: dict[str, nn.Module], wanted: str, times: dict[str, float], kept: dict[str, Tensor]
) -> Iterator[None]:
    """Note the time of every layer, and what the wanted one hands on."""
    with ExitStack() as hooks:
        for name, leaf in leaves.items():

            def before(module: nn.Module, inputs: tuple[Tensor, ...], name: str = name) -> None:
                times[name] = -_now(inputs[0].device)

            def after(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor, name: str = name) -> None:
                times[name] = (times[name] + _now(output.device)) * 1e3
                if name == wanted:
                    kept[name] = output

            for handle in (leaf.register_forward_pre_hook(before), leaf.register_forward_hook(after)):
                hooks.callback(handle.remove)
        yield


@contextmanager
def _own_statistics(model: nn.Module, wanted: bool) -> Iterator[None]:
    """Let batch normalization take mean and variance from what it is given, and keep none of it."""
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)] if wanted else []
    for norm in norms:
        norm.training, norm.track_running_stats = True, False
    try:
        yield
    finally:
        for norm in norms:
            norm.training, norm.track_running_stats = False, True


def _reduced(layer: str, values: Tensor, first: int, most: int) -> Maps:
    """Some of a layer's maps, of shape (1, maps, h, w) or (1, units), made small."""
    flat, total = values.dim() == 2, values.shape[1]
    low, high = (float(value) for value in values.aminmax())
    zeros = float((values == 0).float().mean())
    if flat:
        rows, columns = arranged(total)
        padded = F.pad(values.float(), (0, rows * columns - total), value=float("nan"))
        return Maps(layer, _array(padded.view(1, rows, columns)), 0, total, True, low, high, zeros)
    first = max(0, min(first, total - 1))
    chosen = values[0, first : first + most].float()
    scale = max(1.0, max(chosen.shape[1:]) / SIDE)
    if scale > 1:
        height, width = (max(1, round(length / scale)) for length in chosen.shape[1:])
        chosen = F.adaptive_avg_pool2d(chosen, (height, width))
    return Maps(layer, _array(chosen), first, total, False, low, high, zeros)


def _array(values: Tensor) -> Array:
    return np.asarray(values.cpu().numpy(), np.float32).copy()
