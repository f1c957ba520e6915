"""VGG-16: nothing but 3×3 kernels, thirteen layers of them, and three fully connected layers.

    input 3@224×224 → 64@224×224 → 128@112×112 → 256@56×56 → 512@28×28 → 512@14×14 → 4096 → 4096 → 1000

Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition (2014), Table 1, column D.
Modules have the names of torchvision's VGG-16, so that its published weights fit.
"""

from torch import Tensor, nn

STAGES = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
"""Maps and convolution layers of each stage; pooling after each halves height and width."""

CLASSES = 1000
"""Classes of the contest."""


class VGG16(nn.Module):
    """The network; input (n, 3, 224, 224), output (n, 1000), the logits."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: dict[str, str] = {}
        """The stage that each layer of `features` belongs to, for the drawing."""
        layers: list[nn.Module] = []
        maps = 3
        for stage, (wider, convolutions) in enumerate(STAGES, 1):
            start = len(layers)
            for _ in range(convolutions):
                layers += [nn.Conv2d(maps, wider, 3, padding=1), nn.ReLU()]
                maps = wider
            layers.append(nn.MaxPool2d(2))
            self.blocks |= {f"features.{index}": f"stage{stage}" for index in range(start, len(layers))}
        self.features = nn.Sequential(*layers)  # (n, 512, 7, 7)
        self.flatten = nn.Flatten()  # (n, 25088)
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, CLASSES),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits of the classes: (n, 3, 224, 224) to (n, 1000)."""
        logits: Tensor = self.classifier(self.flatten(self.features(x)))
        return logits
