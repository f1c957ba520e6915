"""The exercises of `summary.report`, on the record that comes with the program: nobody needs one of their own."""

from collections.abc import Mapping

from lessons.summary.labs.report.observation import ReportObservation
from lessons.summary.labs.report.settings import NAME
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict

WITH_CURVES, WITH_SAMPLE, FIGURES = 2, 1, 3
"""Runs with curves and with a sample that the short report has at least, and figures that it has at most."""

EXAMPLE = f"{NAME}?record=example"


def _seen(moment: Moment) -> ReportObservation:
    assert isinstance(moment.observation, ReportObservation)
    return moment.observation


def _change(trail: Trail) -> str:
    """Compare the number of figures with that of the moment before."""
    assert trail.marked is not None
    before, after = _seen(trail.marked).figures, _seen(trail.now).figures
    return "fewer" if after < before else "more" if after > before else "same"


def _short(trail: Trail) -> tuple[Condition, ...]:
    seen = _seen(trail.now)
    drawn, sampled = max(WITH_CURVES - seen.with_curves, 0), max(WITH_SAMPLE - seen.samples, 0)
    over = max(seen.figures - FIGURES, 0)
    return (
        Condition(
            f"@{NAME}.short.curves", not drawn, str(seen.with_curves), str(drawn or ""), _part(seen.with_curves, drawn)
        ),
        Condition(f"@{NAME}.short.sample", not sampled, str(seen.samples), str(sampled or "")),
        Condition(f"@{NAME}.short.figures", not over, str(seen.figures), str(over or ""), over=over > 0),
    )


def _part(there: int, missing: int) -> float:
    return there / (there + missing) if there + missing else 0.0


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        "figures": str(seen.figures),
        "curves": str(seen.curves),
        "runs": str(seen.runs),
        "samples": str(seen.samples),
        "proofs": str(seen.proofs),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "drawn",
        starts=(EXAMPLE, f"{EXAMPLE}&runs=0"),
        reveals=(f"{EXAMPLE}&curves=all", f"{EXAMPLE}&runs=0&curves=all"),
        choices=("fewer", "same", "more"),
        answer=_change,
        shown=lambda moment: str(_seen(moment).figures),
        facts=_facts,
    ),
    Exercise(
        name="short",
        kind="reach",
        starts=(EXAMPLE,),
        check=_short,
        facts=_facts,
        solution=(f"{EXAMPLE}&runs=2&samples=1",),
    ),
    contrast(
        "kept",
        start=EXAMPLE,
        only=("curves",),
        outcome=lambda moment: _seen(moment).figures,
        shown=lambda moment: str(_seen(moment).figures),
        choices=("photographs", "numbers", "screens"),
        reason="numbers",
        solution=(EXAMPLE, f"{EXAMPLE}&curves=none"),
        facts=_facts,
    ),
)
