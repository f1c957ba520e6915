"""The lab `image_generation.causal_graph`: causes make an image, a decoder learns to, an encoder infers them back."""

from lessons.image_generation.labs.causal_graph.exercises import EXERCISES
from lessons.image_generation.labs.causal_graph.observation import CausalGraphObservation
from lessons.image_generation.labs.causal_graph.settings import CAUSES, LOOKS, NAME, CausalGraphSettings
from lessons.vocabulary.checkpoints import LAST
from lessons.vocabulary.lab import Lab, Preset

LAB = Lab(
    name=NAME,
    settings=CausalGraphSettings,
    observation=CausalGraphObservation,
    exercises=EXERCISES,
    presets=(
        Preset("known", NAME),
        Preset("disc", f"{NAME}?object=disc"),
        Preset("average", f"{NAME}?object=cross&harmonics=0"),
        Preset("few", f"{NAME}?examples=100"),
        Preset("noise", f"{NAME}?noise=1"),
        Preset("paint", f"{NAME}?own=true&given=inferred"),
    ),
    source=(
        "engine.generative.scene:draw",
        "engine.generative.causal.decoder:Decoder",
        "engine.generative.causal.encoder:Encoder",
        "engine.generative.causal.training:CausalTraining",
    ),
    wide=True,
    belongs={"drawn": CAUSES, "own": CAUSES},
    training="lessons.image_generation.experiments.causal_graph:training",
    trains=lambda settings: bool(getattr(settings, "train", False)),
    run="run",
    sample="lessons.image_generation.samples.causal_graph:sample",
    summary="lessons.image_generation.experiments.causal_graph:summary",
    newest={"checkpoint": LAST},
    leaves=("examples", "harmonics"),
    looks=LOOKS,
)
