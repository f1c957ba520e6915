"""LeNet-5, which reads handwritten digits: as it was in 1998, and as it is built today.

    input 32×32 → C1 6@28×28 → S2 6@14×14 → C3 16@10×10 → S4 16@5×5 → C5 120 → F6 84 → output 10

LeCun, Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document Recognition (1998), section II.B.
The form `1998` is that network: subsampling has trainable parameters, a map of C3 sees only some maps of S2
(Table I), every layer up to F6 ends in the scaled tanh, and an output is the squared distance of F6 from a digit's
code. `modern` is what became of it: ReLU, max pooling, C3 sees all maps, and the output is linear. One thing differs
from the paper: weights begin at a spread of 1/√fan-in, not in ±2.4/fan-in, which learns faster.
"""

import math
from collections.abc import Callable, Iterator
from typing import Literal, get_args

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.vision.codes import CODES

__all__ = ["CODES", "FORMS", "LAYERS", "TABLE", "Form", "LeNet5", "loss", "probabilities"]

Form = Literal["modern", "1998"]

FORMS: tuple[Form, ...] = get_args(Form)

LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6", "output")
"""The layers, from the input to the output."""

TABLE: tuple[tuple[int, ...], ...] = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""Which maps of S2 each map of C3 sees in 1998 (Table I)."""

PLACES = {"C1": 28 * 28, "S2": 14 * 14, "C3": 10 * 10, "S4": 5 * 5, "C5": 1, "F6": 1, "output": 1}
"""Units in one map of each layer, which share their weights."""

CODE = 84
"""Units of F6: a code has 7×12 pixels."""

VARIANCE = 4.0
"""Of F6 around a code. A squared distance over twice this is −log of a normal density, up to a constant."""

RUBBISH = 3.0
"""The constant j of equation (9): where all digits are farther than this, the picture is rather none."""


def pooled(x: Tensor, join: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """Join 2×2 neighbours two by two, without a gradient: (n, maps, h, w) to (n, maps, h/2, w/2).

    With so few maps it takes a third of the time of torch's own pooling, which is the faster where gradients go back.
    """
    rows = join(x[:, :, ::2], x[:, :, 1::2])
    return join(rows[..., ::2], rows[..., 1::2])


class MaxPooling(nn.Module):
    """S2 and S4 of today: the greatest of 2×2 values."""

    def forward(self, x: Tensor) -> Tensor:
        """(n, maps, h, w) to (n, maps, h/2, w/2)."""
        return F.max_pool2d(x, 2) if x.requires_grad else pooled(x, torch.maximum)


class Subsampling(nn.Module):
    """S2 and S4 of 1998: the sum of 2×2 values, times a coefficient, plus a bias; both trainable, one a map."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.full((maps, 1, 1), 0.25))
        self.bias = nn.Parameter(torch.zeros(maps, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """(n, maps, h, w) to (n, maps, h/2, w/2)."""
        sums = F.avg_pool2d(x, 2, divisor_override=1) if x.requires_grad else pooled(x, torch.add)
        return torch.addcmul(self.bias, sums, self.coefficient)


class TableConvolution(nn.Module):
    """C3 of 1998: a 5×5 kernel for each of the 60 connections of `TABLE`, and none elsewhere."""

    places: Tensor

    def __init__(self) -> None:
        super().__init__()
        places = [6 * of + seen for of, maps in enumerate(TABLE) for seen in maps]
        self.register_buffer("places", torch.tensor(places), persistent=False)
        self.kernels = nn.Parameter(torch.empty(len(places), 5, 5))
        self.bias = nn.Parameter(torch.zeros(16))

    @property
    def weight(self) -> Tensor:
        """The kernels among zeros, shape (16, 6, 5, 5)."""
        empty = self.kernels.new_zeros(16 * 6, 5, 5)
        return empty.index_copy(0, self.places, self.kernels).view(16, 6, 5, 5)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 6, 14, 14) to (n, 16, 10, 10)."""
        return F.conv2d(x, self.weight, self.bias)


class Distances(nn.Module):
    """Output of 1998: minus the squared distances Σⱼ (xⱼ − cᵢⱼ)² of F6 from the ten codes, which are fixed."""

    codes: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("codes", torch.from_numpy(CODES).reshape(10, CODE).clone(), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 84) to (n, 10), none above 0."""
        # Multiplied out, which is one product of matrices; a code's own square is 84.
        return 2 * x @ self.codes.T - x.square().sum(1, keepdim=True) - CODE


def scaled_tanh(a: Tensor) -> Tensor:
    """1.7159 tanh(2/3 a), which is ±1 at ±1 and steepest in between (appendix A of the paper)."""
    squashed = torch.mul(a, 2 / 3).tanh_()
    return squashed * 1.7159 if a.requires_grad else squashed.mul_(1.7159)


class LeNet5(nn.Module):
    """The network; input (n, 1, 32, 32) as `prepare.network_input` gives it, output (n, 10), the greatest the answer.

    Outputs are logits (modern) or minus squared distances (1998). `generator` draws the first weights, on the CPU.
    """

    def __init__(self, form: Form = "modern", generator: torch.Generator | None = None) -> None:
        super().__init__()
        if form not in FORMS:
            raise ValueError(f"{form!r} is not one of {', '.join(FORMS)}")
        self.form: Form = form
        old = form == "1998"
        self.C1 = nn.Conv2d(1, 6, 5)
        self.S2 = Subsampling(6) if old else MaxPooling()
        self.C3 = TableConvolution() if old else nn.Conv2d(6, 16, 5)
        self.S4 = Subsampling(16) if old else MaxPooling()
        # A convolution by its 5×5 kernels, which cover all of S4.
        self.C5 = nn.Linear(16 * 5 * 5, 120)
        self.F6 = nn.Linear(120, CODE)
        self.output = Distances() if old else nn.Linear(CODE, 10)
        self.squash: Callable[[Tensor], Tensor] = scaled_tanh if old else F.relu
        self._initialize(generator)
        # Convolutions on the CPU are a quarter faster with a pixel's maps beside each other.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    @torch.no_grad()
    def _initialize(self, generator: torch.Generator | None) -> None:
        gain = 1.0 if self.form == "1998" else math.sqrt(2.0)  # ReLU halves the variance (He et al. 2015)
        for layer in self.children():
            if isinstance(layer, nn.Conv2d | nn.Linear):
                layer.weight.normal_(0.0, gain / math.sqrt(layer.weight[0].numel()), generator=generator)
                layer.bias.zero_()  # type: ignore[union-attr]
            elif isinstance(layer, TableConvolution):
                layer.kernels.normal_(0.0, 0.2, generator=generator)
                layer.kernels.div_(torch.tensor([len(maps) for maps in TABLE for _ in maps]).sqrt().view(-1, 1, 1))

    def _layers(self, x: Tensor) -> Iterator[Tensor]:
        """What each layer hands on."""
        x = x.contiguous(memory_format=torch.channels_last)
        squash, old = self.squash, self.form == "1998"
        x = squash(self.C1(x))  # (n, 6, 28, 28)
        yield x
        x = squash(self.S2(x)) if old else self.S2(x)  # (n, 6, 14, 14)
        yield x
        x = squash(self.C3(x))  # (n, 16, 10, 10)
        yield x
        x = squash(self.S4(x)) if old else self.S4(x)  # (n, 16, 5, 5)
        yield x
        x = squash(self.C5(x.flatten(1)))  # (n, 120)
        yield x
        x = squash(self.F6(x))  # (n, 84)
        yield x
        yield self.output(x)  # (n, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Scores of the ten digits: (n, 1, 32, 32) to (n, 10)."""
        *_, scores = self._layers(x)
        return scores

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """What each layer hands on, by its name: maps (n, maps, h, w), from C5 on (n, units)."""
        return dict(zip(LAYERS, self._layers(x), strict=True))

    def counts(self) -> dict[str, int]:
        """Trainable parameters of each layer."""
        return {name: sum(each.numel() for each in self.get_submodule(name).parameters()) for name in LAYERS}

    def connections(self) -> dict[str, int]:
        """Connections of each layer, counted as in the paper: for each of its units the inputs and the bias.

        Neither the output of 1998 nor max pooling has a bias.
        """
        old = self.form == "1998"
        third = sum(25 * len(maps) + 1 for maps in TABLE) if old else 16 * (25 * 6 + 1)
        one_place = {
            "C1": 6 * (25 + 1),
            "S2": 6 * (4 + old),
            "C3": third,
            "S4": 16 * (4 + old),
            "C5": 120 * (400 + 1),
            "F6": CODE * (120 + 1),
            "output": 10 * (CODE + (not old)),
        }
        return {name: count * PLACES[name] for name, count in one_place.items()}

    def kernels(self) -> dict[str, Tensor]:
        """The kernels of C1 (6, 1, 5, 5) and C3 (16, 6, 5, 5), zeros where Table I has no connection."""
        return {"C1": self.C1.weight.detach().contiguous(), "C3": self.C3.weight.detach().contiguous()}


def loss(model: LeNet5, scores: Tensor, labels: Tensor) -> Tensor:
    """What training makes small, the mean of n examples; scores (n, 10), labels (n,).

    modern: the cross-entropy. 1998: equation (9), y_label + log(e^−j + Σᵢ e^−yᵢ), where y is the squared distance over
    twice the variance; it is the cross-entropy of −y with an eleventh class, rubbish, whose y is always j.
    """
    if model.form == "1998":
        scores = F.pad(scores / (2 * VARIANCE), (0, 1), value=-RUBBISH)
    return F.cross_entropy(scores, labels)


def probabilities(model: LeNet5, scores: Tensor) -> Tensor:
    """How likely each digit is: (n, 10) to (n, 10), rows that sum to 1.

    The softmax of the scores; of 1998 that of −y as in `loss`, without rubbish: F6 is taken to be normally distributed
    around the code of a digit, one of ten for certain.
    """
    return torch.softmax(scores / (2 * VARIANCE) if model.form == "1998" else scores, dim=1)
