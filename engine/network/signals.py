"""Signals over time, as they arrive at a synapse, and what the synapse makes of them."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

Kind = Literal["sine", "pulses", "steps", "noise"]

KINDS: tuple[Kind, ...] = get_args(Kind)

DURATION = 10.0
"""Length of a signal in s."""

SAMPLES = 400
"""Moments at which it is drawn, both ends included."""

STEPS = (0.3, 0.8, -0.4, 1.0, -0.8)
"""Levels of the steps, an equal time each."""

SMOOTHING = 0.2
"""Standard deviation in s of the Gaussian that smooths the noise."""


def times() -> Array:
    """The moments at which signals are drawn, in s, shape (400,)."""
    return np.linspace(0.0, DURATION, SAMPLES)


def signal(kind: Kind, t: ArrayLike | None = None, seed: int = 0) -> Array:
    """Value in −1…1 of a signal at the times t in s (default: `times()`), of the shape of t.

    `sine`: three waves, of which the first is at its top at 2.5 s. `pulses`: from 0 to 1 for half a second,
    every two seconds. `steps`: five levels. `noise`: smooth and random, the same for the same seed. Raises
    ValueError for another kind.
    """
    t = times() if t is None else np.asarray(t, float)
    match kind:
        case "sine":
            return np.cos(2 * np.pi * 3 * (t - 2.5) / DURATION)
        case "pulses":
            return np.where(np.abs(t % 2.0 - 0.5) <= 0.25, 1.0, 0.0)
        case "steps":
            which = np.floor(t / DURATION * len(STEPS)).astype(int)
            return np.asarray(np.array(STEPS)[np.clip(which, 0, len(STEPS) - 1)])
        case "noise":
            return np.asarray(np.interp(t, times(), _noise(seed)))
    raise ValueError(f"{kind!r} is not one of {', '.join(KINDS)}")


def synapse(x: ArrayLike, w: float) -> Array:
    """What the unit receives of a signal x through a synapse of weight w: w·x, of the shape of x."""
    return w * np.asarray(x, float)


def _noise(seed: int) -> Array:
    """White noise, smoothed and scaled to the range −1…1, shape (400,)."""
    spacing = DURATION / (SAMPLES - 1)
    reach = round(4 * SMOOTHING / spacing)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * spacing / SMOOTHING) ** 2)
    white = np.random.default_rng(seed).standard_normal(SAMPLES + 2 * reach)
    smooth = np.convolve(white, kernel, mode="valid")
    return np.asarray(smooth / np.max(np.abs(smooth)))
