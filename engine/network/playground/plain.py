"""Backpropagation as a textbook has it: one array a quantity, biases apart, nothing done for speed.

    aˡ = Wˡ yˡ⁻¹ + bˡ        yˡ = f(aˡ)        E = mean ½ (y − t)²
    δˡ = (Wˡ⁺¹ᵀ δˡ⁺¹) ⊙ f′(aˡ)
    ∂E/∂Wˡ = δˡ yˡ⁻¹ᵀ        ∂E/∂bˡ = Σ δˡ over the batch

Rumelhart, Hinton and Williams (1986); Bishop and Bishop, Deep Learning (2023), chapter 8. `network.py` computes
the same faster and is measured against this.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class PlainNetwork:
    """A network of tanh units, its output unit included, trained by stochastic gradient descent."""

    def __init__(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Begin with weights of shapes (units, inputs) and biases of shapes (units, 1), layer by layer."""
        self.weights = [weight.copy() for weight in weights]
        self.biases = [bias.copy() for bias in biases]

    def forward(self, x: Array) -> list[Array]:
        """Outputs of all layers, the inputs first: x has shape (inputs, batch), the last (1, batch)."""
        outputs = [x]
        for weight, bias in zip(self.weights, self.biases, strict=True):
            outputs.append(np.tanh(weight @ outputs[-1] + bias))
        return outputs

    def gradients(self, x: Array, t: Array) -> list[tuple[Array, Array]]:
        """∂E/∂W and ∂E/∂b of each layer for a batch: x of shape (inputs, batch), t of shape (batch,)."""
        outputs = self.forward(x)
        gradients = []
        error = (outputs[-1] - t) / x.shape[1]
        for layer in reversed(range(len(self.weights))):
            delta = error * (1 - outputs[layer + 1] ** 2)
            gradients.append((delta @ outputs[layer].T, delta.sum(axis=1, keepdims=True)))
            error = self.weights[layer].T @ delta
        return gradients[::-1]

    def step(self, x: Array, t: Array, rate: float) -> None:
        """Move all weights and biases down the gradient of one batch."""
        for layer, (by_weight, by_bias) in enumerate(self.gradients(x, t)):
            self.weights[layer] -= rate * by_weight
            self.biases[layer] -= rate * by_bias

    def epoch(self, x: Array, t: Array, rate: float, batch: int) -> None:
        """Learn all examples once, in their order; what is left over after the last whole batch is left out."""
        for start in range(0, x.shape[1] - batch + 1, batch):
            self.step(x[:, start : start + batch], t[start : start + batch], rate)
