"""The learner's own data from a CSV file: two columns of numbers and one that says what each point is.

The file has UTF-8 or, as Japanese spreadsheets write it, Shift JIS; comma, semicolon or tab; with or without a line
of names. Measures are scaled so that they fill the plane from −5 to 5.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import EDGE, Axis, Points, Problem

Array = NDArray[np.float64]

MOST_ROWS = 10_000
"""Rows from which on a file is refused."""

MOST_BYTES = 50_000_000
"""Bytes from which on a file is not even read."""

SHOWN = 40
"""Characters of a cell that an error shows."""

LARGEST = 1e100
"""Numbers beyond this, infinity and what is no number count as text."""

REACH = 5.0
"""Where the smallest and the largest measure lie, −5 and 5."""


class TableError(ValueError):
    """A file that can't be used; `kind` says why, `values` fills a sentence about it.

    missing and unreadable: path. empty: path. many: most (rows). columns: row, found, expected. unknown: column,
    columns (those there are). blank: row, column. text: row, column, text. one_class: column, text (the class).
    no_class: column, text, classes (those there are). Rows are lines of the file, from 1.
    """

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        """Why it can't be used."""
        self.values = {"kind": kind, **values}
        """Plain data for a message."""


def read(
    path: Path,
    x1: str = "",
    x2: str = "",
    target: str = "",
    positive: str = "",
    problem: Problem = "classification",
) -> Points:
    """Read points from a file; columns by their names or their numbers from 1, without them first, second and last.

    For classification `positive` is the text that counts as 1, all others as −1; without it, the one that comes
    first. For regression the target is a number, scaled to −1…1. Raises TableError.
    """
    names, rows = _rows(path)
    columns = [_column(name, names, default) for name, default in ((x1, 0), (x2, 1), (target, len(names) - 1))]
    position = [_numbers(rows, column, names[column]) for column in columns[:2]]
    axes = (axis(names[columns[0]], position[0]), axis(names[columns[1]], position[1]))
    x = np.stack([placed(values, each) for values, each in zip(position, axes, strict=True)], axis=1)
    if problem == "regression":
        values = _numbers(rows, columns[2], names[columns[2]])
        return Points(x, placed(values, axis("", values)) / REACH, problem, axes)
    t, classes = _classes(rows, columns[2], names[columns[2]], positive)
    return Points(x, t, problem, axes, classes)


def axis(name: str, values: Array) -> Axis:
    """The axis on which these measures reach from −5 to 5."""
    low, high = float(values.min()), float(values.max())
    middle, half = (low + high) / 2, (high - low) / 2 * EDGE / REACH
    if half <= 1e-9 * abs(middle):
        half = max(abs(middle), 1.0)  # all measures are the same: they lie in the middle
    return Axis(name, middle - half, middle + half)


def placed(values: Array, on: Axis) -> Array:
    """Where measures lie on an axis of the plane."""
    middle, half = (on.low + on.high) / 2, (on.high - on.low) / 2
    return (values - middle) / half * EDGE


@dataclass(frozen=True)
class _Row:
    number: int
    """Its line in the file, from 1."""

    cells: tuple[str, ...]


def _rows(path: Path) -> tuple[list[str], list[_Row]]:
    """Names of the columns, and the rows below them."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError("many", most=MOST_ROWS)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise TableError("missing", path=str(path)) from error
    except OSError as error:
        raise TableError("unreadable", path=str(path)) from error
    try:
        table = list(islice(_cells(_decoded(content, path)), MOST_ROWS + 2))
    except csv.Error as error:
        raise TableError("unreadable", path=str(path)) from error
    named = bool(table) and not any(_number(cell) is not None for cell in table[0].cells)
    rows = table[named:]
    if not rows:
        raise TableError("empty", path=str(path))
    if len(rows) > MOST_ROWS:
        raise TableError("many", most=MOST_ROWS)
    names = [(named and cell) or str(number) for number, cell in enumerate(table[0].cells, start=1)]
    if len(names) < 3:
        raise TableError("columns", row=table[0].number, found=len(names), expected=3)
    for row in rows:
        if len(row.cells) != len(names):
            raise TableError("columns", row=row.number, found=len(row.cells), expected=len(names))
    return names, rows


def _decoded(content: bytes, path: Path) -> str:
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "cp932"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise TableError("unreadable", path=str(path))


def _cells(text: str) -> Iterator[_Row]:
    """Cells of each row that has any; what most often divides the first line divides all."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    for row in reader:
        if any(cell.strip() for cell in row):
            yield _Row(reader.line_num, tuple(cell.strip() for cell in row))


def _column(name: str, names: Sequence[str], default: int) -> int:
    if not name:
        return default
    if name in names:
        return names.index(name)
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return int(name) - 1
    raise TableError("unknown", column=name, columns=list(names))


def _numbers(rows: Sequence[_Row], column: int, name: str) -> Array:
    found = []
    for row in rows:
        text = row.cells[column]
        value = _number(text)
        if not text:
            raise TableError("blank", row=row.number, column=name)
        if value is None:
            raise TableError("text", row=row.number, column=name, text=text[:SHOWN])
        found.append(value)
    return np.array(found)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= LARGEST else None


def _classes(rows: Sequence[_Row], column: int, name: str, positive: str) -> tuple[Array, tuple[str, str]]:
    """Targets −1 and 1, and what the classes are called."""
    texts = [row.cells[column] for row in rows]
    if "" in texts:
        raise TableError("blank", row=rows[texts.index("")].number, column=name)
    counts = Counter(texts)
    if len(counts) == 1:
        raise TableError("one_class", column=name, text=texts[0][:SHOWN])
    if positive and positive not in counts:
        raise TableError("no_class", column=name, text=positive, classes=sorted(counts)[:10])
    positive = positive or texts[0]
    others = [text for text in counts if text != positive]
    t = np.array([1.0 if text == positive else -1.0 for text in texts])
    return t, (" / ".join(others[:3]), positive)
