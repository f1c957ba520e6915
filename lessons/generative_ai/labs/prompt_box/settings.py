"""What can be set in `generative_ai.prompt_box`: the prompt, how it is drawn, what is looked at, and a training."""

from typing import Annotated, Literal

from lessons.vocabulary import checkpoints
from lessons.vocabulary.settings import Settings, choice, number, whole
from lessons.vocabulary.settings import text as line

NAME = "generative_ai.prompt_box"

Machine = Literal["auto", "diffusion", "gpt"]
View = Literal["walk", "words", "two", "held_out", "train"]

LONGEST = 400
"""Characters of a prompt."""

PROMPT = "a big blue disc at the top right"

MOST_STEPS = 50


class PromptBoxSettings(Settings, frozen=True):
    """A prompt and who answers it."""

    prompt: Annotated[
        str, line(f"@{NAME}.prompt", longest=LONGEST, example="a small red ring at the top left", part="prompt")
    ] = PROMPT
    prompt2: Annotated[
        str, line(f"@{NAME}.prompt2", longest=LONGEST, example="a small red disc at the top left", part="prompt")
    ] = "a big red disc at the top right"
    """What is drawn beside it, from the same noise, where two are looked at."""

    machine: Annotated[Machine, choice(f"@{NAME}.machine", part="prompt")] = "auto"
    """Who answers; `auto` gives what names a scene to the one that draws, all else to the one that writes."""

    guidance: Annotated[
        float, number(0, 10, step=0.5, label=f"@{NAME}.guidance", digits=1, plus=False, part="drawing")
    ] = 3.0
    """Weight of the prompt: 0 ignores it, 1 is as the network has learned it."""

    steps: Annotated[int, whole(1, MOST_STEPS, label=f"@{NAME}.steps", part="drawing")] = 20
    """Steps of the walk from noise to picture."""

    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="drawing")] = 0
    """Of the noise."""

    samples: Annotated[int, whole(1, 64, label=f"@{NAME}.samples", part="drawing")] = 8
    """Pictures that are drawn, each from its own noise; the first is looked at."""

    back: Annotated[int, whole(0, MOST_STEPS, label=f"@{NAME}.back", part="drawing")] = 0
    """Steps back from the finished picture to the moment that is looked at."""

    view: Annotated[View, choice(f"@{NAME}.view", part="looking")] = "walk"
    evaluate: Annotated[bool, choice(f"@{NAME}.evaluate", part="looking")] = False
    """Whether every held-out scene, and as many trained ones, are drawn and judged."""

    train: Annotated[bool, choice(f"@{NAME}.train", part="training")] = False
    """Whether running these settings trains a network."""

    train_steps: Annotated[int, whole(10, 100_000, step=100, label=f"@{NAME}.train_steps", part="training")] = 3000
    batch: Annotated[int, whole(1, 512, label="@term.batch", part="training")] = 64
    rate: Annotated[
        float, number(0.00001, 0.1, step=0.0001, label="@term.rate", log=True, digits=4, plus=False, part="training")
    ] = 0.002
    width: Annotated[int, whole(8, 128, step=8, label=f"@{NAME}.width", part="training")] = 48
    """Channels of the network."""

    train_seed: Annotated[int, whole(0, 9999, label=f"@{NAME}.train_seed", part="training")] = 0
    threads: Annotated[int, whole(0, 64, label="@term.threads", part="training")] = 0
    """Processor threads; 0 leaves it to the program."""

    checkpoint: checkpoints.Checkpoint = checkpoints.LAST
    run: Annotated[str, line("@term.run", longest=48, example="prompt_box-k3f9qa", part="looking")] = ""


LOOKS = (
    "prompt",
    "prompt2",
    "machine",
    "guidance",
    "steps",
    "seed",
    "samples",
    "back",
    "view",
    "evaluate",
    "train",
    "checkpoint",
)
"""Settings that are no part of a training."""
