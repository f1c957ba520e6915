"""The network that is looked at: one of the learner's own, or a public one."""

from dataclasses import dataclass, field

from engine.scaling.dense import DenseLayer, dense


@dataclass(frozen=True)
class Subject:
    """A counted network."""

    title: str
    source: str
    parts: dict[str, int]
    """Parameters of each part: a layer's number, or `attention` and its kin."""

    multiply_adds: int
    dense: tuple[DenseLayer, ...] = ()
    """The layers of a network of the learner's own."""

    sizes: tuple[tuple[str, int], ...] = ()
    """Layers, width and so on of a public network, as its paper has them."""

    blocks: int = 0
    """Equal blocks of a language model."""

    block: int = 0
    """Parameters of one of them."""

    products: dict[str, int] = field(default_factory=dict)
    """Multiply–adds with the weights of each part of a public network."""

    attention: int = 0
    """Multiply–adds of a token for each token that it looks at."""

    looks_at: int | None = None

    @property
    def weights(self) -> int:
        """Multiply–adds with weights."""
        return sum(self.products.values())

    @property
    def parameters(self) -> int:
        """Of all parts."""
        return sum(self.parts.values())


def own(widths: tuple[int, ...]) -> Subject:
    """A fully connected network, from inputs to outputs."""
    layers = dense(widths)
    return Subject(
        title=" → ".join(map(str, widths)),
        source="",
        parts={str(number): layer.parameters for number, layer in enumerate(layers, 1)},
        multiply_adds=sum(layer.weights for layer in layers),
        dense=layers,
    )


def public(name: str, tokens: int) -> Subject:
    """A network of a paper, built on the meta device."""
    from engine.scaling import models  # torch, which a network of one's own does without

    counted = models.count(name)
    found = models.LANGUAGE.get(name)
    return Subject(
        title=models.title(name),
        source=models.source(name),
        parts={part: count for part, count in counted.parts.items()},
        multiply_adds=counted.multiply_adds(tokens),
        sizes=models.sizes(name),
        blocks=found.sizes.layers if found else 0,
        block=models.block_parameters(name) if found else 0,
        products={part: count for part, count in counted.products.items()},
        attention=counted.attention,
        looks_at=min(tokens, counted.context) if counted.context else None,
    )
