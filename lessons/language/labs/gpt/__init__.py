"""The lab `language.gpt`: train a GPT, watch it learn to write, and write with it token by token."""

from lessons.language.labs.gpt.exercises import EXERCISES
from lessons.language.labs.gpt.observation import GptObservation
from lessons.language.labs.gpt.settings import RULES, WRITING, GptSettings
from lessons.vocabulary.checkpoints import LAST
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.settings import Settings, changes

NAME = "language.gpt"


def _trains(settings: Settings) -> bool:
    """Running these settings is a training, unless they say what is to be written or looked at."""
    return not set(changes(settings)) & set(WRITING)


def _walks(settings: Settings) -> bool:
    """Where the training is looked at, space and its kin are about that."""
    return getattr(settings, "view", "write") != "train"


LAB = Lab(
    name=NAME,
    settings=GptSettings,
    observation=GptObservation,
    exercises=EXERCISES,
    presets=(
        Preset("english", NAME),
        Preset("japanese", f"{NAME}?text=japanese"),
        Preset("greedy", f"{NAME}?draw=greedy"),
        Preset("wild", f"{NAME}?temperature=1.5&top_k=0&top_p=1"),
        Preset("two", f"{NAME}?two=true"),
        Preset("beam", f"{NAME}?tokens=20&draw=beam"),
        Preset("train", f"{NAME}?view=train"),
        Preset("tokens", f"{NAME}?view=tokens"),
    ),
    source=(
        "engine.language.gpt.model:GPT",
        "engine.language.gpt.sampling:distribution",
        "engine.language.gpt.cache:Cache",
        "engine.language.gpt.writing:Writer",
        "engine.language.gpt.bpe:BytePairs",
    ),
    wide=True,
    walks=_walks,
    settles=RULES,
    training="lessons.language.experiments.gpt:training",
    trains=_trains,
    run="run",
    sample="lessons.language.samples.gpt:sample",
    writes=True,
    summary="lessons.language.experiments.gpt:summary",
    newest={"checkpoint": LAST, "written": ""},
    leaves=("text", "file", "folder"),
    looks=WRITING,
)
