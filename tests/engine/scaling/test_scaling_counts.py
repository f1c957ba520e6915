"""Public architectures have exactly as many parameters as is published, and as many multiply–adds as torch counts."""

import gc
from itertools import pairwise
from typing import get_args

import pytest
import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from engine.language.bert import Bert, BertConfig
from engine.language.gpt.config import Config
from engine.language.gpt.model import GPT
from engine.language.llama import Llama, LlamaConfig
from engine.language.palm import Palm, PalmConfig
from engine.scaling.counting import Part, count_language
from engine.scaling.dense import dense
from engine.scaling.models import GPT3_175B, LANGUAGE, NANO, VISION, block_parameters, build, count, count_nano, sizes
from engine.scaling.quoted import QUOTES
from engine.vision.architectures import counted

PUBLISHED = {
    "lenet5": 60_000,
    "alexnet": 60_965_224,
    "alexnet_ungrouped": 62_378_344,
    "googlenet": 6_998_552,
    "vgg16": 138_357_544,
    "resnet18": 11_689_512,
    "bert_base": 109_482_240,
    "bert_large": 335_141_888,
    "gpt1": 116_534_784,
    "gpt2": 124_439_808,
    "gpt2_xl": 1_557_611_200,
    "gpt3": 174_604_259_328,
    "palm": 540_356_474_880,
    "llama_65b": 65_285_660_672,
    "llama2_70b": 68_976_648_192,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_public_architecture_is_counted_exactly(name: str) -> None:
    assert count(name).parameters == PUBLISHED[name]


def test_all_models_are_those() -> None:
    assert {*LANGUAGE, *VISION} == set(PUBLISHED)
    assert count("gpt3").parameters == GPT3_175B.parameters
    assert count_nano().parameters == NANO.parameters == 820_864


@pytest.mark.parametrize("name", LANGUAGE)
def test_a_model_is_built_for_its_shapes_only(name: str) -> None:
    model = build(name)

    assert all(parameter.is_meta for parameter in model.parameters())
    blocks = dict(sizes(name))["layers"]
    rest = sum(each.numel() for path, each in model.named_parameters() if not path.startswith("blocks."))
    assert count(name).parameters == blocks * block_parameters(name) + rest


def test_building_one_on_the_meta_device_leaves_torch_as_it_was() -> None:
    build("gpt2")
    layer = nn.Linear(3, 2)

    assert not layer.weight.is_meta and layer.weight.abs().sum() > 0
    assert gc.isenabled()


def test_parts_are_where_their_names_say() -> None:
    width, layers = 12_288, 96
    parts = count("gpt3").parts

    assert parts["embedding"] == (50_257 + 2048) * width
    assert parts["attention"] == layers * (4 * width**2 + 4 * width)
    assert parts["feed_forward"] == layers * (8 * width**2 + 5 * width)
    assert parts["normalization"] == (4 * layers + 2) * width
    assert [*parts] == [part for part in get_args(Part) if part in parts]
    assert count("vgg16").parts == {"convolution": 14_714_688, "full": 123_642_856}
    assert count("vgg16").products == {"convolution": 15_346_630_656, "full": 123_633_664}
    assert count("gpt2").products["output"] == 50_257 * 768, "the token table is used again"
    assert count("vgg16").multiply_adds(1) == count("vgg16").multiply_adds(999) == counted("vgg16").multiply_adds


SMALL: dict[str, tuple[nn.Module, dict[str, int], bool]] = {
    "gpt": (GPT(Config(50, 16, layers=2, heads=2, width=8)), {"attention": 16, "context": 16}, True),
    "bert": (Bert(BertConfig(50, 16, layers=2, heads=2, width=8)), {"attention": 16, "context": 16}, False),
    "palm": (
        Palm(PalmConfig(50, 16, layers=2, heads=3, size=4, width=8, inner=32)),
        {"attention": 24, "context": 16},
        True,
    ),
    "llama": (
        Llama(LlamaConfig(50, 16, layers=2, heads=4, key_heads=2, width=8, inner=20)),
        {"attention": 16, "context": 16},
        False,
    ),
}


@pytest.mark.parametrize("name", SMALL)
def test_multiply_adds_are_half_the_operations_that_torch_counts(name: str) -> None:
    model, given, tied = SMALL[name]
    found = count_language(model, **given, tied=tied)
    tokens = torch.arange(12)[None]
    with sdpa_kernel(SDPBackend.MATH), torch.no_grad(), FlopCounterMode(display=False) as counter:
        model.eval()(tokens)
    pooler = 8 * 8 if name == "bert" else 0  # once a text

    assert counter.get_total_flops() / 2 == 12 * found.multiply_adds(12) + pooler
    assert found.multiply_adds(99) == found.multiply_adds(16), "it looks at no more than its context"


def test_a_module_of_no_part_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="weight"):
        count_language(nn.Linear(2, 2), attention=1, context=1, tied=False)


@pytest.mark.parametrize("widths", [(3, 1), (3, 4, 2), (784, 70, 60, 10), (1, 1)])
def test_a_dense_network_has_the_parameters_of_torchs_layers(widths: tuple[int, ...]) -> None:
    layers = dense(widths)
    built = [nn.Linear(before, units) for before, units in pairwise(widths)]

    assert [layer.weights for layer in layers] == [each.weight.numel() for each in built]
    assert [layer.thresholds for layer in layers] == [each.bias.numel() for each in built]
    assert [layer.parameters for layer in layers] == [sum(p.numel() for p in each.parameters()) for each in built]


def test_a_neuron_with_three_inputs_has_four_parameters() -> None:
    (layer,) = dense((3, 1))

    assert (layer.weights, layer.thresholds, layer.parameters) == (3, 1, 4)
    for widths in ((3,), (3, 0), ()):
        with pytest.raises(ValueError):
            dense(widths)


def test_the_table_is_the_lectures() -> None:
    said = {quote.title: quote.quoted for quote in QUOTES}

    assert said == {
        "AlexNet": 62_400_000,
        "GoogLeNet": 6_800_000,
        "VGG-16": 138_000_000,
        "ResNet-18": 11_700_000,
        "BERT": 340_000_000,
        "GPT": 110_000_000,
        "GPT-2": 1_500_000_000,
        "GPT-3": 175_000_000_000,
        "PaLM": 540_000_000_000,
        "LLaMA": 65_000_000_000,
        "GPT-4": None,
        "PaLM 2": 340_000_000_000,
        "LLaMA 2": 70_000_000_000,
    }
    assert {quote.title for quote in QUOTES if quote.counted is None} == {"GPT-4", "PaLM 2"}
    assert {quote.title for quote in QUOTES if quote.agrees} == {"ResNet-18", "BERT", "GPT-3", "PaLM", "LLaMA"}
    for quote in QUOTES:
        assert bool(quote.why) != quote.agrees, "what differs has its reason"
        assert int(quote.published) == quote.year
        assert quote.counted is None or abs(quote.counted / (quote.quoted or 1) - 1) < 0.07
