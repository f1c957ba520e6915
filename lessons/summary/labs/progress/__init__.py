"""The lab `summary.progress`: what the learner did, what came of it, and what to do next."""

from lessons.summary.labs.progress.exercises import EXERCISES
from lessons.summary.labs.progress.observation import ProgressObservation
from lessons.summary.labs.progress.settings import NAME, ProgressSettings
from lessons.vocabulary.lab import Lab, Preset

LAB = Lab(
    name=NAME,
    settings=ProgressSettings,
    observation=ProgressObservation,
    exercises=EXERCISES,
    presets=(
        Preset("half_done", f"{NAME}?rule=begun"),
        Preset("month", f"{NAME}?view=recall&rule=fading&days=30"),
        Preset("example", f"{NAME}?record=example&view=results"),
    ),
    source=("engine.learner.forgetting:half_life", "engine.learner.forgetting:recall"),
    wide=True,
    asked_anew=True,
)
