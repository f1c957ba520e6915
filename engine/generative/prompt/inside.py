"""Which word moved which pixel: the same noise, drawn once with the whole prompt and once without each word."""

from typing import NamedTuple

from torch import Tensor

from engine.generative.prompt.drawing import GUIDANCE, STEPS, light, noise, walk
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.scenes import Scene
from engine.generative.prompt.words import Prompt, Word, read


class Moved(NamedTuple):
    """What one word does."""

    word: Word
    scene: Scene
    """What is asked for without it."""

    picture: Tensor
    """What is drawn without it, (3, 32, 32), 0…1."""

    change: Tensor
    """How much each pixel is another with it, the mean over red, green and blue, (32, 32), 0…1."""


def without(prompt: Prompt, place: int) -> Prompt:
    """The prompt without one of its words."""
    return read(" ".join(word.text for other, word in enumerate(prompt.words) if other != place))


def moved(
    model: PromptUNet, prompt: Prompt, *, seed: int, guidance: float = GUIDANCE, steps: int = STEPS
) -> tuple[Tensor, list[Moved]]:
    """Draw with all words, (3, 32, 32), and without each of those that mean something."""
    places = [place for place, word in enumerate(prompt.words) if word.meaning not in ("nothing", "unknown")]
    scenes = [prompt.scene, *(without(prompt, place).scene for place in places)]
    start = noise(seed, 1).expand(len(scenes), -1, -1, -1).contiguous()
    *_, last = walk(model, scenes, start, guidance=guidance, steps=steps)
    whole, *others = light(last.x0).cpu()
    return whole, [
        Moved(prompt.words[place], scene, picture, (picture - whole).abs().mean(0))
        for place, scene, picture in zip(places, scenes[1:], others, strict=True)
    ]
