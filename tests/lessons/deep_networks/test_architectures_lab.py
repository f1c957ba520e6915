"""The heavy half of `deep_networks.architectures`: counts, folding, quotations, maps, the learner's own files."""

from pathlib import Path

import numpy as np
import pytest
import torch
from onnx import TensorProto, helper, save
from PIL import Image

from engine.vision.architectures import ARCHITECTURES, untrained
from engine.vision.image import ImageError
from engine.vision.onnx_model import OnnxProblem
from engine.vision.weights import WeightsProblem
from lessons.deep_networks.experiments.architectures import observe
from lessons.deep_networks.labs.architectures import ArchitecturesObservation, ArchitecturesSettings
from lessons.vocabulary.figures import Formula
from lessons.vocabulary.settings import fields

COUNTS = {
    "lenet5": 60_000,
    "alexnet": 60_965_224,
    "alexnet_ungrouped": 62_378_344,
    "googlenet": 6_998_552,
    "googlenet_heads": 13_378_280,
    "vgg16": 138_357_544,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet152": 60_192_808,
    "plain18": 11_515_688,
    "plain34": 21_623_848,
    "resnet20": 269_722,
    "resnet56": 853_018,
    "resnet110": 1_727_962,
}


def seen(**settings: object) -> ArchitecturesObservation:
    return observe(ArchitecturesSettings(**settings))


def numbers(formula: Formula) -> list[str]:
    return [" ".join(term.number for term in line.terms) for line in formula.lines]


@pytest.mark.parametrize("name", COUNTS)
def test_the_screen_counts_what_the_papers_networks_have(name: str) -> None:
    found = seen(name=name)

    assert found.parameters == COUNTS[name] == sum(layer.parameters for layer in found.layers)
    assert found.graph.total[3] == f"{COUNTS[name]:,}"


def test_all_architectures_can_be_chosen() -> None:
    names = next(each.choices for each in fields(ArchitecturesSettings) if each.name == "name")

    assert set(names) == set(ARCHITECTURES)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_rows_add_up_whatever_is_open(name: str) -> None:
    for opened in ("", "layer1,layer2.0,inception3a", "*"):
        found = seen(name=name, opened=opened)
        rows = [stage for stage in found.graph.stages if stage.fold != "open"]
        assert sum(stage.value for stage in rows) == found.parameters
        assert len({stage.name for stage in found.graph.stages}) == len(found.graph.stages)
        for wire in found.graph.wires:
            assert wire.source < wire.target
            assert "open" not in (found.graph.stages[wire.source].fold, found.graph.stages[wire.target].fold)


def test_an_open_block_stands_over_its_layers_and_the_shortcut_goes_around_them() -> None:
    graph = seen(name="resnet18", opened="layer1,layer1.0").graph
    names = [(stage.name, stage.fold, stage.level) for stage in graph.stages]
    at = names.index(("layer1.0", "open", 1))

    assert names[at - 1] == ("layer1", "open", 0) and names[at + 1] == ("layer1.0.conv1", "layer", 2)
    (around,) = (wire for wire in graph.wires if wire.around)
    assert names[around.source][0] == "maxpool" and names[around.target][0] == "layer1.0.add"


def test_the_chosen_row_is_the_layer_or_the_block_that_hides_it() -> None:
    assert seen(name="resnet18", layer="layer2.0.conv1").chosen == "layer2"
    opened = seen(name="resnet18", opened="layer2,layer2.0", layer="layer2.0.conv1")
    assert opened.chosen == "layer2.0.conv1" and not opened.chosen_is_block
    assert seen(layer="nothing").chosen == "layer1"


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        (
            {"opened": "layer2", "layer": "layer2.conv"},
            ["256 × 48 × 5×5 + 256 = 307,456", "307,200 × 27×27 = 223,948,800"],
        ),
        ({"layer": "layer8"}, ["1,000 × 4,096 + 1,000 = 4,097,000", "1,000 × 4,096 = 4,096,000"]),
        ({"name": "resnet18", "layer": "bn1"}, ["2 × 64 = 128", "0"]),
        (
            {"name": "resnet18", "layer": "layer1"},
            ["73,984 + 73,984 = 147,968", "231,211,008 + 231,211,008 = 462,422,016"],
        ),
        ({"name": "lenet5", "layer": "C3"}, ["1,516", "150,000"]),
        ({"layer": "flatten"}, ["0", "0"]),
    ],
)  # fmt: skip
def test_a_count_is_written_out(settings: dict[str, str], lines: list[str]) -> None:
    assert numbers(seen(**settings).arithmetic) == lines


def test_beside_itself_a_residual_network_has_the_other_shortcuts() -> None:
    found = seen(name="resnet34", beside="resnet34")

    assert (found.parameters, found.beside_parameters) == (21_797_672, 21_623_848)
    assert (found.title, found.beside) == ("ResNet-34 B", "ResNet-34 A")


def test_alexnets_neurons_are_quoted_beside_what_is_counted() -> None:
    found = seen(view="quoted")
    assert found.quotes is not None
    rows = [[cell.text for cell in row] for row in found.quotes.rows]

    assert ["253,440", "290,400", "✗"] in [row[1:4] for row in rows]
    assert {reason.rpartition(".")[2] for reason in found.reasons} == {"one_side_48", "groups"}
    assert seen(view="quoted", name="alexnet_ungrouped").reasons == found.reasons[:1]


@pytest.mark.parametrize("layer", ["input", "layer1.0.conv2", "layer3", "fc"])
def test_maps_are_those_of_the_chosen_layer(layer: str) -> None:
    found = seen(name="resnet18", opened="layer1,layer1.0", layer=layer, view="maps")
    assert found.maps is not None and found.maps_total is not None

    assert found.maps.note == found.graph.stages[found.graph.present or 0].cells[1]
    assert np.isfinite(found.maps.values).all() and found.maps.values.any()
    assert set(found.times) == {each.name for each in found.layers[1:]} | {"total"}
    assert any("untrained" in note for note in found.notes)


def test_no_image_is_looked_at_before_its_maps_are_asked_for() -> None:
    assert seen(image="nowhere.png", weights="nowhere.pth").times == {}
    with pytest.raises(ImageError):
        seen(view="maps", image="nowhere.png")
    with pytest.raises(WeightsProblem):
        seen(view="maps", weights="nowhere.pth")


def test_own_image_and_official_weights_are_taken(tmp_path: Path) -> None:
    image, weights = tmp_path / "own.png", tmp_path / "resnet18.pth"
    Image.new("RGB", (300, 200), "red").save(image)
    torch.save(untrained("resnet18", 5).state_dict(), weights)
    found = seen(name="resnet18", view="maps", image=str(image), weights=str(weights))

    assert found.best and any("resnet18.pth" in note for note in found.notes)
    assert not any("untrained" in note for note in found.notes)
    with pytest.raises(WeightsProblem) as caught:
        seen(name="resnet34", view="maps", weights=str(weights))
    assert caught.value.values["missing"][0] == "layer1.2.conv1.weight"


@pytest.mark.parametrize("name", ["alexnet", "googlenet"])
def test_whose_weights_would_not_fit_is_said(name: str) -> None:
    assert any("other_network" in note for note in seen(name=name, view="maps").notes)


def test_a_model_of_ones_own_is_drawn_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    weight = helper.make_tensor("w", TensorProto.FLOAT, (4, 3, 3, 3), [0.0] * 108)
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["y"], "conv", kernel_shape=[3, 3]),
        helper.make_node("Relu", ["y"], ["z"], "relu"),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ("n", 3, 8, 8))
    z = helper.make_tensor_value_info("z", TensorProto.FLOAT, ("n", 4, 6, 6))
    save(helper.make_model(helper.make_graph(nodes, "mine", [x], [z], [weight])), path)
    found = seen(onnx=str(path), view="maps")

    assert (found.title, found.parameters, found.multiply_adds) == ("mine.onnx", 108, 108 * 36)
    assert found.maps is None and any("counted_only" in note for note in found.notes)
    assert any("n = 1" in note for note in found.notes)
    path.write_bytes(b"no model")
    with pytest.raises(OnnxProblem):
        seen(onnx=str(path))
