"""A unit, or a 2-2-1 network, on the four points of a gate or on flowers, and the perceptron rule at work.

An observation answers what is set. While the unit learns, the next one shows the next example; but where the
learner has changed something in between, it shows the present example again, as it now is.
"""

from collections.abc import Generator, Iterator
from typing import Any

import msgspec
import numpy as np

from lessons.neuron.experiments.gates import figures, rule
from lessons.neuron.experiments.gates.answers import (
    Weights,
    answers,
    examples,
    network,
    received_inputs,
    separation,
)
from lessons.neuron.experiments.gates.learning import (
    Progress,
    begin,
    following,
    learned_from,
    moved,
    standing,
)
from lessons.neuron.labs.gates import GatesObservation, GatesSettings


def observe(
    settings: GatesSettings, start: dict[str, Any] | None = None
) -> GatesObservation | Iterator[GatesObservation]:
    """Answer once, or learn example by example; `start` is an earlier observation's `state` to go on from.

    With hidden units the rule teaches the output unit alone: it knows no goal for the others.
    """
    if settings.learn:
        return _learn(settings, start)
    return _observation(settings, (settings.w1, settings.w2, settings.h))


def _learn(
    settings: GatesSettings, start: dict[str, Any] | None
) -> Generator[GatesObservation, GatesSettings | None, None]:
    progress: Progress | None
    progress = begin(settings) if start is None else following(msgspec.convert(start, Progress), settings)
    while progress is not None:
        received = yield _observation(progress.settings, progress.w, progress)
        progress = following(progress, received)


def _observation(settings: GatesSettings, w: Weights, progress: Progress | None = None) -> GatesObservation:
    found, answered, hidden = examples(settings.gate), answers(settings, w), settings.hidden
    wrong = answered.wrong
    # Weights that answer all examples rightly are a separating line themselves: nothing need look for one.
    separable = (not hidden and not wrong.any()) or separation(settings.gate).separable
    certificate = None if separable else separation(settings.gate)
    present = progress.at if progress and progress.at >= 0 else None
    if hidden and present is None:
        # The tiles need an example to tell of: one that is answered wrongly is worth a look.
        present = int(np.argmax(wrong)) if wrong.any() else len(found.goal) - 1
    y_hidden = received_inputs(settings, found.x) if hidden else None
    view = figures.View(settings, found, answered.rows, wrong, w, present, y_hidden)
    return GatesObservation(
        rows=answered.rows,
        correct=int((~wrong).sum()),
        total=len(found.goal),
        w1=w[0],
        w2=w[1],
        h=w[2],
        separable=separable,
        table=figures.table(view),
        plane=figures.plane(view, network(settings, w), None if hidden else certificate),
        proof=figures.proof(found, certificate) if certificate and not hidden else None,
        network=figures.graph(view) if hidden else None,
        **(_learned(progress, view) if progress else {}),
    )


def _learned(progress: Progress, view: figures.View) -> dict[str, Any]:
    """Tell what an observation says of learning besides."""
    where = standing(progress)
    shown = len(progress.errors) * len(view.rows) + progress.at + 1
    told: dict[str, Any] = {
        "examples": shown,
        "epochs": len(where.errors) - (0 if where.complete else 1),
        "converged": where.converged,
        "cycle": where.cycle,
        "errors": rule.errors(where.errors, where.complete),
        "moved": moved(progress.w),
        "pace": 0.4 if len(view.rows) <= 4 else 0.1,
        "state": msgspec.to_builtins(progress),
    }
    if progress.at >= 0:
        x = received_inputs(view.settings, view.examples.x)[progress.at]
        told["example"] = rule.example(view, x, shown)
        told["update"] = rule.update(view, x, learned_from(progress))
    return told
