"""Table, plane, proof and network of one moment."""

from dataclasses import dataclass

import numpy as np

from engine.network.neuron import excess
from engine.network.separability import Separation
from engine.network.two_layer import TwoLayer, Unit, regions
from lessons.neuron.experiments.gates.answers import Examples, Weights
from lessons.neuron.labs.gates import GatesSettings, Row
from lessons.vocabulary.figures import (
    Axis,
    Boundary,
    Cell,
    Column,
    Graph,
    Link,
    Node,
    Plane,
    Table,
    Tone,
)
from lessons.vocabulary.numbers import plain, short, signed

WINDOW = 7
"""Flowers in the table: as high as the four rows of a gate with blank rows between."""

GRID = 40
"""Pixels of the plane along each side."""


@dataclass(frozen=True, eq=False)
class View:
    """One moment, as the figures need it."""

    settings: GatesSettings
    """What is set."""

    examples: Examples
    """What is to be told apart."""

    rows: list[Row]
    """The answer to each example."""

    wrong: np.ndarray
    """Shape (n,), booleans."""

    w: Weights
    """w₁, w₂ and h of the (output) unit."""

    present: int | None
    """The example that is looked at."""

    hidden: np.ndarray | None
    """Outputs of the hidden units, shape (n, 2); None without them."""


def tone_of(value: float) -> Tone:
    """Colour a number by its sign."""
    return "pos" if value > 0 else "neg" if value < 0 else "text"


def in_brackets(x: np.ndarray) -> str:
    """Write a point, shape (2,): `(0.5, 1)`."""
    return f"({', '.join(short(value) for value in np.round(x, 3).tolist())})".replace("-", "−")


def table(view: View) -> Table:
    """List the examples with the slide's columns; of the flowers those that matter now."""
    shown, title = _shown(view)
    between = ("y₁", "y₂") if view.hidden is not None else ()
    columns = [Column(head, right=True, width=3) for head in ("x₁", "x₂", *between)]
    columns += [
        Column("a − h", right=True, width=6),
        Column("y", right=True, width=2),
        Column("@neuron.gates.target", right=True, width=4),
        Column("", width=1),
    ]
    return Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(_row(view, index) for index in shown),
        present=shown.index(view.present) if view.present in shown else None,
        airy=view.examples.is_gate,
    )


def _shown(view: View) -> tuple[list[int], str]:
    """Choose the rows: all four of a gate; of flowers those around the present one, or the hardest."""
    count = len(view.rows)
    if view.examples.is_gate:
        alone = view.settings.learn and view.hidden is not None
        return list(range(count)), "@neuron.gates.output_learns" if alone else ""
    if view.present is not None:
        first = min(max(view.present - WINDOW // 2, 0), count - WINDOW)
        return list(range(first, first + WINDOW)), "@neuron.gates.around"
    above = np.array([row.a_minus_h for row in view.rows])
    margin = np.where(view.examples.goal == 1, above, -above)
    return np.argsort(margin, kind="stable")[:WINDOW].tolist(), "@neuron.gates.hardest"


def _row(view: View, index: int) -> tuple[Cell, ...]:
    row, wrong = view.rows[index], bool(view.wrong[index])
    digits = 0 if view.examples.is_gate else 1
    between = [] if view.hidden is None else view.hidden[index].tolist()
    return (
        *(Cell(plain(value, digits)) for value in row.x),
        *(Cell(plain(value, 0), "muted") for value in between),
        Cell(signed(row.a_minus_h), tone_of(row.a_minus_h), True),
        Cell(str(row.y), bold=True),
        Cell(str(view.examples.goal[index]), "muted"),
        Cell("✗", "error") if wrong else Cell("✓", "success"),
    )


def plane(view: View, network: TwoLayer, separation: Separation | None) -> Plane:
    """Map a − h over the inputs, squashed by tanh, with the examples and the lines a = h on it."""
    found, settings = view.examples, view.settings
    x, y = _axes(found)
    columns, rows = (
        np.linspace(axis.low, axis.high, GRID, endpoint=False) + (axis.high - axis.low) / (2 * GRID) for axis in (x, y)
    )
    received = np.stack(np.meshgrid(columns, rows), axis=-1)
    boundaries = [_boundary(Unit(*view.w), "")]
    if settings.hidden:
        received = regions(network, columns, rows).hidden
        boundaries = [_boundary(network.first, "1"), _boundary(network.second, "2")]
    return Plane(
        title="",
        x=x,
        y=y,
        values=np.tanh(excess(view.w[:2], received, view.w[2]))[::-1].copy(),
        points=found.x.astype(float),
        classes=found.goal,
        boundaries=tuple(each for each in boundaries if each.w1 or each.w2),
        present=view.present,
        wrong=view.wrong,
        class_names=found.names,
        sides=("y = 0", "y = 1"),
        free=None if separation is None else _segments(found, separation),
    )


def _axes(found: Examples) -> tuple[Axis, Axis]:
    if found.is_gate:
        return (
            Axis(name="x₁", low=-0.5, high=1.5, ticks=(0.0, 1.0)),
            Axis(name="x₂", low=-0.5, high=1.5, ticks=(0.0, 1.0)),
        )
    low = (np.floor(2 * (found.x.min(0) - 0.1)) / 2).tolist()
    high = (np.ceil(2 * (found.x.max(0) + 0.1)) / 2).tolist()
    return (
        Axis(name="@neuron.gates.petal_length", low=low[0], high=high[0], unit="cm", digits=1),
        Axis(name="@neuron.gates.petal_width", low=low[1], high=high[1], unit="cm", digits=1),
    )


def _boundary(unit: Unit, name: str) -> Boundary:
    return Boundary(w1=unit.w1, w2=unit.w2, h=unit.h, name=name)


def _segments(found: Examples, separation: Separation) -> np.ndarray:
    """Join, within each class, the points that have a share in the common point; shape (m, 4)."""
    assert separation.shares is not None
    joined = []
    for goal in (0, 1):
        ends = found.x[(separation.shares > 1e-9) & (found.goal == goal)].tolist()
        joined += [[*ends[one], *ends[two]] for one in range(len(ends)) for two in range(one + 1, len(ends))]
    return np.array(joined, float).reshape(-1, 4)


def proof(found: Examples, separation: Separation) -> Table:
    """Write the common point as a mean of either class: no line has it on both sides."""
    assert separation.shares is not None and separation.point is not None
    point = in_brackets(separation.point)
    rows = []
    for goal in (1, 0):
        taken = np.flatnonzero((separation.shares > 1e-9) & (found.goal == goal))
        parts = (f"{plain(separation.shares[each])} × {in_brackets(found.x[each])}" for each in taken.tolist())
        rows.append((Cell(found.names[goal], "muted"), Cell(f"{point} = {' + '.join(parts)}")))
    return Table(title="@neuron.gates.proof", columns=(Column("", width=6), Column("", width=1)), rows=tuple(rows))


def graph(view: View) -> Graph:
    """Draw the 2-2-1 network with what each unit says of the example that is looked at."""
    assert view.present is not None and view.hidden is not None
    settings, x = view.settings, view.examples.x[view.present].tolist()
    digits = 0 if view.examples.is_gate else 1
    scale = 1.0 if view.examples.is_gate else float(view.examples.x.max())
    y_hidden = view.hidden[view.present].tolist()
    y = view.rows[view.present].y
    nodes = [
        Node(
            name=f"x{i + 1}",
            layer=0,
            symbol="x₁x₂"[2 * i :][:2],
            number=plain(x[i], digits),
            value=x[i] / scale,
        )
        for i in range(2)
    ]
    for i, h in enumerate((settings.h1, settings.h2)):
        mark = "₁₂"[i]
        nodes.append(
            Node(
                name=f"unit{i + 1}",
                layer=1,
                symbol=f"y{mark}",
                number=plain(y_hidden[i], 0),
                value=y_hidden[i],
                caption=f"h{mark} {signed(h)}",
            )
        )
    nodes.append(Node(name="y", layer=2, symbol="y", number=str(y), value=float(y), caption=f"h {signed(view.w[2])}"))
    links = [_link(f"x{i}", f"unit{j}", getattr(settings, f"w{j}{i}"), f"w{j}{i}") for j in (1, 2) for i in (1, 2)]
    links += [_link(f"unit{j}", "y", view.w[j - 1], f"w{j}") for j in (1, 2)]
    heads = ("@term.input_layer", "@term.hidden_layer", "@term.output_layer")
    return Graph(nodes=tuple(nodes), links=tuple(links), heads=heads)


def _link(source: str, target: str, weight: float, setting: str) -> Link:
    return Link(source=source, target=target, weight=weight, label=signed(weight), setting=setting)
