"""How fast one network and a stack of them learn beside the textbook's NumPy, on TensorFlow Playground's own spiral."""

import statistics
import time
from collections.abc import Callable

from engine.network.playground.data import generate
from engine.network.playground.descent import Configuration, Descent
from engine.network.playground.features import inputs
from engine.network.playground.plain import PlainNetwork
from engine.network.playground.seeds import SEEDS

HIDDEN = (8, 8, 8)
POINTS = 250
"""Examples of an epoch: half of Playground's 500."""


def speeds(rounds: int = 7, seconds: float = 0.3) -> dict[str, float]:
    """Examples a second of `plain`, `one` and `stack`; they take turns, and the middle of the rounds counts.

    2–8–8–8–1, tanh, batch 10, rate 0.03. Those of all networks of the stack are counted together.
    """
    points, configuration = generate("spiral", count=POINTS), Configuration(hidden=HIDDEN)
    parameters = configuration.shape.initial([0])
    matrices = configuration.shape.views(parameters.copy())
    plain = PlainNetwork([each[:, :-1] for each in matrices], [each[:, -1:] for each in matrices])
    x = inputs(points.x, configuration.features)
    one = Descent(configuration, points, parameters)
    stack = Descent(configuration, points, configuration.shape.initial([0])[None].repeat(SEEDS, axis=0))
    epochs: dict[str, tuple[Callable[[], object], int]] = {
        "plain": (lambda: plain.epoch(x, points.t, configuration.rate, configuration.batch), 1),
        "one": (lambda: one.step(one.steps_to(1)), 1),
        "stack": (lambda: stack.step(stack.steps_to(1)), SEEDS),
    }
    found: dict[str, list[float]] = {name: [] for name in epochs}
    for _ in range(rounds):
        for name, (epoch, networks) in epochs.items():
            found[name].append(_epochs_a_second(epoch, seconds) * POINTS * networks)
    return {name: statistics.median(each) for name, each in found.items()}


def _epochs_a_second(epoch: Callable[[], object], seconds: float) -> float:
    begin, done = time.perf_counter(), 0
    while (past := time.perf_counter() - begin) < seconds:
        epoch()
        done += 1
    return done / past
