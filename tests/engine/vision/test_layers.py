"""What is said of a layer is what torch computes; what is drawn is how layers read each other."""

import pytest
import torch
from torch import nn

from engine.vision.architectures import ARCHITECTURES, build, counted, untrained
from engine.vision.layers import UnknownLayer, walk
from engine.vision.receptive_field import Axis, joined


@pytest.mark.parametrize("name", ["lenet5", "googlenet_heads", "resnet18", "plain18", "resnet20"])
def test_shapes_are_those_of_a_forward_pass(name: str) -> None:
    model, found = untrained(name, 0), {}
    for path, module in model.named_modules():
        if not list(module.children()):
            module.register_forward_hook(lambda _, __, y, path=path: found.update({path: tuple(y.shape[1:])}))
    with torch.inference_mode():
        model(torch.zeros(1, *ARCHITECTURES[name].input))
    assert {layer.name: layer.shape for layer in counted(name).layers[1:]} == found


def test_walking_leaves_the_model_as_it_was() -> None:
    model = untrained("lenet5", 0)
    x = torch.ones(1, 1, 32, 32)
    before = model(x)
    walk(model, (1, 32, 32))
    assert torch.equal(model(x), before)


def test_a_module_without_a_rule_is_named() -> None:
    with pytest.raises(UnknownLayer, match="Softsign"):
        walk(nn.Sequential(nn.Linear(2, 2), nn.Softsign()), (2,))


FIELDS = {
    ("alexnet", "layer5.pool"): 195,
    ("vgg16", "features.30"): 212,
    ("resnet18", "layer4.1.relu2"): 435,
    ("resnet50", "layer4.2.relu3"): 427,
}
"""As published for these networks (Araujo et al., Computing Receptive Fields, 2019; stride in the 3×3)."""


@pytest.mark.parametrize(("name", "layer"), FIELDS)
def test_receptive_fields_are_the_published_ones(name: str, layer: str) -> None:
    assert counted(name).by_name[layer].field == (FIELDS[name, layer],) * 2


def test_what_a_unit_sees_is_what_changes_it() -> None:
    layers = nn.Sequential(nn.Conv1d(1, 1, 3, 2, 1), nn.AvgPool1d(3, 2), nn.Conv1d(1, 1, 3, padding=2, dilation=2))
    axis = Axis(41).slid(3, 2, 1).slid(3, 2).slid(3, 1, 2, dilation=2)
    for layer in (layers[0], layers[2]):
        nn.init.ones_(layer.weight)
    x = torch.ones(1, 1, 41, requires_grad=True)
    y = layers(x)
    assert axis.count == y.shape[-1]
    for unit in range(axis.count):
        (gradient,) = torch.autograd.grad(y[0, 0, unit], x, retain_graph=True)
        seen = torch.nonzero(gradient[0, 0]).ravel()
        low, high = axis.low + unit * axis.step, axis.high + unit * axis.step
        assert low <= int(seen[0]) and int(seen[-1]) <= high
        if low >= 0 and high < 41:
            assert (int(seen[0]), int(seen[-1])) == (low, high)


@pytest.mark.parametrize("size", range(3, 12))
@pytest.mark.parametrize("padding", [0, 1])
def test_places_beyond_the_border_count_as_torch_counts_them(size: int, padding: int) -> None:
    expected = nn.MaxPool1d(3, 2, padding, ceil_mode=True)(torch.zeros(1, 1, size)).shape[-1]
    assert Axis(size).slid(3, 2, padding, ceil=True).count == expected


def test_a_kernel_without_a_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        Axis(4).slid(5)


def test_branches_are_joined_to_the_widest() -> None:
    assert joined([Axis(8), Axis(8).slid(3, 1, 1), Axis(8).slid(5, 1, 2)]).field == 5


def test_a_folded_network_shows_its_stages() -> None:
    nodes = counted("resnet152").folded().nodes
    assert [node.name for node in nodes][5:9] == ["layer1", "layer2", "layer3", "layer4"]
    assert sum(node.parameters for node in nodes) == 60_192_808
    assert [node.column for node in nodes] == list(range(12))
    assert [node.last.shape for node in nodes][8] == (2048, 7, 7)


def test_a_block_opens_into_its_layers_with_its_shortcut() -> None:
    folded = counted("resnet34").folded({"layer2", "layer2.0"})
    names = [node.name for node in folded.nodes]
    assert "layer2.1" in names and "layer2.0.conv1" in names and "layer2.0.downsample" in names
    shortcuts = {(edge.source, edge.target) for edge in folded.edges if edge.shortcut}
    assert shortcuts == {("layer1", "layer2.0.downsample"), ("layer2.0.downsample", "layer2.0.add")}
    identity = counted("resnet34").folded({"layer1", "layer1.0"})
    assert [(edge.source, edge.target) for edge in identity.edges if edge.shortcut] == [("maxpool", "layer1.0.add")]
    kinds = {block.name: block.kind for block in counted("plain34").blocks}
    assert kinds["layer2.0"] == "plain" and kinds["layer2"] == "stage"


def test_plain_networks_have_no_shortcut() -> None:
    names = {block.name for block in counted("plain34").blocks}
    assert not [edge for edge in counted("plain34").folded(names).edges if edge.shortcut]


def test_an_inception_block_opens_into_four_branches() -> None:
    folded = counted("googlenet").folded({"inception3a"})
    inside = [node for node in folded.nodes if node.name.startswith("inception3a")]
    assert len(inside) == 8 and inside[-1].last.shape == (256, 28, 28)
    first = {edge.target.split(".")[1] for edge in folded.edges if edge.source == "stem"}
    assert first == {"one", "before3", "before5", "pool"}
    ends = [edge.source.split(".")[1] for edge in folded.edges if edge.target == "inception3a.concatenate"]
    assert ends == ["one", "three", "five", "after_pool"]


def test_heads_branch_off_and_lead_nowhere() -> None:
    edges = counted("googlenet_heads").folded().edges
    assert {edge.source for edge in edges if edge.target.startswith("head")} == {"inception4a", "inception4d"}
    assert not [edge for edge in edges if edge.source.startswith("head")]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_everything_opens(name: str) -> None:
    network = counted(name)
    opened = network.folded({block.name for block in network.blocks})
    assert [node.name for node in opened.nodes] == [layer.name for layer in network.layers]
    assert all(len(layer.inputs) > 0 for layer in network.layers[1:])
    assert all(set(layer.blocks) <= {block.name for block in network.blocks} for layer in network.layers)


def test_option_a_is_seen_as_a_shortcut() -> None:
    network = walk(build("resnet18", "A"), (3, 224, 224))
    folded = network.folded({"layer2", "layer2.0"})
    assert {edge.target for edge in folded.edges if edge.shortcut} == {"layer2.0.downsample", "layer2.0.add"}
