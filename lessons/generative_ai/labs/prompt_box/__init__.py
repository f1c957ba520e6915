"""The lab `generative_ai.prompt_box`: text in, picture out, with every step of the drawing; and text out too."""

from lessons.generative_ai.labs.prompt_box.exercises import EXERCISES
from lessons.generative_ai.labs.prompt_box.observation import PromptBoxObservation
from lessons.generative_ai.labs.prompt_box.settings import LOOKS, NAME, PromptBoxSettings
from lessons.vocabulary.checkpoints import LAST
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.settings import Settings

JAPANESE = {
    "a big blue disc at the top right": "右上の大きな青い円",
    "a big red disc at the top right": "右上の大きな赤い円",
    "a big disc at the top right": "右上の大きな円",
    "a cross": "十字",
    "a large blue cross at the bottom left": "左下の大きな青い十字",
    "a square": "四角",
    "a small square": "小さな四角",
    "a red blue disc": "赤い青い円",
    "a large yellow triangle at the bottom left": "左下の大きな黄色い三角",
    "a small red ring at the top left": "左上の小さな赤い輪",
    "The name of": "雨が降ったので、",
}
"""What the prompts of the lab and of its lesson are in Japanese."""


def _trains(settings: Settings) -> bool:
    return bool(getattr(settings, "train", False))


def _walks(settings: Settings) -> bool:
    """Where the training is looked at, space and its kin are about that."""
    return getattr(settings, "view", "walk") != "train"


LAB = Lab(
    name=NAME,
    settings=PromptBoxSettings,
    observation=PromptBoxObservation,
    exercises=EXERCISES,
    presets=(
        Preset("english", f"{NAME}?prompt=a%20large%20yellow%20triangle%20on%20the%20left"),
        Preset("japanese", f"{NAME}?prompt=左上の小さな緑の丸"),
        Preset("pair", f"{NAME}?prompt=a%20small%20red%20ring%20at%20the%20top%20left"),
        Preset("open", f"{NAME}?prompt=a%20square"),
        Preset("words", f"{NAME}?view=words"),
        Preset("two", f"{NAME}?view=two"),
        Preset("held_out", f"{NAME}?view=held_out"),
        Preset("ignored", f"{NAME}?guidance=0"),
        Preset("text", f"{NAME}?prompt=The%20value%20of&machine=gpt"),
        Preset("train", f"{NAME}?view=train"),
    ),
    source=(
        "engine.generative.prompt.model:PromptUNet",
        "engine.generative.prompt.words:read",
        "engine.generative.prompt.drawing:walk",
        "engine.generative.prompt.inside:moved",
        "engine.generative.prompt.training:PromptTraining",
        "engine.generative.prompt.pictures:judge",
    ),
    wide=True,
    walks=_walks,
    training="lessons.generative_ai.experiments.prompt_box:training",
    trains=_trains,
    run="run",
    sample="lessons.generative_ai.samples.prompt_box:sample",
    summary="lessons.generative_ai.experiments.prompt_box:summary",
    newest={"checkpoint": LAST},
    spoken={"ja": JAPANESE},
    looks=LOOKS,
)
