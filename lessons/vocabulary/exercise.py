"""Exercises: goals that are checked on what the learner does, condition by condition.

Three kinds. `predict`: say what will happen, then see it. `reach`: bring the lab to a state. `contrast`: find
two states that differ in one thing only and in their outcome, and say why. Their texts are the messages
`<lab>.<exercise>.goal`, `.hint1` to `.hint3`, `.choice.<choice>` and `.why`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, Value, fields


@dataclass(frozen=True, eq=False)
class Moment:
    """What was set and what came of it."""

    settings: Settings
    observation: Observation


@dataclass(frozen=True, eq=False)
class Trail:
    """All that an exercise looks at."""

    now: Moment
    marked: Moment | None = None
    """The moment kept with the mark key, for comparison."""

    answer: str = ""
    """The choice that the learner has taken."""

    kept: Mapping[str, Moment] = field(default_factory=dict)
    """Moments of this attempt that the exercise remembers, by what it remembers them for."""


@dataclass(frozen=True)
class Condition:
    """One part of a goal and how far the learner is from it."""

    text: str
    """What must hold, as it stands or as a message key after `@`."""

    met: bool
    now: str = ""
    """The present value, written."""

    to_go: str = ""
    """What is missing, written; empty when met or when it is no number."""

    reached: float | None = None
    """Share of the way, 0…1, where the goal is a number."""

    over: bool = False
    """Whether the value lies beyond the goal, so that `to_go` is what is too much."""


Check = Callable[[Trail], tuple[Condition, ...]]
Facts = Callable[[Trail], Mapping[str, str]]


def _no_facts(trail: Trail) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A goal, its check, and its own solution."""

    name: str
    kind: Literal["predict", "reach", "contrast"]
    starts: tuple[str, ...]
    """Lab addresses it starts from; further ones are taken when a prediction was wrong."""

    check: Check
    reveals: tuple[str, ...] = ()
    """For predictions: the address, one a start, that shows what really happens."""

    choices: tuple[str, ...] = ()
    """Answers to choose from, in the order shown."""

    answer: Callable[[Trail], str] | None = None
    """Computes the right choice."""

    facts: Facts = _no_facts
    """Live numbers for the placeholders of the hints."""

    solution: tuple[str, ...] = ()
    """Addresses that solve it: the last is the present moment, one before it is marked."""

    remembers: Callable[[Moment], str] = lambda moment: ""
    """What a moment is kept for until the exercise is solved; empty for one that is not kept."""

    asked: Callable[[Settings], Mapping[str, str]] = lambda settings: {}
    """Values for the placeholders of its goal, from the start that it is asked from."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Fixed values for the placeholders of its texts."""

    def named(self, settings: Settings) -> dict[str, str]:
        """All values for the placeholders of its texts where it is asked from these settings, but the live ones."""
        return {**self.names, **self.asked(settings)}


def predict(
    name: str,
    *,
    starts: tuple[str, ...],
    reveals: tuple[str, ...],
    choices: tuple[str, ...],
    answer: Callable[[Trail], str],
    shown: Callable[[Moment], str],
    facts: Facts = _no_facts,
    asked: Callable[[Settings], Mapping[str, str]] = lambda settings: {},
    named: str = "",
) -> Exercise:
    """Make an exercise of saying beforehand what will happen; the model itself computes the right answer.

    `asked` names in the goal what tells its starts apart, where the screen does not show that by itself. `named` is
    the message that says what the outcome is, where what is `shown` of the two moments does not say it by itself.
    """

    def check(trail: Trail) -> tuple[Condition, ...]:
        right = bool(trail.answer) and trail.answer == answer(trail)
        outcome = _became(named, shown(trail.marked), shown(trail.now)) if trail.marked else ""
        return (Condition("@exercise.prediction", right, outcome),)

    return Exercise(
        name=name,
        kind="predict",
        starts=starts,
        reveals=reveals,
        choices=choices,
        answer=answer,
        check=check,
        facts=facts,
        asked=asked,
        solution=(reveals[0],),
    )


def contrast(
    name: str,
    *,
    start: str,
    only: tuple[str, ...],
    outcome: Callable[[Moment], Any],
    shown: Callable[[Moment], str],
    choices: tuple[str, ...],
    reason: str,
    solution: tuple[str, str],
    facts: Facts = _no_facts,
    also: Callable[[Moment, Moment], tuple[Condition, ...]] = lambda marked, now: (),
    named: str = "",
) -> Exercise:
    """Make an exercise of finding two moments that differ in one setting of `only` and in their outcome, and why.

    `named` says what the outcome is, as for `predict`.
    """

    def check(trail: Trail) -> tuple[Condition, ...]:
        if trail.marked is None:
            return (
                Condition("@exercise.marked", False),
                Condition("@exercise.one_change", False),
                Condition("@exercise.reason", False),
            )
        marked, now = trail.marked, trail.now
        changed = different(marked.settings, now.settings)
        one = len(changed) == 1 and set(changed) <= set(only)
        other = outcome(marked) != outcome(now)
        further = also(marked, now)
        found = one and other and all(condition.met for condition in further)
        labels = {setting.name: setting.label for setting in fields(type(now.settings))}
        return (
            Condition("@exercise.one_change", one, now=" · ".join(labels[name] for name in changed)),
            Condition("@exercise.other_outcome", other, now=_became(named, shown(marked), shown(now))),
            *further,
            Condition("@exercise.reason", found and trail.answer == reason),
        )

    return Exercise(
        name=name,
        kind="contrast",
        starts=(start,),
        check=check,
        choices=choices,
        answer=lambda trail: reason,
        facts=facts,
        solution=solution,
    )


def _became(named: str, before: str, now: str) -> str:
    """Write what a value was and has become, after what it is."""
    return " ".join(filter(None, (named, before, "→", now)))


def different(one: Settings, other: Settings) -> dict[str, tuple[Value, Value]]:
    """Name the settings in which two moments differ, with both values."""
    return {
        setting.name: (getattr(one, setting.name), getattr(other, setting.name))
        for setting in fields(type(one))
        if getattr(one, setting.name) != getattr(other, setting.name)
    }


def solved(conditions: tuple[Condition, ...]) -> bool:
    """Tell whether every condition holds."""
    return bool(conditions) and all(condition.met for condition in conditions)
