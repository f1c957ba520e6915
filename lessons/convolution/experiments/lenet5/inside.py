"""What is inside a trained LeNet-5, as figures: feature maps, kernels, confusion, misread digits."""

from typing import Any

import numpy as np

from engine.data.digits import digits
from engine.vision.lenet5 import CODES, LeNet5
from lessons.convolution.experiments.lenet5.evaluation import Evaluation
from lessons.vocabulary.figures import Cell, Column, Raster, Table
from lessons.vocabulary.numbers import plain

SIZES = {"C1": (6, 28, 28), "S2": (6, 14, 14), "C3": (16, 10, 10), "S4": (16, 5, 5), "C5": (120,), "F6": (84,)}
GRIDS = {"C5": (10, 12), "F6": (12, 7)}
"""Rows and columns in which the units of a layer without maps are set."""

ACROSS = {"C1": 3, "S2": 2, "C3": 4, "S4": 4}
"""Maps in a row."""

SHOWN = 12
"""Misread digits that are shown at once."""


def maps(network: LeNet5, activations: dict[str, np.ndarray]) -> dict[str, Any]:
    """What each layer hands on for the present digit; nothing drawn gives dark maps."""
    found = {}
    for name, size in SIZES.items():
        values = activations.get(name, np.zeros(size))
        if name in GRIDS:
            values = values.reshape(GRIDS[name])
        found[name.lower()] = _map(network, name, values)
    return found


def _map(network: LeNet5, name: str, values: np.ndarray) -> Raster:
    size = SIZES[name]
    note = f"{size[0]} × {size[1]}×{size[2]}" if len(size) == 3 else f"{size[0]}"
    signed = network.form == "1998"
    reach = float(np.abs(values).max()) or 1.0
    return Raster(
        title=name,
        values=values,
        map="signed" if signed else "sequential",
        columns=ACROSS.get(name, 1),
        low=-reach if signed else 0.0,
        high=reach,
        note=note,
        scale=False,
    )


def kernels(network: LeNet5) -> dict[str, Any]:
    """The kernels of C1 and C3, and for 1998 the bitmaps that the output compares F6 with."""
    learned = {name: values.detach().numpy().astype(float) for name, values in network.kernels().items()}
    # A line of C3's is one map of S2, as each of the maps of C3 sees it.
    first, second = learned["C1"][:, 0], learned["C3"].swapaxes(0, 1).reshape(-1, 5, 5)
    found = {
        "c1_kernels": _kernels("C1", first, 2, "6 × 5×5"),
        "c3_kernels": _kernels("C3", second, 16, "6 × 16 × 5×5"),
    }
    if network.form == "1998":
        codes = np.asarray(CODES, dtype=float).reshape(10, *GRIDS["F6"])
        found["centres"] = Raster(title="RBF", values=codes, map="signed", low=-1, high=1, columns=5, scale=False)
    return found


def _kernels(title: str, values: np.ndarray, columns: int, note: str) -> Raster:
    reach = float(np.abs(values).max()) or 1.0
    return Raster(title=title, values=values, map="signed", low=-reach, high=reach, columns=columns, note=note)


def confusion(seen: Evaluation) -> Table:
    """How often each digit (row) is read as each (column); what is right lies on the diagonal."""
    counts = seen.confusion
    columns = (Column("@convolution.lenet5.is", width=5), *(Column(str(digit), True, 4) for digit in range(10)))
    rows = []
    for digit, line in enumerate(counts.tolist()):
        cells = [Cell(str(digit), "text", True)]
        for read, count in enumerate(line):
            if read == digit:
                cells.append(Cell(str(count), "muted"))
            else:
                cells.append(Cell(str(count) if count else "⋅", "error" if count else "faint", count >= 3))
        rows.append(tuple(cells))
    return Table(title="@convolution.lenet5.confusion", columns=columns, rows=tuple(rows))


def misread_from(seen: Evaluation, present: int) -> int:
    """Place of the first misread digit on the page of pictures that holds the present one; 0 where none does."""
    return list(seen.errors).index(present) // SHOWN * SHOWN if present in seen.errors else 0


def misread(seen: Evaluation, first: int) -> Raster:
    """A page of the misread test digits; a click on one has it read."""
    _, test = digits()
    places = list(seen.errors[first : first + SHOWN])
    images = test.images[places] / 255.0 if places else np.zeros((1, 28, 28))
    count = len(seen.errors)
    note = str(count) if count <= SHOWN else f"{first + 1}–{first + len(places)} / {count}"
    return Raster(title="@convolution.lenet5.misread", values=images, map="ink", note=note)


def misread_as(seen: Evaluation, present: int) -> Table:
    """What each of them is, and what it is read as."""
    columns = (
        Column("@convolution.lenet5.number", True, 3),
        Column("@convolution.lenet5.is", True),
        Column("@convolution.lenet5.read", True),
        Column("p", True, 4),
    )
    places = list(seen.errors)
    rows = tuple(
        (
            Cell(str(place), "faint"),
            Cell(str(seen.labels[place]), "text"),
            Cell(str(seen.read[place]), "error", True),
            Cell(plain(float(seen.sure[place]), 2), "muted"),
        )
        for place in places
    )
    return Table(
        title="",
        columns=columns,
        rows=rows,
        present=places.index(present) if present in places else None,
        keys=tuple(f"digit:{place}" for place in places),
    )
