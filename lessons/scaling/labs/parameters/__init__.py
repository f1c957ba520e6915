"""The lab `scaling.parameters`: a network of one's own or a public one, every parameter counted."""

from lessons.scaling.labs.parameters.exercises import EXERCISES
from lessons.scaling.labs.parameters.observation import ParametersObservation, PartCount, Row
from lessons.scaling.labs.parameters.settings import (
    IMAGES,
    LANGUAGE,
    MOST_LAYERS,
    MOST_UNITS,
    NAME,
    ParametersSettings,
    widths,
    written,
)
from lessons.vocabulary.lab import Lab, Preset

__all__ = [
    "EXERCISES",
    "IMAGES",
    "LAB",
    "LANGUAGE",
    "MOST_LAYERS",
    "MOST_UNITS",
    "NAME",
    "ParametersObservation",
    "ParametersSettings",
    "PartCount",
    "Row",
    "widths",
    "written",
]

LAB = Lab(
    name=NAME,
    settings=ParametersSettings,
    observation=ParametersObservation,
    exercises=EXERCISES,
    presets=(
        Preset("own", f"{NAME}?model=own&layers=784,100,10"),
        Preset("gpt3", f"{NAME}?model=gpt3"),
        Preset("memory", f"{NAME}?model=llama2_70b&view=memory"),
        Preset("table", f"{NAME}?model=alexnet&view=table"),
        Preset("years", f"{NAME}?model=palm&view=years"),
        Preset("scale", f"{NAME}?model=gpt3&view=scale"),
    ),
    source=(
        "engine.scaling.counting:count_language",
        "engine.scaling.dense:dense",
        "engine.scaling.models:build",
        "engine.scaling.quoted:Quote",
        "engine.language.palm:Palm",
        "engine.language.llama:Llama",
        "engine.language.bert:Bert",
        "engine.language.gpt.model:GPT",
    ),
)
