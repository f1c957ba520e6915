"""What the lecture and the papers say of an architecture, beside what is counted.

Where the two differ, `why` names the reason:

- `one_side_48`: AlexNet's first layer has 96 maps of 55×55, which are 290,400 neurons, and so the paper's own Figure 2
  and text have it (2 GPUs, 48 maps of 55×55 each). The paper's 253,440 is exactly 55×48×96: it is as if one side
  had been taken for the 48 maps of a GPU. The authors have not explained it; the numbers of all other layers agree.
- `binary_thousands`: the 6.8 million of GoogLeNet are the sum of Table 1, whose K are 1,024: 6,998,552 / 1,024 is
  6,835 K. In decimal millions they are 7.0.
- `groups`: 62.4 million belong to an AlexNet whose layers see all maps; with the two groups of 2012 it has 61.0.
- `stride_later`: the paper halves sizes in the first 1×1 convolution of a block, which gives 3.86·10⁹ for ResNet-50 and
  11.28·10⁹ for ResNet-152. This network, like the published weights, halves in the 3×3, which has more places then.
- `projections`: without projections ResNet-34 has 3.64·10⁹, the paper's 3.6; option B adds 0.02·10⁹.
- `rounded`: the paper says 138 million, without decimals; the lecture writes them as 138.0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Literal

from engine.vision.counted import Counted

What = Literal["input", "neurons", "parameters", "multiply_adds", "depth"]

PAPERS = {
    "lenet5": "LeCun et al. 1998, section II.B",
    "alexnet": "Krizhevsky et al. 2012, Figure 2",
    "abstract": "Krizhevsky et al. 2012, abstract",
    "sobczak": "Sobczak et al. 2019",
    "googlenet": "Szegedy et al. 2014, Table 1",
    "vgg": "Simonyan and Zisserman 2014, Table 2",
    "resnet": "He et al. 2015, Table 1",
    "cifar": "He et al. 2015, Table 6",
}
"""Where the numbers stand."""


@dataclass(frozen=True)
class Quote:
    """One number, said and counted."""

    what: What
    layer: str
    """The layer whose neurons are meant; empty for the whole network."""

    quoted: int
    """As it is said, in full: 62,400,000 for 62.4M."""

    unit: int
    """The value of its last digit: it may be rounded to that."""

    counted: int
    source: str
    """Paper, and where in it."""

    lecture: bool
    """Whether the lecture quotes it too."""

    why: str = ""
    """Why they differ, a key of the list above; empty where they agree."""

    @property
    def agrees(self) -> bool:
        """Whether the counted number is the quoted one, rounded as that is."""
        return abs(self.counted - self.quoted) * 2 <= self.unit - (self.unit == 1)


@dataclass(frozen=True)
class _Said:
    """What is said, before anything is counted."""

    what: What
    quoted: int
    unit: int
    source: str
    lecture: bool = False
    layer: str = ""
    why: str = ""


def _parameters(quoted: float, decimals: int, source: str, lecture: bool = False, why: str = "") -> _Said:
    """Millions of parameters."""
    return _Said("parameters", round(quoted * 10**6), 10 ** (6 - decimals), PAPERS[source], lecture, why=why)


def _work(quoted: float, why: str = "") -> _Said:
    """Multiply–adds in 10⁹, as He et al. count them."""
    return _Said("multiply_adds", round(quoted * 10**9), 10**8, PAPERS["resnet"], why=why)


def _neurons(source: str, lecture: bool, why: dict[str, str], **layers: int) -> tuple[_Said, ...]:
    names = {name: name.replace("__", ".") for name in layers}
    return tuple(
        _Said("neurons", count, 1, PAPERS[source], lecture, names[name], why.get(names[name], ""))
        for name, count in layers.items()
    )


ALEXNET = (
    _Said("input", 150_528, 1, PAPERS["alexnet"], True),
    *_neurons(
        "alexnet",
        True,
        {"layer1.conv": "one_side_48"},
        layer1__conv=253_440,
        layer2__conv=186_624,
        layer3__conv=64_896,
        layer4__conv=64_896,
        layer5__conv=43_264,
        layer6__full=4096,
        layer7__full=4096,
        layer8=1000,
    ),
)
"""What Figure 2 of AlexNet's paper says, the sentence that the lecture shows."""

LENET = _neurons(
    "lenet5", True, {}, C1=6 * 28 * 28, S2=6 * 14 * 14, C3=16 * 10 * 10, S4=16 * 5 * 5, C5=120, F6=84, output=10
)
"""The layers of LeNet-5 as its figure has them."""

SAID: dict[str, tuple[_Said, ...]] = {
    "lenet5": (*LENET, _Said("parameters", 60_000, 1, PAPERS["lenet5"])),
    "alexnet": (*ALEXNET, _parameters(60, -1, "abstract"), _parameters(62.4, 1, "sobczak", True, "groups")),
    "alexnet_ungrouped": (*ALEXNET, _parameters(62.4, 1, "sobczak", True)),
    "googlenet": (_parameters(6.8, 1, "sobczak", True, "binary_thousands"), _Said("depth", 22, 1, PAPERS["googlenet"])),
    "googlenet_heads": (_Said("depth", 22, 1, PAPERS["googlenet"]),),
    "vgg16": (_parameters(138.0, 1, "sobczak", True, "rounded"), _parameters(138, 0, "vgg")),
    "resnet18": (_parameters(11.7, 1, "sobczak", True), _work(1.8)),
    "resnet34": (_work(3.6, "projections"),),
    "resnet50": (_work(3.8, "stride_later"),),
    "resnet152": (_Said("depth", 152, 1, PAPERS["resnet"], True), _work(11.3, "stride_later")),
    "plain18": (_work(1.8),),
    "plain34": (_work(3.6),),
    "resnet20": (_parameters(0.27, 2, "cifar"),),
    "resnet56": (_parameters(0.85, 2, "cifar"),),
    "resnet110": (_parameters(1.7, 1, "cifar"),),
}
"""By the names of `architectures.ARCHITECTURES`."""

COUNT: dict[What, Callable[[Counted, str], int]] = {
    "input": lambda network, layer: network.layers[0].units,
    "neurons": lambda network, layer: network.by_name[layer].units,
    "parameters": lambda network, layer: network.parameters,
    "multiply_adds": lambda network, layer: network.multiply_adds,
    "depth": lambda network, layer: network.depth,
}
"""How each is counted."""


def quotes(name: str, network: Counted) -> tuple[Quote, ...]:
    """What is said of an architecture, beside its counts; nothing for a name of which nothing is said."""
    found = []
    for said in SAID.get(name, ()):
        count = COUNT[said.what](network, said.layer)
        quote = Quote(said.what, said.layer, said.quoted, said.unit, count, said.source, said.lecture, said.why)
        found.append(quote)
    return tuple(found)


def alexnet_first_layer(network: Counted) -> tuple[int, int]:
    """Neurons of AlexNet's first layer, counted, and with one of its sides taken for the 48 maps of one GPU."""
    maps, height, width = network.by_name["layer1.conv"].shape or (0, 0, 0)
    return prod((maps, height, width)), prod((maps, height, maps // 2))
