"""The exercises of `scaling.parameters`."""

from collections.abc import Mapping

from lessons.scaling.labs.parameters.observation import ParametersObservation
from lessons.scaling.labs.parameters.settings import NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict

WANTED, NEAR = 60_000, 600
"""Parameters that a network of one's own shall have, and how far it may be from them."""

INPUTS, OUTPUTS, LAYERS = 784, 10, 3
"""Of that network; the layers are those of units."""


def _seen(moment: Moment) -> ParametersObservation:
    assert isinstance(moment.observation, ParametersObservation)
    return moment.observation


def _growth(trail: Trail) -> str:
    """Compare the parameters with those of the moment before."""
    assert trail.marked is not None
    times = _seen(trail.now).parameters / _seen(trail.marked).parameters
    return "twice" if times < 2.8 else "four" if times < 5.6 else "eight"


def _built(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    layers = seen.layers
    ends = bool(layers) and layers[0] == INPUTS and layers[-1] == OUTPUTS
    units = len(layers) - 1 if layers else 0
    far = max(abs(seen.parameters - WANTED) - NEAR, 0)
    near = bool(layers) and not far
    close = 1.0 if near else min(seen.parameters, WANTED) / max(seen.parameters, WANTED)
    return (
        Condition(f"@{NAME}.build.ends", ends, f"{layers[0]:,} → {layers[-1]:,}" if layers else "–"),
        Condition(f"@{NAME}.build.deep", units >= LAYERS, str(units), str(max(LAYERS - units, 0) or "")),
        Condition(
            f"@{NAME}.build.near",
            near,
            f"{seen.parameters:,}",
            f"{far:,}" if far else "",
            close,
            seen.parameters > WANTED and not near,
        ),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    largest = max(seen.part_counts, key=lambda part: part.parameters)
    return {
        "title": seen.title,
        "parameters": f"{seen.parameters:,}",
        "multiply_adds": f"{seen.multiply_adds:,}",
        "most": f"{largest.parameters:,}",
        "layers": " → ".join(map(str, seen.layers)) or "–",
        "uses": f"{seen.multiply_adds / seen.parameters:,.0f}",
    }


def _work(moment: Moment) -> int:
    return _seen(moment).multiply_adds


def _fewer_but_more_work(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    one, other = sorted((_seen(marked), _seen(now)), key=lambda seen: seen.parameters)
    fewer = one.parameters * 2 <= other.parameters
    return (
        Condition(f"@{NAME}.reuse.fewer", fewer, f"{one.parameters:,} : {other.parameters:,}"),
        Condition(
            f"@{NAME}.reuse.work",
            one.multiply_adds > other.multiply_adds,
            f"{one.multiply_adds:,} : {other.multiply_adds:,}",
        ),
    )


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "wider",
        starts=(f"{NAME}?model=own&layers=10,500,500,10", f"{NAME}?model=own&layers=100,100,10"),
        reveals=(f"{NAME}?model=own&layers=10,1000,1000,10", f"{NAME}?model=own&layers=100,200,10"),
        choices=("twice", "four", "eight"),
        answer=_growth,
        shown=lambda moment: f"{_seen(moment).parameters:,}",
        facts=_facts,
    ),
    Exercise(
        name="build",
        kind="reach",
        starts=(f"{NAME}?model=own&layers=784,10",),
        check=_built,
        facts=_facts,
        solution=(f"{NAME}?model=own&layers=784,70,60,10",),
        names={"inputs": str(INPUTS), "outputs": str(OUTPUTS), "wanted": f"{WANTED:,}"},
    ),
    contrast(
        "reuse",
        start=f"{NAME}?model=alexnet",
        only=("model",),
        outcome=_work,
        shown=lambda moment: f"{_work(moment):,}",
        choices=("digits", "reuse", "thresholds"),
        reason="reuse",
        solution=(f"{NAME}?model=alexnet", f"{NAME}?model=googlenet"),
        facts=_facts,
        also=_fewer_but_more_work,
    ),
)
