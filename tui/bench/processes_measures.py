"""What a second process is worth: a training in two against the same in one, with a core or a GPU for each."""

import statistics
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from engine.machine import cores, gpus
from engine.training.folder import Run
from engine.training.metrics import Metrics
from tui.bench.programs import home
from tui.bench.report import Result
from tui.bench.training_measures import finished, training

GOAL = 0.0
"""None: it is a figure to know. LeNet-5's steps are so short that adding up gradients takes longer than it saves."""


class Work(NamedTuple):
    """A training whose speed is measured."""

    lab: str
    settings: dict[str, Any]
    figure: str
    rate: str
    """Figure of what it learns from in a second, in two processes."""

    each: int
    """What an example counts: one image, or the tokens of a window."""

    only_steps: bool
    """Whether the steps next to weights that are kept are left out: in so short a training they would take half."""


WORKS = (
    Work("convolution.lenet5", {"epochs": 6}, "lenet5_two_processes", "lenet5_two_images", 1, False),
    Work("language.gpt", {"steps": 80}, "gpt_two_processes", "gpt_two_tokens", 128, True),
)
FIGURES = tuple(f"{name}{where}" for work in WORKS for name in (work.figure, work.rate) for where in ("", "_gpus"))
"""Those of GPUs come where there are two."""


def two_processes(rounds: int = 3) -> Iterator[Result]:
    """Two processes over one; they take turns, and what starting takes is left out."""
    for where, device in (("", "cpu"), ("_gpus", "cuda")):
        if (cores() if device == "cpu" else len(gpus())) < 2:
            continue
        for work in WORKS:
            one, two = [], []
            with home() as folder:
                for _ in range(rounds):
                    for speeds, processes in ((one, 1), (two, 2)):
                        settings = work.settings | {"processes": processes}
                        with training(folder / "runs", processes, work.lab, device, **settings) as run:
                            speeds.append(_speed(run, work) * work.each)
            ratio = statistics.median(second / first for first, second in zip(one, two, strict=True))
            yield Result(work.figure + where, ratio, "×", GOAL, 2, least=True)
            yield Result(work.rate + where, statistics.median(two), "/s", 0, least=True)


def _speed(run: Run, work: Work) -> float:
    """Examples a second, of the whole training or of its steps only."""
    status = finished(run)
    if not work.only_steps:
        return status.examples / status.seconds
    metrics = Metrics(run.metrics_path)
    metrics.read()
    kept = set(run.weights_steps())
    pairs = [pair for pair in pairwise(metrics.points) if not kept & {each["step"] for each in pair}]
    examples = sum(after["examples"] - before["examples"] for before, after in pairs)
    return examples / sum(after["seconds"] - before["seconds"] for before, after in pairs)
