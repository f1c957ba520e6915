"""The figures of `image_generation.causal_graph`."""

import numpy as np

from engine.generative.causal.measures import Drawn, Inferred
from engine.generative.scene import OBJECTS, PERIODS
from lessons.image_generation.experiments.causal_graph.sources import Source
from lessons.image_generation.labs.causal_graph.settings import NAME, SIDE, CausalGraphSettings
from lessons.vocabulary.figures import Axis, Bars, Cell, Column, Curves, Graph, Line, Link, Node, Raster, Table, Tone
from lessons.vocabulary.numbers import UNKNOWN, plain, signed


def graph(settings: CausalGraphSettings) -> Graph:
    """Object, Position, Orientation → Image, with what is set."""
    nodes = (
        Node(name="object", layer=0, symbol=f"@{NAME}.object", number=f"@{NAME}.object.{settings.object}", wide=True),
        Node(
            name="x",
            layer=0,
            symbol=f"@{NAME}.position",
            number=f"{signed(settings.x, 1)} {signed(settings.y, 1)}",
            wide=True,
        ),
        Node(name="angle", layer=0, symbol=f"@{NAME}.orientation", number=f"{plain(settings.angle, 0)}°", wide=True),
        Node(name="image", layer=1, symbol=f"@{NAME}.image", number=f"{SIDE}×{SIDE}"),
    )
    links = tuple(Link(source=node.name, target="image") for node in nodes[:-1])
    return Graph(nodes=nodes, links=links)


def image(values: np.ndarray, title: str, note: str) -> Raster:
    """A picture, ink 0…1."""
    return Raster(title=title, values=values, map="ink", note=note, scale=False)


def objects(likely: np.ndarray | None) -> Bars:
    """How likely each object is; unknown where nothing is drawn."""
    values = np.full(len(OBJECTS), np.nan) if likely is None else likely
    return Bars(
        title=f"@{NAME}.likely",
        names=tuple(f"@{NAME}.object.{name}" for name in OBJECTS),
        values=values,
        digits=2,
        chosen=None if likely is None else int(values.argmax()),
    )


def inferred(settings: CausalGraphSettings, known: bool, found: tuple[int, float, float, float] | None) -> Table:
    """Place and angle that are inferred, and how far they are from what is set, where the image comes of that."""
    columns = (Column(""), Column(f"@{NAME}.inferred", True, 5), Column(f"@{NAME}.off", True, 4))
    if found is None:
        answers, errors = (UNKNOWN,) * 3, ("",) * 3
    else:
        answers = (signed(found[1], 1), signed(found[2], 1), _angle(found[0], found[3]))
        errors = _errors(settings, found) if known else ("",) * 3
    rows = tuple(
        (Cell(name, "muted"), Cell(answer, "accent", True), Cell(error, "muted"))
        for name, answer, error in zip(("x", "y", f"@{NAME}.angle"), answers, errors, strict=True)
    )
    return Table(title="", columns=columns, rows=rows)


def _errors(settings: CausalGraphSettings, found: tuple[int, float, float, float]) -> tuple[str, str, str]:
    """Pixels and degrees from what is set; of angles only where the object is right and has one."""
    x, y = settings.x + settings.shift_x, settings.y + settings.shift_y
    kind = OBJECTS.index(settings.object)
    period = PERIODS[kind] if found[0] == kind else 0.0
    off = abs(found[3] - settings.angle) % period if period else 0.0
    turned = plain(min(off, period - off), 1) if period else ""
    return plain(abs(found[1] - x)), plain(abs(found[2] - y)), turned


def _angle(kind: int, degrees: float) -> str:
    """An angle within the object's period, of which nothing more can be known; – for an object without one."""
    period = PERIODS[kind]
    return f"{plain(degrees % period, 0)}°" if period else UNKNOWN


def course(found: Source, drawing: Drawn | None, inference: Inferred) -> Curves | None:
    """How both networks have learned, on the scenes that are held out."""
    lines = [
        _line(found, "test_accuracy", f"@{NAME}.objects", "series-2", inference.object_accuracy),
        _line(found, "iou", "IoU", "series-1", drawing.iou if drawing is not None else None),
    ]
    kept = tuple(line for line in lines if line is not None)
    if not kept:
        return None
    return Curves(
        title=f"@{NAME}.course",
        x=Axis(name=f"@{NAME}.steps", low=0, high=float(found.whole), counted=True),
        y=Axis(low=0, high=1, digits=1, ticks=(0.5,)),
        lines=kept,
        point=_at(found),
    )


def _at(found: Source) -> tuple[float, float] | None:
    """The networks that are looked at on the decoder's curve, where there are several to be looked at."""
    measured = [point["iou"] for point in found.points if "iou" in point and point["step"] == found.step]
    return (float(found.step), measured[-1]) if measured and len(found.steps) > 1 else None


def _line(found: Source, name: str, label: str, tone: Tone, last: float | None) -> Line | None:
    points = [(point["step"], point[name]) for point in found.points if name in point]
    if not points or last is None:
        return None
    x, y = (np.array(each, dtype=float) for each in zip(*points, strict=True))
    return Line(x=x, y=y, name=f"{label} {plain(float(y[-1]))}", tone=tone)
