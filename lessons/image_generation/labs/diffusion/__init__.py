"""The lab `image_generation.diffusion`: a digit comes out of noise, step by step."""

from lessons.image_generation.labs.diffusion.exercises import EXERCISES
from lessons.image_generation.labs.diffusion.observation import DiffusionObservation
from lessons.image_generation.labs.diffusion.settings import LOOKING, MOST_STEPS, NAME, DiffusionSettings
from lessons.vocabulary.checkpoints import LAST
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.settings import Settings


def _walks(settings: Settings) -> bool:
    """Where the training is looked at, space and its kin are about that."""
    return getattr(settings, "view", "walk") != "train"


LAB = Lab(
    name=NAME,
    settings=DiffusionSettings,
    observation=DiffusionObservation,
    exercises=EXERCISES,
    presets=(
        Preset("walk", NAME),
        Preset("ddpm", f"{NAME}?method=ddpm&steps=100&frame=60"),
        Preset("forward", f"{NAME}?view=forward"),
        Preset("two", f"{NAME}?view=two"),
        Preset("many", f"{NAME}?view=many&samples=32"),
        Preset("curve", f"{NAME}?view=curve"),
        Preset("plane", f"{NAME}?view=plane"),
        Preset("train", f"{NAME}?view=train"),
    ),
    source=(
        "engine.generative.diffusion:step_back",
        "engine.generative.diffusion:reverse",
        "engine.generative.diffusion:guided",
        "engine.generative.unet:UNet",
        "engine.generative.digit_training:DiffusionTraining",
        "engine.generative.plane:closed_form",
    ),
    wide=True,
    walks=_walks,
    training="lessons.image_generation.experiments.diffusion:training",
    trains=lambda settings: bool(getattr(settings, "train", False)),
    run="run",
    sample="lessons.image_generation.samples.diffusion:sample",
    summary="lessons.image_generation.experiments.diffusion:summary",
    newest={"frame": MOST_STEPS, "checkpoint": LAST},
    leaves=("pixels", "width"),
    looks=LOOKING,
)
