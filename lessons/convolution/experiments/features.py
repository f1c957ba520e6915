"""An image under four kernels, and under one that is laid on their maps; one cell of the map written out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.vision.features import (
    Array,
    CellSum,
    ImpossibleSize,
    Steps,
    cell_sum,
    correlate,
    max_pool,
    relu,
)
from engine.vision.letters import letter
from lessons.convolution import kernels
from lessons.convolution.experiments.features_figures import (
    cell_table,
    kernel_raster,
    map_raster,
    maps_raster,
    sum_line,
)
from lessons.convolution.labs.features import POOL, FeaturesObservation, FeaturesSettings
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.pictures import unpack

SECOND = Steps(padding=1)
"""The second stage keeps the size of the maps it is given."""

MOST_INK = 0.9
"""Share of the largest ink of a row from which a row belongs to the bar."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage with what it is given, as far as its map is looked at."""

    given: Array
    """Maps that the kernel is laid on, shape (c, n, n)."""

    kernel: Array
    """Shape (c, k, k)."""

    bias: float
    steps: Steps
    map: Array
    """Its map after the activation, shape (rows, columns)."""

    pixels: tuple[int, int]
    """Pixels of the image from one cell to the next, and from the image's edge to the middle of the first cell."""


def observe(settings: FeaturesSettings) -> FeaturesObservation:
    """Lay the kernels on the image. Raises KernelError, LetterError, DrawingError."""
    image = _image(settings)
    first = np.array([[_kernel(text, int(settings.width))] for text in settings.texts])
    combined = np.array(kernels.read_combined(settings.combined))
    steps = Steps(settings.stride, settings.padding, settings.dilation)
    present = int(settings.feature) - 1
    shown = first[present, 0] if settings.stage == "first" else combined[present]
    side = first.shape[-1]
    common: dict[str, Any] = {
        "reach": steps.reach(side),
        "length": len(image) + 2 * settings.padding,
        "weights_sum": round(float(shown.sum()), 6) + 0.0,
        "zeros": not shown.any() if settings.stage == "first" else not combined.any(),
        "image": Raster(
            title="@convolution.features.part.image", values=image, map="ink", note=f"{len(image)}×{len(image)}"
        ),
        "kernel": kernel_raster(shown, settings),
        "bar": _bar(image),
    }
    try:
        maps = _active(correlate(image[None], first, settings.bias, steps), settings)
    except ImpossibleSize:
        return FeaturesObservation(possible=False, **common)
    if settings.stage == "first":
        middle = (steps.reach(side) - 1) // 2 - settings.padding
        stage = Stage(image[None], first[present], settings.bias, steps, maps[present], (settings.stride, middle))
    else:
        stage = _second(maps, combined, settings, side)
    return FeaturesObservation(
        unseen=steps.unseen(len(image), side),
        **common,
        **_found(stage),
        **_maps(maps, settings),
        **_written_out(stage, settings, present),
        map=map_raster(stage.map, settings, maps if settings.stage == "first" else stage.map),
        maps=maps_raster(maps if settings.stage == "first" else stage.given, settings),
    )


def _image(settings: FeaturesSettings) -> Array:
    side = int(settings.side)
    if settings.drawn or settings.own:
        return unpack(settings.drawn, side)
    if not settings.letter:
        return np.zeros((side, side))
    return letter(settings.letter, side, settings.size, settings.angle)


def _kernel(text: str, side: int) -> kernels.Rows:
    """Read a kernel of the first stage, also one that LeNet-5 has learned. Raises KernelError."""
    if text not in kernels.LEARNED:
        return kernels.read(text, side)
    rows = _learned()[kernels.LEARNED.index(text)]
    return kernels.fitted(tuple(map(tuple, rows.tolist())), side)


@lru_cache(maxsize=1)
def _learned() -> Array:
    """The kernels of C1 at the end of the training that comes with the program, in hundredths, shape (6, 5, 5)."""
    from engine.vision import trained  # it brings torch, which no other kernel needs

    history = trained.shipped("modern")
    weights = history.weights(history.epochs[-1])["C1.weight"].numpy().astype(float)
    hundredths: Array = np.round(weights[:, 0], 2)
    return hundredths


def _active(maps: Array, settings: FeaturesSettings) -> Array:
    return relu(maps) if settings.relu else maps


def _second(maps: Array, kernel: Array, settings: FeaturesSettings, side: int) -> Stage:
    pooled = max_pool(maps, POOL)
    found = _active(correlate(pooled, kernel[None], settings.threshold, SECOND), settings)[0]
    steps = Steps(settings.stride, settings.padding, settings.dilation)
    middle = (steps.reach(side) - 1) // 2 - settings.padding + settings.stride // 2
    return Stage(pooled, kernel, settings.threshold, SECOND, found, (settings.stride * POOL, middle))


def _found(stage: Stage) -> dict[str, Any]:
    """Where the map answers, in rows and columns of the image."""
    values, (step, middle) = stage.map, stage.pixels
    found: dict[str, Any] = {
        "rows": values.shape[0],
        "columns": values.shape[1],
        "largest": round(float(values.max()), 6),
        "least": round(float(values.min()), 6) + 0.0,
        "cells": int((values > TINY).sum()),
    }
    if found["cells"]:
        row, column = np.unravel_index(values.argmax(), values.shape)
        lit = np.flatnonzero((values > TINY).any(axis=1))
        found["peak"] = (int(row) * step + middle, int(column) * step + middle)
        found["answers"] = (int(lit[0]) * step + middle, int(lit[-1]) * step + middle)
    return found


TINY = 1e-9
"""What is not above this is 0: sums of hundredths leave a rest."""


def _maps(maps: Array, settings: FeaturesSettings) -> dict[str, Any]:
    totals = tuple(round(float(total), 3) + 0.0 for total in relu(maps).sum(axis=(1, 2)))
    return {"totals": totals, "strongest": int(np.argmax(totals)) + 1 if any(totals) else 0}


def _bar(image: Array) -> tuple[int, int]:
    ink = image.sum(axis=1)
    if not ink.any():
        return (-1, -1)
    rows = np.flatnonzero(ink >= MOST_INK * ink.max())
    return int(rows[0]), int(rows[-1])


def _written_out(stage: Stage, settings: FeaturesSettings, present: int) -> dict[str, Any]:
    """The cell under the cursor: of the second stage the slice of the present feature, number by number."""
    row, column = (
        min(place // settings.finer, last - 1)
        for place, last in zip((settings.row, settings.column), stage.map.shape, strict=True)
    )
    cell: CellSum = cell_sum(stage.given, stage.kernel, (row, column), stage.bias, stage.steps)
    part = present if settings.stage == "second" else 0
    value = float(stage.map[row, column])
    return {
        "value": round(value, 6) + 0.0,
        "cell": cell_table(cell.patch[part], stage.kernel[part], cell.products[part]),
        "sum": sum_line(cell, value, settings.relu),
    }
