"""What is seen in `scaling.parameters`."""

import msgspec

from lessons.vocabulary.figures import Bars, Curves, Formula, Graph, Table
from lessons.vocabulary.observation import Observation


class PartCount(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One part of a network: a layer, or all attention of a language model say."""

    name: str
    """A layer's number, or the part's name."""

    parameters: int
    share: float
    """Of all parameters, 0…1."""


class Row(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A row of the lecture's table."""

    model: str
    year: int
    quoted: int | None
    """As the lecture has it, in full; None where it has no number."""

    counted: int | None
    """Of the network, built; None where its architecture is not public."""

    agrees: bool
    """Whether what is counted is what is quoted, rounded as that is."""


class ParametersObservation(Observation, frozen=True, kw_only=True):
    """A network counted: its parameters, what they take and where they sit; the lecture's table; a drawing to scale."""

    title: str
    source: str
    """The paper, and where in it; empty for a network of one's own."""

    layers: tuple[int, ...] = ()
    """Inputs and units of each layer of a network of one's own."""

    weights: int | None = None
    """Of these, those that are weights; only of a network of one's own."""

    thresholds: int | None = None
    looks_at: int | None = None
    """Tokens that a token looks at; None of a network that reads no tokens."""

    bytes: dict[str, int]
    """What its parameters take, by the bits of each."""

    memory_total: int | None = None
    """Bytes of this machine's memory; only where they are compared."""

    gpu_total: int | None = None
    """Bytes of the largest GPU; None where there is none."""

    rows: tuple[Row, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why what is quoted differs from what is counted, or why nothing is."""

    ratios: dict[str, float] = {}
    """How many times as many parameters each drawn network has as the smallest."""

    arithmetic: Formula
    """How parameters and multiply–adds come about."""

    parts: Bars
    """Where the parameters sit."""

    graph: Graph | None = None
    counts: Table | None = None
    """The sizes of a public network, as its paper has them."""

    memory: Bars | None = None
    table: Table | None = None
    years: Curves | None = None
    stack: Curves | None = None
    """Networks as rectangles, as wide as their vectors and as high as their layers."""

    squares: Curves | None = None
    """Networks as squares, as large as their parameters."""

    part_counts: tuple[PartCount, ...]
    multiply_adds: int
    """For one input, image or token: products with a weight or of two values."""

    parameters: int
