"""Each architecture has the numbers that its paper, or the network that is published under its name, has."""

import time

import pytest
import torch
from torch import nn

from engine.vision.architectures import ARCHITECTURES, UnknownArchitecture, build, counted, untrained
from engine.vision.layers import walk
from engine.vision.parts import PaddedShortcut

PARAMETERS = {
    ("lenet5", "B"): 60_000,
    ("alexnet", "B"): 60_965_224,
    ("alexnet_ungrouped", "B"): 62_378_344,
    ("googlenet", "B"): 6_998_552,
    ("googlenet_heads", "B"): 13_378_280,
    ("vgg16", "B"): 138_357_544,
    ("resnet18", "B"): 11_689_512,
    ("resnet34", "B"): 21_797_672,
    ("resnet50", "B"): 25_557_032,
    ("resnet152", "B"): 60_192_808,
    ("resnet18", "A"): 11_515_688,
    ("resnet34", "A"): 21_623_848,
    ("plain18", "B"): 11_515_688,
    ("plain34", "B"): 21_623_848,
    ("resnet20", "B"): 269_722,
    ("resnet56", "B"): 853_018,
    ("resnet110", "B"): 1_727_962,
}

DEPTHS = {"lenet5": 5, "alexnet": 8, "googlenet": 22, "vgg16": 16, "resnet50": 50, "resnet152": 152, "resnet110": 110}

MULTIPLY_ADDS = {
    "alexnet_ungrouped": 1_135_256_096,
    "vgg16": 15_470_264_320,
    "resnet18": 1_814_073_344,
    "resnet34": 3_663_761_408,
    "resnet50": 4_089_184_256,
    "resnet152": 11_513_626_624,
}
"""As other programs count convolutions and fully connected layers."""


@pytest.mark.parametrize(("name", "shortcut"), PARAMETERS)
def test_parameters_are_exactly_the_published_ones(name: str, shortcut: str) -> None:
    model = build(name, shortcut)
    assert sum(each.numel() for each in model.parameters()) == PARAMETERS[name, shortcut]
    assert walk(model, ARCHITECTURES[name].input).parameters == PARAMETERS[name, shortcut]


def test_every_architecture_is_counted_above() -> None:
    assert {name for name, _ in PARAMETERS} == set(ARCHITECTURES)


@pytest.mark.parametrize("name", DEPTHS)
def test_depth_is_what_the_name_or_the_paper_says(name: str) -> None:
    assert counted(name).depth == DEPTHS[name]


@pytest.mark.parametrize("name", MULTIPLY_ADDS)
def test_multiply_adds_are_those_that_others_count(name: str) -> None:
    assert counted(name).multiply_adds == MULTIPLY_ADDS[name]


def test_lenet_multiplies_as_often_as_its_table_says() -> None:
    layers = counted("lenet5").by_name
    assert layers["C3"].multiply_adds == 60 * 25 * 100
    assert layers["output"].multiply_adds == 840


def test_nothing_but_lenet_takes_memory_before_it_is_run() -> None:
    for name in ARCHITECTURES:
        devices = {each.device.type for each in build(name).parameters()}
        assert devices == ({"cpu"} if name == "lenet5" else {"meta"})


def test_the_deepest_opens_at_once() -> None:
    counted("resnet18")
    began = time.process_time()
    folded = walk(build("resnet152"), ARCHITECTURES["resnet152"].input).folded()
    assert time.process_time() - began < 0.5
    assert len(folded.nodes) == 12


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(UnknownArchitecture) as caught:
        build("resnet19")
    assert "resnet18" in caught.value.values["allowed"]


def test_batch_normalization_stands_between_convolution_and_activation() -> None:
    layers = counted("resnet50")
    for layer in layers.layers:
        if layer.kind == "batch_norm":
            assert [layers.by_name[name].kind for name in layer.inputs] == ["convolution"]
    for name in ("layer1.0.relu1", "layer1.0.relu2", "relu"):
        assert [layers.by_name[each].kind for each in layers.by_name[name].inputs] == ["batch_norm"]


def test_option_a_takes_every_second_value_and_adds_zeros() -> None:
    x = torch.arange(32.0).view(1, 2, 4, 4)
    y = PaddedShortcut(2, 5, 2)(x)
    assert y.shape == (1, 5, 2, 2)
    assert y[0, 0].tolist() == [[0, 2], [8, 10]]
    assert not y[0, 2:].any()


def test_response_normalization_is_the_equation_of_the_paper() -> None:
    a = torch.randn(1, 7, 2, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    norm = build("alexnet").get_submodule("layer1.norm")
    for i in range(7):
        near = a[:, max(0, i - 2) : min(6, i + 2) + 1]
        expected = a[:, i] / (2 + 1e-4 * near.square().sum(1)) ** 0.75
        torch.testing.assert_close(norm(a)[:, i], expected)


def test_a_seed_makes_the_same_weights_and_keeps_the_size_of_signals() -> None:
    one, same, other = (untrained("resnet20", seed).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not torch.equal(one["conv1.weight"], other["conv1.weight"])
    convolution = untrained("googlenet", 0).get_submodule("inception4e.three.conv")
    assert isinstance(convolution, nn.Conv2d)
    assert float(convolution.weight.detach().std()) == pytest.approx((2 / (160 * 9)) ** 0.5, rel=0.01)
