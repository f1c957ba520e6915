"""What can be set in `deep_networks.architectures`."""

from typing import Annotated, Literal

from lessons.vocabulary.settings import Settings, choice, text, whole

NAME = "deep_networks.architectures"

Name = Literal[
    "lenet5",
    "alexnet",
    "alexnet_ungrouped",
    "googlenet",
    "googlenet_heads",
    "vgg16",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet152",
    "plain18",
    "plain34",
    "resnet20",
    "resnet56",
    "resnet110",
]
Beside = Literal["none", Name]
Shortcut = Literal["A", "B"]
View = Literal["layers", "quoted", "maps"]

CHOOSES = ("resnet18", "resnet34", "resnet50", "resnet152")
"""Those whose shortcuts can be of either option."""

PHOTOGRAPHS = ("china", "flower")

ALL = "*"
"""All blocks are open."""

LONGEST = 4096
"""Characters of the names of open blocks at most."""

PATH = 1024


class ArchitecturesSettings(Settings, frozen=True):
    """Which network, how it is drawn, and what is looked at."""

    name: Annotated[Name, choice(f"@{NAME}.name")] = "alexnet"
    shortcut: Annotated[Shortcut, choice(f"@{NAME}.shortcut")] = "B"
    beside: Annotated[Beside, choice(f"@{NAME}.beside", keys=f"{NAME}.name")] = "none"
    view: Annotated[View, choice(f"@{NAME}.view")] = "layers"
    opened: Annotated[str, text(f"@{NAME}.opened", longest=LONGEST, example="layer1,layer1.0")] = ""
    """Names of open blocks, with commas between them; a star opens all."""

    layer: Annotated[str, text(f"@{NAME}.layer", longest=256, example="layer1.0.conv1")] = ""
    """The layer or block that is looked at; none, or one that is not there, is the first with parameters."""

    image: Annotated[str, text(f"@{NAME}.image", longest=PATH, example="cat.jpg")] = "china"
    """The photograph that goes through the network: china, flower, or a file."""

    weights: Annotated[str, text(f"@{NAME}.weights", longest=PATH, example="resnet18.pth")] = ""
    onnx: Annotated[str, text(f"@{NAME}.onnx", longest=PATH, example="model.onnx")] = ""
    """A model of the learner's own, drawn in place of the named one."""

    seed: Annotated[int, whole(0, 9999, label="@term.seed")] = 0
    first: Annotated[int, whole(0, 2047, label=f"@{NAME}.first")] = 0
    """The first feature map that is shown."""


def shortcut_of(settings: ArchitecturesSettings, name: str, *, second: bool = False) -> Shortcut:
    """Tell a network's option: beside itself it is drawn with the other one."""
    same: Shortcut = settings.shortcut
    if second and name == settings.name:
        return "A" if same == "B" else "B"
    return same
