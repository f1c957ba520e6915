"""What the lecture states about cells, synapses, thresholds and neurons holds in the labs that show it."""

import msgspec
import numpy as np
import pytest

from lessons.address import address_of
from lessons.neuron.labs.synapse import LENGTH, SynapseSettings
from lessons.neuron.labs.threshold import ThresholdSettings
from lessons.vocabulary.drawings import encode

NOISE = "signal=noise&seed=3"


def line(figure):
    return figure.lines[0].y


@pytest.mark.parametrize("w", [-2, -0.5, 0, 0.3, 2])
def test_a_synapse_scales_its_input_by_the_weight(w, moment):
    seen = moment(f"neuron.synapse?{NOISE}&w={w}").observation

    np.testing.assert_allclose(line(seen.received), w * line(seen.sent), atol=1e-15)
    assert seen.received_now == pytest.approx(w * seen.x_now)
    assert seen.peak_received == pytest.approx(abs(w) * seen.peak_sent)


@pytest.mark.parametrize("h", [-0.5, 0, 0.4])
def test_a_unit_with_the_step_answers_1_where_a_exceeds_h_and_0_elsewhere(h, moment):
    seen = moment(f"neuron.threshold?{NOISE}&h={h}").observation
    a, y = line(seen.pre_activation), line(seen.output)

    assert set(y) == {0, 1}
    np.testing.assert_array_equal(y == 1, a > h)
    assert seen.share_on == pytest.approx(y.mean())


def test_exactly_at_the_threshold_the_output_is_0(moment):
    at_once = moment("neuron.threshold?signal=steps&h=0.8").observation  # the second of the steps is 0.8
    below = moment("neuron.threshold?signal=steps&h=0.7").observation

    assert (at_once.a_now, at_once.y_now) == (0.8, 0)
    assert (below.a_now, below.y_now) == (0.8, 1)


@pytest.mark.parametrize("f", ["step", "relu", "sigmoid"])
def test_the_output_is_f_of_a_less_h(f, moment):
    seen = moment(f"neuron.threshold?{NOISE}&h=0.2&f={f}").observation
    z = line(seen.pre_activation) - 0.2
    references = {"step": z > 0, "relu": np.maximum(z, 0), "sigmoid": 1 / (1 + np.exp(-z))}

    np.testing.assert_allclose(line(seen.output), references[f], atol=1e-11)


def test_separate_outputs_are_counted(moment):
    for pulses, text in ((5, "signal=pulses"), (3, "h=0.5"), (0, "h=1"), (1, "h=-1.5")):
        assert moment(f"neuron.threshold?{text}").observation.pulses == pulses


def test_the_pre_activation_is_the_weighted_sum(moment):
    at = moment("neuron.unit?x1=0.5&x2=-1&x3=0.2&w1=1.5&w2=-0.5&w3=2&h=0.4")

    assert at.observation.a == pytest.approx(1.5 * 0.5 + 0.5 * 1 + 2 * 0.2)
    assert at.observation.a_minus_h == pytest.approx(at.observation.a - 0.4)


AND = {(0, 0): (-1.5, 0), (0, 1): (-0.5, 0), (1, 0): (-0.5, 0), (1, 1): (0.5, 1)}
"""Inputs: x₁ + x₂ − 1.5 and y, as the lecture's table has them."""


@pytest.mark.parametrize("x", AND)
def test_one_unit_computes_and(x, moment):
    inputs = f"x1={x[0]}&x2={x[1]}&x3=0"
    seen = moment(f"neuron.unit?f=step&w1=1&w2=1&w3=0&h=1.5&{inputs}").observation

    assert (seen.a_minus_h, seen.y) == AND[x]


def test_the_table_of_and_is_the_lectures(moment):
    rows = msgspec.to_builtins(moment("neuron.gates").observation.rows)

    assert {tuple(row["x"]): (row["a_minus_h"], row["y"]) for row in rows} == AND


@pytest.mark.parametrize(("gate", "converges"), [("AND", True), ("OR", True), ("NAND", True), ("XOR", False)])
def test_one_unit_learns_what_one_line_can_part_and_nothing_else(gate, converges, moment):
    for seed in range(3):
        seen = moment(f"neuron.gates?gate={gate}&learn=true&seed={seed}").observation
        assert seen.converged is converges, seed


@pytest.mark.parametrize("tau", [5, 20, 50])
@pytest.mark.parametrize("current", [1.6, 2, 4])
def test_a_cell_fires_as_often_as_the_closed_form_says(current, tau, moment):
    seen = moment(f"introduction.nerve_cell?current={current}&tau={tau}").observation

    assert seen.predicted_hz > 0
    assert abs(seen.rate_hz - seen.predicted_hz) < 1 / 0.3 + 0.02 * seen.predicted_hz


def test_a_cell_and_its_unit_both_need_more_than_the_threshold(moment):
    at_threshold = moment("introduction.nerve_cell?current=1.5").observation
    above = moment("introduction.nerve_cell?current=1.6").observation

    assert at_threshold.potential_limit == 15
    assert (at_threshold.spikes, at_threshold.predicted_hz, at_threshold.unit_share) == (0, 0, 0)
    assert above.spikes > 0
    assert above.unit_share == 1


def test_without_firing_the_potential_ends_at_r_times_i(moment):
    seen = moment("introduction.nerve_cell?current=1.4").observation

    assert line(seen.potential)[-1] == pytest.approx(14, abs=1e-4)


def test_a_unit_answers_a_short_pulse_that_a_slow_cell_does_not(moment):
    seen = moment("introduction.nerve_cell?input=pulses").observation

    assert seen.unit_share > 0.2
    assert seen.spikes == 0
    assert seen.predicted_hz is None


def test_a_drawn_signal_runs_through_what_was_drawn(observe):
    wave = np.linspace(-1, 1, LENGTH)
    sent = observe("neuron.synapse", SynapseSettings(signal="drawn", x=encode(wave), w=1)).sent
    np.testing.assert_allclose(line(sent), np.interp(sent.lines[0].x, np.linspace(0, 10, LENGTH), wave), atol=1e-3)
    assert sent.drawn == "x"

    empty = observe("neuron.threshold", ThresholdSettings(signal="drawn", h=0))
    assert not line(empty.pre_activation).any()
    assert (empty.pulses, empty.pre_activation.drawn) == (0, "a")

    beyond = SynapseSettings(signal="drawn", x=encode(3 * wave), w=2)
    assert observe("neuron.synapse", beyond).peak_sent == 1, address_of("neuron.synapse", beyond)
