"""What `neuron.playground` asks: units too few, features that do a layer's work, and the one that solves XOR."""

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from lessons.neuron.labs.playground.observation import PlaygroundObservation
from lessons.neuron.labs.playground.settings import LOOKS, MOST_UNITS, PlaygroundSettings, features, layers
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import plain

NAME = "neuron.playground"

GOAL = 0.1
"""Test loss that counts as solved."""

ENOUGH = 50
"""Epochs after which a network without hidden units has learned what it can."""


def _seen(moment: Moment) -> PlaygroundObservation:
    assert isinstance(moment.observation, PlaygroundObservation)
    return moment.observation


def _settings(moment: Moment) -> PlaygroundSettings:
    assert isinstance(moment.settings, PlaygroundSettings)
    return moment.settings


def _loss(moment: Moment) -> float:
    found = _seen(moment).test_loss
    return 1.0 if found is None else found


def _how_many(trail: Trail) -> str:
    """Count the networks that have reached the goal."""
    share = _seen(trail.now).success_rate or 0.0
    return "none" if share == 0 else "all" if share == 1 else "some"


def _reached(moment: Moment) -> str:
    losses = _seen(moment).test_losses
    return f"{sum(loss <= GOAL for loss in losses)} / {len(losses)}"


def _with_few_units(trail: Trail) -> tuple[Condition, ...]:
    settings, seen, loss = _settings(trail.now), _seen(trail.now), _loss(trail.now)
    spiral = settings.data == "spiral" and settings.seeds == 1 and settings.noise == 0
    few = seen.units <= MOST_UNITS
    met = loss <= GOAL
    return (
        Condition(f"@{NAME}.spiral.aim", spiral),
        Condition(
            f"@{NAME}.spiral.few", few, str(seen.units), "" if few else str(seen.units - MOST_UNITS), over=not few
        ),
        Condition(
            f"@{NAME}.spiral.loss",
            met,
            plain(loss, 3),
            "" if met else plain(loss - GOAL, 3),
            1.0 if met else max(0.0, min(1.0, (0.5 - loss) / (0.5 - GOAL))),
        ),
    )


def _both_learned(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    least = min(_seen(marked).epochs, _seen(now).epochs)
    met = least >= ENOUGH
    return (Condition(f"@{NAME}.product.learned", met, str(least), "" if met else str(ENOUGH - least)),)


def _chosen(moment: Moment) -> Moment:
    """Take a moment without what learning or looking has put into its settings."""
    default = PlaygroundSettings()
    outcome = {name: getattr(default, name) for name in (*LOOKS, "epochs", "weights")}
    return replace(moment, settings=structs.replace(_settings(moment), **outcome))


def _compare_choices(exercise: Exercise) -> Exercise:
    """Let a contrast compare what the learner has chosen, not how long it has learned since."""

    def check(trail: Trail) -> tuple[Condition, ...]:
        marked = None if trail.marked is None else _chosen(trail.marked)
        return exercise.check(replace(trail, now=_chosen(trail.now), marked=marked))

    return replace(exercise, check=check)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    return {
        "units": str(seen.units),
        "layers": str(len(layers(settings.hidden))),
        "inputs": str(len(features(settings))),
        "parameters": str(seen.parameters),
        "epochs": str(seen.epochs),
        "loss": plain(_loss(trail.now), 3),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "circle",
        starts=(
            f"{NAME}?hidden=2&seeds=24&view=seeds",
            f"{NAME}?data=gaussian&hidden=0&seeds=24&view=seeds",
            f"{NAME}?hidden=3&seeds=24&view=seeds",
        ),
        reveals=(
            f"{NAME}?hidden=2&seeds=24&epochs=300&view=seeds",
            f"{NAME}?data=gaussian&hidden=0&seeds=24&epochs=300&view=seeds",
            f"{NAME}?hidden=3&seeds=24&epochs=300&view=seeds",
        ),
        choices=("none", "some", "all"),
        answer=_how_many,
        shown=_reached,
        facts=_facts,
    ),
    Exercise(
        name="spiral",
        kind="reach",
        starts=(f"{NAME}?data=spiral",),
        check=_with_few_units,
        facts=_facts,
        solution=(f"{NAME}?data=spiral&sin_x1=true&sin_x2=true&hidden=6&epochs=500",),
    ),
    _compare_choices(
        contrast(
            "product",
            start=f"{NAME}?data=xor&hidden=0",
            only=("x1_x2",),
            outcome=lambda moment: _loss(moment) <= GOAL,
            shown=lambda moment: plain(_loss(moment), 3),
            choices=("longer", "sign", "bends"),
            reason="sign",
            solution=(f"{NAME}?data=xor&hidden=0&epochs=100", f"{NAME}?data=xor&x1_x2=true&hidden=0&epochs=100"),
            facts=_facts,
            also=_both_learned,
        )
    ),
)
