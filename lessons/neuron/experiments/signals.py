"""The signals of a lab over time: the engine's own, or the one that the learner has drawn."""

import numpy as np
from numpy.typing import NDArray

from engine.network import signals
from lessons.neuron.labs.synapse import DURATION, LENGTH, Signal
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.figures import Axis

Array = NDArray[np.float64]

TIME = Axis(name="t", low=0.0, high=DURATION, unit="s")


def at(t: Array, kind: Signal, seed: int, drawing: str, reach: float) -> Array:
    """Value of a signal at the times t in s, of the shape of t.

    A drawn signal runs straight from one drawn number to the next and is cut off at ±reach.
    """
    if kind != "drawn":
        return signals.signal(kind, t, seed)
    drawn = np.clip(decode(drawing, LENGTH), -reach, reach)
    return np.asarray(np.interp(t, np.linspace(0.0, DURATION, LENGTH), drawn))
