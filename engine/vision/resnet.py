"""Residual networks, which won the contest of 2015, and plain ones of the same depth to hold them against.

    y = ReLU(F(x) + x)        where sizes change: y = ReLU(F(x) + s(x))

He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition (2015): section 3.3 and Table 1 for the contest's
images, section 4.2 for CIFAR-10. Batch normalization stands right after each convolution and before the activation
(section 3.4). s is the `shortcut`: option A takes every second value and adds maps of zeros, which needs no parameter;
option B is a convolution of 1×1. Modules have the names of torchvision's ResNets, so that its published weights (B)
fit. Therefore one thing differs from the paper: in a block of three layers the stride of 2 is that of the 3×3
convolution, not of the first 1×1.
"""

from collections.abc import Callable
from typing import Literal

from torch import Tensor, nn

from engine.vision.parts import Add, PaddedShortcut

Shortcut = Literal["A", "B", "none"]
"""Where sizes change: zeros, a projection; `none` is a plain network without any shortcut."""

CLASSES = 1000
"""Classes of the contest."""

WIDTHS = (64, 128, 256, 512)
"""Maps inside the blocks of the four stages."""

CIFAR_WIDTHS = (16, 32, 64)
"""Maps of the three stages for CIFAR-10."""

Block = Callable[[int, int, int, Shortcut], nn.Module]
"""Makes a block of a number of inputs, a width, a stride, and with a kind of shortcut."""


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    """A convolution without bias, which the batch normalization behind it brings; sizes stay at a stride of 1."""
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)


def shortcut_module(inputs: int, outputs: int, stride: int, shortcut: Shortcut) -> nn.Module | None:
    """What the shortcut does; None where it hands x on as it is (equation 1), or where there is none."""
    if shortcut == "none" or (stride == 1 and inputs == outputs):
        return None
    if shortcut == "A":
        return PaddedShortcut(inputs, outputs, stride)
    return nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))


class BasicBlock(nn.Module):
    """Two layers of 3×3 and a shortcut (Figure 5, left)."""

    kind = "residual"
    expansion = 1
    """Maps that it hands on, for each inside."""

    def __init__(self, inputs: int, width: int, stride: int = 1, shortcut: Shortcut = "B") -> None:
        super().__init__()
        self.conv1 = convolution(inputs, width, 3, stride)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu1 = nn.ReLU()
        self.conv2 = convolution(width, width, 3)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = shortcut_module(inputs, width, stride, shortcut)
        self.add = None if shortcut == "none" else Add()
        self.relu2 = nn.ReLU()
        if self.add is None:
            self.kind = "plain"

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) to (n, width, h/stride, w/stride)."""
        computed = self.relu1(self.bn1(self.conv1(x)))
        return joined(self, x, self.bn2(self.conv2(computed)), self.relu2)


class Bottleneck(nn.Module):
    """Layers of 1×1, 3×3 and 1×1 and a shortcut (Figure 5, right): the 3×3 sees a quarter of the maps."""

    kind = "residual"
    expansion = 4
    """Maps that it hands on, for each inside."""

    def __init__(self, inputs: int, width: int, stride: int = 1, shortcut: Shortcut = "B") -> None:
        super().__init__()
        outputs = width * self.expansion
        self.conv1 = convolution(inputs, width, 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu1 = nn.ReLU()
        self.conv2 = convolution(width, width, 3, stride)
        self.bn2 = nn.BatchNorm2d(width)
        self.relu2 = nn.ReLU()
        self.conv3 = convolution(width, outputs, 1)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut_module(inputs, outputs, stride, shortcut)
        self.add = Add()
        self.relu3 = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) to (n, 4·width, h/stride, w/stride)."""
        computed = self.relu1(self.bn1(self.conv1(x)))
        computed = self.relu2(self.bn2(self.conv2(computed)))
        return joined(self, x, self.bn3(self.conv3(computed)), self.relu3)


def joined(block: BasicBlock | Bottleneck, x: Tensor, computed: Tensor, relu: nn.Module) -> Tensor:
    """Add the shortcut to what the block has computed, if it has one, and activate."""
    if block.add is not None:
        computed = block.add(computed, x if block.downsample is None else block.downsample(x))
    activation: Tensor = relu(computed)
    return activation


def stage(
    block: type[BasicBlock] | type[Bottleneck], inputs: int, width: int, depth: int, stride: int, shortcut: Shortcut
) -> nn.Sequential:
    """Blocks of one size behind each other; the first has the stride."""
    blocks = [block(inputs, width, stride, shortcut)]
    blocks += [block(width * block.expansion, width, 1, shortcut) for _ in range(depth - 1)]
    return nn.Sequential(*blocks)


class ResNet(nn.Module):
    """A network of Table 1; input (n, 3, 224, 224), output (n, 1000), the logits.

    `depths` is the number of blocks in each of the four stages.
    """

    def __init__(
        self,
        depths: tuple[int, int, int, int],
        block: type[BasicBlock] | type[Bottleneck] = BasicBlock,
        shortcut: Shortcut = "B",
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)  # (n, 64, 112, 112)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)  # (n, 64, 56, 56)
        inputs = 64
        for index, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True)):
            # (n, e·64, 56, 56), (n, e·128, 28, 28), (n, e·256, 14, 14), (n, e·512, 7, 7) with the block's expansion e
            self.add_module(f"layer{index + 1}", stage(block, inputs, width, depth, 1 if index == 0 else 2, shortcut))
            inputs = width * block.expansion
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(inputs, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of the classes: (n, 3, 224, 224) to (n, 1000)."""
        for layer in self.children():
            x = layer(x)
        return x


class CifarResNet(nn.Module):
    """A network of section 4.2 with 6n + 2 layers, n = `depth` blocks a stage; input (n, 3, 32, 32), output (n, 10)."""

    def __init__(self, depth: int, shortcut: Shortcut = "A") -> None:
        super().__init__()
        self.conv1 = convolution(3, 16, 3)  # (n, 16, 32, 32)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu = nn.ReLU()
        inputs = 16
        for index, width in enumerate(CIFAR_WIDTHS):
            # (n, 16, 32, 32), (n, 32, 16, 16), (n, 64, 8, 8)
            name, stride = f"layer{index + 1}", 1 if index == 0 else 2
            self.add_module(name, stage(BasicBlock, inputs, width, depth, stride, shortcut))
            inputs = width
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(inputs, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of the ten classes: (n, 3, 32, 32) to (n, 10)."""
        for layer in self.children():
            x = layer(x)
        return x
