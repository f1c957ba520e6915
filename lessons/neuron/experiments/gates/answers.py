"""Examples, and what weights and threshold make of them, by one unit or by the 2-2-1 network."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.data.iris import iris
from engine.network.neuron import excess
from engine.network.separability import Separation, separate
from engine.network.two_layer import TwoLayer, Unit
from lessons.neuron.labs.gates import Gate, GatesSettings, Row

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GOALS = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}

Weights = tuple[float, float, float]
"""w₁, w₂ and h of the (output) unit."""


@dataclass(frozen=True, eq=False)
class Examples:
    """What is to be told apart."""

    x: np.ndarray
    """Shape (n, 2): integers for gates, centimetres for flowers."""

    goal: np.ndarray
    """Shape (n,), 0 or 1."""

    names: tuple[str, str]
    """What goal 0 and goal 1 are."""

    @property
    def is_gate(self) -> bool:
        """Whether the inputs are 0 and 1."""
        return len(self.goal) == 4


@dataclass(frozen=True, eq=False)
class Answers:
    """What weights and threshold make of all examples."""

    rows: list[Row]
    """One an example."""

    wrong: np.ndarray
    """Shape (n,), booleans."""


@lru_cache
def examples(gate: Gate) -> Examples:
    """Give the inputs and goals of a gate, or both species of flowers in turn."""
    if gate != "iris":
        return Examples(POINTS, np.array(GOALS[gate]), ("@neuron.gates.goal_0", "@neuron.gates.goal_1"))
    flowers = iris()
    in_turn = np.arange(len(flowers.t)).reshape(2, -1).T.ravel()
    return Examples(flowers.X[in_turn], flowers.t[in_turn].astype(int), flowers.names)


@lru_cache
def separation(gate: Gate) -> Separation:
    """Ask the linear program whether a line parts the goal."""
    found = examples(gate)
    return separate(found.x, found.goal)


def network(settings: GatesSettings, w: Weights) -> TwoLayer:
    """Set up the 2-2-1 network with these weights and this threshold in its output unit."""
    first = Unit(settings.w11, settings.w12, settings.h1)
    return TwoLayer(first, Unit(settings.w21, settings.w22, settings.h2), Unit(*w))


def received_inputs(settings: GatesSettings, x: np.ndarray) -> np.ndarray:
    """Give what the learning unit receives: the inputs, or the outputs of the hidden units; shape (…, 2)."""
    return network(settings, (0.0, 0.0, 0.0)).hidden(x) if settings.hidden else x


def answers(settings: GatesSettings, w: Weights) -> Answers:
    """Answer every example."""
    found = examples(settings.gate)
    above = excess(w[:2], received_inputs(settings, found.x), w[2])
    y = (above > 0).astype(int)
    pairs = zip(found.x.tolist(), above.tolist(), y.tolist(), strict=True)
    rows = [Row(x=(x1, x2), a_minus_h=each + 0.0, y=answer) for (x1, x2), each, answer in pairs]
    return Answers(rows, y != found.goal)
