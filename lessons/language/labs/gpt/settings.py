"""What can be set in `language.gpt`: how a GPT is trained, which one writes, and how it writes."""

from typing import Annotated, Literal

from lessons.language.labs.gpt.ids import LENGTH
from lessons.vocabulary.checkpoints import LAST, Checkpoint
from lessons.vocabulary.settings import Settings, choice, number, whole
from lessons.vocabulary.settings import text as line

Text = Literal["english", "japanese", "own"]
Encoding = Literal["utf-8", "shift_jis", "euc_jp"]
Level = Literal["characters", "bpe"]
Norm = Literal["before", "after"]
Draw = Literal["sample", "greedy", "beam"]
View = Literal["write", "train", "tokens", "cache"]

MOST_TOKENS = 1000
OPENING = 98
"""Tokens that are written already when the lab opens."""

SHOWN = 50
"""Tokens of the vocabulary that are shown, the best first."""

LONGEST_PROMPT = 1000


class GptSettings(Settings, frozen=True):
    """A training, a model, and how it writes."""

    text: Annotated[Text, choice("@language.gpt.text", part="training")] = "english"
    file: Annotated[str, line("@language.gpt.file", longest=1024, example="book.txt", part="training")] = ""
    encoding: Annotated[Encoding, choice("@language.gpt.encoding", part="training")] = "utf-8"
    """Of the learner's own file."""

    level: Annotated[Level, choice("@language.gpt.level", part="training")] = "characters"
    vocabulary: Annotated[int, whole(257, 8192, step=64, label="@language.gpt.vocabulary", part="training")] = 512
    """Tokens that pieces are made up to; characters have as many as there are."""

    layers: Annotated[int, whole(1, 48, label="@language.gpt.layers", part="training")] = 4
    heads: Annotated[int, whole(1, 32, label="@language.gpt.heads", part="training")] = 4
    width: Annotated[int, whole(8, 2048, step=8, label="@language.gpt.width", part="training")] = 128
    context: Annotated[int, whole(8, 1024, step=8, label="@language.gpt.context", part="training")] = 128
    norm: Annotated[Norm, choice("@language.gpt.norm", part="training")] = "before"
    batch: Annotated[int, whole(1, 256, label="@term.batch", part="training")] = 8
    accumulate: Annotated[int, whole(1, 64, label="@language.gpt.accumulate", part="training")] = 1
    """Batches whose gradients make one step."""

    steps: Annotated[int, whole(1, 100_000, step=100, label="@language.gpt.steps", part="training")] = 3000
    rate: Annotated[
        float, number(0.00001, 0.1, step=0.0001, label="@term.rate", log=True, digits=4, plus=False, part="training")
    ] = 0.002
    dropout: Annotated[float, number(0, 0.5, step=0.05, label="dropout", plus=False, part="training")] = 0.0
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="training")] = 0
    """Of the first weights and of the draws."""

    threads: Annotated[int, whole(0, 64, label="@term.threads", part="training")] = 0
    """Processor threads; 0 leaves it to the program."""

    processes: Annotated[int, whole(1, 16, label="@term.processes", part="training")] = 1
    """Processes that train together, each on its share of every batch."""

    prompt: Annotated[
        str, line("@language.gpt.prompt", longest=LONGEST_PROMPT, example="The value of", part="writing")
    ] = ""
    """What the text begins with; a beginning from the training text where empty."""

    written: Annotated[str, line("@language.gpt.written", longest=LENGTH, part="writing")] = ""
    """Tokens after the prompt that are settled already, as `ids` writes them."""

    tokens: Annotated[int, whole(0, MOST_TOKENS, step=10, label="@language.gpt.tokens", part="writing")] = OPENING
    """Tokens that are drawn after those, by the rules below."""

    draw: Annotated[Draw, choice("@language.gpt.draw", part="writing")] = "sample"
    temperature: Annotated[
        float, number(0, 2, step=0.05, label="@language.gpt.temperature", plus=False, part="writing")
    ] = 0.8
    top_k: Annotated[int, whole(0, SHOWN, label="top-k", part="writing")] = 40
    top_p: Annotated[float, number(0, 1, step=0.01, label="top-p", plus=False, part="writing")] = 0.9
    min_p: Annotated[float, number(0, 1, step=0.01, label="min-p", plus=False, part="writing")] = 0.0
    repetition: Annotated[
        float, number(1, 2, step=0.05, label="@language.gpt.repetition", plus=False, part="writing")
    ] = 1.0
    beams: Annotated[int, whole(2, 8, label="@language.gpt.beams", part="writing")] = 4
    two: Annotated[bool, choice("@language.gpt.two", part="writing")] = False
    """Whether a second text is written beside, at another temperature."""

    temperature2: Annotated[
        float, number(0, 2, step=0.05, label="@language.gpt.temperature2", plus=False, part="writing")
    ] = 1.5
    cache: Annotated[bool, choice("@language.gpt.cache", part="writing")] = True

    place: Annotated[int, whole(0, MOST_TOKENS, label="@language.gpt.place", part="looking")] = 0
    """Tokens back from the next one to the one that is looked at."""

    checkpoint: Checkpoint = LAST
    view: Annotated[View, choice("@language.gpt.view", part="looking")] = "write"
    run: Annotated[str, line("@term.run", longest=48, example="gpt-k3f9qa", part="looking")] = ""
    folder: Annotated[str, line("@language.gpt.folder", longest=1024, example="gpt2", part="looking")] = ""
    """A folder with a GPT-2 as Hugging Face keeps it."""


WRITING = (
    "prompt", "written", "tokens", "draw", "temperature", "top_k", "top_p", "min_p", "repetition", "beams", "two",
    "temperature2", "cache", "place", "checkpoint", "view", "run", "folder",
)  # fmt: skip
"""Settings that are no part of a training."""

RULES = ("draw", "temperature", "top_k", "top_p", "min_p", "repetition", "beams", "temperature2")
"""Settings that decide how the next token is drawn; when one changes, what has been written stays."""


def planned(settings: GptSettings, vocabulary: int) -> int:
    """Parameters of the GPT that these settings would train: tables, blocks of 12 w² + 13 w, the last norm."""
    block = 12 * settings.width**2 + 13 * settings.width
    last = 2 * settings.width if settings.norm == "before" else 0
    return (vocabulary + settings.context) * settings.width + settings.layers * block + last
