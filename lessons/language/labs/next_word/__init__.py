"""The lab `language.next_word`: which words follow which in a text, as a tree that is walked, sampled and asked."""

from lessons.language.labs.next_word.exercises import EXERCISES
from lessons.language.labs.next_word.observation import NextWordObservation
from lessons.language.labs.next_word.settings import (
    BEGIN,
    END,
    LINE,
    LONGEST,
    NAME,
    SPACE,
    NextWordSettings,
)
from lessons.vocabulary.lab import Lab, Preset

__all__ = [
    "BEGIN",
    "END",
    "EXERCISES",
    "LAB",
    "LINE",
    "LONGEST",
    "NAME",
    "SPACE",
    "NextWordObservation",
    "NextWordSettings",
]

LAB = Lab(
    name=NAME,
    settings=NextWordSettings,
    observation=NextWordObservation,
    exercises=EXERCISES,
    presets=(
        Preset("one_word", f"{NAME}?order=2"),
        Preset("picked", f"{NAME}?path=首都%20は%20東京%20です"),
        Preset("japanese", f"{NAME}?text=japanese&smoothing=kneser_ney"),
        Preset("english", f"{NAME}?text=english&smoothing=kneser_ney"),
        Preset("characters", f"{NAME}?text=english&order=6&smoothing=kneser_ney&unit=characters"),
    ),
    source=(
        "engine.language.ngram:NGram",
        "engine.language.ngram_counts:count",
        "engine.language.tokens:cut",
        "engine.data.japanese:sentences",
    ),
    wide=True,
)
