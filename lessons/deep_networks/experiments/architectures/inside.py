"""One image on its way through a network: what a layer hands on, and the time of every layer."""

from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np

from engine.vision.counted import Layer
from engine.vision.forward import Maps, run
from engine.vision.image import Photograph, Pixels, network_input, photograph, read, square
from engine.vision.prepared import prepare
from lessons.deep_networks.experiments.architectures.graph import shape_text
from lessons.deep_networks.experiments.architectures.subject import Subject
from lessons.deep_networks.labs.architectures import NAME, PHOTOGRAPHS, ArchitecturesSettings, shortcut_of
from lessons.vocabulary.figures import Raster

PHOTO = 56
"""Pixels of a side in which the photograph is shown."""

GREY = np.array([0.299, 0.587, 0.114])

SHOWN = ((28, 12, 4), (14, 24, 6), (0, 40, 8))
"""Side of a map from which on so many are shown, so many in a row."""


def look(settings: ArchitecturesSettings, subject: Subject, layer: Layer) -> dict[str, Any]:
    """Let the image go through, and keep what one layer hands on. Raises ImageError and WeightsProblem."""
    known = subject.architecture
    if known is None:
        return {"notes": (f"@{NAME}.note.counted_only",)}
    pixels = _pixels(settings.image)
    weights = Path(settings.weights) if settings.weights else None
    prepared = prepare(subject.name, settings.seed, "cpu", shortcut_of(settings, subject.name), weights)
    most, across = _shown(layer)
    first = settings.first if len(layer.shape or ()) == 3 else 0
    x = network_input(pixels, known.input)
    passed = run(prepared.model, x, layer.name, first, prepared.trained, most)
    maps = passed.maps
    return {
        "notes": _notes(settings, subject, prepared.trained),
        "best": tuple((index, round(share, 6)) for index, share in passed.best) if prepared.trained else (),
        "maps_total": maps.total,
        "maps_shown": maps.total if maps.flat else len(maps.values),
        "low": maps.low,
        "high": maps.high,
        "zeros": maps.zeros,
        "times": {**passed.times, "total": passed.total},
        "photo": _photo(pixels),
        "maps": _raster(layer, maps, across),
    }


def _pixels(image: str) -> Pixels:
    return _photograph(image) if image in PHOTOGRAPHS else read(Path(image))


@lru_cache(maxsize=2)
def _photograph(name: str) -> Pixels:
    return photograph(cast(Photograph, name))


def _shown(layer: Layer) -> tuple[int, int]:
    side = layer.shape[-1] if layer.shape and len(layer.shape) == 3 else 0
    return next((most, across) for least, most, across in SHOWN if side >= least)


def _photo(pixels: Pixels) -> Raster:
    return Raster(title="", values=square(pixels, PHOTO) @ GREY / 255, map="ink", scale=False)


def _raster(layer: Layer, maps: Maps, across: int) -> Raster:
    """The maps on one scale; a few values far out are shown as the scale's end."""
    values = maps.values.astype(float)
    known = values[np.isfinite(values)]
    reach = float(np.percentile(np.abs(known), 99.5)) if known.size else 0.0
    reach = reach or float(np.abs(known).max(initial=0.0)) or 1.0
    signed = maps.low < 0
    return Raster(
        title=layer.name,
        values=np.nan_to_num(np.clip(values, -reach, reach)),
        map="signed" if signed else "sequential",
        columns=1 if maps.flat else across,
        low=-reach if signed else 0.0,
        high=reach,
        note=shape_text(layer.shape),
        scale=False,
    )


def _notes(settings: ArchitecturesSettings, subject: Subject, trained: bool) -> tuple[str, ...]:
    """Say whose weights these are, and whose would not fit."""
    file = Path(settings.weights).name
    found = [f"@{NAME}.note.official {file}" if trained else f"@{NAME}.note.untrained"]
    if subject.name.startswith(("alexnet", "googlenet")):
        found.append(f"@{NAME}.note.other_network")
    elif not trained and subject.architecture and subject.architecture.published:
        option_a = subject.name.startswith("resnet") and shortcut_of(settings, subject.name) == "A"
        found.append(f"@{NAME}.note.option_a" if option_a else f"@{NAME}.note.published")
    return tuple(found)
