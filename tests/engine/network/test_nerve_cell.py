"""The integrate-and-fire cell against its closed form."""

import numpy as np
import pytest

from engine.network.nerve_cell import DT, SHAPES, input_current, simulate, steady_rate, times


@pytest.mark.parametrize(
    ("current", "threshold", "tau"), [(2, 15, 20), (4, 15, 20), (3, 20, 20), (1.6, 15, 5), (4, 5, 50)]
)
def test_the_time_between_spikes_is_that_of_the_closed_form(current: float, threshold: float, tau: float) -> None:
    trace = simulate(input_current("steady", current), threshold, tau)
    between = np.diff(trace.spikes)
    assert len(between) >= 4
    # The simulation sees a spike at the first step after it.
    period = 1000 / steady_rate(current, threshold, tau)
    assert ((between > period - 1e-6) & (between < period + DT + 1e-6)).all()


@pytest.mark.parametrize(("current", "threshold", "tau"), [(1.4, 15, 20), (1.5, 15, 5), (0, 5, 20)])
def test_it_is_silent_up_to_the_threshold_itself(current: float, threshold: float, tau: float) -> None:
    trace = simulate(input_current("steady", current), threshold, tau)
    assert steady_rate(current, threshold, tau) == 0 and len(trace.spikes) == 0
    assert trace.unit.sum() == 0
    np.testing.assert_allclose(trace.potential, 10 * current * (1 - np.exp(-times() / tau)), atol=1e-9)


def test_after_a_spike_it_rests_at_0_for_2_ms() -> None:
    trace = simulate(input_current("steady", 3), 15, 20)
    first = round(trace.spikes[0] / DT)
    assert trace.potential[first] > 15
    assert (trace.potential[first + 1 : first + 21] == 0).all() and trace.potential[first + 21] > 0


def test_short_pulses_reach_a_quick_cell_only_but_always_the_unit() -> None:
    current = input_current("pulses", 2)
    slow, quick = simulate(current, 15, 50), simulate(current, 15, 5)
    assert len(slow.spikes) == 0 and len(quick.spikes) == 10
    assert slow.unit.sum() == quick.unit.sum() == 800


@pytest.mark.parametrize("shape", SHAPES)
def test_currents_have_their_shape_and_scale(shape: str) -> None:
    current = input_current(shape, 2, seed=1)  # type: ignore[arg-type]
    assert current.shape == times().shape == (3000,)
    np.testing.assert_allclose(input_current(shape, 4, seed=1), 2 * current)  # type: ignore[arg-type]


def test_noise_keeps_to_its_mean_and_its_seed() -> None:
    many = np.array([input_current("noise", 2, seed) for seed in range(40)])
    assert many.mean() == pytest.approx(2, abs=0.1) and many.std() == pytest.approx(1, abs=0.1)
    np.testing.assert_array_equal(many[3], input_current("noise", 2, 3))
    with pytest.raises(ValueError, match="ramp"):
        input_current("square", 1)  # type: ignore[arg-type]
