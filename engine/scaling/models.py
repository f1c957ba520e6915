"""The public architectures of the lecture's table, built from their papers' tables without numbers, and counted.

On torch's meta device a weight has a shape and takes no memory, so that GPT-3 is built in milliseconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from torch import nn

from engine.language.bert import BERT_BASE, BERT_LARGE, Bert, BertConfig
from engine.language.gpt.config import PUBLISHED, Config
from engine.language.gpt.model import GPT
from engine.language.llama import LLAMA2_70B, LLAMA_65B, Llama, LlamaConfig
from engine.language.palm import PALM_540B, Palm, PalmConfig
from engine.scaling.counting import Count, count_language, count_vision
from engine.scaling.meta import shapes_only
from engine.vision.architectures import architecture, counted

GPT3_175B = Config(50257, 2048, layers=96, heads=96, width=12_288, gelu="tanh")
"""GPT-3 has GPT-2's weights at another size; in every other layer its attention sees a band only (section 2.1)."""

NANO = Config(87, 128, layers=4, heads=4, width=128)
"""The GPT that comes with nnlab and writes English characters."""

Sizes = Config | BertConfig | PalmConfig | LlamaConfig


@dataclass(frozen=True)
class Model:
    """A public language model."""

    title: str
    published: float
    """Year, and the month as its part."""

    source: str
    """The paper, and where in it."""

    sizes: Sizes
    make: Callable[[Any], nn.Module]
    heads_width: int
    """Dimensions of all heads of a layer together."""

    inner: int
    """Width inside the feed-forward half."""

    tied: bool = True
    """Whether the token table is the output too."""


def _month(year: int, month: int) -> float:
    return year + (month - 1) / 12


def _gpt(title: str, published: float, source: str, sizes: Config) -> Model:
    return Model(title, published, source, sizes, GPT, sizes.width, 4 * sizes.width)


def _bert(title: str, sizes: BertConfig) -> Model:
    source = "Devlin et al. 2018, section 3"
    return Model(title, _month(2018, 10), source, sizes, Bert, sizes.width, sizes.inner, tied=False)


def _llama(title: str, published: float, source: str, sizes: LlamaConfig) -> Model:
    return Model(title, published, source, sizes, Llama, sizes.width, sizes.inner, tied=False)


RADFORD_2018, RADFORD_2019 = "Radford et al. 2018, section 4.1", "Radford et al. 2019, Table 2"

LANGUAGE: dict[str, Model] = {
    "bert_base": _bert("BERT base", BERT_BASE),
    "bert_large": _bert("BERT large", BERT_LARGE),
    "gpt1": _gpt("GPT-1", _month(2018, 6), RADFORD_2018, PUBLISHED["gpt"]),
    "gpt2": _gpt("GPT-2", _month(2019, 2), RADFORD_2019, PUBLISHED["gpt2"]),
    "gpt2_xl": _gpt("GPT-2 XL", _month(2019, 2), RADFORD_2019, PUBLISHED["gpt2-xl"]),
    "gpt3": _gpt("GPT-3", _month(2020, 5), "Brown et al. 2020, Table 2.1", GPT3_175B),
    "palm": Model(
        "PaLM",
        _month(2022, 4),
        "Chowdhery et al. 2022, Table 1",
        PALM_540B,
        Palm,
        PALM_540B.heads * PALM_540B.size,
        PALM_540B.inner,
    ),
    "llama_65b": _llama("LLaMA 65B", _month(2023, 2), "Touvron et al. 2023, Table 2", LLAMA_65B),
    "llama2_70b": _llama("LLaMA 2 70B", _month(2023, 7), "Touvron et al. 2023 (Llama 2), section 2.2", LLAMA2_70B),
}
"""By the names of the lab's setting."""

VISION: dict[str, float] = {
    "lenet5": _month(1998, 11),
    "alexnet": _month(2012, 12),
    "alexnet_ungrouped": _month(2012, 12),
    "googlenet": _month(2014, 9),
    "vgg16": _month(2014, 9),
    "resnet18": _month(2015, 12),
}
"""When the networks for images were published; `engine.vision.architectures` builds them."""


def build(name: str) -> nn.Module:
    """A language model on the meta device. Raises KeyError for another name."""
    model = LANGUAGE[name]
    with shapes_only():
        return model.make(model.sizes)


@lru_cache(maxsize=32)
def count(name: str) -> Count:
    """A model of either kind, built and counted. Raises UnknownArchitecture."""
    model = LANGUAGE.get(name)
    if model is None:
        return count_vision(counted(name))
    sizes = model.sizes
    return count_language(
        build(name), attention=sizes.layers * model.heads_width, context=sizes.context, tied=model.tied
    )


@lru_cache(maxsize=16)
def block_parameters(name: str) -> int:
    """Parameters of one block of a language model; all its blocks are alike. Raises KeyError."""
    blocks = build(name).get_submodule("blocks")
    return sum(parameter.numel() for parameter in blocks.get_submodule("0").parameters())


def sizes(name: str) -> tuple[tuple[str, int], ...]:
    """What a paper's table says of a model: its sizes by their names."""
    model = LANGUAGE.get(name)
    if model is None:
        network = counted(name)
        maps, height, _ = architecture(name).input
        return ("depth", network.depth), ("maps", maps), ("side", height)
    found = model.sizes
    shared = getattr(found, "key_heads", 1 if isinstance(found, PalmConfig) else found.heads)
    return (
        ("layers", found.layers),
        ("width", found.width),
        ("heads", found.heads),
        *((("key_heads", shared),) if shared != found.heads else ()),
        ("inner", model.inner),
        ("vocabulary", found.vocabulary),
        ("context", found.context),
    )


@lru_cache(maxsize=1)
def count_nano() -> Count:
    """The GPT that comes with nnlab."""
    with shapes_only():
        model = GPT(NANO)
    return count_language(model, attention=NANO.layers * NANO.width, context=NANO.context, tied=True)


def title(name: str) -> str:
    """What a model is called."""
    return LANGUAGE[name].title if name in LANGUAGE else architecture(name).title


def published(name: str) -> float:
    """Year and month of its publication."""
    return LANGUAGE[name].published if name in LANGUAGE else VISION[name]


def source(name: str) -> str:
    """Its paper, and where in it its sizes stand."""
    return LANGUAGE[name].source if name in LANGUAGE else architecture(name).source
