"""What a network has got right and wrong, and one example's way through it and back, as tables."""

import numpy as np

from engine.network.playground.example import Step, example, steps
from engine.network.playground.features import FEATURES
from engine.network.playground.score import Score
from engine.network.playground.training import Moment, Training
from lessons.neuron.labs.playground.settings import PlaygroundSettings
from lessons.vocabulary.figures import Cell, Column, Table, Tone
from lessons.vocabulary.numbers import percent, plain, signed

NAME = "neuron.playground"


def scores(moment: Moment) -> Table | None:
    """Accuracy, and points of each class by what the network says of them, for training and test."""
    parts = [("@term.train", moment.train), ("@term.test", moment.test)]
    rows = tuple(_score(name, part) for name, part in parts if part.confusion is not None)
    if not rows:
        return None
    heads = ("", f"@{NAME}.accuracy", "+1 → +1", "+1 → −1", "−1 → −1", "−1 → +1")
    widths = (0, 7, 7, 7, 7, 7)
    columns = tuple(Column(head, right=bool(head), width=width) for head, width in zip(heads, widths, strict=True))
    return Table(title=f"@{NAME}.confusion", columns=columns, rows=rows)


def _score(name: str, score: Score) -> tuple[Cell, ...]:
    counted = score.confusion
    assert counted is not None and score.accuracy is not None
    right, wrong = "text", "error"
    return (
        Cell(name, "muted"),
        Cell(percent(score.accuracy), "text", True),
        Cell(str(counted.true_positives), right),  # type: ignore[arg-type]
        Cell(str(counted.false_negatives), wrong if counted.false_negatives else right),  # type: ignore[arg-type]
        Cell(str(counted.true_negatives), right),  # type: ignore[arg-type]
        Cell(str(counted.false_positives), wrong if counted.false_positives else right),  # type: ignore[arg-type]
    )


SHOWN = 26
"""Turns that are shown at once, the present one among them."""


def passed(training: Training, settings: PlaygroundSettings) -> tuple[Table | None, int]:
    """One example's way up to the present turn, whose terms are written out, and how many turns there are."""
    points = training.data.train
    if not len(points.t):
        return None, 0
    row = settings.example % len(points.t)
    way = example(training.descent.network, points.x[row], float(points.t[row]))
    turns = list(steps(training.descent.network, way))
    present = min(settings.turn, len(turns) - 1)
    first = max(0, present - SHOWN + 1)
    rows = [_turn(step, index == present) for index, step in enumerate(turns[: present + 1])][first:]
    rows += [(Cell(""), Cell(""), Cell(""), Cell("")), *_terms(turns[present])]
    place = " , ".join(signed(value) for value in points.x[row].tolist())
    title = f"@{NAME}.way {row}   x = ( {place} )   t = {signed(float(points.t[row]), 0)}"
    columns = (Column("", width=8), Column("", width=7), Column("", width=18), Column("", width=30))
    return Table(title=title, columns=columns, rows=tuple(rows), present=present - first), len(turns)


def _turn(step: Step, present: bool) -> tuple[Cell, ...]:
    name = Cell(unit_name(step.name), "accent" if present else "text", present)
    if step.kind == "forward":
        return (
            Cell("→", "muted"),
            name,
            Cell(f"a = {signed(step.total)}", "muted"),
            Cell(f"y = f(a) = {signed(step.result, 3)}", tone_of(step.result), present),
        )
    if step.kind == "loss":
        return (
            Cell(f"@{NAME}.loss_turn", "muted"),
            name,
            Cell(f"e = y − t = {signed(step.total)}", "muted"),
            Cell(f"E = ½ e² = {plain(step.result, 3)}", "text", present),
        )
    return (
        Cell("←", "muted"),
        name,
        Cell(f"e = {signed(step.total, 3)}", "muted"),
        Cell(f"δ = e f′(a) = {signed(step.result, 3)}", tone_of(step.result), present),
    )


def _terms(step: Step) -> list[tuple[Cell, ...]]:
    """Write out what the present turn adds up, or the gradients that come of it."""
    if step.kind == "loss":
        return []
    rows: list[tuple[Cell, ...]] = [
        (
            Cell("w × y" if step.kind == "forward" else "w × δ", "faint") if not index else Cell(""),
            Cell(unit_name(term.name) if term.name != "bias" else f"@{NAME}.bias", "muted"),
            Cell(f"{signed(term.weight)} × {_bracketed(term.value)}", tone_of(term.weight)),
            Cell(f"= {signed(term.product, 3)}", "text"),
        )
        for index, term in enumerate(step.terms)
    ]
    if step.gradient:
        numbers = "  ".join(signed(value, 3) for value in step.gradient)
        rows.append((Cell("∂E/∂w", "faint"), Cell(""), Cell(""), Cell(numbers, "text")))
    return rows


def _bracketed(value: float) -> str:
    text = signed(value, 3)
    return f"({text})" if value < 0 else text.removeprefix("+")


def tone_of(value: float) -> Tone:
    """The tone of a number's sign."""
    return "pos" if value > 0 else "neg" if value < 0 else "text"


def unit_name(name: str) -> str:
    """How a unit is called: a feature's symbol, `1.3`, `y`."""
    return FEATURES[name].symbol if name in FEATURES else "y" if name == "output" else name


def finite(value: float | None) -> float | None:
    """A number, or None for what is none."""
    return value if value is not None and np.isfinite(value) else None
