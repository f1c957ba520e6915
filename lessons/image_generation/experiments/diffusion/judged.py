"""What a judge says of drawn digits: the digit asked for or not, copied or not, and how it all depends on guidance."""

from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.data.digits import digits
from engine.generative import judge
from engine.generative.diffusion import SCHEDULES, guided, reverse
from engine.generative.digits import ink, inputs
from engine.vision.batches import drawn_from
from lessons.image_generation.experiments.diffusion.sources import Source
from lessons.image_generation.labs.diffusion.settings import NAME
from lessons.vocabulary.figures import Axis, Curves, Line, Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.numbers import plain

GUIDANCES = (0.0, 1.0, 2.0, 3.0, 5.0, 8.0)
"""Weights at which the curve is measured."""

EACH = 4
"""Pictures of each digit that are drawn at each of them."""

STEPS = 10
"""DDIM steps with which they are drawn."""

SHOWN = 64
"""Pictures that are shown at most."""


def neighbours(found: Source, x: Tensor) -> dict[str, Any]:
    """The training digit nearest to the first picture."""
    near = judge.nearest(x[:1], found.images)[0]
    return {
        "nearest": near.place,
        "distance": round(near.distance, 6),
        "usual_distance": round(judge.usual_distance(found.side, found.images), 6),
        "neighbour": _beside(found, near),
    }


def second(found: Source, x: Tensor) -> dict[str, Any]:
    """That of the second walk."""
    near = judge.nearest(x[:1], found.images)[0]
    return {"distance2": round(near.distance, 6), "neighbour2": _beside(found, near)}


def _beside(found: Source, near: judge.Neighbour) -> Film:
    """The digit as it stands beside a walk, its distance under it."""
    train, _ = digits()
    picture = ink(inputs(train.images[[near.place]], found.side))
    return Film(title=f"@{NAME}.neighbour", frames=picture, captions=(plain(near.distance),))


def many(found: Source, x: Tensor) -> dict[str, Any]:
    """All pictures, and the training digit nearest to each."""
    x = x[:SHOWN]
    places = [each.place for each in judge.nearest(x, found.images)]
    train, _ = digits()
    return {
        "drawn_samples": Raster(title=f"@{NAME}.drawn_samples", values=ink(x), map="ink", scale=False),
        "neighbours": Raster(
            title=f"@{NAME}.neighbours", values=ink(inputs(train.images[places], found.side)), map="ink", scale=False
        ),
    }


@lru_cache(maxsize=4)
def _measured(found: Source, schedule: str, seed: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Agreement and diversity at each guidance, of the same noise."""
    kind = torch.arange(10).repeat_interleave(EACH)
    x = torch.randn((len(kind), 1, found.side, found.side), generator=drawn_from(seed, 0))
    network, made = found.network, SCHEDULES[schedule]()
    agreements, spreads = [], []
    for w in GUIDANCES:
        led = guided(network, {"kind": kind}, {"kind": network.any_kind(len(kind))}, w)
        *_, last = reverse(led, made, found.prediction, x, made.walk(STEPS), clip=1.0)
        agreements.append(float((judge.read(last.x).argmax(1) == kind.numpy()).mean()))
        spreads.append(diversity(ink(last.x)) / _real(found.side))
    return tuple(agreements), tuple(spreads)


@lru_cache(maxsize=2)
def _real(side: int) -> float:
    """Diversity of as many test digits."""
    _, test = digits()
    places = np.concatenate([np.flatnonzero(test.labels == digit)[:EACH] for digit in range(10)])
    return diversity(ink(inputs(test.images[places], side)))


def diversity(pictures: np.ndarray) -> float:
    """Mean distance between two pictures of the same digit, of `EACH` a digit: root mean square of ink differences."""
    rows = pictures.reshape(10, EACH, -1)
    differences = rows[:, :, None] - rows[:, None]
    distances = np.sqrt((differences**2).mean(axis=-1))
    return float(distances.sum() / (10 * EACH * (EACH - 1)))


def curve(found: Source, schedule: str, seed: int, guidance: float) -> Curves:
    """Agreement, and diversity as a share of that of real digits, over the guidance."""
    agreements, spreads = _measured(found, schedule, seed)
    x = np.array(GUIDANCES)
    return Curves(
        title=f"@{NAME}.curve",
        x=Axis(name=f"@{NAME}.guidance", low=0, high=GUIDANCES[-1]),
        y=Axis(low=0, high=1.25, ticks=(0.5, 1.0), digits=2),
        lines=(
            Line(x=x, y=np.array(agreements), name=f"@{NAME}.agreement", tone="series-1"),
            Line(x=x, y=np.array(spreads), name=f"@{NAME}.diversity", tone="series-2"),
        ),
        point=(guidance, float(np.interp(guidance, x, agreements))),
    )
