"""A network, or many of them, on the way: how far it is, how the loss went, and what is changed meanwhile."""

import time
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from engine.network.playground.score import losses
from engine.network.playground.seeds import Rate, Seeds
from engine.network.playground.state import State
from engine.network.playground.training import Moment, Training, WeightsError
from engine.process import haste
from lessons.neuron.experiments.playground.sources import configuration, data, described
from lessons.neuron.labs.playground.settings import LOOKS, PlaygroundSettings
from lessons.neuron.labs.playground.weights import decode

Array = NDArray[np.float64]

MOMENT = 0.14
"""Seconds of learning between two observations while it runs, unless the learner does something meanwhile."""

SHORT = 0.002
"""Seconds after which it is looked whether the learner has."""

MOST_MOMENTS = 240
"""Moments of the loss curves; beyond, every second one is left out."""

PARTS = 120
"""Moments of the curve of epochs that are learned at once."""

GOAL = 0.1
"""Test loss that counts as success where no goal is set."""


def read(weights: str) -> Array:
    """Read weights and biases. Raises WeightsError."""
    try:
        return decode(weights)
    except ValueError:
        raise WeightsError("unreadable") from None


def learned(settings: PlaygroundSettings) -> PlaygroundSettings:
    """The settings without those that only look."""
    default = PlaygroundSettings()
    return structs.replace(settings, **{name: getattr(default, name) for name in LOOKS})


@dataclass
class Course:
    """Learning that can be stopped, changed and gone on with at any moment."""

    settings: PlaygroundSettings
    """As last received."""

    learner: Training | Seeds
    """One network, or a stack of them."""

    epochs: list[int] = field(default_factory=list)
    """Epochs of the moments of the curves."""

    train: list[Any] = field(default_factory=list)
    """Train loss at each moment; of a stack an array."""

    test: list[Any] = field(default_factory=list)

    straight: bool = True
    """Whether nothing has been changed since it began, so that the settings alone lead here."""

    overwritten: dict[str, Array] = field(default_factory=dict)
    """Parameters that weights set by hand took the place of, by the setting as it was before."""

    pace: float = 1e-4
    """Seconds that a batch takes."""

    @classmethod
    def begin(cls, settings: PlaygroundSettings) -> "Course":
        """Begin with the seed's weights or given ones, and learn the epochs that are set. Raises WeightsError."""
        found, points = configuration(settings), data(settings)
        if settings.seeds > 1:
            seeds = range(settings.seed, settings.seed + settings.seeds)
            course = cls(settings, Seeds(found, points, seeds, settings.goal or GOAL))
        else:
            training = Training(found, points)
            if settings.weights:
                training.load(read(settings.weights))
            course = cls(settings, training)
        course.note()
        for part in range(PARTS):
            until = settings.epochs * (part + 1) // PARTS
            if until > course.learner.descent.epochs and not course.ended:
                course.advance(until - course.learner.descent.epochs)
        return course

    @property
    def goal(self) -> float | None:
        """Test loss at which one network stops."""
        return self.settings.goal or None

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to learn: the goal is reached, all has exploded, or there are no points."""
        if not self.learner.descent.count:
            return True
        if isinstance(self.learner, Seeds):
            return not bool(np.isfinite(self.learner.parameters).any())
        if self.learner.exploded:
            return True
        return (
            self.goal is not None and float(losses(self.learner.descent.network, self.learner.data.test)) <= self.goal
        )

    def moment(self) -> Moment:
        """How the one network does; of a stack the network that is looked at."""
        return self.shown().moment(self.goal)

    def shown(self) -> Training:
        """The network that is looked at: the one there is, or the chosen one of a stack."""
        if isinstance(self.learner, Training):
            return self.learner
        state = self.learner.state()
        one = one_of(state, self.place)
        return Training(self.learner.configuration, self.learner.data, one)

    @property
    def place(self) -> int:
        """Place of the network that is looked at in a stack."""
        return min(self.settings.shown, self.settings.seeds - 1)

    def rate(self) -> Rate | None:
        """How a stack does."""
        return self.learner.rate() if isinstance(self.learner, Seeds) and self.learner.descent.count else None

    # Learning

    def advance(self, epochs: int) -> None:
        """Learn so many epochs and note the losses."""
        if isinstance(self.learner, Seeds):
            self.learner.advance(epochs, min(epochs, 10))
        else:
            self.learner.advance(epochs, self.goal)
        self.note()

    def step(self) -> None:
        """Learn what the settings call a step."""
        if self.settings.step == "batch":
            self.learner.descent.step()
            self.note()
        elif self.settings.step == "epoch":
            self.advance(1)
        else:
            self._learn_for(MOMENT)

    def _learn_for(self, seconds: float) -> None:
        """Learn about so long, and look at the end of every epoch whether the goal is reached."""
        descent, end = self.learner.descent, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and descent.count and not haste.wanted():
            border = descent.steps_to(1)
            count = max(1, min(border, int(min(left, SHORT) / self.pace)))
            before = time.perf_counter()
            descent.step(count)
            self.pace = 0.8 * self.pace + 0.2 * (time.perf_counter() - before) / count
            if isinstance(self.learner, Training) and count == border and self.goal is not None and self.ended:
                break
        self.note()

    def note(self) -> None:
        """Put the present losses into the curves."""
        descent = self.learner.descent
        if self.epochs and descent.epochs <= self.epochs[-1]:
            del self.epochs[-1], self.train[-1], self.test[-1]
        points = self.learner.data
        self.epochs.append(descent.epochs)
        for curve, part in ((self.train, points.train), (self.test, points.test)):
            loss = losses(descent.network, part)
            curve.append(loss.copy() if loss.ndim else float(loss))
        if len(self.epochs) > MOST_MOMENTS:
            for curve in (self.epochs, self.train, self.test):
                curve[1:-1] = curve[1:-1:2]

    # Changes

    def follow(self, received: PlaygroundSettings) -> bool:
        """Take over settings that have changed; tells whether any has that is more than the length of a step."""
        before, self.settings = self.settings, received
        if structs.replace(received, step=before.step) == before:
            return False
        if learned(received) != learned(before):
            self._change(before, received)
        return True

    def _change(self, before: PlaygroundSettings, now: PlaygroundSettings) -> None:
        if (now.seed, now.seeds, now.epochs) != (before.seed, before.seeds, before.epochs):
            self._replace(Course.begin(now))
            return
        self.straight = False
        found, points = configuration(now), data(now)
        if isinstance(self.learner, Seeds):
            if found.shape != self.learner.configuration.shape:
                self._replace(Course.begin(now))
                return
            seeds = range(now.seed, now.seed + now.seeds)
            self.learner = Seeds(found, points, seeds, now.goal or GOAL, self.learner.state())
        elif found != self.learner.configuration or described(now) != described(before):
            self.learner = self.learner.changed(found, points)
        if now.weights != before.weights and isinstance(self.learner, Training):
            self._load(before.weights, now.weights)
        self.note()

    def _load(self, before: str, now: str) -> None:
        """Take weights set by hand; taking that back brings back what they took the place of."""
        assert isinstance(self.learner, Training)
        kept = self.overwritten.get(now)
        self.overwritten[before] = self.learner.parameters.copy()
        if kept is not None and kept.shape == self.learner.parameters.shape:
            self.learner.load(kept)
        elif now:
            self.learner.load(read(now))

    def _replace(self, other: "Course") -> None:
        for name in ("learner", "epochs", "train", "test", "straight", "overwritten"):
            setattr(self, name, getattr(other, name))

    # To be kept

    def state(self) -> dict[str, Any]:
        """All that is needed to go on from here, as plain data."""
        return {
            "settings": msgspec.to_builtins(self.settings),
            "numbers": self.learner.state().plain(),
            "epochs": np.array(self.epochs),
            "train": np.array(self.train, np.float32),
            "test": np.array(self.test, np.float32),
            "straight": self.straight,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Course":
        """Go on from a kept state."""
        settings = msgspec.convert(kept["settings"], PlaygroundSettings)
        state = State.of(kept["numbers"])
        found, points = configuration(settings), data(settings)
        learner: Training | Seeds
        if settings.seeds > 1:
            seeds = range(settings.seed, settings.seed + settings.seeds)
            learner = Seeds(found, points, seeds, settings.goal or GOAL, state)
        else:
            learner = Training(found, points, state)
        train, test = (kept[name].tolist() if settings.seeds == 1 else list(kept[name]) for name in ("train", "test"))
        return cls(settings, learner, kept["epochs"].tolist(), train, test, straight=kept["straight"])


def one_of(state: State, place: int) -> State:
    """The state of one network of a stack."""
    reached = np.zeros(0, np.int64)
    return replace(state, parameters=state.parameters[place], memory=state.memory[:, place], reached=reached)
