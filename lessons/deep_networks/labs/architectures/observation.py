"""What is seen in `deep_networks.architectures`."""

import msgspec

from lessons.vocabulary.figures import Formula, Raster, Table
from lessons.vocabulary.network import Network
from lessons.vocabulary.observation import Observation


class LayerCount(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One layer, counted."""

    name: str
    kind: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...] | None
    """Of what it hands on; None if unknown, as the field may be."""

    parameters: int
    multiply_adds: int
    field: tuple[int, ...] | None
    """Height and width of what a unit sees, in pixels."""

    kernel: tuple[int, ...] = ()
    stride: tuple[int, ...] = ()
    groups: int = 1


class ArchitecturesObservation(Observation, frozen=True, kw_only=True):
    """A network counted, another beside it, what is said of it, or what an image becomes in it."""

    title: str
    source: str
    """Paper, and where in it; empty for a model of one's own."""

    depth: int
    """Convolution and fully connected layers on the longest way."""

    side: int
    """Pixels of a side of its input; 0 if it takes no image."""

    chosen: str
    """Name of the layer or block that is looked at."""

    chosen_is_block: bool
    chosen_field: int | None
    before_field: int | None
    """Largest receptive field among the layers that it reads."""

    beside: str = ""
    """Title of the network beside it."""

    beside_parameters: int | None = None
    beside_multiply_adds: int | None = None
    reasons: tuple[str, ...] = ()
    """Why what is said differs from what is counted."""

    sources: tuple[str, ...] = ()
    """Where that is said."""

    notes: tuple[str, ...] = ()
    """What else must be known of these numbers or maps."""

    best: tuple[tuple[int, float], ...] = ()
    """The likeliest classes and their probabilities; only with weights from a file."""

    maps_total: int | None = None
    """Maps, or units, of the layer that is looked into."""

    maps_shown: int | None = None
    low: float | None = None
    high: float | None = None
    """Least and greatest value of that layer."""

    zeros: float | None = None
    """Share of its values that are 0."""

    times: dict[str, float] = {}
    """Milliseconds of every layer in this forward pass, and of `total`."""

    arithmetic: Formula
    """How the chosen layer or block is counted."""

    graph: Network
    second: Network | None = None
    quotes: Table | None = None
    photo: Raster | None = None
    maps: Raster | None = None

    parameters: int
    multiply_adds: int
    layers: tuple[LayerCount, ...]
