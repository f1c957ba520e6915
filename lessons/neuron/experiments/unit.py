"""One forward pass of a unit, with the formula, the network and the graph of f that show it."""

import numpy as np

from engine.network.activations import ACTIVATIONS
from engine.network.neuron import output, pre_activation
from lessons.neuron.experiments.unit_output import output_equation
from lessons.neuron.labs.unit import UnitObservation, UnitSettings
from lessons.vocabulary.figures import (
    Axis,
    Curves,
    Formula,
    FormulaLine,
    Graph,
    Line,
    Link,
    Node,
    Term,
    Tone,
)
from lessons.vocabulary.numbers import plain, sign_and_size, signed

REACHES = (4.0, 6.0, 9.0)
"""Half-widths of the graph's axis: it widens in steps, not with every move."""

SUBSCRIPTS = "₁₂₃"


def observe(settings: UnitSettings) -> UnitObservation:
    """Run the unit once on the inputs that are set."""
    x = np.array([settings.x1, settings.x2, settings.x3])
    w = np.array([settings.w1, settings.w2, settings.w3])
    a = float(pre_activation(w, x))
    y = float(output(w, x, settings.h, settings.f))
    return UnitObservation(
        a=a,
        a_minus_h=a - settings.h,
        y=y,
        formula=formula(w, x, settings.h, a, y),
        network=network(settings, w, x, a, y),
        activation=activation(settings.f, a - settings.h, y),
    )


def _tone(weight: float) -> Tone:
    return "pos" if weight > 0 else "neg" if weight < 0 else "text"


def formula(w: np.ndarray, x: np.ndarray, h: float, a: float, y: float) -> Formula:
    """Write both equations of the unit with this moment's numbers beneath their symbols."""
    terms = [Term("=", "=", "muted")]
    for index, (weight, value) in enumerate(zip(w, x, strict=True)):
        sign, size = sign_and_size(float(weight))
        tone = _tone(float(weight))
        if index:
            terms.append(Term("+", sign, tone if sign == "−" else "muted", gap=2))
            terms.append(Term(f"w{SUBSCRIPTS[index]}", size, tone, True, width=4))
        else:
            terms.append(Term(f"w{SUBSCRIPTS[index]}", plain(float(weight)), tone, True, width=5))
        terms.append(Term("", "×", "muted"))
        terms.append(Term(f"x{SUBSCRIPTS[index]}", plain(float(value)), "text", width=5))
    terms += [Term("", "=", "muted"), Term("@term.pre_activation", signed(a), "text", True, gap=2)]

    return Formula(lines=(FormulaLine("a", tuple(terms)), output_equation(a, h, y)))


def network(settings: UnitSettings, w: np.ndarray, x: np.ndarray, a: float, y: float) -> Graph:
    """Draw inputs, unit and output as tiles tinted by their values, and the weights as links."""
    function = ACTIVATIONS[settings.f]
    sample = function.function(np.linspace(-4, 4, 24))
    low, high = float(sample.min()), float(sample.max())
    inputs = tuple(
        Node(
            name=f"x{index + 1}",
            layer=0,
            symbol=f"x{SUBSCRIPTS[index]}",
            number=signed(float(value)),
            value=float(value),
        )
        for index, value in enumerate(x)
    )
    unit = Node(
        name="unit",
        layer=1,
        symbol="Σ",
        note="f",
        number=signed(a),
        value=float(np.tanh(a)),
        caption=f"h {signed(settings.h)}",
        curve=(sample - low) / (high - low),
        large=True,
    )
    result = Node(name="y", layer=2, symbol="y", number=plain(y), value=max(-1.0, min(1.0, y)))
    links = tuple(
        Link(
            source=f"x{index + 1}",
            target="unit",
            weight=float(weight),
            label=signed(float(weight)),
            setting=f"w{index + 1}",
        )
        for index, weight in enumerate(w)
    )
    return Graph(nodes=(*inputs, unit, result), links=(*links, Link(source="unit", target="y")), scale=2.0)


def activation(name: str, a_minus_h: float, y: float) -> Curves:
    """Plot f with the present point on it."""
    function = ACTIVATIONS[name]
    reach = next((each for each in REACHES if abs(a_minus_h) <= each), REACHES[-1])
    t = np.linspace(-reach, reach, 401)
    values = function.function(t)
    low, high = float(values.min()), float(values.max())
    return Curves(
        title="y = f (a − h)",
        x=Axis(name="a − h", low=-reach, high=reach),
        y=Axis(low=np.floor(low) if low < -0.2 else min(0.0, low), high=max(1.0, np.ceil(high))),
        lines=(Line(x=t, y=values, stroke="steps" if name in ("step", "sign") else "solid"),),
        point=(a_minus_h, y),
    )
