"""Parts that several architectures are built of: what is no layer of torch's, yet is to be seen in the drawing."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

DRAWN = 1 << 20
"""Random numbers that are drawn at once: so many stay in the processor's cache."""


class Add(nn.Module):
    """The sum of two values of one shape: what a block has computed, and what its shortcut brings."""

    def forward(self, computed: Tensor, shortcut: Tensor) -> Tensor:
        """Two of (n, c, h, w) to (n, c, h, w)."""
        return computed + shortcut


class Concatenate(nn.Module):
    """The maps of several branches behind each other."""

    def forward(self, *branches: Tensor) -> Tensor:
        """Each (n, cᵢ, h, w) to (n, Σ cᵢ, h, w)."""
        return torch.cat(branches, 1)


class PaddedShortcut(nn.Module):
    """Option A of He et al. (2015), section 3.3: every `stride`-th value, and maps of zeros for those that are new.

    It has no parameters. The zeros stand behind the maps that there are.
    """

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.added = outputs - inputs
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) to (n, outputs, ⌈h/stride⌉, ⌈w/stride⌉)."""
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.added))


class Plain(nn.Module):
    """Modules one after another under names of their own, as a block of the drawing."""

    kind = "stage"

    def __init__(self, **parts: nn.Module) -> None:
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, x: Tensor) -> Tensor:
        """What the last module hands on."""
        for part in self.children():
            x = part(x)
        return x


def response_normalization() -> nn.LocalResponseNorm:
    """Local response normalization of Krizhevsky et al. (2012), section 3.3.

    b = a / (2 + 10⁻⁴ Σ a²)^0.75, the sum over the same place in 5 neighbouring maps. torch divides its α by those 5.
    """
    return nn.LocalResponseNorm(5, alpha=5 * 1e-4, beta=0.75, k=2.0)


def initialize(model: nn.Module, seed: int) -> None:
    """Draw first weights that keep the size of signals through layers with ReLU: N(0, 2/fan-in), biases 0.

    He et al., Delving Deep into Rectifiers (2015), equation (10). They are drawn on the CPU, so that the same seed
    gives the same weights on every device.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.Conv2d | nn.Linear):
                spread = (2.0 / module.weight[0].numel()) ** 0.5
                for part in torch.split(module.weight.view(-1), DRAWN):
                    part.copy_(torch.empty(len(part)).normal_(0.0, spread, generator=generator))
                if module.bias is not None:
                    module.bias.zero_()
            elif isinstance(module, nn.BatchNorm2d):
                module.reset_parameters()
