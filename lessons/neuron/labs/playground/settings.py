"""What can be set in `neuron.playground`; together it is the whole state, so that an address is a moment."""

from typing import Annotated, Literal

from lessons.vocabulary.settings import Settings, choice, number, text, whole

Dataset = Literal[
    "circle",
    "xor",
    "gaussian",
    "spiral",
    "plane",
    "multi_gaussian",
    "iris",
    "wine",
    "breast_cancer",
    "digits",
    "own",
    "file",
]
Activation = Literal["relu", "tanh", "sigmoid", "linear", "gelu", "leaky_relu"]
Optimizer = Literal["sgd", "momentum", "rmsprop", "adam"]
Regularization = Literal["none", "l1", "l2"]
Looked = Literal["network", "gradient", "example", "seeds"]
Step = Literal["batch", "epoch", "moment"]

FEATURES = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")
"""The switches of what the network is told of a point, in the order of its inputs."""

MOST_LAYERS, MOST_UNITS = 6, 8
MOST_EPOCHS = 3000
"""Epochs that can be learned at once, before anything is shown."""

LAYERS = r"0?|[1-8](,[1-8]){0,5}"
"""How the hidden layers are written: `8,8,8`; `0` or nothing without any."""


class PlaygroundSettings(Settings, frozen=True):
    """Data, network, how it learns, and what of it is looked at; it begins where TensorFlow Playground begins."""

    data: Annotated[Dataset, choice("@term.data", keys="neuron.playground.data", part="data")] = "circle"
    noise: Annotated[int, whole(0, 50, step=5, label="@term.noise", unit="%", part="data")] = 0
    share: Annotated[int, whole(10, 90, step=10, label="@neuron.playground.share", unit="%", part="data")] = 50
    file: Annotated[str, text("@neuron.playground.file", longest=1024, example="points.csv", part="data")] = ""
    axis1: Annotated[str, text("@neuron.playground.axis1", longest=200, example="petal length (cm)", part="data")] = ""
    axis2: Annotated[str, text("@neuron.playground.axis2", longest=200, example="3", part="data")] = ""
    target: Annotated[str, text("@neuron.playground.target", longest=200, example="species", part="data")] = ""
    positive: Annotated[str, text("@neuron.playground.positive", longest=200, example="virginica", part="data")] = ""
    negative: Annotated[str, text("@neuron.playground.negative", longest=200, example="setosa", part="data")] = ""
    regression: Annotated[bool, choice("@neuron.playground.regression", part="data")] = False
    """Whether the file's target is a number."""

    points: Annotated[str, text("@neuron.playground.points", longest=1200, part="data")] = ""
    """The learner's own points, as `lessons.vocabulary.marks` writes them."""

    x1: Annotated[bool, choice("x₁", part="network")] = True
    x2: Annotated[bool, choice("x₂", part="network")] = True
    x1_squared: Annotated[bool, choice("x₁²", part="network")] = False
    x2_squared: Annotated[bool, choice("x₂²", part="network")] = False
    x1_x2: Annotated[bool, choice("x₁x₂", part="network")] = False
    sin_x1: Annotated[bool, choice("sin x₁", part="network")] = False
    sin_x2: Annotated[bool, choice("sin x₂", part="network")] = False
    hidden: Annotated[
        str, text("@neuron.playground.hidden", longest=11, example="8,8,8", pattern=LAYERS, part="network")
    ] = "4,2"
    activation: Annotated[Activation, choice("@neuron.playground.activation", keys="activation", part="network")] = (
        "tanh"
    )

    rate: Annotated[
        float, number(0.00001, 10, step=0.001, label="@term.rate", log=True, digits=5, plus=False, part="learning")
    ] = 0.03
    batch: Annotated[int, whole(1, 30, label="@term.batch", part="learning")] = 10
    optimizer: Annotated[
        Optimizer, choice("@neuron.playground.optimizer", keys="neuron.playground.by", part="learning")
    ] = "sgd"
    regularization: Annotated[
        Regularization, choice("@neuron.playground.regularization", keys="neuron.playground.held", part="learning")
    ] = "none"
    regularization_rate: Annotated[
        float, number(0.00001, 10, step=0.001, label="λ", log=True, digits=5, plus=False, part="learning")
    ] = 0.001
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="learning")] = 0
    seeds: Annotated[int, whole(1, 24, label="@neuron.playground.seeds", part="learning")] = 1
    """Networks that learn at once, from this seed on."""

    epochs: Annotated[int, whole(0, MOST_EPOCHS, step=50, label="@term.epochs", part="learning")] = 0
    """Epochs that it has learned when it is first shown."""

    goal: Annotated[float, number(0, 0.5, step=0.01, label="@neuron.playground.aim", plus=False, part="learning")] = 0.0
    """Test loss at which learning stops; 0 for no goal."""

    step: Annotated[Step, choice("@neuron.playground.a_step", part="learning")] = "epoch"
    """What one step is: a batch, an epoch, or as many as fit into a moment."""

    train: Annotated[bool, choice("@neuron.playground.train", part="learning")] = False
    weights: Annotated[str, text("@neuron.playground.weights", longest=4000, part="learning")] = ""
    """Weights and biases it begins with, base64url of float32 numbers; those of the seed where empty."""

    discretize: Annotated[bool, choice("@neuron.playground.discretize", part="looking")] = False
    test_points: Annotated[bool, choice("@neuron.playground.test_points", part="looking")] = False
    view: Annotated[Looked, choice("@neuron.playground.view", part="looking")] = "network"
    unit: Annotated[str, text("@neuron.playground.unit", longest=12, example="1.3", part="looking")] = ""
    """The unit whose map is shown large; the output's where empty."""

    shown: Annotated[int, whole(0, 23, label="@neuron.playground.shown", part="looking")] = 0
    """The network that is looked at where several learn at once: 0 is that of the seed, 1 that of the next one."""

    example: Annotated[int, whole(0, 999, label="@neuron.playground.example", part="looking")] = 0
    """The training example that is followed through the network."""

    turn: Annotated[int, whole(0, 99, label="@neuron.playground.turn", part="looking")] = 0
    """How far it is followed: forward, the loss, and back again, unit by unit."""


LOOKS = ("discretize", "test_points", "view", "unit", "shown", "example", "turn", "step", "train")
"""Settings that change nothing of what is learned."""


def layers(hidden: str) -> tuple[int, ...]:
    """Units of each hidden layer: `8,8` is (8, 8), `0` and nothing are ()."""
    return () if hidden in ("0", "") else tuple(int(each) for each in hidden.split(","))


def written(units: tuple[int, ...]) -> str:
    """Write the hidden layers as the setting has them."""
    return ",".join(map(str, units)) or "0"


def features(settings: PlaygroundSettings) -> tuple[str, ...]:
    """Name the features that are switched on."""
    return tuple(name for name in FEATURES if getattr(settings, name))
