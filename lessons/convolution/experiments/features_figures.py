"""The figures of `convolution.features`: kernel, maps, and one cell written out."""

from collections.abc import Iterable

import numpy as np

from engine.vision.features import Array, CellSum
from lessons.convolution.labs.features import FeaturesSettings
from lessons.vocabulary.figures import Cell, Column, Formula, FormulaLine, Raster, Table, Term, Tone
from lessons.vocabulary.numbers import plain, sign_and_size, signed

NAME = "convolution.features"

WIDTHS = (4, 2, 5)
"""Cells that a number of the image, of the kernel, and of their product takes at least."""

ROOM = 75
"""Cells that a table may take: those of the lab's bench in 80 columns."""


def kernel_raster(values: Array, settings: FeaturesSettings) -> Raster:
    """The kernel that is looked at, its colours reaching to its largest number."""
    reach = float(np.abs(values).max()) or 1.0
    side = len(values)
    return Raster(
        title=f"@{NAME}.kernel", values=values, map="signed", low=-reach, high=reach, note=f"{side}×{side}", scale=False
    )


def map_raster(values: Array, settings: FeaturesSettings, all_maps: Array) -> Raster:
    """The map that is looked at; on the scale of all maps, or on its own."""
    reach = _reach(all_maps if settings.scale == "all" else values)
    return _raster(f"@{NAME}.{settings.stage}_map", values, reach, settings, f"{values.shape[0]}×{values.shape[1]}")


def maps_raster(maps: Array, settings: FeaturesSettings) -> Raster:
    """All maps of the first stage beside each other; each on its own scale, all are brought to 1."""
    if settings.scale == "all":
        return _raster(f"@{NAME}.all_maps", maps, _reach(maps), settings, f"@{NAME}.one_scale")
    own = np.stack([values / _reach(values) for values in maps])
    return _raster(f"@{NAME}.all_maps", own, 1.0, settings, f"@{NAME}.own_scales")


def _reach(values: Array) -> float:
    return float(np.abs(values).max()) or 1.0


def _raster(title: str, values: Array, reach: float, settings: FeaturesSettings, note: str) -> Raster:
    return Raster(
        title=title,
        values=values,
        map="sequential" if settings.relu else "signed",
        low=0.0 if settings.relu else -reach,
        high=reach,
        columns=len(values) if values.ndim == 3 else 0,
        note=note,
        scale=False,
    )


def _short(value: float, sign: bool) -> str:
    """Write a number in few cells: whole ones without decimals, others with two; `sign` writes a plus too."""
    value = round(value, 2) + 0.0
    digits = 0 if value == int(value) else 2
    return signed(value, digits) if sign and value else plain(value, digits)


def _tone(value: float) -> Tone:
    return "pos" if value > 0 else "neg" if value < 0 else "faint"


def _cells(values: Iterable[float], kind: str) -> tuple[Cell, ...]:
    if kind == "patch":
        return tuple(Cell(_short(value, False), "text" if value else "faint") for value in values)
    return tuple(Cell(_short(value, True), _tone(round(value, 2)), kind == "product") for value in values)


def cell_table(patch: Array, kernel: Array, products: Array) -> Table:
    """Squares of what the kernel lies on, of the kernel, and of the products, number by number.

    Where numbers are too long for three squares beside each other the products are left out.
    """
    squares = [[_cells(row, kind) for row in values.tolist()] for kind, values in zip(
        ("patch", "kernel", "product"), (patch, kernel, products), strict=True
    )]  # fmt: skip
    widths = [
        [max(width, *(len(row[index].text) for row in square)) for index in range(len(kernel))]
        for square, width in zip(squares, WIDTHS, strict=True)
    ]
    shown = 3 if sum(map(sum, widths)) + 3 * len(kernel) + 5 <= ROOM else 2
    columns: list[Column] = []
    rows: list[list[Cell]] = [[] for _ in kernel]
    for place in range(shown):
        if place:
            columns.append(Column(""))
            for index, row in enumerate(rows):
                row.append(Cell("×="[place - 1] if index == len(kernel) // 2 else "", "muted"))
        columns += [Column("", True, width) for width in widths[place]]
        for row, cells in zip(rows, squares[place], strict=True):
            row += cells
    return Table(title="", columns=tuple(columns), rows=tuple(map(tuple, rows)))


def sum_line(cell: CellSum, value: float, active: bool) -> Formula:
    """The sum of the products, one for each map, the constant, and what the activation makes of them."""
    sums = cell.sums.tolist()
    terms = [Term("=", "=", "muted")]
    if active:
        terms.append(Term("ReLU (", "ReLU (", "muted"))
    for index, total in enumerate(sums):
        sign, size = sign_and_size(total)
        symbol = "Σ" if len(sums) == 1 else f"Σ{'₁₂₃₄'[index]}"
        if index:
            terms.append(Term("+", sign, "muted"))
            terms.append(Term(symbol, size, "text"))
        else:
            terms.append(Term(symbol, plain(total), "text"))
    sign, size = sign_and_size(cell.bias, 1)
    terms += [Term("+", sign, "muted"), Term("b", size, "text")]
    if active:
        terms.append(Term(")", ")", "muted"))
    terms += [Term("", "=", "muted"), Term(f"@{NAME}.value", plain(value), "accent", True)]
    return Formula(lines=(FormulaLine("y", tuple(terms)),))
