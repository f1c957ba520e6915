"""What `applications.panel` sees: three answers, each with the size and the work of the network that gave it."""

from typing import Literal

from msgspec import Struct

from lessons.vocabulary.figures import Bars, Raster, Table, Tokens
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import Observation

Network = Literal["reader", "writer", "drawer"]
NETWORKS: tuple[Network, ...] = ("reader", "writer", "drawer")


class Trouble(Struct, frozen=True, eq=False):
    """Something that must be said of one network."""

    network: Network
    kind: str
    message: str
    """The key of a message after `@`, which takes the values."""

    values: dict[str, str] = {}
    answers: bool = False
    """Whether it has answered all the same."""


class PanelObservation(Observation, frozen=True, kw_only=True):
    """One moment of three networks; what is None has no answer, and a trouble says why."""

    read: int | None = None
    """The digit that LeNet-5 reads."""

    scores: tuple[float, ...] = ()
    """Probability of each digit, 0 to 9."""

    label: int | None = None
    """What the shown test digit is; None for the learner's own."""

    written_text: str | None = None
    """What the GPT has written after the sentence."""

    tokens_written: int = 0
    writer_language: str = "english"
    """Which GPT it is: it goes by the sentence."""

    asked: int | None = None
    """The digit that was to be drawn."""

    read_back: int | None = None
    """What LeNet-5 reads in the picture that was drawn."""

    read_back_score: float | None = None
    """With which probability."""

    reader_parameters: int | None = None
    writer_parameters: int | None = None
    drawer_parameters: int | None = None
    reader_passes: int = 0
    """How often one input went through the network for this answer; the next two likewise."""

    writer_passes: int = 0
    drawer_passes: int = 0
    troubles: tuple[Trouble, ...] = ()

    sizes: Table
    """The three beside each other: what goes in, what comes out, parameters, passes."""

    input: Raster
    """The digit to read, 28×28, as LeNet-5 is given it."""

    reading: Bars
    """The ten scores."""

    writing: Tokens
    """The sentence and what follows, each token with its surprise in bits."""

    next: Bars | None = None
    """The tokens that may follow then."""

    drawing: Raster | None = None
    """The picture that was drawn, 28×28."""

    walk: Film | None = None
    """Moments on the way to it."""
