"""Signals stay in their range and are the same for the same seed."""

import numpy as np
import pytest

from engine.network.signals import KINDS, signal, synapse, times


@pytest.mark.parametrize("kind", KINDS)
def test_range_shape_and_repetition(kind: str) -> None:
    x = signal(kind, seed=4)  # type: ignore[arg-type]
    assert x.shape == (400,) and np.abs(x).max() <= 1 and np.abs(x).max() > 0.99
    np.testing.assert_array_equal(x, signal(kind, times(), seed=4))  # type: ignore[arg-type]
    assert signal(kind, 2.5).shape == ()  # type: ignore[arg-type]


def test_noise_depends_on_its_seed_and_is_smooth() -> None:
    assert not np.array_equal(signal("noise", seed=1), signal("noise", seed=2))
    assert np.abs(np.diff(signal("noise", seed=1))).max() < 0.3


def test_known_moments() -> None:
    assert signal("sine", [2.5, 7.5]).tolist() == pytest.approx([1, -1])
    assert signal("pulses", [0.5, 1.5, 2.5]).tolist() == [1, 0, 1]
    assert signal("steps", [0, 1.9, 2.1, 10]).tolist() == [0.3, 0.3, 0.8, -0.8]
    with pytest.raises(ValueError, match="sine"):
        signal("square")  # type: ignore[arg-type]


def test_a_synapse_scales() -> None:
    assert synapse([1, -2], -0.5).tolist() == [-0.5, 1]
