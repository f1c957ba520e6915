"""What a network that draws scenes makes of the lab's own prompt after its training."""

from engine.training.folder import Run
from lessons.generative_ai.labs.prompt_box.settings import PromptBoxSettings
from lessons.vocabulary.figures import Figure

STEPS, PICTURES = 10, 8
"""Steps of the walk, and pictures that are drawn."""


def sample(run: Run) -> tuple[Figure, ...]:
    """The pictures; nothing before any weights are kept. Raises CheckpointProblem."""
    from lessons.generative_ai.experiments.prompt_box import observe

    seen = observe(PromptBoxSettings(run=run.id, steps=STEPS, samples=PICTURES))
    return (seen.many,) if seen.own and seen.many is not None else ()
