"""One example's way through the network and back, a step at a time, with all its numbers.

forward     a = Σ w x + b          y = f(a)
loss        E = ½ (y − t)²         e = ∂E/∂y = y − t
backward    δ = ∂E/∂a = e f′(a)    e of a unit = Σ w δ over the units it feeds
gradient    ∂E/∂w = δ x            ∂E/∂b = δ
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.network.playground.features import inputs
from engine.network.playground.network import Network

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layer:
    """What one example leaves in a layer."""

    x: Array
    """What comes in, shape (inputs,)."""

    weights: Array
    """Shape (units, inputs)."""

    biases: Array
    """Shape (units,)."""

    a: Array
    """Pre-activations, shape (units,)."""

    y: Array
    """Outputs, shape (units,)."""

    slope: Array
    """f′(a), shape (units,)."""

    error: Array
    """e = ∂E/∂y, shape (units,)."""

    delta: Array
    """δ = ∂E/∂a, shape (units,); this is ∂E/∂b too."""

    gradient: Array
    """∂E/∂w, shape (units, inputs)."""


@dataclass(frozen=True, eq=False)
class Example:
    """One example, forward and backward."""

    layers: tuple[Layer, ...]
    """From the first hidden layer to the output."""

    target: float
    """t."""

    output: float
    """y."""

    loss: float
    """½ (y − t)²."""


@dataclass(frozen=True)
class Factors:
    """A summand: a weight times what it is multiplied with."""

    name: str
    """The unit at the weight's other end, as `Shape.names` has it; `bias` for a bias."""

    weight: float
    value: float
    """Output of that unit on the way forward, its δ on the way back; 1 for a bias."""

    @property
    def product(self) -> float:
        """Both multiplied."""
        return self.weight * self.value


@dataclass(frozen=True)
class Step:
    """One unit's turn, or the loss's."""

    kind: Literal["forward", "loss", "backward"]
    layer: int
    """Index in `Example.layers`."""

    unit: int
    """Index in the layer."""

    name: str
    """The unit, as `Shape.names` has it."""

    terms: tuple[Factors, ...]
    """What is added up: to a on the way forward, to e on the way back; empty at the output's e = y − t."""

    total: float
    """The sum: a forward, e backward, y − t at the loss."""

    factor: float
    """f′(a) backward; t at the loss; 0 forward."""

    result: float
    """y = f(a) forward; E at the loss; δ = e f′(a) backward."""

    gradient: tuple[float, ...]
    """Backward only: ∂E/∂w of each weight that comes in, and last ∂E/∂b."""


def example(network: Network, point: ArrayLike, target: float) -> Example:
    """Send one point of the plane, shape (2,), through a single network and back; the network is left as it is."""
    x = inputs(np.asarray(point, float).reshape(1, 2), network.shape.features)[:, 0]
    with np.errstate(all="ignore"):
        passed: list[tuple[Array, Array, Array, Array]] = []
        for layer in network.layers:
            a = layer.weights[:, :-1] @ x + layer.weights[:, -1]
            y, slope = np.empty_like(a), np.empty_like(a)
            layer.activation.function(a, y)
            layer.activation.slope(a, y, slope)
            passed.append((x, a, y, slope))
            x = y
        error = x - target
        found: list[Layer] = []
        for layer, (came, a, y, slope) in zip(reversed(network.layers), reversed(passed), strict=True):
            weights, biases = layer.weights[:, :-1].copy(), layer.weights[:, -1].copy()
            delta = error * slope
            found.append(Layer(came, weights, biases, a, y, slope, error, delta, np.outer(delta, came)))
            error = weights.T @ delta
        loss = float(0.5 * (x[0] - target) ** 2)
    return Example(tuple(reversed(found)), float(target), float(x[0]), loss)


def steps(network: Network, passed: Example) -> Iterator[Step]:
    """Tell an example's way unit by unit: forward from the first layer, the loss, backward to it."""
    names, layers = network.shape.names, passed.layers
    for index, layer in enumerate(layers):
        for unit, name in enumerate(names[index + 1]):
            terms = [
                Factors(*each)
                for each in zip(names[index], layer.weights[unit].tolist(), layer.x.tolist(), strict=True)
            ]
            terms.append(Factors("bias", float(layer.biases[unit]), 1.0))
            a, y = float(layer.a[unit]), float(layer.y[unit])
            yield Step("forward", index, unit, name, tuple(terms), a, 0.0, y, ())
    last = len(layers) - 1
    yield Step("loss", last, 0, names[-1][0], (), passed.output - passed.target, passed.target, passed.loss, ())
    for index in range(last, -1, -1):
        layer = layers[index]
        for unit, name in enumerate(names[index + 1]):
            above = layers[index + 1] if index < last else None
            fed = (
                zip(names[index + 2], above.weights[:, unit].tolist(), above.delta.tolist(), strict=True)
                if above
                else ()
            )
            gradient = (*layer.gradient[unit].tolist(), float(layer.delta[unit]))
            numbers = float(layer.error[unit]), float(layer.slope[unit]), float(layer.delta[unit])
            yield Step("backward", index, unit, name, tuple(Factors(*each) for each in fed), *numbers, gradient)
