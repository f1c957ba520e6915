"""How often a network draws what it is asked for: scenes that it was trained on, and both kinds that it never saw."""

from engine.generative.prompt.drawing import GUIDANCE, STEPS, draw
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.pictures import agreement, judge
from engine.generative.prompt.scenes import Group, Scene, split

AT_ONCE = 64
"""Pictures that are drawn together."""

TRAINED = 150
"""Trained scenes that are drawn, as many as there are held-out combinations."""


def evaluated(
    model: PromptUNet, *, seed: int = 0, guidance: float = GUIDANCE, steps: int = STEPS
) -> dict[Group, dict[str, float]]:
    """Draw every held-out scene once, and some of the trained ones: shares that are right, by attribute and `all`."""
    groups = split()
    scenes: dict[Group, list[Scene]] = {
        "trained": spread(groups.trained, TRAINED),
        "combinations": list(groups.combinations),
        "pairs": list(groups.pairs),
    }
    return {name: accuracy(model, each, seed=seed, guidance=guidance, steps=steps) for name, each in scenes.items()}


def accuracy(
    model: PromptUNet, scenes: list[Scene], *, seed: int = 0, guidance: float = GUIDANCE, steps: int = STEPS
) -> dict[str, float]:
    """Draw a picture of each scene and judge them all: shares that are right, by attribute and of `all` four."""
    readings = []
    for start in range(0, len(scenes), AT_ONCE):
        some = scenes[start : start + AT_ONCE]
        readings += judge(draw(model, some, seed=seed + start, guidance=guidance, steps=steps))
    return agreement(scenes, readings)


def spread(scenes: tuple[Scene, ...], count: int) -> list[Scene]:
    """So many of these scenes, evenly spread over the list; all of it, again and again, where more are asked for."""
    if count >= len(scenes):
        return [scenes[each % len(scenes)] for each in range(count)]
    return [scenes[each * len(scenes) // count] for each in range(count)]
