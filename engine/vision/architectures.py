"""The architectures that can be looked into, by their names: built without numbers, counted, or with first weights."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import torch
from torch import nn

from engine.vision.alexnet import AlexNet
from engine.vision.counted import Counted
from engine.vision.googlenet import GoogLeNet
from engine.vision.layers import walk
from engine.vision.lenet5 import LeNet5
from engine.vision.parts import initialize
from engine.vision.resnet import BasicBlock, Bottleneck, CifarResNet, ResNet, Shortcut
from engine.vision.vgg import VGG16

CONTEST = (3, 224, 224)
"""Input of the contest's networks: red, green and blue, height, width."""

SMALL = (3, 32, 32)
"""Input of the networks for CIFAR-10."""


class UnknownArchitecture(LookupError):
    """A name that no architecture has; `values` has it and the `allowed` ones."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no architecture {name!r}; there are: {', '.join(ARCHITECTURES)}")
        self.values = {"name": name, "allowed": list(ARCHITECTURES)}


@dataclass(frozen=True)
class Architecture:
    """One architecture."""

    title: str
    """As it is called."""

    year: int
    source: str
    """The paper, and where in it."""

    input: tuple[int, int, int]
    """Maps, height and width of its input."""

    make: Callable[[], nn.Module]
    """Builds it, with option B where there is a choice."""

    make_a: Callable[[], nn.Module] | None = None
    """Builds it with parameter-free shortcuts; None where there is no choice."""

    published: bool = False
    """Whether torchvision's published weights fit (with option B)."""


KRIZHEVSKY = "Krizhevsky, Sutskever and Hinton 2012, section 3.5, Figure 2"
SZEGEDY = "Szegedy et al. 2014, Table 1, Figure 3"
HE = "He et al. 2015, Table 1"
HE_CIFAR = "He et al. 2015, section 4.2"


def _residual(
    title: str, depths: tuple[int, int, int, int], block: type[BasicBlock] | type[Bottleneck]
) -> Architecture:
    make_b, make_a = partial(ResNet, depths, block, "B"), partial(ResNet, depths, block, "A")
    return Architecture(title, 2015, HE, CONTEST, make_b, make_a, True)


ARCHITECTURES: dict[str, Architecture] = {
    "lenet5": Architecture(
        "LeNet-5", 1998, "LeCun et al. 1998, section II.B, Figure 2", (1, 32, 32), partial(LeNet5, "1998")
    ),
    "alexnet": Architecture("AlexNet", 2012, KRIZHEVSKY, CONTEST, AlexNet),
    "alexnet_ungrouped": Architecture("AlexNet (1)", 2012, KRIZHEVSKY, CONTEST, partial(AlexNet, groups=1)),
    "googlenet": Architecture("GoogLeNet", 2014, SZEGEDY, CONTEST, GoogLeNet),
    "googlenet_heads": Architecture("GoogLeNet (3)", 2014, SZEGEDY, CONTEST, partial(GoogLeNet, heads=True)),
    "vgg16": Architecture("VGG-16", 2014, "Simonyan and Zisserman 2014, Table 1, D", CONTEST, VGG16, None, True),
    "resnet18": _residual("ResNet-18", (2, 2, 2, 2), BasicBlock),
    "resnet34": _residual("ResNet-34", (3, 4, 6, 3), BasicBlock),
    "resnet50": _residual("ResNet-50", (3, 4, 6, 3), Bottleneck),
    "resnet152": _residual("ResNet-152", (3, 8, 36, 3), Bottleneck),
    "plain18": Architecture("plain-18", 2015, HE, CONTEST, partial(ResNet, (2, 2, 2, 2), shortcut="none")),
    "plain34": Architecture("plain-34", 2015, HE, CONTEST, partial(ResNet, (3, 4, 6, 3), shortcut="none")),
    "resnet20": Architecture("ResNet-20", 2015, HE_CIFAR, SMALL, partial(CifarResNet, 3)),
    "resnet56": Architecture("ResNet-56", 2015, HE_CIFAR, SMALL, partial(CifarResNet, 9)),
    "resnet110": Architecture("ResNet-110", 2015, HE_CIFAR, SMALL, partial(CifarResNet, 18)),
}
"""All, in the order of the lecture and of depth."""


def architecture(name: str) -> Architecture:
    """The architecture of this name. Raises UnknownArchitecture."""
    if name not in ARCHITECTURES:
        raise UnknownArchitecture(name)
    return ARCHITECTURES[name]


def build(name: str, shortcut: Shortcut = "B") -> nn.Module:
    """Build an architecture with shapes and no numbers, on the meta device, not in training.

    `shortcut` is B or A, which changes resnet18, 34, 50 and 152 only. (LeNet-5 is on the CPU; it draws its 60,000
    weights when it is built.) Raises UnknownArchitecture.
    """
    chosen = architecture(name)
    make = chosen.make_a if shortcut == "A" and chosen.make_a else chosen.make
    with torch.device("cpu" if name == "lenet5" else "meta"):
        return make().eval()


@lru_cache(maxsize=32)
def counted(name: str, shortcut: Shortcut = "B") -> Counted:
    """All layers of an architecture. Raises UnknownArchitecture."""
    return walk(build(name, shortcut), architecture(name).input)


def untrained(name: str, seed: int, device: str = "cpu", shortcut: Shortcut = "B") -> nn.Module:
    """An architecture with random first weights, the same for a seed on every device. Raises UnknownArchitecture."""
    if name == "lenet5":
        return LeNet5("1998", torch.Generator().manual_seed(seed)).eval().to(device)
    model = build(name, shortcut).to_empty(device=device)
    initialize(model, seed)
    return model
