"""Makes the network that draws from prompts: `python scripts/make_prompt_checkpoint.py [steps=N] [RUN]`.

Without a run it is trained here, one thread needs a quarter of an hour; the folder of a finished run, with which
`nnlab run generative_ai.prompt_box train=true` has done the same, takes the place of that. All held-out scenes and as
many trained ones are then drawn and judged.
"""

import sys
from pathlib import Path
from typing import Any

from engine.generative.prompt.evaluation import evaluated
from engine.generative.prompt.trained import PATH, model_of, packed
from engine.generative.prompt.training import DEFAULTS, PromptTraining
from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.metrics import Metrics

STEPS = 9000
"""Steps of the training that ships."""

DIGITS = 4
"""Significant digits of the curves."""


def write(weights: dict[str, Any], metrics: list[dict[str, float]], settings: dict[str, Any]) -> None:
    """Judge and write what ships."""
    rounded = [{name: float(f"{value:.{DIGITS}g}") for name, value in point.items()} for point in metrics]
    right = evaluated(model_of(weights))
    PATH.write_bytes(packed(weights, rounded, settings, right))
    print(f"{PATH.name}: {PATH.stat().st_size} bytes")
    for group, shares in right.items():
        print(group, {name: round(share, 3) for name, share in shares.items()})


def train(steps: int) -> None:
    """Train and write."""
    settings = {**DEFAULTS, "steps": steps}
    training = PromptTraining(**settings)
    metrics = []
    for step in training.steps():
        if step.values:
            metrics.append({"step": step.step, "epoch": step.epoch, "examples": step.examples, **step.values})
    write(training.weights(), metrics, settings)


def take(run: Run) -> None:
    """Write what a finished run has kept."""
    own = run.record().settings
    settings = {name: own.get("train_steps" if name == "steps" else name, value) for name, value in DEFAULTS.items()}
    settings["seed"] = own.get("train_seed", DEFAULTS["seed"])
    metrics = Metrics(run.metrics_path)
    metrics.read()
    points = [{name: value for name, value in point.items() if name != "seconds"} for point in metrics.points]
    write(load_weights(run.weights_path(run.weights_steps()[-1])).tensors, points, settings)


def main() -> None:
    """Take the run that is named, or train."""
    steps = STEPS
    for argument in sys.argv[1:]:
        if not argument.startswith("steps="):
            take(Run(Path(argument)))
            return
        steps = int(argument.removeprefix("steps="))
    train(steps)


if __name__ == "__main__":
    main()
