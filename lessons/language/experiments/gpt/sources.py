"""Where the GPT comes from that the lab looks into: the training that comes with the program, a run, or a folder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from torch import Tensor

from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.config import Config
from engine.language.gpt.model import GPT
from engine.language.gpt.spelling import spelled
from engine.language.gpt.tokenizer import Tokenizer
from engine.training.metrics import Point
from lessons.language.labs.gpt.settings import GptSettings

BEGINNINGS = {"english": "The value of the expression", "japanese": "雨が降ったので、"}
"""What a text begins with where no prompt is given."""


@dataclass(frozen=True, eq=False)
class Source:
    """One kept model of one training, and the training's curves so far."""

    key: tuple[Any, ...]
    """What tells it from all others."""

    config: Config
    tokenizer: Tokenizer
    load: Callable[[], dict[str, Tensor] | GPT]
    step: int
    """Steps of training after which it was kept."""

    steps: tuple[int, ...] = ()
    """Of all kept models, in their order."""

    whole: int = 0
    """Steps of the whole training."""

    points: list[Point] = field(default_factory=list)
    ngram_loss: float | None = None
    beginning: str = ""
    own: bool = False
    missing: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

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
    loaded = found.load()
    if isinstance(loaded, GPT):
        return loaded.eval()
    model = GPT(found.config)
    model.load_state_dict({name: each.float() for name, each in loaded.items()})
    return model.eval()


def source(settings: GptSettings) -> Source:
    """Find the model that the settings look into."""
    import pickle

    tok, config, keep, points = pickle.load(open("/tmp/devgpt.pkl", "rb"))
    from engine.language.gpt.tokenizers import tokenizer_of

    steps = tuple(keep)
    step = steps[min(settings.checkpoint, len(steps) - 1)]
    return Source(
        key=("dev", step),
        config=Config.of(config),
        tokenizer=tokenizer_of(tok),
        load=lambda: keep[step],
        step=step,
        steps=steps,
        whole=1500,
        points=points,
        ngram_loss=3.1,
        beginning=settings.prompt or BEGINNINGS["english"],
    )


def training(settings, device):
    raise NotImplementedError
