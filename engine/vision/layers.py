"""Counts the layers of a torch model without computing with it: each is asked for the shape that it would hand on.

A model on torch's meta device has shapes and no numbers. While it is walked through, no layer computes even these by
torch (whose kernels for the meta device take milliseconds): the rules below do, and the model's own `forward` only
says which layer reads which.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from math import prod
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from engine.vision.counted import Block, Counted, Kind, Layer
from engine.vision.lenet5 import CODE, Distances, Subsampling, TableConvolution
from engine.vision.parts import Add, Concatenate, PaddedShortcut
from engine.vision.receptive_field import Axis, joined

Axes = tuple[Axis, ...]
"""Height and width of what a layer hands on; of units that are no maps any more, what the maps were."""


class UnknownLayer(TypeError):
    """A kind of module for which there is no rule."""


class Window(NamedTuple):
    """How a kernel slides, height and width each."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    ceil: bool = False

    def over(self, axes: Axes) -> Axes:
        """The places that it has, and what they see."""
        sizes = zip(axes, self.kernel, self.stride, self.padding, strict=True)
        return tuple(axis.slid(k, s, p, ceil=self.ceil) for axis, k, s, p in sizes)


class Outcome(NamedTuple):
    """What a rule says of a layer."""

    kind: Kind
    maps: int
    """Maps, or units."""

    axes: Axes
    flat: bool = False
    """Whether these are units, not maps."""

    multiply_adds: int = 0
    window: Window | None = None
    groups: int = 1


SAME: tuple[tuple[type[nn.Module], Kind], ...] = (
    (nn.BatchNorm2d, "batch_norm"),
    (nn.ReLU, "relu"),
    (nn.LocalResponseNorm, "response_norm"),
    (nn.Dropout, "dropout"),
)
"""Layers that hand on what has the shape of their input."""


def walk(model: nn.Module, shape: tuple[int, ...]) -> Counted:
    """Count a model whose input for one example is of this shape, (maps, height, width).

    Modules without modules in them are layers, those around them blocks; a model may name other blocks for layers in
    `blocks`. Raises UnknownLayer for a module without a rule, and ValueError where a kernel has no place.
    """
    steps = _Steps(model, shape)
    with _asked_only(model, steps.visit), torch.no_grad():
        model(steps.first)
    present = {name for layer in steps.layers for name in layer.blocks}
    return Counted(tuple(steps.layers), tuple(block for block in _blocks(model) if block.name in present))


@contextmanager
def _asked_only(model: nn.Module, visit: Callable[..., Tensor]) -> Iterator[None]:
    """Let every layer call `visit` with its name, itself and its inputs instead of computing."""
    leaves = [(name, module) for name, module in model.named_modules() if next(module.children(), None) is None]
    try:
        for name, leaf in leaves:
            leaf.__dict__["forward"] = partial(visit, name, leaf)
        yield
    finally:
        for _, leaf in leaves:
            leaf.__dict__.pop("forward", None)


class _Steps:
    """What is noted on the way."""

    def __init__(self, model: nn.Module, shape: tuple[int, ...]) -> None:
        self._device = next(model.parameters()).device
        self._named: dict[str, str] = getattr(model, "blocks", {})
        self._axes: dict[str, Axes] = {"input": tuple(Axis(size) for size in shape[1:])}
        self._source: dict[int, str] = {}
        self._kept: list[Tensor] = []
        self.layers = [Layer(name="input", kind="input", shape=shape, field=(1,) * len(shape[1:]))]
        self.first = self._marked(shape, "input")

    def _marked(self, shape: tuple[int, ...], name: str) -> Tensor:
        """A value of one example of which it is known where it comes from."""
        value = torch.zeros((1, *shape), device=self._device)
        self._kept.append(value)  # as long as it is there, no other has its id
        self._source[id(value)] = name
        return value

    def visit(self, name: str, module: nn.Module, *values: Tensor) -> Tensor:
        """Note a layer; the result has the shape that it would hand on."""
        # What is computed between two layers (LeNet-5's activations) belongs to the one before.
        inputs = tuple(self._source.get(id(value), self.layers[-1].name) for value in values)
        outcome = _outcome(module, values, tuple(self._axes[each] for each in inputs))
        self._axes[name] = outcome.axes
        shape = (outcome.maps,) if outcome.flat else (outcome.maps, *(axis.count for axis in outcome.axes))
        window = outcome.window
        self.layers.append(
            Layer(
                name=name,
                kind=outcome.kind,
                operator=type(module).__name__,
                blocks=_around(name, self._named),
                inputs=inputs,
                shape=shape,
                parameters=sum(each.numel() for each in module.parameters()),
                multiply_adds=outcome.multiply_adds,
                field=tuple(axis.field for axis in outcome.axes),
                kernel=window.kernel if window else (),
                stride=window.stride if window else (),
                padding=window.padding if window else (),
                groups=outcome.groups,
            )
        )
        return self._marked(shape, name)


def _around(name: str, named: dict[str, str]) -> tuple[str, ...]:
    """The blocks that a layer is in, the outermost first."""
    if name in named:
        return (named[name],)
    parts = name.split(".")
    return tuple(".".join(parts[:end]) for end in range(1, len(parts)))


def _blocks(model: nn.Module) -> Iterator[Block]:
    """All blocks of a model, in their order."""
    named: dict[str, str] = getattr(model, "blocks", {})
    for name in dict.fromkeys(named.values()):
        yield Block(name, "stage", ())
    for name, module in model.named_modules():
        if name and next(module.children(), None) is not None:
            yield Block(name, getattr(module, "kind", "stage"), _around(name, {}))


def _outcome(module: nn.Module, values: tuple[Tensor, ...], axes: tuple[Axes, ...]) -> Outcome:
    """What a layer does with values of shape (1, …) that see `axes`."""
    maps, own, flat = values[0].shape[1], axes[0], values[0].dim() == 2
    for type_, kind in SAME:
        if isinstance(module, type_):
            return Outcome(kind, maps, own, flat)
    match module:
        case nn.Conv2d():
            window = Window(_pair(module.kernel_size), _pair(module.stride), _pair(module.padding))
            seen = window.over(own)
            work = module.out_channels * prod(axis.count for axis in seen) * module.weight[0].numel()
            return Outcome("convolution", module.out_channels, seen, False, work, window, module.groups)
        case TableConvolution():
            window = Window((5, 5), (1, 1), (0, 0))
            seen = window.over(own)
            work = module.kernels.numel() * prod(axis.count for axis in seen)
            return Outcome("convolution", len(module.bias), seen, False, work, window)
        case nn.MaxPool2d() | nn.AvgPool2d():
            window = Window(_pair(module.kernel_size), _pair(module.stride), _pair(module.padding), module.ceil_mode)
            largest = isinstance(module, nn.MaxPool2d)
            return Outcome("max_pool" if largest else "average_pool", maps, window.over(own), window=window)
        case nn.AdaptiveAvgPool2d(output_size=1):
            return Outcome("average_pool", maps, tuple(axis.whole() for axis in own))
        case Subsampling():
            window = Window((2, 2), (2, 2), (0, 0))
            seen = window.over(own)
            return Outcome("subsampling", maps, seen, False, maps * prod(axis.count for axis in seen), window)
        case nn.Linear():
            work = module.in_features * module.out_features
            return Outcome("full", module.out_features, tuple(axis.whole() for axis in own), True, work)
        case Distances():
            return Outcome("distances", len(module.codes), own, True, len(module.codes) * CODE)
        case nn.Flatten():
            return Outcome("flatten", values[0][0].numel(), own, True)
        case Add():
            return Outcome("add", maps, _all(axes))
        case Concatenate():
            return Outcome("concatenate", sum(value.shape[1] for value in values), _all(axes))
        case PaddedShortcut():
            window = Window((1, 1), (module.stride, module.stride), (0, 0))
            return Outcome("padded_shortcut", maps + module.added, window.over(own), window=window)
    raise UnknownLayer(f"there is no rule for {type(module).__name__}")


def _all(axes: tuple[Axes, ...]) -> Axes:
    return tuple(joined(each) for each in zip(*axes, strict=True))


def _pair(value: Any) -> tuple[int, int]:
    """What torch takes as one number for both axes or as two."""
    return (value, value) if isinstance(value, int) else (int(value[0]), int(value[1]))
