"""The sizes of a GPT, and those of the published ones."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from engine.language.gpt.errors import GptError

Gelu = Literal["tanh", "exact"]
"""GELU as it is defined, or its approximation by tanh, with which the published models were trained."""

Norm = Literal["before", "after"]
"""Where a block's layer normalization stands: before each half, as GPT-2 has it, or after the sum, as GPT-1."""

ABOUT = "about"
"""Name of the tensor that holds, as JSON, all of a kept model that is no weight: this, its tokenizer, its sample."""


@dataclass(frozen=True)
class Config:
    """All that decides the shapes of a GPT's weights, and how they are used."""

    vocabulary: int
    """Tokens that it knows."""

    context: int
    """Tokens that it sees at once, at most."""

    layers: int
    """Blocks, one after the other."""

    heads: int
    """Attention heads of each block; each has width/heads dimensions."""

    width: int
    """Dimensions of the vector that stands for a token."""

    dropout: float = 0.0
    """Share of values that training sets to zero, 0…1."""

    norm: Norm = "before"
    """Where the layer normalization stands; with `after` there is no final one."""

    gelu: Gelu = "exact"
    """Which GELU; on a CPU the exact one takes a third of the time."""

    epsilon: float = 1e-5
    """Added to the variance in each layer normalization."""

    def __post_init__(self) -> None:
        """Raise GptError `heads` where the width is no multiple of the heads, `size` where a size is below 1."""
        for name in ("vocabulary", "context", "layers", "heads", "width"):
            if getattr(self, name) < 1:
                raise GptError("size", name=name, value=getattr(self, name))
        if self.width % self.heads:
            raise GptError("heads", width=self.width, heads=self.heads)
        for name, allowed in (("norm", Norm), ("gelu", Gelu)):
            if getattr(self, name) not in get_args(allowed):
                raise GptError("size", name=name, value=getattr(self, name))

    @property
    def parameters(self) -> int:
        """Trainable parameters, the output being the token table itself (tied embeddings)."""
        block = 12 * self.width**2 + 13 * self.width
        final = 2 * self.width if self.norm == "before" else 0
        return (self.vocabulary + self.context) * self.width + self.layers * block + final

    def as_dict(self) -> dict[str, Any]:
        """The fields as plain data."""
        return asdict(self)

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Config":
        """A config from `as_dict`. Raises GptError `older` where a field is missing or unknown."""
        names = {each.name for each in fields(cls)}
        if set(values) != names:
            raise GptError("older", missing=sorted(names - set(values)), unexpected=sorted(set(values) - names))
        return cls(**values)


PUBLISHED: dict[str, Config] = {
    "gpt": Config(40478, 512, layers=12, heads=12, width=768, norm="after", gelu="tanh"),
    "gpt2": Config(50257, 1024, layers=12, heads=12, width=768, gelu="tanh"),
    "gpt2-medium": Config(50257, 1024, layers=24, heads=16, width=1024, gelu="tanh"),
    "gpt2-large": Config(50257, 1024, layers=36, heads=20, width=1280, gelu="tanh"),
    "gpt2-xl": Config(50257, 1024, layers=48, heads=25, width=1600, gelu="tanh"),
}
"""GPT-1 (Radford et al. 2018) and the four of GPT-2 (Radford et al. 2019)."""
