"""The lab `summary.report`: choose what stands in the report of one's own results, and write it."""

from lessons.summary.labs.report.exercises import EXERCISES
from lessons.summary.labs.report.observation import ReportObservation
from lessons.summary.labs.report.settings import NAME, ReportSettings
from lessons.vocabulary.lab import Lab, Preset

__all__ = ["EXERCISES", "LAB", "NAME", "ReportObservation", "ReportSettings"]

LAB = Lab(
    name=NAME,
    settings=ReportSettings,
    observation=ReportObservation,
    exercises=EXERCISES,
    presets=(
        Preset("whole", f"{NAME}?runs=200&curves=all&samples=50"),
        Preset("short", f"{NAME}?curves=none&samples=0"),
        Preset("example", f"{NAME}?record=example"),
        Preset("markdown", f"{NAME}?form=markdown"),
    ),
    asked_anew=True,
    source=(
        "engine.writing:replacing",
        "engine.training.folder:listed",
        "engine.training.metrics:Metrics",
        "engine.training.kept:arrays",
    ),
)
