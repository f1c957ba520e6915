"""An example record: what somebody did over twenty days, so that there is something to look at before one's own.

Its trainings are two of the playground's, which are computed when they are looked at.
"""

from collections.abc import Iterator
from functools import cache

from lessons import catalogue
from lessons.progress import Answered, Event, Hint, Opened, Progress, Solved
from lessons.quiz import questions

DAY = 86400.0
BEGIN = 1_775_001_600.0
"""1 April 2026, midnight UTC."""

SOLVED: tuple[tuple[str, float, int], ...] = (
    ("neuron.synapse", 0, 3),
    ("neuron.threshold", 1, 3),
    ("neuron.unit", 6, 3),
    ("convolution.features", 10, 3),
    ("language.next_word", 14, 2),
    ("convolution.lenet5", 18, 1),
    ("image_generation.diffusion", 20, 2),
)
"""Labs, the day on which they were used last, and how many exercises were solved there."""

HINTS = (("neuron.unit", 6), ("convolution.lenet5", 18))
"""Labs in which one hint was taken, and the day."""

ANSWERS: tuple[tuple[str, float, str], ...] = (
    ("neuron", 8, "rrrwr"),
    ("convolution", 12, "rrrw"),
    ("language", 16, "rwwwr"),
)
"""Sections, the day of the quiz, and which of its first questions were answered rightly (r) and wrongly (w)."""

TRAININGS = (
    "neuron.playground?noise=40&share=10&hidden=8,8&rate=0.1&seed=5&epochs=600",
    "neuron.playground?noise=40&share=10&hidden=8,8&rate=0.1&regularization=l2&regularization_rate=0.05&seed=5"
    "&epochs=600",
)
"""Two trainings of the same network on the same few noisy points, the second with small weights."""


def _events() -> Iterator[Event]:
    for lab, day, count in SOLVED:
        yield Opened(lab=lab, time=BEGIN + day * DAY)
        for exercise in catalogue.load(lab).exercises[:count]:
            yield Solved(
                lab=lab, exercise=exercise.name, time=BEGIN + day * DAY, address=exercise.solution[-1], shown=False
            )
    for lab, day in HINTS:
        yield Hint(lab=lab, exercise=catalogue.load(lab).exercises[0].name, n=1, time=BEGIN + day * DAY)
    for section, day, answers in ANSWERS:
        asked = [name for name, each in questions().items() if each.section == section]
        for number, (question, answer) in enumerate(zip(asked, answers, strict=False)):
            yield Answered(
                lab="summary.quiz",
                section=section,
                question=question,
                right=answer == "r",
                choice=answer,
                time=BEGIN + day * DAY + number,
            )


@cache
def example() -> Progress:
    """The record as the journals of that somebody would give it."""
    return Progress().after(_events())
