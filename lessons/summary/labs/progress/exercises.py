"""The exercises: what fades first, when to look again, and which point of a curve counts.

They are set on the example record, so that they ask the same of everybody, whatever one's own record holds.
"""

from collections.abc import Mapping

from lessons.summary.labs.progress.observation import LabStanding, ProgressObservation
from lessons.summary.labs.progress.settings import NAME, ProgressSettings
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import UNKNOWN, plain

MOST_FALLEN = 5
"""Labs that may have fallen below a half in the exercise `review`."""


def _seen(moment: Moment) -> ProgressObservation:
    assert isinstance(moment.observation, ProgressObservation)
    return moment.observation


def _set(moment: Moment) -> ProgressSettings:
    assert isinstance(moment.settings, ProgressSettings)
    return moment.settings


def _practised(moment: Moment) -> list[LabStanding]:
    section = _set(moment).section
    labs = _seen(moment).standing
    return [each for each in labs if each.recall is not None and section in ("all", each.lab.partition(".")[0])]


def _first(moment: Moment) -> str:
    following = _seen(moment).following
    return f"@{following[0].lab}.title" if following else ""


def _fades(trail: Trail) -> str:
    """Tell what the lab that the rule names is among those practised: the oldest, the newest, or the weakest."""
    labs = _practised(trail.now)
    named = _seen(trail.now).following[0].lab
    oldest = max(labs, key=lambda each: each.since or 0.0)
    weakest = min(labs, key=lambda each: each.half_life or 0.0)
    return "oldest" if named == oldest.lab else "weakest" if named == weakest.lab else "newest"


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _set(trail.now)
    labs = _practised(trail.now)
    halves = [each.half_life or 0.0 for each in labs]
    looked = seen.results[seen.row - 1] if seen.row else None
    return {
        "days": str(settings.days),
        "fallen": str(seen.fallen),
        "practised": str(len(labs)),
        "longest": plain(max(halves, default=0.0), 0),
        "shortest": plain(min(halves, default=0.0), 0),
        "oldest": plain(max((each.since or 0.0 for each in labs), default=0.0), 0),
        "trainings": str(len([each for each in seen.results if each.rank])),
        "best": _written(looked.best) if looked else UNKNOWN,
        "last": _written(looked.last) if looked else UNKNOWN,
    }


def _written(value: float | None) -> str:
    return UNKNOWN if value is None else plain(value, 3)


def _review(trail: Trail) -> tuple[Condition, ...]:
    seen, settings = _seen(trail.now), _set(trail.now)
    whose = settings.record == "example" and settings.section == "all"
    few = seen.fallen <= MOST_FALLEN
    late = seen.fallen_next > MOST_FALLEN
    return (
        Condition(
            f"@{NAME}.review.whose", whose, f"@{NAME}.record.{settings.record} · @{NAME}.section.{settings.section}"
        ),
        Condition(
            f"@{NAME}.review.few",
            few,
            str(seen.fallen),
            "" if few else str(seen.fallen - MOST_FALLEN),
            over=not few,
        ),
        Condition(f"@{NAME}.review.late", late, str(seen.fallen_next)),
    )


def _best_of_example(moment: Moment) -> str:
    """The training that stands first in the example."""
    seen = _seen(moment)
    return seen.results[0].name if seen.results else ""


def _of_example(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    return (
        Condition(
            f"@{NAME}.counts.whose",
            _set(marked).record == _set(now).record == "example",
            f"@{NAME}.record.{_set(now).record}",
        ),
    )


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "fades",
        starts=(
            f"{NAME}?record=example&days=20",
            f"{NAME}?record=example",
        ),
        reveals=(
            f"{NAME}?record=example&view=recall&rule=fading&days=20",
            f"{NAME}?record=example&view=recall&rule=fading",
        ),
        choices=("oldest", "weakest", "newest"),
        answer=_fades,
        shown=_first,
        named=f"@{NAME}.fades.outcome",
        facts=_facts,
    ),
    Exercise(
        name="review",
        kind="reach",
        starts=(f"{NAME}?record=example&view=recall&rule=fading",),
        check=_review,
        facts=_facts,
        solution=(f"{NAME}?record=example&view=recall&rule=fading&days=6",),
    ),
    contrast(
        "counts",
        start=f"{NAME}?record=example&view=results&section=neuron",
        only=("measure",),
        outcome=_best_of_example,
        shown=_best_of_example,
        choices=("overfitted", "chance", "other_data"),
        reason="overfitted",
        solution=(
            f"{NAME}?record=example&view=results&section=neuron",
            f"{NAME}?record=example&view=results&section=neuron&measure=last",
        ),
        facts=_facts,
        also=_of_example,
    ),
)
