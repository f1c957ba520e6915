"""The exercises of `image_generation.diffusion`."""

from collections.abc import Mapping

from lessons.image_generation.labs.diffusion.observation import DiffusionObservation
from lessons.image_generation.labs.diffusion.settings import NAME, DiffusionSettings
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import plain

FEW, SURE = 10, 0.9
"""Steps that are few, and the judge's probability that makes a digit readable."""


def _seen(moment: Moment) -> DiffusionObservation:
    assert isinstance(moment.observation, DiffusionObservation)
    return moment.observation


def _set(moment: Moment) -> DiffusionSettings:
    assert isinstance(moment.settings, DiffusionSettings)
    return moment.settings


def _still(trail: Trail) -> str:
    assert trail.marked is not None
    return "same" if _seen(trail.marked).read == _seen(trail.now).read else "other"


def _readable(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    missing, over = max(SURE - seen.probability, 0.0), max(seen.walk_steps - FEW, 0)
    from_noise = _set(trail.now).start == "noise"
    return (
        Condition(
            f"@{NAME}.few.steps", not over, str(seen.walk_steps), str(over) if over else "",
            min(FEW / seen.walk_steps, 1.0),
        ),
        Condition(
            f"@{NAME}.few.sure", not missing, plain(seen.probability), plain(missing) if missing else "",
            min(seen.probability / SURE, 1.0),
        ),
        Condition(f"@{NAME}.few.noise", from_noise),
    )  # fmt: skip


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _set(trail.now)
    return {
        "read": str(seen.read),
        "digit": settings.digit,
        "probability": plain(seen.probability),
        "steps": str(seen.walk_steps),
        "guidance": plain(settings.guidance, 1),
        "nearest": str(seen.nearest),
        "t": str(seen.t),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "unguided",
        starts=(f"{NAME}?digit=7&frame=20", f"{NAME}?digit=8&frame=20&seed=7", f"{NAME}?digit=4&frame=20&seed=1"),
        reveals=(
            f"{NAME}?digit=7&frame=20&guidance=0",
            f"{NAME}?digit=8&frame=20&seed=7&guidance=0",
            f"{NAME}?digit=4&frame=20&seed=1&guidance=0",
        ),
        choices=("same", "other"),
        answer=_still,
        shown=lambda moment: str(_seen(moment).read),
        named=f"@{NAME}.read",
        facts=_facts,
    ),
    Exercise(
        name="few",
        kind="reach",
        starts=(f"{NAME}?steps=50&guidance=0&frame=50",),
        check=_readable,
        facts=_facts,
        solution=(f"{NAME}?steps=10&frame=10",),
    ),
    contrast(
        "chance",
        start=f"{NAME}?frame=20",
        only=("method",),
        outcome=lambda moment: _seen(moment).nearest,
        shown=lambda moment: str(_seen(moment).nearest),
        named=f"@{NAME}.nearest",
        choices=("network", "noise", "schedule"),
        reason="noise",
        solution=(f"{NAME}?frame=20", f"{NAME}?frame=20&method=ddpm"),
        facts=_facts,
    ),
)
