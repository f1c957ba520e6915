"""Where the lab's networks come from: the trainings that come with the program, or a run."""

from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from engine.generative.causal import trained
from engine.generative.causal.decoder import Decoder
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.measures import Drawn, Inferred, drawn, inferred
from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.scenes import held_out
from engine.generative.causal.trained import Kind
from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.metrics import Point
from lessons import runs
from lessons.image_generation.labs.causal_graph.settings import CausalGraphSettings
from lessons.vocabulary.checkpoints import nearest


@dataclass(frozen=True, eq=False)
class Source:
    """A decoder, where there is one for the settings, an encoder, and the curves of their training."""

    kind: Kind
    decoder: Decoder | None
    encoder: Encoder
    points: list[Point] = field(default_factory=list)
    whole: int = 1
    """Steps of the whole training."""

    step: int = 0
    """Steps after which these networks were kept."""

    steps: tuple[int, ...] = ()
    """Those of all that can be looked at."""

    own: bool = False
    missing: bool = False


def kind_of(settings: CausalGraphSettings) -> Kind:
    """The decoder that the settings ask for."""
    return settings.harmonics, 0 if settings.examples == "unlimited" else int(settings.examples)


def source(settings: CausalGraphSettings) -> Source:
    """Find the networks that the settings look into. Raises CheckpointProblem, CausalProblem."""
    found, missing = runs.looked_into(settings.run, partial(_of_run, checkpoint=settings.checkpoint))
    return found or _shipped(kind_of(settings), missing)


def _shipped(kind: Kind, missing: bool) -> Source:
    """A training that comes with the program; there is but one encoder among them, that of the first."""
    encoder = trained.shipped(trained.SHIPPED[0]).encoder
    assert encoder is not None
    if kind not in trained.SHIPPED:
        return Source(kind, None, encoder, missing=missing)
    found = trained.shipped(kind)
    steps = int(found.metrics[-1]["step"])
    return Source(kind, found.decoder, encoder, found.metrics, steps, steps, (steps,), missing=missing)


def _of_run(run: Run, checkpoint: int) -> Source | None:
    """The networks of a run at a checkpoint; None where it has kept none yet. Raises RunProblem and as `source`."""
    settings = runs.settings_of(CausalGraphSettings, run)
    steps = tuple(run.weights_steps())
    if not steps:
        return None
    kind, step = kind_of(settings), nearest(steps, checkpoint)
    decoder, encoder = _networks(str(run.weights_path(step)), kind)
    return Source(kind, decoder, encoder, runs.curves(run), settings.steps, step, steps, own=True)


@lru_cache(maxsize=4)
def _networks(path: str, kind: Kind) -> tuple[Decoder, Encoder]:
    decoder, encoder = trained.networks(load_weights(Path(path)).tensors, kind, Path(path).name)
    if encoder is None:
        raise CausalProblem("other_size", Path(path).name)
    return decoder, encoder


@lru_cache(maxsize=8)
def measured_decoder(decoder: Decoder) -> Drawn:
    """How well a decoder draws; each is asked once."""
    scenes = held_out()
    return drawn(decoder, scenes, scenes.images())


@lru_cache(maxsize=8)
def measured_encoder(encoder: Encoder) -> Inferred:
    """How well an encoder infers; each is asked once."""
    scenes = held_out()
    return inferred(encoder, scenes, scenes.images())
