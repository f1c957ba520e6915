"""What `neuron.playground` sees: the network, what it says over the plane, and how well it has learned."""

from typing import Any

import numpy as np
from msgspec import Struct

from lessons.vocabulary.figures import Curves, Graph, Plane, Table
from lessons.vocabulary.observation import Observation


class Wrong(Struct, frozen=True, eq=False):
    """Something that goes wrong; the message `neuron.playground.wrong.<kind>` says it."""

    kind: str
    setting: str
    """The setting to change."""

    values: dict[str, Any]
    """What was seen, with the setting's present `value` and the `suggested` one."""


class PlaygroundObservation(Observation, frozen=True, kw_only=True):
    """One moment of a network that learns."""

    epochs: int
    """How often all examples have been learned."""

    steps: int
    """How many batches have been learned."""

    train_loss: float | None = None
    """Mean of ½ (y − t)² over the points learned from; None without points."""

    test_loss: float | None = None
    """The same over the other points; with several seeds their median."""

    train_accuracy: float | None = None
    """Share of the points whose class is answered; None for regression."""

    test_accuracy: float | None = None

    samples_per_second: float = 0.0
    """Examples learned, by all networks together, over the time spent in learning steps."""

    success_rate: float | None = None
    """Share of the networks at the goal now (0.1 where none is set), with several seeds."""

    reached_rate: float | None = None
    """Share of the networks that have been at the goal."""

    test_losses: tuple[float, ...] = ()
    """Of each seed, where there are several."""

    reached_after: tuple[int, ...] = ()
    """Epochs after which each seed was first seen at the goal, −1 where it was not."""

    units: int
    """Hidden units."""

    parameters: int
    """Weights and biases."""

    exploded: bool = False
    """Whether a weight or loss has left all bounds."""

    reached: bool = False
    """Whether the goal is reached."""

    wrong: tuple[Wrong, ...] = ()
    """What goes wrong, the most important first."""

    missing: str = ""
    """What must be given before there are points: own or file; empty where there are some."""

    turns: int = 0
    """Steps of an example's way, where it is followed."""

    weights: np.ndarray
    """Weights and biases now, layer by layer, each unit's bias last; shape (parameters,)."""

    network: Graph
    """Features, hidden units as heat maps, the output; links are weights, or their gradients."""

    output: Plane
    """What the network, or the looked-at unit, says over the plane."""

    loss: Curves
    """Train and test loss over the epochs."""

    scores: Table | None = None
    """Points by their class and by what the network says."""

    passed: Table | None = None
    """One example's way through the network and back."""

    course: np.ndarray | None = None
    """Test loss of each seed over the epochs, shape (moments, seeds)."""
