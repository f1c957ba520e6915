"""What a diffusion model can draw after its training: one picture of each digit, drawn anew in few steps."""

from engine.training.folder import Run
from lessons import runs
from lessons.image_generation.labs.diffusion.settings import DiffusionSettings
from lessons.vocabulary.figures import Figure


def sample(run: Run) -> tuple[Figure, ...]:
    """The digits; nothing before any weights are kept. Raises RunProblem, CheckpointProblem."""
    from lessons.image_generation.experiments.diffusion.sources import source
    from lessons.image_generation.experiments.diffusion.ten import ten

    found = source(DiffusionSettings(run=run.id))
    if not found.own:
        return ()
    settings = runs.settings_of(DiffusionSettings, run)
    return (ten(found, settings.schedule, settings.seed),)
