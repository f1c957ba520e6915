"""Makes the decoders and the encoder that come with nnlab: `python scripts/make_causal_graph_checkpoints.py [number…]`.

Each has learned as the lab's own trainings do by default, half a minute on one core.
"""

import sys

from engine.generative.causal.trained import SHIPPED, Kind, packed, path_of
from engine.generative.causal.training import DEFAULTS, CausalTraining

DIGITS = 4
"""Significant digits of the curves."""


def make(kind: Kind) -> None:
    """Train one pair of networks and write it; the first of all with its encoder."""
    harmonics, examples = kind
    training = CausalTraining(**{**DEFAULTS, "harmonics": harmonics, "examples": examples})
    metrics = []
    for step in training.steps():
        if "iou" in step.values:
            rounded = {name: float(f"{value:.{DIGITS}g}") for name, value in step.values.items()}
            metrics.append({"step": step.step, "epoch": step.epoch, "examples": step.examples, **rounded})
    content = packed(training.weights(), metrics, kind, encoder=kind == SHIPPED[0])
    path_of(kind).write_bytes(content)
    print(f"{path_of(kind).name}: {len(content)} bytes, {metrics[-1]}", flush=True)


if __name__ == "__main__":
    for place in map(int, sys.argv[1:] or range(len(SHIPPED))):
        make(SHIPPED[place])
