"""What can be set in `applications.panel`: a digit to read, a sentence to go on with, a digit to draw."""

import re
from typing import Annotated, Literal

from lessons.convolution.labs.lenet5 import PIXELS, Lenet5Settings
from lessons.image_generation.labs.diffusion.settings import DiffusionSettings
from lessons.language.labs.gpt.settings import LONGEST_PROMPT, GptSettings
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.settings import Settings, choice, number, whole
from lessons.vocabulary.settings import drawing as pad
from lessons.vocabulary.settings import text as line

Wanted = Literal["read", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

NAME = "applications.panel"
MOST_TOKENS = 200
TOKENS = 40
"""Tokens of an answer when the lab opens."""


class PanelSettings(Settings, frozen=True):
    """What each of the three networks is given."""

    digit: Annotated[int, whole(0, 999, label="@convolution.lenet5.digit", part="reading")] = 0
    drawn: Annotated[str, pad("@convolution.lenet5.drawn", length=PIXELS * PIXELS, part="reading")] = ""
    own: Annotated[bool, choice("@convolution.lenet5.own", part="reading")] = False
    """An empty pad, where nothing is drawn yet; a drawing counts without it."""

    sentence: Annotated[
        str, line("@applications.panel.sentence", longest=LONGEST_PROMPT, example="The value of", part="writing")
    ] = ""
    """What the GPT goes on with; a beginning from the English training text where empty."""

    tokens: Annotated[int, whole(1, MOST_TOKENS, step=10, label="@applications.panel.tokens", part="writing")] = TOKENS
    temperature: Annotated[
        float, number(0, 2, step=0.05, label="@language.gpt.temperature", plus=False, part="writing")
    ] = 0.8

    wanted: Annotated[Wanted, choice("@applications.panel.wanted", part="drawing")] = "read"
    """The digit that is to be drawn: the one that is read, or another."""

    guidance: Annotated[
        float,
        number(0, 8, step=0.1, label="@applications.panel.guidance", digits=1, plus=False, part="drawing"),
    ] = 3.0
    steps: Annotated[int, whole(1, 50, label="@applications.panel.steps", part="drawing")] = 20
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="drawing")] = 0
    """Of the tokens that are drawn, and of the noise that a picture begins with."""

    reader_run: Annotated[
        str, line("@applications.panel.reader_run", longest=48, example="lenet5-k3f9qa", part="runs")
    ] = ""
    """A training of the learner's own that reads; what comes with the program where empty. The next two likewise."""

    writer_run: Annotated[
        str, line("@applications.panel.writer_run", longest=48, example="gpt-k3f9qa", part="runs")
    ] = ""
    drawer_run: Annotated[
        str, line("@applications.panel.drawer_run", longest=48, example="diffusion-k3f9qa", part="runs")
    ] = ""

    def __post_init__(self) -> None:
        """Refuse a text that is no drawing of this size."""
        decode(self.drawn, PIXELS * PIXELS)


JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""A sign of kana, kanji or Japanese punctuation."""


def language(settings: PanelSettings) -> Literal["english", "japanese"]:
    """The language of the sentence, and so of the GPT that goes on with it: Japanese with any Japanese sign."""
    return "japanese" if JAPANESE.search(settings.sentence) else "english"


# The same in the settings of each network's own lab: what it answers here, it answers there.


def reading(settings: PanelSettings) -> Lenet5Settings:
    """What LeNet-5 is given."""
    return Lenet5Settings(digit=settings.digit, drawn=settings.drawn, own=settings.own, run=settings.reader_run)


def writing(settings: PanelSettings) -> GptSettings:
    """What the GPT is given."""
    return GptSettings(
        text=language(settings),
        prompt=settings.sentence,
        tokens=settings.tokens,
        temperature=settings.temperature,
        seed=settings.seed,
        run=settings.writer_run,
    )


def drawing(settings: PanelSettings, digit: int | None) -> DiffusionSettings:
    """What the diffusion model is given, at the end of its walk; without a digit all but that."""
    return DiffusionSettings(
        digit="5" if digit is None else str(digit),  # type: ignore[arg-type]
        steps=settings.steps,
        guidance=settings.guidance,
        seed=settings.seed,
        frame=settings.steps,
        run=settings.drawer_run,
    )


def asked(settings: PanelSettings, read: int | None) -> int | None:
    """The digit that is to be drawn; None where it is the one that is read, and none is."""
    return read if settings.wanted == "read" else int(settings.wanted)
