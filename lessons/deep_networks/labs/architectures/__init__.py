"""The lab `deep_networks.architectures`: the lecture's networks drawn and counted layer by layer, and looked into."""

from lessons.deep_networks.labs.architectures.exercises import EXERCISES
from lessons.deep_networks.labs.architectures.observation import ArchitecturesObservation, LayerCount
from lessons.deep_networks.labs.architectures.settings import (
    ALL,
    CHOOSES,
    LONGEST,
    NAME,
    PHOTOGRAPHS,
    ArchitecturesSettings,
    Shortcut,
    shortcut_of,
)
from lessons.vocabulary.lab import Lab, Preset

__all__ = [
    "ALL",
    "CHOOSES",
    "EXERCISES",
    "LAB",
    "LONGEST",
    "NAME",
    "PHOTOGRAPHS",
    "ArchitecturesObservation",
    "ArchitecturesSettings",
    "LayerCount",
    "Shortcut",
    "shortcut_of",
]

LAB = Lab(
    name=NAME,
    settings=ArchitecturesSettings,
    observation=ArchitecturesObservation,
    exercises=EXERCISES,
    presets=(
        Preset("quoted", f"{NAME}?view=quoted"),
        Preset("residual", f"{NAME}?name=resnet34&beside=plain34&opened=layer2,layer2.0"),
        Preset("inception", f"{NAME}?name=googlenet&opened=inception3a"),
        Preset("options", f"{NAME}?name=resnet34&beside=resnet34&opened=layer2,layer2.0&layer=layer2.0.downsample"),
        Preset("deepest", f"{NAME}?name=resnet152"),
    ),
    source=(
        "engine.vision.resnet:ResNet",
        "engine.vision.googlenet:GoogLeNet",
        "engine.vision.alexnet:AlexNet",
        "engine.vision.vgg:VGG16",
        "engine.vision.layers:walk",
        "engine.vision.receptive_field:Axis",
        "engine.vision.quoted:quotes",
    ),
    wide=True,
)
