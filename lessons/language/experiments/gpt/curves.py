"""How a GPT was trained, as curves, and what a token takes against the length of the text."""

import time

import numpy as np
import torch

from engine.language.gpt.cache import Cache
from engine.language.gpt.model import GPT
from lessons.language.experiments.gpt.sources import Source
from lessons.vocabulary.figures import Axis, Curves, Level, Line, Tone

PLACES = 9
"""Lengths at which a token's time is measured."""

TAKES = 3
"""Measurements of each, of which the fastest counts."""


def loss(found: Source) -> Curves:
    """Train and held-out loss in nats over the steps; a line for the n-gram that is to be beaten."""
    rival = found.ngram_loss
    train, test = (_curve(found, name) for name in ("train_loss", "test_loss"))
    values = [*train[1], *test[1], *([rival] if rival is not None else [])]
    high = _grown(max([value for value in values if np.isfinite(value)], default=5.0))
    levels: tuple[Level, ...] = ()
    if rival is not None:
        levels = (Level(value=rival, name="n-gram", tone="warning"),)
    at = found.loss_at(found.step)
    return Curves(
        title="@language.gpt.loss",
        x=Axis(name="@language.gpt.steps", low=0, high=float(max(found.whole, found.step, 1))),
        y=Axis(low=0, high=high, digits=1),
        lines=(_line(*train, "@term.train", "series-2"), _line(*test, "@term.test", "series-1")),
        levels=levels,
        point=(float(found.step), at) if at is not None else None,
    )


def _curve(found: Source, name: str) -> tuple[np.ndarray, np.ndarray]:
    points = [point for point in found.points if name in point]
    return np.array([point["step"] for point in points]), np.array([point[name] for point in points])


def _line(x: np.ndarray, y: np.ndarray, name: str, tone: Tone) -> Line:
    return Line(x=x.astype(float), y=y.astype(float), name=name, tone=tone)


def _grown(high: float) -> float:
    """Widen an axis by halves, so that a live curve does not move it at every point."""
    limit = 2.0
    while limit < high:
        limit *= 1.5
    return float(f"{limit:.2g}") if float(f"{limit:.2g}") >= high else limit


@torch.inference_mode()
def times(model: GPT) -> tuple[Curves, dict[str, float]]:
    """Milliseconds for one more token after n tokens, with the KV cache and without, and those at the full context."""
    context = model.config.context
    lengths = sorted({max(2, round(context * share / PLACES)) for share in range(1, PLACES + 1)})
    tokens = torch.zeros((1, context), dtype=torch.long, device=model.device)
    without, cached = [], []
    cache = Cache(model)
    for length in lengths:
        without.append(_best(lambda n=length: model(tokens[:, :n], last=True)))
        cache.length = 0
        model(tokens[:, : length - 1], cache, last=True)

        def one(n: int = length) -> object:
            cache.length = n - 1
            return model(tokens[:, n - 1 : n], cache, last=True)

        cached.append(_best(one))
    x = np.array(lengths, float)
    high = _grown(max(*without, *cached))
    figure = Curves(
        title="@language.gpt.times",
        x=Axis(name="@language.gpt.length", low=0, high=float(context)),
        y=Axis(low=0, high=high, unit="ms", digits=1),
        lines=(
            Line(x=x, y=np.array(without), name="@language.gpt.without_cache", tone="series-2"),
            Line(x=x, y=np.array(cached), name="@language.gpt.with_cache", tone="series-1"),
        ),
    )
    return figure, {"without": without[-1], "cached": cached[-1]}


def _best(run: object) -> float:
    taken = []
    for _ in range(TAKES):
        began = time.perf_counter()
        found = run()  # type: ignore[operator]
        if isinstance(found, torch.Tensor) and found.device.type == "cuda":
            torch.cuda.synchronize()
        taken.append(1000 * (time.perf_counter() - began))
    return min(taken)
