"""A nerve cell as a leaky integrate-and-fire neuron: it charges, leaks, and fires at its threshold.

    τ dV/dt = −V + R I        spike and V ← 0 where V > V_th

Lapicque (1907); Gerstner and Kistler, Spiking Neuron Models (2002), section 4.1. The potential V is counted
from rest. Units: ms, mV, nA, MΩ (1 MΩ · 1 nA = 1 mV).
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.network.activations import step

Array = NDArray[np.float64]

Shape = Literal["steady", "pulses", "ramp", "noise"]

SHAPES: tuple[Shape, ...] = get_args(Shape)

DURATION = 300.0
"""Time that is simulated, in ms."""

DT = 0.1
"""Time step in ms."""

RESISTANCE = 10.0
"""Input resistance R in MΩ."""

REFRACTORY = 2.0
"""Time after a spike in which the cell does not charge, in ms."""

PULSE, PULSE_PERIOD = 8.0, 30.0
"""Length of a current pulse and time from one to the next, in ms."""

NOISE_TIME, NOISE_SHARE = 5.0, 0.5
"""Correlation time of the noise in ms, and its standard deviation as a share of the mean current."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What the cell did, and what a threshold unit would have done."""

    time: Array
    """Shape (n,), in ms."""

    current: Array
    """Shape (n,), in nA."""

    potential: Array
    """Membrane potential above rest, shape (n,), in mV. A spike's sample is above the threshold."""

    spikes: Array
    """Times of the spikes in ms, shape (spikes,)."""

    unit: Array
    """Output of a threshold unit with the same input: 1 where R·I > threshold, else 0; shape (n,)."""


def times() -> Array:
    """The moments of the simulation in ms, shape (3000,)."""
    return np.asarray(np.arange(round(DURATION / DT)) * DT, np.float64)


def input_current(shape: Shape, amplitude: float, seed: int = 0) -> Array:
    """Current in nA at `times()`, shape (3000,).

    `steady`: the amplitude all the time. `pulses`: for 8 ms every 30 ms, else 0. `ramp`: from 0 to the
    amplitude. `noise`: around the amplitude, an Ornstein–Uhlenbeck process, the same for the same seed.
    Raises ValueError for another shape.
    """
    t = times()
    match shape:
        case "steady":
            return np.full_like(t, amplitude)
        case "pulses":
            # Half a step earlier, so that the rounding of the times does not decide.
            return np.where((t + DT / 2) % PULSE_PERIOD < PULSE, amplitude, 0.0)
        case "ramp":
            return np.asarray(amplitude * t / t[-1])
        case "noise":
            return amplitude * (1 + NOISE_SHARE * _ornstein_uhlenbeck(len(t), seed))
    raise ValueError(f"{shape!r} is not one of {', '.join(SHAPES)}")


def simulate(current: ArrayLike, threshold: float, tau: float) -> Trace:
    """Let the cell run from rest; current in nA at steps of 0.1 ms, shape (n,), threshold in mV, tau in ms.

    Each step is exact for a current that is constant during it: V ← R I + (V − R I) e^(−dt/τ). The cell fires
    where V exceeds the threshold, as the unit does.
    """
    received = np.asarray(current, float)
    limits = (RESISTANCE * received).tolist()
    keep, rest = math.exp(-DT / tau), round(REFRACTORY / DT)
    potential = [0.0] * len(limits)
    fired: list[int] = []
    v, charges_from = 0.0, 0
    for k in range(1, len(limits)):
        if fired and fired[-1] == k - 1:
            v, charges_from = 0.0, k - 1 + rest
        if k > charges_from:
            limit = limits[k - 1]
            v = limit + (v - limit) * keep
        potential[k] = v
        if v > threshold:
            fired.append(k)
    time = np.asarray(np.arange(len(limits)) * DT, np.float64)
    unit = step(RESISTANCE * received - threshold)
    return Trace(time, received, np.array(potential), time[fired], unit)


def steady_rate(current: float, threshold: float, tau: float) -> float:
    """Spikes per second at a steady current in nA: 1 / (t_ref + τ ln(RI / (RI − V_th))).

    Threshold in mV, tau in ms; 0 where R·I does not exceed the threshold.
    """
    limit = RESISTANCE * current
    if limit <= threshold:
        return 0.0
    return 1000.0 / (REFRACTORY + tau * math.log(limit / (limit - threshold)))


def _ornstein_uhlenbeck(n: int, seed: int) -> Array:
    """Noise of mean 0, variance 1 and exponential correlation, exact at each step, shape (n,)."""
    white = np.random.default_rng(seed).standard_normal(n).tolist()
    keep = math.exp(-DT / NOISE_TIME)
    fresh = math.sqrt(1 - keep**2)
    values = [white[0]]
    for each in white[1:]:
        values.append(keep * values[-1] + fresh * each)
    return np.array(values)
