"""Makes the trained networks that labs open with: `python scripts/make_checkpoints.py [RUN ...]`.

Without arguments both forms of LeNet-5 are trained by the default settings. The folder of a finished run, with which
`nnlab run convolution.lenet5` has done the same, takes the place of the training of its form.
"""

import sys
from pathlib import Path
from typing import Any

from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.metrics import Metrics
from engine.vision.digit_training import DEFAULTS, DigitTraining
from engine.vision.lenet5 import FORMS
from engine.vision.trained import FOLDER, packed

DIGITS = 5
"""Significant digits of the curves."""


def kept(epochs: int) -> set[int]:
    """Epochs whose weights ship: each twice as late as the one before, and the last."""
    return {0, epochs, *(2**power for power in range(epochs.bit_length()) if 2**power < epochs)}


def write(settings: dict[str, Any], metrics: list[dict[str, float]], weights: dict[int, Any]) -> None:
    """Write one training as it ships."""
    rounded = [{name: float(f"{value:.{DIGITS}g}") for name, value in point.items()} for point in metrics]
    path = FOLDER / f"lenet5-{settings['form']}.safetensors"
    path.write_bytes(packed(settings, rounded, weights))
    last = [point["test_accuracy"] for point in rounded if "test_accuracy" in point][-1]
    print(f"{path.name}: {path.stat().st_size} bytes, epochs {sorted(weights)}, test accuracy {last}")


def train(form: str) -> None:
    """Train a form by the default settings and write it."""
    settings = {**DEFAULTS, "form": form}
    training = DigitTraining(**settings)
    metrics, weights = [], {}
    for step in training.steps():
        if step.values:
            metrics.append({"step": step.step, "epoch": step.epoch, "examples": step.examples, **step.values})
        if step.checkpoint and round(step.epoch) in kept(settings["epochs"]):
            weights[round(step.epoch)] = training.weights()
    write(settings, metrics, weights)


def take(run: Run) -> None:
    """Write what a finished run has kept."""
    settings = {**DEFAULTS, **{name: value for name, value in run.record().settings.items() if name in DEFAULTS}}
    metrics = Metrics(run.metrics_path)
    metrics.read()
    points = [{name: value for name, value in point.items() if name != "seconds"} for point in metrics.points]
    weights = {}
    for step in run.weights_steps():
        found = load_weights(run.weights_path(step))
        if found.epoch in kept(settings["epochs"]):
            weights[round(found.epoch)] = found.tensors
    write(settings, points, weights)


def main() -> None:
    """Take the runs that are named; without any, train every form."""
    for folder in sys.argv[1:]:
        take(Run(Path(folder)))
    for form in FORMS if not sys.argv[1:] else ():
        train(form)


if __name__ == "__main__":
    main()
