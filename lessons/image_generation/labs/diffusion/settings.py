"""What can be set in `image_generation.diffusion`: what is drawn and how, what is looked at, and how a model learns."""

from typing import Annotated, Literal

from lessons.vocabulary import checkpoints
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.settings import Settings, choice, drawing, number, text, whole

NAME = "image_generation.diffusion"

View = Literal["walk", "forward", "two", "many", "curve", "plane", "train"]
Digit = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
Method = Literal["ddpm", "ddim"]
Schedule = Literal["linear", "cosine"]
Prediction = Literal["epsilon", "v"]
Start = Literal["noise", "digit", "drawn"]
Shape = Literal["roll", "ring", "moons", "own"]
Pixels = Literal["28", "16"]

SIDE = 28
"""Rows and columns of the learner's drawing."""

LAST = 1000
"""T, the last time of the forward walk."""

MOST_POINTS, BLOCKS = 40, 20
"""Points that a learner can set in two dimensions, and blocks in which they are learned."""

MOST_STEPS = 250
MOST_SAMPLES = 256
MOST_SEED = 9999
MOST_GUIDANCE = 8.0


class DiffusionSettings(Settings, frozen=True):
    """A reverse walk, where it begins, and a training."""

    view: Annotated[View, choice(f"@{NAME}.view", part="looking")] = "walk"
    frame: Annotated[int, whole(0, MOST_STEPS, label=f"@{NAME}.frame", part="looking")] = 9
    """Steps of the walk that are done; more than there are stand for the last."""

    digit: Annotated[Digit, choice(f"@{NAME}.digit", part="drawing")] = "5"
    method: Annotated[Method, choice(f"@{NAME}.method", part="drawing")] = "ddim"
    steps: Annotated[int, whole(1, MOST_STEPS, label=f"@{NAME}.steps", part="drawing")] = 20
    schedule: Annotated[Schedule, choice(f"@{NAME}.schedule", part="drawing")] = "cosine"
    """Of the walk, and of a training."""

    prediction: Annotated[Prediction, choice(f"@{NAME}.prediction", part="drawing")] = "v"
    """What a training learns to say, and what is shown of it."""

    guidance: Annotated[
        float, number(0, MOST_GUIDANCE, step=0.1, label=f"@{NAME}.guidance", digits=1, plus=False, part="drawing")
    ] = 3.0
    seed: Annotated[int, whole(0, MOST_SEED, label="@term.seed", part="drawing")] = 0
    samples: Annotated[int, whole(1, MOST_SAMPLES, label=f"@{NAME}.samples", part="drawing")] = 1

    start: Annotated[Start, choice(f"@{NAME}.start", part="beginning")] = "noise"
    depth: Annotated[int, whole(1, LAST, step=5, label="t", part="beginning")] = 500
    """How far the forward walk takes a digit or a drawing, from where the reverse walk begins."""

    drawn: Annotated[str, drawing(f"@{NAME}.drawn", length=SIDE * SIDE, part="beginning")] = ""
    branch: Annotated[int, whole(0, MOST_STEPS, label=f"@{NAME}.branch", part="beginning")] = 0
    """The frame from which the walk goes on with new noise; 0 for none."""

    branch_seed: Annotated[int, whole(0, 9999, label=f"@{NAME}.branch_seed", part="beginning")] = 0

    method2: Annotated[Method, choice(f"@{NAME}.method2", part="second", keys=f"{NAME}.method")] = "ddim"
    steps2: Annotated[int, whole(1, MOST_STEPS, label=f"@{NAME}.steps2", part="second")] = 20
    guidance2: Annotated[
        float, number(0, MOST_GUIDANCE, step=0.1, label=f"@{NAME}.guidance2", digits=1, plus=False, part="second")
    ] = 1.0

    shape: Annotated[Shape, choice(f"@{NAME}.shape", part="plane")] = "roll"
    points: Annotated[str, drawing(f"@{NAME}.points", length=2 * MOST_POINTS, part="plane")] = ""
    """The learner's points, x and y in turn; NaN where there is none."""

    learned: Annotated[int, whole(0, BLOCKS, label=f"@{NAME}.learned", part="plane")] = 0
    """Blocks of the training in two dimensions that are done."""

    train: Annotated[bool, choice(f"@{NAME}.train", part="training")] = False
    """Whether a command line trains."""

    pixels: Annotated[Pixels, choice(f"@{NAME}.pixels", part="training")] = "28"
    updates: Annotated[int, whole(10, 100_000, step=100, label=f"@{NAME}.updates", part="training")] = 2000
    batch: Annotated[int, whole(1, 512, label="@term.batch", part="training")] = 64
    rate: Annotated[
        float, number(0.0001, 0.1, step=0.0001, label="@term.rate", log=True, digits=4, plus=False, part="training")
    ] = 0.002
    width: Annotated[int, whole(8, 128, step=8, label=f"@{NAME}.width", part="training")] = 32
    dropout: Annotated[float, number(0, 1, step=0.05, label=f"@{NAME}.dropout", plus=False, part="training")] = 0.1
    images: Annotated[int, whole(100, 4000, step=100, label=f"@{NAME}.images", part="training")] = 4000
    threads: Annotated[int, whole(0, 64, label="@term.threads", part="training")] = 0
    """Processor threads; 0 leaves it to the program."""

    checkpoint: checkpoints.Checkpoint = checkpoints.LAST
    run: Annotated[str, text("@term.run", longest=48, example="diffusion-k3f9qa", part="looking")] = ""

    def __post_init__(self) -> None:
        """Refuse a text that is no drawing of this size."""
        decode(self.drawn, SIDE * SIDE)
        decode(self.points, 2 * MOST_POINTS)


LOOKING = (
    "view", "frame", "digit", "method", "steps", "guidance", "samples", "start", "depth", "drawn", "branch",
    "branch_seed", "method2", "steps2", "guidance2", "shape", "points", "learned", "train", "checkpoint", "run",
)  # fmt: skip
"""Settings that are no part of a training."""
