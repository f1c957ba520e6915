"""What a training of a GPT has made last: the text that it wrote when its weights were kept, read without torch."""

import json

import numpy as np

from engine.language.gpt.config import ABOUT
from engine.training.folder import Run
from engine.training.kept import CheckpointProblem, arrays
from lessons.vocabulary.figures import Figure, Tokens


def sample(run: Run) -> tuple[Figure, ...]:
    """The text; nothing before any is kept. Raises CheckpointProblem."""
    steps = run.weights_steps()
    if not steps:
        return ()
    path = run.weights_path(steps[-1])
    kept = arrays(path)
    try:
        written = json.loads(kept[ABOUT].tobytes())["sample"]
        text = str(written["text"]) if written else ""
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointProblem(path, f"{type(error).__name__} {error}") from None
    return (Tokens(title="@language.gpt.sample", pieces=(text,), values=np.zeros(1)),) if text else ()
