"""What can be set in `scaling.parameters`."""

from typing import Annotated, Literal

from lessons.vocabulary.settings import Settings, choice, text, whole

NAME = "scaling.parameters"

Model = Literal[
    "neuron",
    "own",
    "lenet5",
    "alexnet",
    "googlenet",
    "vgg16",
    "resnet18",
    "bert_base",
    "bert_large",
    "gpt1",
    "gpt2",
    "gpt2_xl",
    "gpt3",
    "palm",
    "llama_65b",
    "llama2_70b",
]
View = Literal["parts", "memory", "table", "years", "scale"]

IMAGES = ("lenet5", "alexnet", "googlenet", "vgg16", "resnet18")
"""Networks for images."""

LANGUAGE = ("bert_base", "bert_large", "gpt1", "gpt2", "gpt2_xl", "gpt3", "palm", "llama_65b", "llama2_70b")
"""Language models, whose multiply–adds are those of one token."""

NEURON = (3, 1)
"""The lecture's neuron: three inputs."""

MOST_LAYERS, MOST_UNITS = 8, 99_999
"""Layers of units, and units of one, that a network of one's own has at most."""

WIDTHS = rf"[1-9]\d{{0,4}}(,[1-9]\d{{0,4}}){{1,{MOST_LAYERS}}}"
"""How a network of one's own is written, from inputs to outputs: `3,4,2`."""

MOST_TOKENS = 4096


class ParametersSettings(Settings, frozen=True):
    """Which network, what of it is shown, and how many tokens a token looks at."""

    model: Annotated[Model, choice(f"@{NAME}.model")] = "neuron"
    view: Annotated[View, choice(f"@{NAME}.view")] = "parts"
    layers: Annotated[
        str, text(f"@{NAME}.layers", longest=60, example="3,4,2", pattern=WIDTHS, limits=f"@{NAME}.layers.limits")
    ] = "3,4,2"
    """Inputs, units of each hidden layer, outputs of the network of one's own."""

    tokens: Annotated[int, whole(16, MOST_TOKENS, step=16, label=f"@{NAME}.tokens")] = 512
    """Tokens that a token of a language model looks at, itself included; no more than the model's context."""


def widths(settings: ParametersSettings) -> tuple[int, ...]:
    """Inputs and units of each layer of the neuron, or of the network of one's own."""
    return NEURON if settings.model == "neuron" else tuple(int(each) for each in settings.layers.split(","))


def written(units: tuple[int, ...]) -> str:
    """Write a network as the setting has it."""
    return ",".join(map(str, units))
