"""What an experiment sees: numbers, texts, arrays and figures of one moment, and nothing else."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from lessons.vocabulary.figures import Figure
from lessons.vocabulary.settings import Value

FIGURES = Figure.__args__

UNSHOWN = ("moved", "pace", "state", "kept", "onward", "backward", "settled", "anew", "measured")
"""Fields that are no part of what is seen."""


class News(msgspec.Struct, frozen=True, eq=False):
    """Something that must be said of a moment."""

    message: str
    """The key of a message after `@`, which takes the values."""

    values: dict[str, str] = {}

    @property
    def kind(self) -> str:
        """What it is about."""
        return self.message.rpartition(".")[2]


class Observation(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Base of every lab's observation; figures are recognised by their type."""

    moved: dict[str, float] = {}
    """Settings that the experiment itself has changed, weights that were learned say."""

    pace: float = 0.4
    """Seconds that this picture stands at least while steps run."""

    state: dict[str, Any] = {}
    """All that is needed to go on from here, as plain data; empty where nothing goes on."""

    kept: dict[str, str] = {}
    """Settings that an address needs besides to lead to this very moment, weights that were learned say."""

    onward: dict[str, Value] = {}
    """Settings that a step on leads to, in a lab whose settings walk; empty where it has come to its end."""

    backward: dict[str, Value] = {}
    """Settings that a step back leads to; empty at the beginning."""

    settled: dict[str, Value] = {}
    """Settings that hold what has come about so far, whatever else is changed (`Lab.settles`)."""

    anew: dict[str, Value] = {}
    """Settings with which all that has come about so far comes about again."""

    measured: dict[str, float] = {}
    """What was measured by the clock, and so differs each time."""


def figures(observation: Observation) -> dict[str, Figure]:
    """Name the figures of an observation in the order of its fields."""
    return {name: value for name, value in _items(observation) if isinstance(value, FIGURES)}


def numbers(observation: Observation) -> dict[str, Any]:
    """Name the numbers, texts and short lists that a command line prints: no figures, arrays or state."""
    return {
        name: value
        for name, value in _items(observation)
        if not isinstance(value, (*FIGURES, np.ndarray)) and name not in UNSHOWN and value is not None
    }


def arrays(observation: Observation) -> dict[str, np.ndarray]:
    """Name every number and array of an observation, those of its figures as `figure.part`."""
    found: dict[str, np.ndarray] = {}
    for name, value in _items(observation):
        if name not in UNSHOWN:
            found |= _arrays(name, value)
    return found


def _arrays(name: str, value: object) -> dict[str, np.ndarray]:
    if isinstance(value, np.ndarray):
        return {name: value}
    if isinstance(value, (bool, int, float)):
        return {name: np.asarray(value)}
    found: dict[str, np.ndarray] = {}
    if isinstance(value, msgspec.Struct):
        for part, inner in _items(value):
            found |= _arrays(f"{name}.{part}", inner)
        return found
    if isinstance(value, (tuple, list)) and value:
        if all(isinstance(each, (bool, int, float)) for each in value):
            return {name: np.asarray(value)}
        for index, inner in enumerate(value):
            found |= _arrays(f"{name}.{index}", inner)
        return found
    return {}


def _items(record: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    for field in record.__struct_fields__:
        yield field, getattr(record, field)
