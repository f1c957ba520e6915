"""Learning by the perceptron rule that can be stopped, changed by hand and gone on with after any example."""

from dataclasses import dataclass

import msgspec
import numpy as np
from msgspec import structs

from engine.network.perceptron import DECIMALS, updates
from lessons.neuron.experiments.gates.answers import Weights, answers, examples, received_inputs
from lessons.neuron.labs.gates import GatesSettings
from lessons.vocabulary.settings import fields

LAST_EPOCH = 100
"""Learning that has not ended by then is given up."""

NEAR = 0.006
"""Sliders round what the rule has learned; the smallest step by hand, 0.01, is larger."""


class Progress(msgspec.Struct):
    """All that is needed to go on with learning from the present example."""

    settings: GatesSettings
    """As last received."""

    w: Weights
    """w₁, w₂ and h that the present example meets."""

    at: int = -1
    """Place of the present example in the epoch; −1 before the first."""

    wrong: int = 0
    """Errors in the running epoch before the present example."""

    errors: list[int] = []
    """Errors of each epoch that has passed."""

    starts: list[Weights] = []
    """Weights and threshold at the start of every epoch since something was last changed by hand."""

    touched: bool = False
    """Whether a weight was changed by hand after the first example of the running epoch."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Where learning stands after the present example."""

    errors: tuple[int, ...] = ()
    """Errors of each epoch, the running one included."""

    complete: bool = True
    """Whether the last epoch in `errors` has passed."""

    converged: bool | None = None
    """True or False once it is decided."""

    cycle: int | None = None
    """Epochs after which weights and threshold come back."""


def begin(settings: GatesSettings) -> Progress:
    """Draw weights and threshold between −1 and 1 by the seed."""
    w1, w2, h = np.round(np.random.default_rng(settings.seed).uniform(-1, 1, 3), 2).tolist()
    return Progress(settings, (w1, w2, h), starts=[(w1, w2, h)])


def following(progress: Progress, received: GatesSettings | None) -> Progress | None:
    """Go to the next example, or, where something has been changed, look again; None at the end."""
    ended = standing(progress).converged is not None
    if received is not None:
        if not received.learn:
            return None
        if received.seed != progress.settings.seed:
            return begin(received)
        w = _by_hand(progress, received)
        if _goal(received) != _goal(progress.settings):
            return Progress(received, w, starts=[w])
        if w != progress.w or received.rate != progress.settings.rate:
            if ended:
                return Progress(received, w, starts=[w])
            return structs.replace(
                progress,
                settings=received,
                w=w,
                starts=[w] if progress.at <= 0 else [],
                touched=progress.touched or (w != progress.w and progress.at > 0),
            )
        progress = structs.replace(progress, settings=received)
    return None if ended else _advanced(progress)


def _goal(settings: GatesSettings) -> tuple[object, ...]:
    """Tell what must be equal for learning to be the same task."""
    units = (settings.w11, settings.w12, settings.h1, settings.w21, settings.w22, settings.h2)
    return (settings.gate, settings.hidden, units if settings.hidden else ())


def moved(w: Weights) -> dict[str, float]:
    """Name the learned weights as settings; beyond a slider's end they stand at its end."""
    limits = {setting.name: (setting.low, setting.high) for setting in fields(GatesSettings)}
    named = zip(("w1", "w2", "h"), w, strict=True)
    return {name: min(max(value, limits[name][0]), limits[name][1]) for name, value in named}


def _by_hand(progress: Progress, received: GatesSettings) -> Weights:
    """Take from the settings the weights that the learner has moved.

    Others are echoes: either of what the rule has learned, where that is set as it goes, or of what was set
    before.
    """
    given, before = _set(received), _set(progress.settings)
    if given == before:
        return progress.w
    shown = tuple(moved(progress.w).values())
    echoes = [abs(one - other) < NEAR for one, other in zip(given, shown, strict=True)]
    if not any(echoes):
        echoes = [one == other for one, other in zip(given, before, strict=True)]
    w1, w2, h = (known if echo else new for known, echo, new in zip(progress.w, echoes, given, strict=True))
    return (w1, w2, h)


def _set(settings: GatesSettings) -> Weights:
    return (settings.w1, settings.w2, settings.h)


def learned_from(progress: Progress) -> Weights:
    """Let the rule learn from the present example."""
    found, settings = examples(progress.settings.gate), progress.settings
    x = received_inputs(settings, found.x)[progress.at]
    one = next(updates([x], [found.goal[progress.at]], settings.rate, progress.w[:2], progress.w[2]))
    w1, w2, h = np.round([*one.weights, one.threshold], DECIMALS).tolist()
    return (w1, w2, h)


def _advanced(progress: Progress) -> Progress:
    if progress.at < 0:
        return structs.replace(progress, at=0)
    w, running = learned_from(progress), progress.wrong + _is_wrong(progress)
    if progress.at + 1 < len(examples(progress.settings.gate).goal):
        return structs.replace(progress, w=w, at=progress.at + 1, wrong=running)
    return Progress(progress.settings, w, 0, 0, [*progress.errors, running], [*progress.starts, w])


def _is_wrong(progress: Progress) -> bool:
    return bool(answers(progress.settings, progress.w).wrong[progress.at])


def standing(progress: Progress) -> Standing:
    """Count the errors, and decide at the end of an epoch whether learning is over."""
    if progress.at < 0:
        return Standing()
    running = progress.wrong + _is_wrong(progress)
    errors = (*progress.errors, running)
    if progress.at + 1 < len(examples(progress.settings.gate).goal):
        return Standing(errors, complete=False)
    if not running and not progress.touched:
        return Standing(errors, converged=True)
    again = learned_from(progress)
    if again in progress.starts:
        return Standing(errors, converged=False, cycle=len(progress.starts) - progress.starts.index(again))
    return Standing(errors, converged=False if len(errors) >= LAST_EPOCH else None)
