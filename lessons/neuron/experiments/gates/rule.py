"""The perceptron rule written out for the example just presented, and the errors of each epoch."""

import numpy as np

from lessons.neuron.experiments.gates.answers import Weights
from lessons.neuron.experiments.gates.figures import View, in_brackets, tone_of
from lessons.vocabulary.figures import Cell, Column, Formula, FormulaLine, Table, Term, Tone
from lessons.vocabulary.numbers import plain, short, signed

LAST_EPOCHS = 7
"""Epochs in the table of errors."""


def example(view: View, x: np.ndarray, number: int) -> Formula:
    """Write down the example just presented; `x` is what the learning unit received, shape (2,)."""
    assert view.present is not None
    y, goal = view.rows[view.present].y, int(view.examples.goal[view.present])
    error = goal - y
    terms = (
        Term("@neuron.gates.example", str(number), "text", True, gap=0),
        Term("x" if view.hidden is None else "(y₁, y₂)", in_brackets(x), "text", gap=3),
        Term("@term.output", str(y), "text", True, gap=3),
        Term("@neuron.gates.target", str(goal), "text", True, gap=3),
        Term("@neuron.gates.error", signed(error, 0) if error else "0", tone_of(error), True, gap=3),
        Term("@neuron.gates.rate", plain(view.settings.rate), "text", True, gap=3),
    )
    return Formula(lines=(FormulaLine("", terms),))


def update(view: View, x: np.ndarray, new: Weights) -> Table:
    """Write the rule out for w₁, w₂ and h: `w₁ ← 1.00 + 0.50 × (−1) × 1 = 0.50`."""
    assert view.present is not None
    error = int(view.examples.goal[view.present]) - view.rows[view.present].y
    rate = Cell(plain(view.settings.rate), "muted")
    factor = Cell(f"({signed(error, 0)})" if error else "0", "neg" if error < 0 else "pos" if error else "muted")
    times, equals = Cell("×", "muted"), Cell("=", "muted")
    rows = []
    for index, name in enumerate(("w₁", "w₂", "h")):
        weight = index < 2
        tone = tone_of(new[index]) if weight else "text"
        rows.append(
            (
                Cell(name, tone_of(view.w[index]) if weight else "text", True),
                Cell("←", "muted"),
                Cell(plain(view.w[index]), "text"),
                Cell("+" if weight else "−", "muted"),
                rate,
                times,
                factor,
                times if weight else Cell(""),
                Cell(short(round(float(x[index]), 3)) if weight else ""),
                equals,
                Cell(plain(new[index]), tone, True),
            )
        )
    widths = {2: 5, 6: 4, 8: 1 if view.examples.is_gate else 3, 10: 5}
    columns = (Column("", right=index in widths, width=widths.get(index, 1)) for index in range(11))
    return Table(title="", columns=tuple(columns), rows=tuple(rows))


def errors(counts: tuple[int, ...], complete: bool) -> Table | None:
    """Count the errors of the last epochs; the running one stands last and muted."""
    if not counts:
        return None
    first = max(len(counts) - LAST_EPOCHS, 0)
    numbers = range(first + 1, len(counts) + 1)
    cells = []
    for number in numbers:
        count, running = counts[number - 1], number == len(counts) and not complete
        tone: Tone = "muted" if running else "error" if count else "success"
        cells.append(Cell(str(count), tone, not running))
    return Table(
        title="@neuron.gates.errors",
        columns=tuple(Column("", right=True, width=2) for _ in cells),
        rows=(tuple(cells), tuple(Cell(str(number), "faint") for number in numbers)),
    )
