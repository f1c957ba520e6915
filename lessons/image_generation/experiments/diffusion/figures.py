"""Moments of a walk as pictures, its film, and the share of picture and noise at each time."""

import numpy as np
from torch import Tensor

from engine.generative.diffusion import Frame, Prediction, Schedule
from engine.generative.digits import ink
from lessons.image_generation.experiments.diffusion.sources import Source
from lessons.image_generation.experiments.diffusion.walks import Walk, Way, said
from lessons.image_generation.labs.diffusion.settings import LAST, NAME
from lessons.vocabulary.figures import Axis, Curves, Line, Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.numbers import plain

MOMENTS = 8
"""Frames of a film."""

REACH = 2.5
"""Noise that has the full tint, in standard deviations."""

SAYS = {"epsilon": "ε(x_t, t)", "v": "v(x_t, t)"}


def now(frame: Frame) -> Raster:
    """x_t of the first picture."""
    return Raster(title=f"@{NAME}.now", values=ink(frame.x[:1])[0], map="ink", note=f"x_t   t = {frame.t}", scale=False)


def answer(frame: Frame) -> Raster:
    """The estimate of x₀."""
    values = ink(frame.found.x0[:1])[0]
    return Raster(title=f"@{NAME}.answer", values=values, map="ink", note=f"@{NAME}.answer.note", scale=False)


def saying(schedule: Schedule, prediction: Prediction, frame: Frame) -> Raster:
    """What the network says of x_t."""
    return Raster(
        title=f"@{NAME}.said.{prediction}",
        values=said(schedule, prediction, frame)[0, 0].double().numpy(),
        map="signed",
        low=-REACH,
        high=REACH,
        note=SAYS[prediction],
        scale=False,
    )


def clean(x0: Tensor) -> Raster:
    """The picture that the forward walk begins with."""
    return Raster(title=f"@{NAME}.clean", values=ink(x0)[0], map="ink", note="x₀", scale=False)


def moments(count: int, present: int | None) -> list[int]:
    """Places of about eight frames among so many, evenly, the present one among them."""
    places = sorted({round(each) for each in np.linspace(0, count - 1, min(MOMENTS, count))})
    if present is not None and present not in places:
        nearest = min(range(1, len(places) - 1), key=lambda at: abs(places[at] - present), default=0)
        places[nearest] = present
    return places


def film(walk: Walk, asked: Way, present: int | None, title: str) -> Film:
    """Moments of a reverse walk, and how it is walked."""
    places = moments(len(walk.frames), present)
    frames = [walk.frames[place] for place in places]
    steps = len(walk.frames) - 1
    return Film(
        title=title,
        frames=np.stack([ink(each.x[:1])[0] for each in frames]),
        captions=tuple(f"t {each.t}" for each in frames),
        present=places.index(present) if present is not None else None,
        note=f"{asked.method.upper()} · {steps} · w = {plain(asked.guidance, 1)}",
        right=f"{present} / {steps}" if present is not None else "",
    )


def forward(schedule: Schedule, x0: Tensor, epsilon: Tensor, depth: int) -> Film:
    """The forward walk of one picture, always into the same noise."""
    times = [round(each) for each in np.linspace(0, LAST, MOMENTS)]
    nearest = min(range(MOMENTS), key=lambda at: abs(times[at] - depth))
    times[nearest] = depth
    pictures = [schedule.signal(t).float() * x0 + schedule.noise(t).float() * epsilon for t in times]
    return Film(
        title=f"@{NAME}.forward",
        frames=np.concatenate([ink(each) for each in pictures]),
        captions=tuple(f"t {t}" for t in times),
        present=nearest,
        note="q(x_t | x₀)",
    )


def shares(schedule: Schedule, t: int) -> Curves:
    """√ᾱ_t and √(1−ᾱ_t) over time, from the picture at the left to noise at the right."""
    times = np.linspace(0, LAST, 101).round().astype(int)
    signal = schedule.signal(t).item(), schedule.alpha_bar[times].sqrt().numpy()
    noise = (1 - schedule.alpha_bar[times]).sqrt().numpy()
    return Curves(
        title=f"@{NAME}.shares",
        x=Axis(name="t", low=0, high=LAST, counted=True),
        y=Axis(low=0, high=1),
        lines=(
            Line(x=times.astype(float), y=signal[1], tone="series-1"),
            Line(x=times.astype(float), y=noise, tone="series-2"),
        ),
        point=(float(t), signal[0]),
    )


def loss(found: Source) -> Curves:
    """The loss of the training so far."""
    lines = []
    for name, tone, stroke in (("train_loss", "series-2", "dots"), ("test_loss", "series-1", "solid")):
        points = [(point["step"], point[name]) for point in found.points if name in point and point["step"]]
        if points:
            x, y = np.array(points, float).T
            label = "@term.train" if name == "train_loss" else "@term.test"
            lines.append(Line(x=x, y=y, name=label, tone=tone, stroke=stroke))  # type: ignore[arg-type]
    return Curves(
        title=f"@{NAME}.loss",
        x=Axis(name=f"@{NAME}.updates", low=0, high=max(found.whole, 1), counted=True),
        y=Axis(low=0, high=1, ticks=(0.5,), digits=1),
        lines=tuple(lines),
        point=_at(found),
    )


def _at(found: Source) -> tuple[float, float] | None:
    """The network that is looked at on the curve of the test loss, where there are several to be looked at."""
    measured = [p["test_loss"] for p in found.points if "test_loss" in p and p["step"] == found.step]
    return (float(found.step), measured[-1]) if measured and len(found.steps) > 1 else None
