"""One observation of a course."""

from typing import Any

import numpy as np

from engine.network.playground.diagnosis import diagnose
from engine.network.playground.seeds import Rate
from engine.network.playground.training import Training
from lessons.neuron.experiments.playground import figures
from lessons.neuron.experiments.playground.course import Course
from lessons.neuron.experiments.playground.inside import finite, passed, scores
from lessons.neuron.labs.playground.observation import PlaygroundObservation, Wrong
from lessons.neuron.labs.playground.weights import encode

MOST = 1e6
"""What a loss is told as that has left all bounds."""


def observation(course: Course) -> PlaygroundObservation:
    """Everything there is to see of the present moment."""
    settings, training = course.settings, course.shown()
    moment, rate = training.moment(course.goal), course.rate()
    way, turns = passed(training, settings) if settings.view == "example" else (None, 0)
    counted = any(len(part.t) for part in (training.data.train, training.data.test))
    return PlaygroundObservation(
        epochs=moment.epochs,
        steps=moment.steps,
        train_loss=_loss(moment.train.loss if rate is None else float(np.median(rate.train_losses))),
        test_loss=_loss(moment.test.loss if rate is None else float(np.median(rate.test_losses))),
        train_accuracy=moment.train.accuracy,
        test_accuracy=moment.test.accuracy,
        samples_per_second=course.learner.descent.samples_per_second,
        units=sum(training.configuration.hidden),
        parameters=training.configuration.shape.size,
        exploded=moment.exploded,
        reached=moment.reached,
        wrong=_wrong(course, training),
        missing="" if counted or settings.data not in ("own", "file") else settings.data,
        turns=turns,
        weights=np.nan_to_num(training.parameters, nan=0.0, posinf=MOST, neginf=-MOST),
        network=figures.network(course, training),
        output=figures.plane(course, training),
        loss=figures.loss(course),
        scores=scores(moment),
        passed=way,
        pace=0.1,
        state=course.state() if settings.train else {},
        kept=_kept(course, training),
        **_of_seeds(course, rate),
    )


def _loss(value: float | None) -> float | None:
    return value if value is None else min(finite(value) or (0.0 if value == 0 else MOST), MOST)


def _wrong(course: Course, training: Training) -> tuple[Wrong, ...]:
    losses = [float(loss if np.ndim(loss) == 0 else loss[course.place]) for loss in course.train]
    found = diagnose(training, losses)
    return tuple(Wrong(each.kind, each.setting, each.values) for each in found)


def _kept(course: Course, training: Training) -> dict[str, str]:
    """Weights that hold this moment, where the settings alone don't lead to it."""
    descent = training.descent
    if course.settings.seeds > 1 or training.exploded:
        return {}
    if course.straight and descent.epochs == course.settings.epochs and not descent.position:
        return {}
    return {"weights": encode(training.parameters), "epochs": "0", "train": "false"}


def _of_seeds(course: Course, rate: Rate | None) -> dict[str, Any]:
    if rate is None:
        return {}
    return {
        "success_rate": rate.success_rate,
        "reached_rate": rate.reached_rate,
        "test_losses": tuple(_loss(value) or 0.0 for value in rate.test_losses.tolist()),
        "reached_after": tuple(rate.reached.tolist()),
        "course": np.nan_to_num(np.array(course.test), nan=MOST, posinf=MOST).astype(np.float32),
    }
