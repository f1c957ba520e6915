"""Backpropagation and optimizers against torch, which differentiates on its own."""

import itertools

import numpy as np
import pytest
import torch

from engine.network.playground.activations import ACTIVATIONS
from engine.network.playground.data import Points, generate
from engine.network.playground.descent import OUTPUTS, Configuration, Descent
from engine.network.playground.features import FEATURES, inputs
from engine.network.playground.optimizers import OPTIMIZERS
from engine.network.playground.plain import PlainNetwork

TORCH = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "linear": lambda a: a,
    "gelu": torch.nn.functional.gelu,
    "leaky_relu": torch.nn.functional.leaky_relu,
}

TORCH_OPTIMIZERS = {
    "sgd": lambda p, rate: torch.optim.SGD(p, lr=rate),
    "momentum": lambda p, rate: torch.optim.SGD(p, lr=rate, momentum=0.9),
    "rmsprop": lambda p, rate: torch.optim.RMSprop(p, lr=rate),
    "adam": lambda p, rate: torch.optim.Adam(p, lr=rate),
}


class Reference:
    """The same network in torch, weights and biases apart."""

    def __init__(self, configuration: Configuration, points: Points, parameters: np.ndarray) -> None:
        self.configuration, self.output = configuration, OUTPUTS[points.problem]
        matrices = configuration.shape.views(parameters)
        self.weights = [torch.tensor(m[:, :-1].copy(), requires_grad=True) for m in matrices]
        self.biases = [torch.tensor(m[:, -1].copy(), requires_grad=True) for m in matrices]
        self.x = torch.tensor(inputs(points.x, configuration.features).T)
        self.t = torch.tensor(points.t)

    def loss(self, rows: slice) -> torch.Tensor:
        y = self.x[rows]
        for number, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            name = self.output if number == len(self.weights) else self.configuration.activation
            y = TORCH[name](y @ weight.T + bias)
        strength = self.configuration.regularization_rate
        penalty = {
            "none": lambda w: 0.0,
            "l1": lambda w: strength * w.abs().sum(),
            "l2": lambda w: strength * 0.5 * (w * w).sum(),
        }[self.configuration.regularization]
        return 0.5 * ((y[:, 0] - self.t[rows]) ** 2).mean() + sum(penalty(w) for w in self.weights)

    def flat(self, of_gradient: bool = False) -> np.ndarray:
        pairs = zip(self.weights, self.biases, strict=True)
        parts = [
            torch.cat([w.grad, b.grad[:, None]], 1) if of_gradient else torch.cat([w, b[:, None]], 1) for w, b in pairs
        ]
        return torch.cat([part.flatten() for part in parts]).detach().numpy()


@pytest.mark.parametrize("name", ["spiral", "multi_gaussian"])
@pytest.mark.parametrize("regularization", ["none", "l1", "l2"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_those_of_autograd(activation: str, regularization: str, name: str) -> None:
    points = generate(name, noise=0.1, count=60)
    for hidden in ((), (3,), (8, 1, 5)):
        configuration = Configuration(
            features=tuple(FEATURES),
            hidden=hidden,
            activation=activation,
            regularization=regularization,
            regularization_rate=0.03,
            batch=7,
        )
        parameters = configuration.shape.initial([3])
        descent, reference = Descent(configuration, points, parameters), Reference(configuration, points, parameters)
        reference.loss(slice(0, 7)).backward()
        np.testing.assert_allclose(descent.gradient(), reference.flat(of_gradient=True), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("optimizer", "regularization"), itertools.product(OPTIMIZERS, ["none", "l2"]))
def test_optimizers_go_where_those_of_torch_go(optimizer: str, regularization: str) -> None:
    points = generate("circle", count=100)
    configuration = Configuration(
        optimizer=optimizer, regularization=regularization, regularization_rate=0.01, rate=0.02, hidden=(5, 3)
    )
    parameters = configuration.shape.initial([1])
    descent, reference = Descent(configuration, points, parameters), Reference(configuration, points, parameters)
    torch_optimizer = TORCH_OPTIMIZERS[optimizer]([*reference.weights, *reference.biases], 0.02)
    for step in range(60):
        start = step * 10 % 100
        torch_optimizer.zero_grad()
        reference.loss(slice(start, start + 10)).backward()
        torch_optimizer.step()
    descent.step(60)
    np.testing.assert_allclose(parameters, reference.flat(), rtol=1e-6, atol=1e-8)


def test_the_textbook_and_the_fast_network_are_one() -> None:
    points = generate("spiral", count=200)
    configuration = Configuration(hidden=(8, 8, 8))
    parameters = configuration.shape.initial([0])
    matrices = configuration.shape.views(parameters)
    plain = PlainNetwork([m[:, :-1] for m in matrices], [m[:, -1:] for m in matrices])
    descent = Descent(configuration, points, parameters)
    for _ in range(5):
        plain.epoch(inputs(points.x, configuration.features), points.t, 0.03, 10)
    descent.step(descent.steps_to(5))
    learned = [np.concatenate(pair, axis=1) for pair in zip(plain.weights, plain.biases, strict=True)]
    for mine, theirs in zip(matrices, learned, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_many_numbers_have_the_values_of_few(name: str) -> None:
    a = np.r_[np.linspace(-30, 30, 2001), -1000.0, 1000.0, 0.0]
    y, slope = np.empty_like(a), np.empty_like(a)
    with np.errstate(over="ignore"):
        ACTIVATIONS[name].function(a, y)
    ACTIVATIONS[name].slope(a, y, slope)
    tensor = torch.tensor(a, requires_grad=True)
    expected = TORCH[name](tensor)
    expected.sum().backward()
    np.testing.assert_allclose(y, expected.detach(), atol=1e-15, rtol=1e-12)
    np.testing.assert_allclose(slope, tensor.grad, atol=1e-15, rtol=1e-9)


def test_batches_run_round_the_examples() -> None:
    points = generate("xor", count=25)
    descent = Descent(Configuration(batch=10, rate=0.0), points, Configuration().shape.initial([0]))
    starts = []
    for _ in range(5):
        starts.append(descent.position)
        descent.step()
    assert starts == [0, 10, 20, 5, 15] and descent.position == 0 and descent.epochs == 2
    descent.position = 20
    seen = descent.t[descent.position : descent.position + descent.batch]
    assert seen.tolist() == [*points.t[20:], *points.t[:5]]
    assert descent.steps_to(1) == 1 and descent.steps_to(2) == 3
