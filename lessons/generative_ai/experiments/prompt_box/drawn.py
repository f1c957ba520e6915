"""What the diffusion model draws, as figures: the walk, the finished pictures, and those of a second prompt."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from torch import Tensor

from engine.generative.prompt.drawing import light, noise, walk
from engine.generative.prompt.pictures import Reading, judge
from engine.generative.prompt.scenes import ATTRIBUTES, Scene
from engine.generative.prompt.words import read
from lessons.generative_ai.experiments.prompt_box.sources import Source
from lessons.generative_ai.labs.prompt_box.settings import NAME, PromptBoxSettings
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.numbers import percent

DIGITS = 3
"""Decimals of the light in pictures: more than a screen can show."""


class Drawing(NamedTuple):
    """A finished walk."""

    times: tuple[int, ...]
    frames: np.ndarray
    """The first picture at every moment, (n, 3, 32, 32), 0…1."""

    estimates: np.ndarray
    """What the network takes for it, alike."""

    pictures: np.ndarray
    """All finished pictures, (samples, 3, 32, 32), 0…1."""

    readings: tuple[Reading, ...]
    """What the judge sees in them."""


@lru_cache(maxsize=16)
def drawing(found: Source, scene: Scene, seed: int, guidance: float, steps: int, samples: int) -> Drawing:
    """Draw pictures of one scene from different noise."""
    moments = walk(found.model, [scene] * samples, noise(seed, samples), guidance=guidance, steps=steps)
    pictures = light(moments[-1].x0)
    return Drawing(
        tuple(moment.t for moment in moments),
        np.stack([plain(light(moment.x[0])) for moment in moments]),
        np.stack([plain(light(moment.x0[0])) for moment in moments]),
        plain(pictures),
        tuple(judge(pictures)),
    )


def plain(pictures: Tensor) -> np.ndarray:
    """Light as float64 in thousandths."""
    rounded: np.ndarray = pictures.cpu().numpy().astype(float).round(DIGITS)
    return rounded


def named(scene: Scene | None) -> dict[str, str]:
    """The attributes of a scene that are not left out, by their English names."""
    values = {} if scene is None else {each: scene.named(each) for each in ATTRIBUTES}
    return {name: value for name, value in values.items() if value is not None}


def message(attribute: str, value: str) -> str:
    """The message that says a value in the learner's language."""
    return f"@{NAME}.{attribute}.{value.replace(' ', '_')}"


def looked_at(done: Drawing, place: int) -> dict[str, Any]:
    """One moment of the walk: what is there, what the network takes for it, and all moments."""
    last = len(done.times) - 1
    return {
        "picture": Raster(
            title=f"@{NAME}.picture", values=done.frames[place][None], map="light", note=f"t = {done.times[place]}"
        ),
        "estimate": Raster(title=f"@{NAME}.estimate", values=done.estimates[place][None], map="light"),
        "walk": Film(
            title=f"@{NAME}.walk",
            frames=done.frames,
            captions=tuple(str(time) for time in done.times),
            present=place,
            map="light",
            note=f"{place}/{last}",
        ),
        "many": Raster(title=f"@{NAME}.many", values=done.pictures, map="light"),
    }


def two(found: Source, settings: PromptBoxSettings, first: Drawing) -> dict[str, Any]:
    """The second prompt's picture from the same noise, and where it differs."""
    scene = read(settings.prompt2).scene
    other = drawing(found, scene, settings.seed, settings.guidance, settings.steps, settings.samples)
    change = np.abs(other.pictures[0] - first.pictures[0]).mean(axis=0)
    return {
        "picture2": Raster(title=f"@{NAME}.picture2", values=other.pictures[:1], map="light"),
        "difference": Raster(title=f"@{NAME}.difference", values=change, note=percent(float(change.mean()))),
    }
