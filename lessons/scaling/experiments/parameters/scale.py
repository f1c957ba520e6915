"""One drawing for language models of very different size, to scale."""

from typing import Any

import numpy as np

from engine.scaling import models
from lessons.scaling.labs.parameters import NAME
from lessons.vocabulary.figures import Axis, Curves, Line, Mark
from lessons.vocabulary.numbers import large

DRAWN = ("gpt2", "gpt3")
"""Those that are always drawn, beside nano."""

THOUSAND = 1000.0


def drawn(model: str) -> dict[str, Any]:
    """Draw nano, GPT-2 and GPT-3, and the chosen language model where it is another."""
    names = [*DRAWN, *((model,) if model in models.LANGUAGE and model not in DRAWN else ())]
    found = [("nano", models.NANO.width, models.NANO.layers, models.count_nano().parameters)]
    for name in names:
        sizes = models.LANGUAGE[name].sizes
        found.append((models.title(name), sizes.width, sizes.layers, models.count(name).parameters))
    chosen = models.title(model) if model in models.LANGUAGE else ""
    found.sort(key=lambda each: each[3])
    least = found[0][3]
    stack = [(title, float(width), float(layers), f"{layers}×{width:,}") for title, width, layers, _ in found]
    squares = [(title, count**0.5 / THOUSAND, count**0.5 / THOUSAND, large(count)) for title, _, _, count in found]
    return {
        "stack": _rectangles("stack", "width", stack, chosen),
        "squares": _rectangles("squares", "root", squares, chosen),
        "ratios": {title: count / least for title, _, _, count in found},
    }


def _rectangles(title: str, across: str, sides: list[tuple[str, float, float, str]], chosen: str) -> Curves:
    """Draw rectangles from one corner: the title, width and height of each, and what is said of it."""
    widest, highest = max(each[1] for each in sides), max(each[2] for each in sides)
    lines = tuple(
        Line(
            x=np.array([0.0, width, widest]),
            y=np.array([height, 0.0, 0.0]),
            tone="accent" if name == chosen else "series-1",
            stroke="steps",
        )
        for name, width, height, _ in sides
    )
    marks = [
        Mark(x=width, y=height, name=f"{name} {said}", tone="accent" if name == chosen else "text")
        for name, width, height, said in reversed(sides)
    ]
    return Curves(
        title=f"@{NAME}.{title}",
        x=Axis(name=f"@{NAME}.{across}", low=0.0, high=widest),
        y=Axis(low=0.0, high=highest),
        lines=lines,
        marks=tuple(marks),
    )
