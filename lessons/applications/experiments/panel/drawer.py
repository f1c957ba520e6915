"""The network that draws: a diffusion model of digits, as the lab `image_generation.diffusion` has it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch

from engine.generative.digits import ink, resized
from lessons.applications.experiments.panel.trouble import Unanswered
from lessons.applications.labs.panel.settings import NAME, PanelSettings, drawing
from lessons.image_generation.experiments.diffusion.sources import Source, source
from lessons.image_generation.experiments.diffusion.walks import Way, walked, way
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.film import Film

MOMENTS = 7
"""Moments of the walk that are shown, the noise that it begins with and the picture among them."""

SIDE = 28
"""Pixels along the edge of what LeNet-5 reads."""

ALONE = (0.0, 1.0)
"""Weights of the guidance at which the network is asked once a step: without the digit, or with it."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture, and how it came about."""

    passes: int
    """How often a picture went through the network: once a step, with guidance twice."""

    ms: float
    """Milliseconds that the answer took."""

    drawing: Raster
    walk: Film
    picture: np.ndarray
    """Ink 0…1, shape (28, 28), whatever the model's own resolution."""


def size(settings: PanelSettings) -> tuple[int, bool]:
    """Parameters of the network, and whether the run that was asked for is missing."""
    found = source(drawing(settings, None))
    return found.network.parameters_count, found.missing


def draw(settings: PanelSettings, digit: int | None) -> Drawn:
    """Draw a digit. Raises Unanswered where none is asked for, or what a broken file raises."""
    if digit is None:
        raise Unanswered("nothing_asked")
    own = drawing(settings, digit)
    found = source(own)
    _warm(found)
    return _drawn(found, way(own))


@lru_cache(maxsize=4)
@torch.inference_mode()
def _warm(found: Source) -> None:
    """Ask it once with the digit and without, so that no answer's time is that of loading it."""
    found.network(torch.zeros(2, 1, found.side, found.side), torch.ones(2), found.network.any_kind(2))


@lru_cache(maxsize=64)
def _drawn(found: Source, asked: Way) -> Drawn:
    walk = walked(found, asked)
    frames = walk.frames
    places = sorted({round(each) for each in np.linspace(0, len(frames) - 1, MOMENTS)})
    picture = ink(walk.end)[0]
    return Drawn(
        passes=(len(frames) - 1) * (1 if asked.guidance in ALONE else 2),
        ms=1000 * walk.seconds,
        drawing=Raster(
            title=f"@{NAME}.drawing {asked.digit}", values=picture, map="ink", note=f"{found.side}×{found.side}"
        ),
        walk=Film(
            title=f"@{NAME}.walk",
            frames=np.stack([ink(frames[place].x)[0] for place in places]),
            captions=tuple(f"t {frames[place].t}" for place in places),
        ),
        picture=ink(resized(walk.end, SIDE))[0],
    )
