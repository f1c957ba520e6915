"""What can be set in `image_generation.causal_graph`: the causes, what the networks are given, how they learn."""

from typing import Annotated, Literal

from lessons.vocabulary import checkpoints
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.settings import Settings, choice, drawing, number, text, whole

NAME = "image_generation.causal_graph"

Kind = Literal["disc", "square", "triangle", "ring", "cross"]
Given = Literal["causes", "inferred"]
Examples = Literal["100", "1000", "10000", "unlimited"]

SIDE = 32
REACH = 7
"""Pixels that an object can be moved from the middle."""

FARTHEST = 16
"""Pixels that the image can be shifted."""


class CausalGraphSettings(Settings, frozen=True):
    """Three causes, an image, and two networks."""

    object: Annotated[Kind, choice(f"@{NAME}.object", part="causes")] = "triangle"
    x: Annotated[float, number(-REACH, REACH, step=0.5, label="x", unit="px", digits=1, part="causes")] = -3.0
    y: Annotated[float, number(-REACH, REACH, step=0.5, label="y", unit="px", digits=1, part="causes")] = 2.0
    angle: Annotated[
        float, number(-180, 180, step=5, label=f"@{NAME}.angle", unit="°", digits=0, plus=False, part="causes")
    ] = 20.0

    shift_x: Annotated[
        int, number(-FARTHEST, FARTHEST, step=1, label=f"@{NAME}.shift_x", unit="px", digits=0, part="image")
    ] = 0
    """Whole pixels that the image is shifted to the right; what leaves it is lost."""

    shift_y: Annotated[
        int, number(-FARTHEST, FARTHEST, step=1, label=f"@{NAME}.shift_y", unit="px", digits=0, part="image")
    ] = 0
    """Upwards."""

    drawn: Annotated[str, drawing(f"@{NAME}.drawn", length=SIDE * SIDE, part="image")] = ""
    own: Annotated[bool, choice(f"@{NAME}.own", part="image")] = False
    """An empty pad, where nothing is drawn yet; a drawing counts without it."""

    given: Annotated[Given, choice(f"@{NAME}.given", part="decoder")] = "causes"
    """Which causes the decoder draws: those that are set, or those that the encoder infers."""

    noise: Annotated[float, number(0, 1, step=0.05, label=f"@{NAME}.noise", plus=False, part="decoder")] = 0.0
    """Share of numbers without meaning in what the decoder is given."""

    noise_seed: Annotated[int, whole(0, 999, label=f"@{NAME}.noise_seed", part="decoder")] = 0

    examples: Annotated[Examples, choice(f"@{NAME}.examples", part="training")] = "unlimited"
    harmonics: Annotated[int, whole(0, 12, label=f"@{NAME}.harmonics", part="training")] = 12
    """Multiples of the angle that the decoder is given."""

    steps: Annotated[int, whole(100, 50_000, step=100, label=f"@{NAME}.steps", part="training")] = 3000
    batch: Annotated[int, whole(1, 512, label="@term.batch", part="training")] = 128
    rate: Annotated[
        float, number(0.0001, 0.1, step=0.0001, label="@term.rate", log=True, digits=4, plus=False, part="training")
    ] = 0.008
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="training")] = 0
    threads: Annotated[int, whole(0, 64, label="@term.threads", part="training")] = 0
    """Processor threads; 0 leaves it to the program."""

    train: Annotated[bool, choice(f"@{NAME}.train", part="training")] = False
    """Whether running these settings trains."""

    checkpoint: checkpoints.Checkpoint = checkpoints.LAST
    run: Annotated[str, text("@term.run", longest=48, example="causal_graph-k3f9qa", part="training")] = ""

    def __post_init__(self) -> None:
        """Refuse a text that is no drawing of this size."""
        decode(self.drawn, SIDE * SIDE)


CAUSES = ("object", "x", "y", "angle")

LOOKS = (*CAUSES, "shift_x", "shift_y", "drawn", "own", "given", "noise", "noise_seed", "train", "checkpoint")
"""Settings that are no part of a training."""
