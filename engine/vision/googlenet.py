"""GoogLeNet, which won the contest of 2014: blocks of kernels of several sizes beside each other, and few parameters.

    input 3@224×224 → 64@56×56 → 192@28×28 → 3a, 3b 480@28×28 → 4a … 4e 832@14×14 → 5a, 5b 1024@7×7 → 1024 → 1000

Szegedy, Liu, Jia et al., Going Deeper with Convolutions (2014), Table 1 and Figure 3. Convolutions have biases, there
is no batch normalization, and kernels of 5×5 are 5×5. (torchvision's GoogLeNet is another network: it has batch
normalization, no biases, and 3×3 there.) Two auxiliary heads help training (section 5): `heads=True`.
"""

from torch import Tensor, nn

from engine.vision.parts import Concatenate, Plain, response_normalization

CLASSES = 1000
"""Classes of the contest."""

INCEPTIONS: dict[str, tuple[int, int, int, int, int, int]] = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
"""Maps of each block as Table 1 has them: 1×1, before 3×3, 3×3, before 5×5, 5×5, after pooling."""

HEADS = ("4a", "4d")
"""The blocks whose maps the auxiliary heads read."""


class Convolution(Plain):
    """A convolution and its ReLU; height and width stay as they are at a stride of 1."""

    kind = "convolution"

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1) -> None:
        super().__init__(conv=nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2), relu=nn.ReLU())


class Inception(nn.Module):
    """Four branches over the same maps, concatenated (Figure 2b); kernels of 1×1 before the larger ones save work."""

    kind = "inception"

    def __init__(self, inputs: int, maps: tuple[int, int, int, int, int, int]) -> None:
        super().__init__()
        one, before3, three, before5, five, after_pool = maps
        self.one = Convolution(inputs, one, 1)
        self.before3 = Convolution(inputs, before3, 1)
        self.three = Convolution(before3, three, 3)
        self.before5 = Convolution(inputs, before5, 1)
        self.five = Convolution(before5, five, 5)
        self.pool = nn.MaxPool2d(3, 1, 1)
        self.after_pool = Convolution(inputs, after_pool, 1)
        self.concatenate = Concatenate()
        self.outputs = one + three + five + after_pool

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) to (n, outputs, h, w)."""
        maps: Tensor = self.concatenate(
            self.one(x), self.three(self.before3(x)), self.five(self.before5(x)), self.after_pool(self.pool(x))
        )
        return maps


class Head(Plain):
    """An auxiliary head (section 5): it classifies from maps of 14×14, so that early layers learn from errors too."""

    kind = "head"

    def __init__(self, inputs: int) -> None:
        super().__init__(
            pool=nn.AvgPool2d(5, 3),  # (n, inputs, 4, 4)
            conv=nn.Conv2d(inputs, 128, 1),
            relu1=nn.ReLU(),
            flatten=nn.Flatten(),  # (n, 2048)
            full1=nn.Linear(128 * 4 * 4, 1024),
            relu2=nn.ReLU(),
            dropout=nn.Dropout(0.7),
            full2=nn.Linear(1024, CLASSES),
        )


class GoogLeNet(nn.Module):
    """The network; input (n, 3, 224, 224), output (n, 1000), the logits; with heads a triple, theirs after its own."""

    def __init__(self, heads: bool = False) -> None:
        super().__init__()
        # Where a stride of 2 does not end at the border, pooling goes beyond it, so that sizes halve as in Table 1.
        self.stem = Plain(
            conv1=nn.Conv2d(3, 64, 7, 2, 3),  # (n, 64, 112, 112)
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(3, 2, ceil_mode=True),  # (n, 64, 56, 56)
            norm1=response_normalization(),
            conv2_reduce=nn.Conv2d(64, 64, 1),
            relu2_reduce=nn.ReLU(),
            conv2=nn.Conv2d(64, 192, 3, padding=1),  # (n, 192, 56, 56)
            relu2=nn.ReLU(),
            norm2=response_normalization(),
            pool2=nn.MaxPool2d(3, 2, ceil_mode=True),  # (n, 192, 28, 28)
        )
        inputs = 192
        for name, maps in INCEPTIONS.items():
            block = Inception(inputs, maps)
            self.add_module(f"inception{name}", block)
            inputs = block.outputs
            if name in ("3b", "4e"):
                self.add_module(f"pool{name[0]}", nn.MaxPool2d(3, 2, ceil_mode=True))
            if heads and name in HEADS:
                self.add_module(f"head{name}", Head(inputs))
        self.pool5 = nn.AvgPool2d(7)  # (n, 1024, 1, 1)
        self.flatten = nn.Flatten()
        self.dropout = nn.Dropout(0.4)
        self.full = nn.Linear(inputs, CLASSES)

    def forward(self, x: Tensor) -> Tensor | tuple[Tensor, ...]:
        """Logits of the classes: (n, 3, 224, 224) to (n, 1000), or to three of these."""
        aside: list[Tensor] = []
        for module in self.children():
            if isinstance(module, Head):
                aside.append(module(x))
            else:
                x = module(x)
        return (x, *aside) if aside else x
