"""How the network that draws was trained, as curves."""

import numpy as np

from engine.training.metrics import Point
from lessons.generative_ai.experiments.prompt_box.sources import Source
from lessons.vocabulary.figures import Axis, Curves, Line, Tone


def loss(found: Source) -> Curves:
    """Mean square of what is left of v, over the steps."""
    line = _line(found.points, "train_loss", "@term.train", "series-2")
    high = max([value for value in line.y.tolist() if np.isfinite(value)], default=1.0)
    return Curves(
        title="@generative_ai.prompt_box.loss",
        x=_steps(found),
        y=Axis(low=0, high=0.5 if high <= 0.5 else float(np.ceil(high)), digits=1),
        lines=(line,),
    )


def progress(found: Source) -> Curves:
    """Shares of pictures of which all four attributes are right."""
    return Curves(
        title="@generative_ai.prompt_box.progress",
        x=_steps(found),
        y=Axis(low=0, high=1, digits=1),
        lines=(
            _line(found.points, "train_accuracy", "@generative_ai.prompt_box.group.trained", "series-2"),
            _line(found.points, "test_accuracy", "@generative_ai.prompt_box.group.held_out", "series-1"),
        ),
        point=_at(found),
    )


def _at(found: Source) -> tuple[float, float] | None:
    """The network that is looked at on the curve of held-out scenes, where there are several to be looked at."""
    key = "test_accuracy"
    measured = [point[key] for point in found.points if key in point and point["step"] == found.step]
    return (float(found.step), measured[-1]) if measured and len(found.steps) > 1 else None


def _steps(found: Source) -> Axis:
    return Axis(
        name="@generative_ai.prompt_box.train_steps", low=0, high=float(max(found.whole, found.step, 1)), counted=True
    )


def _line(points: list[Point], key: str, name: str, tone: Tone) -> Line:
    there = [point for point in points if key in point]
    x, y = (np.array([point[each] for point in there], float) for each in ("step", key))
    return Line(x=x, y=y, name=name, tone=tone)
