"""`neuron.playground`: one moment of a network, or moment after moment while it learns.

Without `train` an observation shows the network after the epochs that are set, learned at full speed. With it each
observation shows the next step; settings that have changed in between are taken over, and shown without a step.
"""

from collections.abc import Generator, Iterator
from functools import lru_cache
from typing import Any

from lessons.neuron.experiments.playground.course import Course, learned
from lessons.neuron.experiments.playground.seen import observation
from lessons.neuron.labs.playground.observation import PlaygroundObservation
from lessons.neuron.labs.playground.settings import PlaygroundSettings


def observe(
    settings: PlaygroundSettings, start: dict[str, Any] | None = None
) -> PlaygroundObservation | Iterator[PlaygroundObservation]:
    """Show the network, or let it learn on from `start`, an earlier observation's `state`.

    Raises WeightsError, TableError, MeasureError or DrawingError.
    """
    if settings.train:
        return _learn(settings, start)
    course = _begun(settings)
    course.settings = settings
    return observation(course)


def _begun(settings: PlaygroundSettings) -> Course:
    """A course at its beginning; the last ones are remembered, since epochs learned at once take their time."""
    if settings.data == "file":
        return Course.begin(settings)
    return _remembered(learned(settings))


@lru_cache(maxsize=8)
def _remembered(settings: PlaygroundSettings) -> Course:
    return Course.begin(settings)


def _learn(
    settings: PlaygroundSettings, start: dict[str, Any] | None
) -> Generator[PlaygroundObservation, PlaygroundSettings | None, None]:
    if start is None:
        course = Course.of(_begun(settings).state())
        course.settings = settings
    else:
        course = Course.of(start)
        if not course.follow(settings):
            if course.ended:
                return
            course.step()
    while True:
        received = yield observation(course)
        if received is None or not received.train:
            return  # nobody looks on: the epochs that are set have been learned already
        if not course.follow(received):
            if course.ended:
                return
            course.step()
