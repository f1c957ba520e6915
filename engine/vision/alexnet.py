"""AlexNet, which won the contest of 2012 and made deep networks spread.

    input 3@224×224 → 96@55×55 → 256@27×27 → 384@13×13 → 384@13×13 → 256@13×13 → 4096 → 4096 → 1000

Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks (2012), section 3.5
and Figure 2. Two GPUs shared the maps: kernels of the layers 2, 4 and 5 see only the maps on their own GPU, which are
two groups here; layer 3 sees all maps. `groups=1` lets all layers see all maps. One thing is not in the paper: 224
pixels and kernels of 11 at a stride of 4 don't give 55 places, so that two pixels of zeros surround the image.
(torchvision's AlexNet is another network: the narrower one of 2014, without response normalization.)
"""

from torch import Tensor, nn

from engine.vision.parts import Plain, response_normalization

CLASSES = 1000
"""Classes of the contest."""


def pool() -> nn.MaxPool2d:
    """Overlapping pooling (section 3.4): squares of 3×3, two apart."""
    return nn.MaxPool2d(3, 2)


class AlexNet(nn.Module):
    """The network; input (n, 3, 224, 224), output (n, 1000), the logits. `groups` is 2 (as in 2012) or 1."""

    def __init__(self, groups: int = 2) -> None:
        super().__init__()
        self.layer1 = Plain(
            conv=nn.Conv2d(3, 96, 11, stride=4, padding=2),  # (n, 96, 55, 55)
            relu=nn.ReLU(),
            norm=response_normalization(),
            pool=pool(),  # (n, 96, 27, 27)
        )
        self.layer2 = Plain(
            conv=nn.Conv2d(96, 256, 5, padding=2, groups=groups),  # (n, 256, 27, 27)
            relu=nn.ReLU(),
            norm=response_normalization(),
            pool=pool(),  # (n, 256, 13, 13)
        )
        self.layer3 = Plain(conv=nn.Conv2d(256, 384, 3, padding=1), relu=nn.ReLU())  # (n, 384, 13, 13)
        self.layer4 = Plain(conv=nn.Conv2d(384, 384, 3, padding=1, groups=groups), relu=nn.ReLU())  # (n, 384, 13, 13)
        self.layer5 = Plain(
            conv=nn.Conv2d(384, 256, 3, padding=1, groups=groups),  # (n, 256, 13, 13)
            relu=nn.ReLU(),
            pool=pool(),  # (n, 256, 6, 6)
        )
        self.flatten = nn.Flatten()  # (n, 9216)
        # Dropout of half of the units while training (section 4.2).
        self.layer6 = Plain(full=nn.Linear(256 * 6 * 6, 4096), relu=nn.ReLU(), dropout=nn.Dropout(0.5))
        self.layer7 = Plain(full=nn.Linear(4096, 4096), relu=nn.ReLU(), dropout=nn.Dropout(0.5))
        self.layer8 = nn.Linear(4096, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Logits of the classes: (n, 3, 224, 224) to (n, 1000)."""
        for layer in self.children():
            x = layer(x)
        return x
