"""The lab `convolution.features`: take a letter apart by kernels, and read features of features."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.convolution import kernels
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Formula, Raster, Table
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import plain, signed
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.pictures import LONGEST
from lessons.vocabulary.settings import Settings, choice, number, text, whole

NAME = "convolution.features"

Side = Literal["16", "24", "32", "48", "64"]
KernelSide = Literal["3", "5"]
Stage = Literal["first", "second"]
Feature = Literal["1", "2", "3", "4"]
Scale = Literal["own", "all"]

FIRST = ("rising", "falling", "level", "upright")
"""The kernels of the first stage as they are at first: strokes of four directions."""

POOL = 2
"""Side of the blocks whose greatest value goes on to the second stage."""

WRITTEN = 480
"""Characters of a kernel's text at most."""


class FeaturesSettings(Settings, frozen=True):
    """The image, the kernels, and how they are laid on it."""

    letter: Annotated[str, text("@convolution.features.letter", longest=1, example="A", part="image")] = "A"
    size: Annotated[int, whole(4, 64, label="@convolution.features.size", part="image")] = 24
    """Height of a capital in pixels."""

    angle: Annotated[
        float,
        number(-180, 180, step=5, label="@convolution.features.angle", unit="°", digits=0, part="image"),
    ] = 0.0
    side: Annotated[Side, choice("@convolution.features.side", part="image")] = "32"
    drawn: Annotated[str, text("@convolution.features.drawn", longest=LONGEST, part="image")] = ""
    own: Annotated[bool, choice("@convolution.features.own", part="image")] = False
    """An empty pad, where nothing is drawn yet; a drawing counts without it."""

    stage: Annotated[Stage, choice("@convolution.features.stage", part="kernel")] = "first"
    feature: Annotated[Feature, choice("@convolution.features.feature", part="kernel")] = "1"
    """The feature map that is looked at; in the second stage, the slice that lies on it."""

    width: Annotated[KernelSide, choice("@convolution.features.width", part="kernel")] = "5"
    kernel1: Annotated[str, text("@convolution.features.kernel1", longest=WRITTEN, example="sobel_x")] = FIRST[0]
    kernel2: Annotated[str, text("@convolution.features.kernel2", longest=WRITTEN, example="edges")] = FIRST[1]
    kernel3: Annotated[str, text("@convolution.features.kernel3", longest=WRITTEN, example="0,0,0/1,1,1/0,0,0")] = (
        FIRST[2]
    )
    kernel4: Annotated[str, text("@convolution.features.kernel4", longest=WRITTEN, example="blur")] = FIRST[3]
    combined: Annotated[str, text("@convolution.features.combined", longest=WRITTEN, example="tee_left")] = "apex"
    """The kernel of the second stage."""

    stride: Annotated[int, whole(1, 8, label="@convolution.features.stride", part="steps")] = 1
    padding: Annotated[int, whole(0, 4, label="@convolution.features.padding", part="steps")] = 0
    dilation: Annotated[int, whole(1, 8, label="@convolution.features.dilation", part="steps")] = 1
    bias: Annotated[
        float, number(-20, 20, step=0.5, label="@convolution.features.bias", signed=True, digits=1, part="steps")
    ] = 0.0
    threshold: Annotated[
        float, number(-60, 60, step=1, label="@convolution.features.bias2", signed=True, digits=1, part="steps")
    ] = 0.0
    """The constant of the second stage."""

    relu: Annotated[bool, choice("@convolution.features.relu", part="steps")] = True
    scale: Annotated[Scale, choice("@convolution.features.scale", part="steps")] = "own"
    row: Annotated[int, whole(0, 71, label="@convolution.features.row", part="cell")] = 13
    column: Annotated[int, whole(0, 71, label="@convolution.features.column", part="cell")] = 9
    """The cell that is written out, counted in the first map; of the second one, that which is computed from it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The kernels of the first stage as they are written."""
        return (self.kernel1, self.kernel2, self.kernel3, self.kernel4)

    @property
    def finer(self) -> int:
        """Cells of the first map to one of the map that is looked at, each way."""
        return POOL if self.stage == "second" else 1


class FeaturesObservation(Observation, frozen=True, kw_only=True):
    """The map under these kernels, and how one of its cells comes about."""

    rows: int = 0
    """Rows of the map that is looked at, and its columns; 0 where the kernel has no place on the image."""

    columns: int = 0
    possible: bool = True
    """Whether the kernel has any place on the padded image."""

    reach: int
    """Pixels that the kernel reaches over, each way."""

    length: int
    """Pixels of the padded image, each way."""

    unseen: int = 0
    """Rows and columns at the far edges that no place of the kernel covers."""

    largest: float = 0.0
    least: float = 0.0
    cells: int = 0
    """Cells of the map above 0."""

    peak: tuple[int, int] = (-1, -1)
    """Row and column of the image under the middle of the kernel where the map is largest; −1 where it is all 0."""

    answers: tuple[int, int] = (-1, -1)
    """First and last row of the image under the kernel's middle in whose cells the map is above 0."""

    bar: tuple[int, int] = (-1, -1)
    """First and last row of the image with the most ink, within a tenth; in an A, the bar."""

    totals: tuple[float, ...] = ()
    """Sum of each of the four feature maps, without what is below 0."""

    strongest: int = 0
    """The feature map with the largest sum, from 1; 0 where all are 0."""

    value: float = 0.0
    """The cell under the cursor, after the activation."""

    weights_sum: float
    """Sum of the numbers of the kernel that is looked at."""

    zeros: bool = False
    """Whether all of them are 0."""

    image: Raster
    """What the kernels are laid on."""

    kernel: Raster
    """The kernel that is looked at; in the second stage, its slice for the present feature."""

    map: Raster | None = None
    """The feature map of the present kernel, or of the second stage."""

    maps: Raster | None = None
    """All four maps of the first stage; in the second stage, as it is given them."""

    cell: Table | None = None
    """What the kernel lies on for the cell under the cursor, the kernel, and the products."""

    sum: Formula | None = None
    """Their sum, and what comes of it."""


def _seen(moment: Moment) -> FeaturesObservation:
    assert isinstance(moment.observation, FeaturesObservation)
    return moment.observation


def _settings(moment: Moment) -> FeaturesSettings:
    assert isinstance(moment.settings, FeaturesSettings)
    return moment.settings


# The exercises


def _size(moment: Moment) -> str:
    seen = _seen(moment)
    return f"{seen.rows}×{seen.columns}"


SIZES = {14: "fourteen", 15: "fifteen", 16: "sixteen", 28: "twenty_eight"}

SLACK = 2
"""Rows beyond the bar in which a kernel that lies over its edge may still answer."""

FEWEST = 3


def _only_bar(trail: Trail) -> tuple[Condition, ...]:
    settings, seen = _settings(trail.now), _seen(trail.now)
    plain_a = FeaturesSettings()
    untouched = all(
        getattr(settings, name) == getattr(plain_a, name)
        for name in ("letter", "size", "angle", "side", "drawn", "own", "stage", "padding")
    )
    first, last = seen.answers
    low, high = seen.bar[0] - SLACK, seen.bar[1] + SLACK
    alone = first >= 0 and low <= first and last <= high
    now = f"{first}…{last}" if first >= 0 else "–"
    return (
        Condition("@convolution.features.bar.untouched", untouched),
        Condition(
            "@convolution.features.bar.cells",
            seen.cells >= FEWEST,
            str(seen.cells),
            "" if seen.cells >= FEWEST else str(FEWEST - seen.cells),
            min(seen.cells / FEWEST, 1.0),
        ),
        Condition("@convolution.features.bar.alone", alone, f"{now}  ({low}…{high})"),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    return {
        "size": _size(trail.now),
        "reach": str(seen.reach),
        "length": str(seen.length),
        "largest": plain(seen.largest),
        "cells": str(seen.cells),
        "rows": f"{seen.answers[0]}…{seen.answers[1]}" if seen.answers[0] >= 0 else "–",
        "bar": f"{seen.bar[0]}…{seen.bar[1]}",
        "strongest": str(seen.strongest),
        "angle": signed(settings.angle, 0),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "stride",
        starts=(NAME, f"{NAME}?padding=2"),
        reveals=(f"{NAME}?stride=2", f"{NAME}?stride=2&padding=2"),
        choices=("fourteen", "fifteen", "sixteen", "twenty_eight"),
        answer=lambda trail: SIZES.get(_seen(trail.now).rows, ""),
        shown=_size,
        facts=_facts,
    ),
    Exercise(
        name="bar",
        kind="reach",
        starts=(NAME,),
        check=_only_bar,
        facts=_facts,
        solution=(f"{NAME}?feature=3&bias=-13",),
    ),
    contrast(
        "turned",
        start=f"{NAME}?letter=I",
        only=("angle",),
        outcome=lambda moment: _seen(moment).strongest,
        shown=lambda moment: str(_seen(moment).strongest),
        choices=("learned", "direction", "size"),
        reason="direction",
        solution=(f"{NAME}?letter=I", f"{NAME}?letter=I&angle=90"),
        facts=_facts,
    ),
)

NAMES = kernels.PRESETS
"""Kernels that the first stage offers by name."""

COMBINED = tuple(kernels.COMBINED)
"""Kernels that the second stage offers by name."""

LAB = Lab(
    name=NAME,
    settings=FeaturesSettings,
    observation=FeaturesObservation,
    exercises=EXERCISES,
    presets=(
        Preset("apex", f"{NAME}?kernel1=apex"),
        Preset("tee", f"{NAME}?kernel1=tee_left"),
        Preset("second", f"{NAME}?stage=second"),
        Preset("sobel", f"{NAME}?kernel1=sobel_x&kernel2=sobel_y&relu=false"),
        Preset("learned", f"{NAME}?{'&'.join(f'kernel{n}=learned{n}' for n in range(1, 5))}"),
        Preset("small", f"{NAME}?side=16&size=12&width=3"),
        Preset("large", f"{NAME}?side=64&size=50"),
    ),
    source=(
        "engine.vision.features:correlate",
        "engine.vision.features:windows",
        "engine.vision.letters:letter",
    ),
    wide=True,
)
