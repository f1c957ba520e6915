"""What `generative_ai.prompt_box` sees: the prompt as it was read, who answered, and the answer."""

import numpy as np
from msgspec import Struct

from lessons.vocabulary.figures import Bars, Curves, Raster, Table, Tokens
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import News, Observation


class Said(Struct, frozen=True, eq=False):
    """One word of a prompt and what it means: object, colour, size, place, nothing or unknown."""

    text: str
    meaning: str


class PromptBoxObservation(Observation, frozen=True, kw_only=True):
    """One answer."""

    answered: str
    """Which machine: diffusion or gpt."""

    words: tuple[Said, ...] = ()
    """The prompt, word by word."""

    unknown: tuple[str, ...] = ()
    """Words that neither language knows here."""

    asked: dict[str, str] = {}
    """What is asked for: object, colour, size and place by their English names; what is left out is not there."""

    group: str = ""
    """Whether such a scene was trained: trained, combinations or pairs (held out); empty where it is left open."""

    seen: dict[str, str] = {}
    """What the judge reads in the first picture; nothing where there is no scene in it."""

    right: bool = False
    """Whether that is what was asked for."""

    news: tuple[News, ...] = ()
    """What must be said, the most important first."""

    t: int = 0
    """Time of the moment that is looked at, 1000 (noise) … 0 (picture)."""

    step: int = 0
    """Steps done at that moment."""

    parameters: int
    """Trainable parameters of the machine that answered."""

    colours_seen: int = 0
    """Different colours among the pictures."""

    written_text: str = ""
    """What the GPT has written."""

    at_step: int = 0
    """Steps of training of the network that draws."""

    steps_kept: tuple[int, ...] = ()
    """Steps after which the networks of this training were kept, of all that can be looked at."""

    own: bool = False
    """Whether it comes from a run of the learner's."""

    missing: bool = False
    """Whether the run that was asked for is not there (any more)."""

    reading: Table
    """The prompt word by word: each word, what it is about, and what it says."""

    samples: np.ndarray | None = None
    """The pictures, (n, 32, 32, 3), 0…1."""

    picture: Raster | None = None
    """The moment that is looked at."""

    estimate: Raster | None = None
    """What the network takes for the picture in it."""

    walk: Film | None = None
    """Every moment of the walk."""

    many: Raster | None = None
    """The finished pictures from different noise."""

    picture2: Raster | None = None
    """The second prompt's picture, from the same noise."""

    difference: Raster | None = None
    """How much each pixel differs between the two."""

    word1: Raster | None = None
    """How much each pixel changes by the first word that means something."""

    word2: Raster | None = None
    word3: Raster | None = None
    word4: Raster | None = None
    word5: Raster | None = None
    word6: Raster | None = None
    without1: Raster | None = None
    """What is drawn, from the same noise, without the first of these words."""

    without2: Raster | None = None
    without3: Raster | None = None
    without4: Raster | None = None
    without5: Raster | None = None
    without6: Raster | None = None
    effects: Table | None = None
    """Each word, the light that it moves, and what is drawn without it."""

    held_out: Raster | None = None
    """Scenes that were never trained, as they are drawn."""

    held_out_read: Table | None = None
    """What they should be and what the judge reads."""

    rights: Bars | None = None
    """Shares of right pictures: trained, and both kinds of held-out scenes."""

    text: Tokens | None = None
    """What the GPT has written after the prompt."""

    loss: Curves | None = None
    """Loss over the steps of the training."""

    progress: Curves | None = None
    """Shares of right pictures over the steps of the training."""

    trained: dict[str, float] | None = None
    """Evaluated: shares of right pictures of trained scenes, by attribute and of all four."""

    held_out_combinations: dict[str, float] | None = None
    held_out_pairs: dict[str, float] | None = None
    accuracy: dict[str, float] = {}
    """Shares of the pictures that are right, by attribute that is asked for, and of all of them."""
