"""Activation functions against torch, which computes them on its own, with derivatives by autograd."""

import numpy as np
import pytest
import torch

from engine.network.activations import ACTIVATIONS

REFERENCE = {
    "step": lambda z: (z > 0).double() + 0 * z,
    "sign": torch.sign,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": torch.nn.functional.leaky_relu,
    "gelu": torch.nn.functional.gelu,
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_derivatives_agree_with_torch(name: str) -> None:
    z = np.linspace(-12, 12, 97).reshape(1, 97)  # 0 is among them
    tensor = torch.tensor(z, requires_grad=True)
    expected = REFERENCE[name](tensor)
    expected.sum().backward()
    activation = ACTIVATIONS[name]
    np.testing.assert_allclose(activation.function(z), expected.detach(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(activation.derivative(z), tensor.grad, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_bounds_hold_and_nothing_overflows(name: str) -> None:
    activation = ACTIVATIONS[name]
    z = np.r_[-1e6, -1000.0, np.linspace(-40, 40, 4001), 1000.0, 1e6]
    with np.errstate(all="raise", under="ignore"):
        y, slope = activation.function(z), activation.derivative(z)
    assert np.isfinite(y).all() and np.isfinite(slope).all()
    if activation.lowest is None:
        assert y.min() < -100
    else:
        assert activation.lowest <= y.min() <= activation.lowest + 1e-3
    if activation.highest is None:
        assert y.max() > 100
    else:
        assert y.max() == pytest.approx(activation.highest)


def test_small_values_are_kept() -> None:
    assert ACTIVATIONS["sigmoid"].function(-100) == pytest.approx(np.exp(-100))
    assert ACTIVATIONS["gelu"].function(-20) < 0
    assert ACTIVATIONS["tanh"].derivative(30) == pytest.approx(4 * np.exp(-60))
