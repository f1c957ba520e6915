"""Where the GPT comes from that the lab looks into: the training that comes with the program, a run, or a folder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from engine.language.gpt import hugging_face, trained
from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.checkpoint import Trained, sample_in, unpacked
from engine.language.gpt.config import Config
from engine.language.gpt.corpus import read
from engine.language.gpt.model import GPT
from engine.language.gpt.spelling import spelled
from engine.language.gpt.tokenizer import Tokenizer
from engine.language.gpt.training import GptTraining
from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.group import ALONE, Group
from engine.training.metrics import Point
from engine.training.training import Training
from lessons import runs
from lessons.language.labs.gpt.settings import GptSettings
from lessons.vocabulary.checkpoints import nearest

BEGINNINGS = {"english": "The value of the expression", "japanese": "雨が降ったので、"}
"""What a text begins with where no prompt is given."""


@dataclass(frozen=True, eq=False)
class Source(runs.Source):
    """One kept model of one training, and the training's curves so far."""

    config: Config
    tokenizer: Tokenizer
    load: Callable[[], GPT]
    """Makes the network, in float32 on the CPU."""

    model_step: int
    """Steps of training after which this model was kept."""

    step: int
    """Those of the moment of the training that is looked at; of a training that comes with the program only the last
    model is there."""

    steps: tuple[int, ...] = ()
    """All moments that can be looked at, in their order."""

    whole: int = 0
    """Steps of the whole training."""

    points: list[Point] = field(default_factory=list)
    ngram_loss: float | None = None
    """The loss of an n-gram model on the same text, which is to be beaten."""

    sample: Callable[[], str] = lambda: ""
    """Gives what the model wrote at the moment that is looked at."""

    beginning: str = ""
    own: bool = False
    missing: bool = False

    @property
    def model(self) -> GPT:
        """The network, loaded once."""
        return _model(self)

    @property
    def parameters(self) -> int:
        """Trainable parameters."""
        return self.config.parameters

    @property
    def context(self) -> int:
        """Tokens that it sees at most."""
        return self.config.context

    @property
    def vocabulary(self) -> int:
        """Tokens that it knows."""
        return self.config.vocabulary

    @property
    def merges(self) -> int:
        """Pairs that were joined to make its vocabulary."""
        return len(self.tokenizer.merges) if isinstance(self.tokenizer, BytePairs) else 0

    def encode(self, text: str) -> list[int]:
        """The tokens of a text. Raises GptError `unknown_characters`."""
        return self.tokenizer.encode(text)

    def text(self, tokens: Iterable[int]) -> str:
        """The text of tokens."""
        return self.tokenizer.decode(tokens)

    def piece(self, token: int) -> str:
        """How one token looks."""
        return self.tokenizer.piece(token)

    def pieces(self, tokens: Iterable[int]) -> list[str]:
        """What each token adds to the text."""
        return spelled(self.tokenizer, tokens)

    def loss_at(self, step: int) -> float | None:
        """Held-out loss that was measured last up to a step."""
        found = [point["test_loss"] for point in self.points if "test_loss" in point and point["step"] <= step]
        return found[-1] if found else None


@lru_cache(maxsize=6)
def _model(found: Source) -> GPT:
    return found.load().eval()


def source(settings: GptSettings) -> Source:
    """Find the model that the settings look into. Raises GptError for a folder that holds none, CheckpointProblem."""
    if settings.folder:
        return _of_folder(settings.folder)
    found, missing = runs.looked_into(settings.run, partial(_of_run, settings=settings))
    return found or _shipped(settings, missing)


def _of_folder(folder: str) -> Source:
    """A model as Hugging Face keeps it. Raises GptError."""
    found = _folder(folder)
    return Source(
        key=("folder", folder),
        config=found.model.config,
        tokenizer=found.tokenizer,
        load=lambda: found.model,
        model_step=0,
        step=0,
        beginning=BEGINNINGS["english"],
        own=True,
    )


@lru_cache(maxsize=1)
def _folder(folder: str) -> Trained:
    return hugging_face.load(Path(folder).expanduser())


def _shipped(settings: GptSettings, missing: bool) -> Source:
    """The training that comes with the program: its model is the last one; of all before there are samples."""
    language: trained.Language = "japanese" if settings.text == "japanese" else "english"
    history = trained.shipped(language)
    steps = tuple(sorted(history.samples))
    step = nearest(steps, settings.checkpoint)
    return Source(
        key=("shipped", language),
        config=history.trained.model.config,
        tokenizer=history.trained.tokenizer,
        load=lambda: history.trained.model,
        model_step=steps[-1],
        step=step,
        steps=steps,
        whole=steps[-1],
        points=history.metrics,
        ngram_loss=history.facts.get("ngram_loss"),
        sample=lambda: history.samples[step],
        beginning=BEGINNINGS[language],
        missing=missing,
    )


def _of_run(run: Run, settings: GptSettings) -> Source | None:
    """Look into a run; None where it has kept no model yet. Raises RunProblem, CheckpointProblem or GptError."""
    record = run.record()
    steps = tuple(run.weights_steps())
    if not steps:
        return None
    step = nearest(steps, settings.checkpoint)
    kept = _kept(str(run.weights_path(step)))
    facts = run.status().facts
    return Source(
        key=(run.id, step),
        config=kept.model.config,
        tokenizer=kept.tokenizer,
        load=lambda: kept.model,
        model_step=step,
        step=step,
        steps=steps,
        whole=int(facts.get("steps", step)),
        points=runs.curves(run),
        ngram_loss=facts.get("ngram_loss"),
        sample=lambda: kept.sample.text if kept.sample is not None else "",
        beginning=_beginning(str(record.settings.get("text", "english")), kept),
        own=True,
    )


@lru_cache(maxsize=8)
def _kept(path: str) -> Trained:
    return unpacked(load_weights(Path(path)).tensors, path)


def _beginning(text: str, kept: Trained) -> str:
    """What a text begins with: that of a built-in text, else the first words of the model's own sample."""
    if text in BEGINNINGS:
        return BEGINNINGS[text]
    written = kept.sample.text if kept.sample is not None else ""
    first = written.strip().partition("\n")[0][:12]
    return first or kept.tokenizer.decode([0])


def training(settings: GptSettings, device: str, group: Group = ALONE) -> Training:
    """Make the training of a run, or a process's part of it. Raises GptError or TextError."""
    content, cut = read(settings.text, Path(settings.file) if settings.file else None, settings.encoding)
    return GptTraining(
        content,
        level=settings.level,
        vocabulary=settings.vocabulary,
        layers=settings.layers,
        heads=settings.heads,
        width=settings.width,
        context=settings.context,
        norm=settings.norm,
        batch=settings.batch,
        accumulate=settings.accumulate,
        steps=settings.steps,
        rate=settings.rate,
        dropout=settings.dropout,
        seed=settings.seed,
        cut=cut,
        device=device,
        group=group,
    )


def summary(run: Run) -> dict[str, float | int | None]:
    """Sum a run up: its speeds in training and in writing, its held-out loss, its size."""
    status = run.status()
    found: dict[str, float | int | None] = {
        "train_tokens_per_second": runs.speed(run, "step", status.facts.get("tokens_a_step", 0)),
        "sample_tokens_per_second": None,
    }
    if steps := run.weights_steps():
        written = sample_in(load_weights(run.weights_path(steps[-1])).tensors)
        if written is not None and written.seconds:
            found["sample_tokens_per_second"] = round(written.tokens / written.seconds, 1)
    return found | {
        "val_loss": status.values.get("test_loss"),
        "parameters": int(status.facts.get("parameters", 0)),
    }
