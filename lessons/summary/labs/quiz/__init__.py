"""The lab `summary.quiz`: questions over all sections; what was missed comes back in a later quiz."""

from lessons.summary.labs.quiz.exercises import EXERCISES
from lessons.summary.labs.quiz.observation import Asked, QuizObservation
from lessons.summary.labs.quiz.settings import MOST, NAME, QuizSettings
from lessons.vocabulary.lab import Lab, Preset

__all__ = ["EXERCISES", "LAB", "MOST", "NAME", "Asked", "QuizObservation", "QuizSettings"]

DRAWN = ("section", "count", "seed")
"""Settings that other questions come with."""

LAB = Lab(
    name=NAME,
    settings=QuizSettings,
    observation=QuizObservation,
    exercises=EXERCISES,
    presets=(
        Preset("neuron", f"{NAME}?section=neuron"),
        Preset("language", f"{NAME}?section=language"),
        Preset("short", f"{NAME}?count=5"),
        Preset("long", f"{NAME}?count=20"),
    ),
    source=("engine.learner.spacing:drawn", "engine.learner.spacing:dealt", "engine.learner.spacing:shuffled"),
    belongs={name: DRAWN for name in ("questions", "answers", "at")},
    walks=lambda settings: True,
    waits=True,
    asked_anew=True,
)
