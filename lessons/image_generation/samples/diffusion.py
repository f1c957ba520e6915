"""What a diffusion model can draw after its training: some digits, drawn anew in few steps."""

from engine.training.folder import Run
from lessons.image_generation.labs.diffusion.settings import MOST_STEPS, DiffusionSettings
from lessons.vocabulary.figures import Figure

STEPS, PICTURES = 10, 8
"""Steps of the walk, and digits that are drawn."""


def sample(run: Run) -> tuple[Figure, ...]:
    """The digits; nothing before any weights are kept. Raises CheckpointProblem."""
    from lessons.image_generation.experiments.diffusion import observe

    settings = DiffusionSettings(run=run.id, view="many", samples=PICTURES, steps=STEPS, frame=MOST_STEPS)
    seen = observe(settings)
    return (seen.drawn_samples,) if seen.own and seen.drawn_samples is not None else ()
