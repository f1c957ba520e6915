"""Where the lab's networks come from: the trainings that come with the program, or a run."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.generative.causal import trained
from engine.generative.causal.decoder import Decoder
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.measures import Drawn, Inferred, drawn, inferred
from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.scenes import held_out
from engine.generative.causal.trained import Kind
from engine.training.checkpoint import CheckpointProblem, load_weights
from engine.training.folder import Run, find, root
from engine.training.metrics import Metrics, Point
from engine.training.record import RunProblem
from lessons.image_generation.labs.causal_graph.settings import CausalGraphSettings
from lessons.vocabulary.settings import SettingError, settings_from


@dataclass(frozen=True, eq=False)
class Source:
    """A decoder, where there is one for the settings, an encoder, and the curves of their training."""

    kind: Kind
    decoder: Decoder | None
    encoder: Encoder
    points: list[Point] = field(default_factory=list)
    steps: int = 1
    """Steps of the whole training."""

    own: bool = False
    missing: bool = False


def kind_of(settings: CausalGraphSettings) -> Kind:
    """The decoder that the settings ask for."""
    return settings.harmonics, 0 if settings.examples == "unlimited" else int(settings.examples)


def source(settings: CausalGraphSettings) -> Source:
    """Find the networks that the settings look into. Raises CausalProblem for some that can't be taken."""
    missing = False
    if settings.run:
        try:
            found = _of_run(find(root(), settings.run))
        except (RunProblem, KeyError):
            missing = True
        else:
            if found is not None:
                return found
    return _shipped(kind_of(settings), missing)


def _shipped(kind: Kind, missing: bool) -> Source:
    """A training that comes with the program; there is but one encoder among them, that of the first."""
    encoder = trained.shipped(trained.SHIPPED[0]).encoder
    assert encoder is not None
    if kind not in trained.SHIPPED:
        return Source(kind, None, encoder, missing=missing)
    found = trained.shipped(kind)
    steps = int(found.metrics[-1]["step"])
    return Source(kind, found.decoder, encoder, found.metrics, steps, missing=missing)


_metrics: dict[str, Metrics] = {}


def _of_run(run: Run) -> Source | None:
    """The newest networks of a run; None where it has kept none yet. Raises RunProblem, CausalProblem."""
    settings = _settings(run.record().settings)
    steps = run.weights_steps()
    if not steps:
        return None
    kind = kind_of(settings)
    decoder, encoder = _networks(run, steps[-1], kind)
    known = _metrics.setdefault(str(run.folder), Metrics(run.metrics_path))
    known.read()
    return Source(kind, decoder, encoder, list(known.points), settings.steps, own=True)


def _networks(run: Run, step: int, kind: Kind) -> tuple[Decoder, Encoder]:
    return _loaded(str(run.weights_path(step)), kind)


@lru_cache(maxsize=4)
def _loaded(path: str, kind: Kind) -> tuple[Decoder, Encoder]:
    try:
        weights = load_weights(Path(path)).tensors
    except CheckpointProblem:
        raise CausalProblem("unreadable", Path(path).name) from None
    decoder, encoder = trained.networks(weights, kind, Path(path).name)
    if encoder is None:
        raise CausalProblem("other_size", Path(path).name)
    return decoder, encoder


def _settings(plain: dict[str, Any]) -> CausalGraphSettings:
    try:
        return settings_from(CausalGraphSettings, plain)
    except SettingError:
        raise RunProblem("unreadable", id="", file="run.json") from None


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
