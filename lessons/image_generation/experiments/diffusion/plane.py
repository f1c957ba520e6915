"""Diffusion in two dimensions: a network that learns block by block, beside the best answer there is."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from engine.generative.diffusion import SCHEDULES, Frame, Network, Schedule, estimate, reverse, step_back
from engine.generative.plane import Denoiser, PlaneTraining, closed_form, shape, within
from engine.vision.batches import drawn_from
from lessons.image_generation.labs.diffusion.settings import BLOCKS, MOST_POINTS, NAME, DiffusionSettings
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.figures import Axis, Plane

STEPS = 240
"""Steps of learning in a block: half a second."""

SAMPLES, SHOWN = 400, 120
"""Points that are drawn, and how many of them, and of the data, are shown."""

JUDGED = 50
"""DDIM steps of the walk whose end is judged, however many are looked at."""

REACH = 1.6
"""Where the axes end: noise reaches farther, most of it not much."""

ARROWS = 12
"""Arrows of the field in a row."""

AHEAD = 60
"""Times over which an arrow looks ahead."""

USUAL = 0.7
"""Share of the arrows that are shorter than the longest one that is drawn."""


@dataclass
class Learning:
    """One training under way, and the network after each of its blocks."""

    training: PlaneTraining
    networks: list[Denoiser]
    losses: list[float] = field(default_factory=list)


@lru_cache(maxsize=3)
def _learning(name: str, points: str, schedule: str, seed: int) -> Learning:
    training = PlaneTraining(data(name, points), SCHEDULES[schedule](), seed=seed, total=BLOCKS, steps=STEPS)
    return Learning(training, [training.network()])


def data(name: str, points: str) -> np.ndarray:
    """The points that are learned, shape (n, 2); a single one in the middle where the learner has set none."""
    if name != "own":
        return shape(name)
    pairs = decode(points, 2 * MOST_POINTS).reshape(-1, 2)
    own = pairs[pairs.any(axis=1)]
    return own if len(own) else np.zeros((1, 2))


def observed(settings: DiffusionSettings) -> dict[str, Any]:
    """Learn up to the block that is set, and walk with what was learned and with the best answer."""
    points = data(settings.shape, settings.points)
    learning = _learning(settings.shape, settings.points, settings.schedule, settings.seed)
    while len(learning.losses) < settings.learned:
        learning.losses.append(learning.training.learn())
        learning.networks.append(learning.training.network())
    network = learning.networks[settings.learned]
    asked = (settings.schedule, settings.steps, settings.method, settings.seed)
    own, best = _walked(network, *asked), _best(settings.shape, settings.points, *asked)
    done = min(settings.frame, len(own) - 1)
    schedule = SCHEDULES[settings.schedule]()
    judged = (settings.schedule, JUDGED, "ddim", settings.seed)
    share = within(_walked(network, *judged)[-1].x.double().numpy(), points)
    share_best = within(_best(settings.shape, settings.points, *judged)[-1].x.double().numpy(), points)
    return {
        "within": round(share, 6),
        "within_best": round(share_best, 6),
        "plane_loss": round(learning.losses[settings.learned - 1], 6) if settings.learned else None,
        "plane": _plane(f"@{NAME}.plane", schedule, network, own[done], points),
        "plane_best": _plane(f"@{NAME}.plane_best", schedule, closed_form(points), best[done], points),
    }


@lru_cache(maxsize=8)
def _best(name: str, points: str, schedule: str, steps: int, method: str, seed: int) -> tuple[Frame, ...]:
    return _walked(closed_form(data(name, points)), schedule, steps, method, seed)


def _walked(network: Network, schedule: str, steps: int, method: str, seed: int) -> tuple[Frame, ...]:
    made = SCHEDULES[schedule]()
    x = torch.randn((SAMPLES, 2), generator=drawn_from(seed, 0))
    eta = 1.0 if method == "ddpm" else 0.0

    def noise(t: int) -> torch.Tensor:
        return torch.randn(x.shape, generator=drawn_from(seed, t))

    return tuple(reverse(network, made, "v", x, made.walk(steps), eta=eta, noise=noise))


def _plane(title: str, schedule: Schedule, network: Network, frame: Frame, points: np.ndarray) -> Plane:
    """Data hollow and small, drawn points filled where they are within reach, and the field's arrows."""
    x = frame.x[:SHOWN].double().numpy()
    x = x[(np.abs(x) <= REACH).all(axis=1)]
    own = points[:: max(1, len(points) // SHOWN)]
    axis = Axis(low=-REACH, high=REACH, digits=1)
    return Plane(
        title=title,
        x=axis,
        y=axis,
        points=np.concatenate([own, x]),
        classes=np.concatenate([np.zeros(len(own), int), np.ones(len(x), int)]),
        tests=np.concatenate([np.ones(len(own), bool), np.zeros(len(x), bool)]),
        class_names=(f"@{NAME}.plane.data", f"@{NAME}.plane.drawn"),
        sides=("", ""),
        arrows=_field(schedule, network, max(frame.t, 1)),
        tinted=True,
    )


def _field(schedule: Schedule, network: Network, t: int) -> np.ndarray:
    """Arrows from a grid to where a step of DDIM leads, as segments (m, 4): their lengths compare, the usual fits."""
    across = np.linspace(-REACH, REACH, ARROWS + 2)[1:-1]
    grid = torch.as_tensor(np.stack(np.meshgrid(across, across), -1).reshape(-1, 2)).float()
    at = torch.full((len(grid),), t)
    with torch.inference_mode():
        found = estimate("v", schedule, network(grid, schedule.level(at).float()), grid, at)
    moved = (step_back(schedule, found, t, max(t - AHEAD, 0)) - grid).double().numpy()
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    longest = 0.8 * (across[1] - across[0])
    moved = moved * longest / np.maximum(lengths, max(float(np.quantile(lengths, USUAL)), 1e-9))
    start = grid.double().numpy()
    return np.hstack([start, start + moved])
