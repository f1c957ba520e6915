"""What a training of LeNet-5 has made last: the kernels of its first layer, read without torch."""

import numpy as np

from engine.training.folder import Run
from engine.training.kept import arrays
from lessons.vocabulary.figures import Figure, Raster


def sample(run: Run) -> tuple[Figure, ...]:
    """The six kernels of C1, 5×5 each; nothing before any are kept. Raises CheckpointProblem."""
    steps = run.weights_steps()
    if not steps:
        return ()
    kernels = arrays(run.weights_path(steps[-1])).get("C1.weight")
    if kernels is None:
        return ()
    values = kernels.astype(float)[:, 0]
    reach = float(np.abs(values).max()) or 1.0
    return (Raster(title="C1", values=values, map="signed", low=-reach, high=reach, columns=6, note="6 × 5×5"),)
