"""The lab `applications.panel`: three real networks answer at once; each opens its own lab with what it has here."""

from lessons.address import address_of
from lessons.applications.labs.panel.exercises import EXERCISES
from lessons.applications.labs.panel.observation import Network, PanelObservation
from lessons.applications.labs.panel.settings import NAME, PanelSettings, drawing, reading, writing
from lessons.vocabulary.lab import Lab, Preset

LABS: dict[Network, str] = {
    "reader": "convolution.lenet5",
    "writer": "language.gpt",
    "drawer": "image_generation.diffusion",
}
"""The lab of each network's own."""


def own_address(network: Network, settings: PanelSettings, seen: PanelObservation | None) -> str:
    """The address that sets a network's own lab to what it is given here."""
    if network == "reader":
        return address_of(LABS[network], reading(settings))
    if network == "writer":
        return address_of(LABS[network], writing(settings))
    return address_of(LABS[network], drawing(settings, seen.asked if seen is not None else None))


LAB = Lab(
    name=NAME,
    settings=PanelSettings,
    observation=PanelObservation,
    exercises=EXERCISES,
    presets=(
        Preset("read", NAME),
        Preset("other", f"{NAME}?digit=2&wanted=3"),
        Preset("japanese", f"{NAME}?sentence=雨が降ったので、"),
        Preset("free", f"{NAME}?guidance=0"),
        Preset("greedy", f"{NAME}?temperature=0"),
    ),
    source=(
        "engine.vision.lenet5:LeNet5",
        "engine.language.gpt.model:GPT",
        "engine.generative.diffusion:reverse",
        "engine.generative.unet:UNet",
        "engine.language.gpt.writing:Writer",
        "engine.vision.prepare:like_mnist",
    ),
    wide=True,
)
