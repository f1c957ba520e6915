"""Makes the diffusion model that comes with nnlab: `python scripts/make_diffusion_checkpoints.py`."""

import time

import torch

from engine.generative.diffusion import cosine, guided, reverse
from engine.generative.digit_training import CLASSES, DEFAULTS, DiffusionTraining
from engine.generative.judge import accuracy, read
from engine.generative.trained import PATH, network, packed

DIGITS = 4
"""Significant digits of the curves."""

DRAWN = 500
"""Digits that are drawn and judged at the end, of each equally many."""

JUDGED = ((20, 1.0), (20, 2.0), (20, 3.0), (10, 3.0))
"""Steps and guidance with which they are drawn."""


def main() -> None:
    """Train it by the default settings, write it, and judge what it draws."""
    training, begun = DiffusionTraining(**DEFAULTS), time.process_time()
    metrics = []
    for step in training.steps():
        if step.values:
            rounded = {name: float(f"{value:.{DIGITS}g}") for name, value in step.values.items()}
            metrics.append({"step": step.step, "epoch": step.epoch, "examples": step.examples, **rounded})
        if "test_loss" in step.values:
            print(f"step {step.step}: {metrics[-1]}, {time.process_time() - begun:.0f} s", flush=True)
    PATH.write_bytes(packed(DEFAULTS, metrics, training.weights()))
    print(f"{PATH.name}: {PATH.stat().st_size} bytes")
    judge(training)


def judge(training: DiffusionTraining) -> None:
    """Say how many of the drawn digits are the ones asked for."""
    made, side = network(training.weights()), training.side
    kind = torch.arange(CLASSES).repeat_interleave(DRAWN // CLASSES)
    noise = torch.randn(DRAWN, 1, side, side, generator=torch.Generator().manual_seed(0))
    print(f"the judge reads {accuracy(side):.3f} of the test digits rightly")
    for steps, guidance in JUDGED:
        led = guided(made, {"kind": kind}, {"kind": made.any_kind(DRAWN)}, guidance)
        begun = time.process_time()
        *_, last = reverse(led, cosine(), training.prediction, noise, cosine().walk(steps), clip=1.0)
        seconds = time.process_time() - begun
        agreement = float((read(last.x).argmax(1) == kind.numpy()).mean())
        print(f"{steps} steps, guidance {guidance}: {agreement:.3f} agree, {1000 * seconds / DRAWN:.1f} ms each")


if __name__ == "__main__":
    main()
