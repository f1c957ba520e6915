"""The lab `neuron.playground`: a network that learns before one's eyes, and everything about it that can be moved."""

from lessons.neuron.labs.playground.exercises import EXERCISES
from lessons.neuron.labs.playground.observation import PlaygroundObservation
from lessons.neuron.labs.playground.settings import FEATURES, PlaygroundSettings
from lessons.vocabulary.lab import Lab, Preset

LAB = Lab(
    name="neuron.playground",
    settings=PlaygroundSettings,
    observation=PlaygroundObservation,
    exercises=EXERCISES,
    presets=(
        Preset("circle", "neuron.playground?hidden=3"),
        Preset("xor", "neuron.playground?data=xor&x1_x2=true&hidden=0"),
        Preset("spiral", "neuron.playground?data=spiral&sin_x1=true&sin_x2=true&hidden=6"),
        Preset("hard_spiral", "neuron.playground?data=spiral&hidden=8,8,8"),
        Preset("seeds", "neuron.playground?hidden=2&seeds=24&view=seeds"),
        Preset("iris", "neuron.playground?data=iris&hidden=0"),
        Preset("hills", "neuron.playground?data=multi_gaussian&hidden=8,4"),
        Preset("backward", "neuron.playground?data=xor&hidden=2&view=example"),
        Preset("explosion", "neuron.playground?data=spiral&hidden=6,6&activation=relu&rate=10"),
    ),
    source=(
        "engine.network.playground.plain:PlainNetwork",
        "engine.network.playground.network:Network",
        "engine.network.playground.descent:Descent",
        "engine.network.playground.optimizers:Adam",
        "engine.network.playground.diagnosis:diagnose",
    ),
    wide=True,
    plays="train",
    flows={"step": "moment"},
    belongs={"weights": ("hidden", *FEATURES)},
)
