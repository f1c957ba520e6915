"""A fully connected network and its backpropagation, with the biases inside the weight matrices.

An input that is always 1 makes the bias a weight like any other, and the learning step two products a layer:

    a = W [x; 1]        y = f(a)                          forward, from the first layer to the last
    δ = e ⊙ f′(a)       ∂E/∂W = δ [x; 1]ᵀ       e ← Wᵀ δ     backward, from e = (y − t) / batch

Each column of x, a, y, e, δ is one example of the batch. Several networks of one shape, each with weights of its
own, are computed at once as a stack: then every matrix has one axis more. All arrays are made once and filled
again at every step; `plain.py` has the same without that.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.activations import ACTIVATIONS, Activation
from engine.network.playground.shape import Shape

Array = NDArray[np.float64]


class Layer:
    """A layer's weights, and room for what passes through it forward and backward."""

    def __init__(self, weights: Array, gradient: Array, activation: Activation, batch: int) -> None:
        """`weights` and `gradient` have shape (units, inputs + 1), or (stack, units, inputs + 1)."""
        *stack, units, _inputs_1 = weights.shape
        self.activation = activation
        self.weights, self.weights_T = weights, weights.swapaxes(-1, -2)
        self.gradient = gradient
        # Units come first and the stack second, so that what is done to all units runs through memory without gaps.
        self.a, self.slope, self.delta = (np.zeros((units, *stack, batch)) for _ in range(3))
        self.y_1 = np.ones((units + 1, *stack, batch))
        """Outputs, and below them the ones that the next layer multiplies by its biases."""
        self.y = self.y_1[:units]
        self.errors_1 = np.zeros((units + 1, *stack, batch))
        """∂E/∂y, with a last row of no use: that of the ones."""
        self.errors = self.errors_1[:units]
        # The same arrays as products see them: as matrices, with the stack in front.
        self.a_matrix, self.delta_matrix = _matrix(self.a), _matrix(self.delta)
        self.output, self.output_T = _matrix(self.y_1), _matrix(self.y_1).swapaxes(-1, -2)
        self.errors_matrix = _matrix(self.errors_1)


def _matrix(values: Array) -> Array:
    return values.swapaxes(0, 1) if values.ndim == 3 else values


class Network:
    """A network, or a stack of them, that can be asked and taught."""

    def __init__(self, shape: Shape, parameters: Array, activation: str, output: str, batch: int) -> None:
        """`parameters` has shape (size,), or (stack, size); it is kept, not copied, and changes as the network learns.

        `activation` is the hidden units', `output` the output unit's, both names in ACTIVATIONS.
        """
        self.shape, self.parameters, self.batch = shape, parameters, batch
        self.gradient = np.zeros_like(parameters)
        """∂E/∂ each parameter for the batch last learned from, of the shape of the parameters."""
        names = [activation] * len(shape.hidden) + [output]
        matrices = zip(shape.views(parameters), shape.views(self.gradient), names, strict=True)
        self.layers = [Layer(weights, gradient, ACTIVATIONS[name], batch) for weights, gradient, name in matrices]
        # For one pair of matrices np.dot is the faster call; only np.matmul knows stacks.
        self._product: Callable[..., Array] = np.dot if parameters.ndim == 1 else np.matmul

    def forward(self, x: Array) -> Array:
        """Outputs of a batch: x has shape (inputs + 1, batch), its last row ones; the result (1, …, batch)."""
        product = self._product
        for layer in self.layers:
            product(layer.weights, x, out=layer.a_matrix)
            layer.activation.function(layer.a, layer.y)
            x = layer.output
        return self.layers[-1].y

    def backward(self, x: Array, t: Array) -> Array:
        """Gradient of the mean of ½ (y − t)² after `forward(x)`: t has shape (batch,)."""
        product, last = self._product, self.layers[-1]
        np.subtract(last.y, t, out=last.errors)
        np.multiply(last.errors, 1 / self.batch, out=last.errors)
        for number in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[number]
            layer.activation.slope(layer.a, layer.y, layer.slope)
            np.multiply(layer.errors, layer.slope, out=layer.delta)
            if number:
                below = self.layers[number - 1]
                product(layer.delta_matrix, below.output_T, out=layer.gradient)
                product(layer.weights_T, layer.delta_matrix, out=below.errors_matrix)
            else:
                product(layer.delta_matrix, x.T, out=layer.gradient)
        return self.gradient

    def outputs(self, inputs: Array) -> list[Array]:
        """Outputs of every layer for any number of points, nothing of a batch under way is touched.

        `inputs` has shape (inputs, n) without the ones; each layer's outputs have shape (…, units, n).
        """
        found, x = [], inputs
        with np.errstate(all="ignore"):  # after an explosion the answer is no number, and no warning
            for layer in self.layers:
                a = layer.weights[..., :-1] @ x + layer.weights[..., -1:]
                x = np.empty_like(a)
                layer.activation.function(a, x)
                found.append(x)
        return found

    def answers(self, inputs: Array) -> Array:
        """What the output unit says: shape (inputs, n) to (…, n)."""
        return self.outputs(inputs)[-1][..., 0, :]
