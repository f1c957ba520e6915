"""ONNX files are counted as the architectures are, and refused where they are broken or reach beyond the file."""

import warnings
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from engine.vision.architectures import ARCHITECTURES, counted, untrained
from engine.vision.counted import Counted
from engine.vision.googlenet import Convolution, Inception
from engine.vision.layers import walk
from engine.vision.onnx_model import OnnxProblem, read


def exported(model: nn.Module, path: Path, shape: tuple[int, ...]) -> Path:
    """A model as torch's exporter that needs no other package writes it."""
    for parameter in model.parameters():  # equal biases would be stored once
        if parameter.dim() == 1:
            nn.init.normal_(parameter)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        training = torch.onnx.TrainingMode.PRESERVE  # or batch normalization disappears in the convolutions
        torch.onnx.export(
            model, (torch.zeros(1, *shape),), path, dynamo=False, training=training, input_names=["image"]
        )
    return path


@pytest.fixture(scope="module")
def residual(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    return read(exported(untrained("resnet18", 0), path, ARCHITECTURES["resnet18"].input))


def assert_same(found: Counted, own: Counted) -> None:
    assert (found.parameters, found.multiply_adds, found.depth) == (own.parameters, own.multiply_adds, own.depth)
    assert found.uncounted == () and found.assumed == ()
    for kind in ("convolution", "concatenate", "max_pool", "full"):
        ours = [(each.shape, each.field, each.parameters) for each in own.layers if each.kind == kind]
        theirs = [(each.shape, each.field, each.parameters) for each in found.layers if each.kind == kind]
        assert theirs == ours


def test_an_exported_residual_network_has_the_same_counts(residual: Counted) -> None:
    assert_same(residual, counted("resnet18"))


def test_exported_branches_have_the_same_counts(tmp_path: Path) -> None:
    inception = Inception(8, (2, 3, 4, 5, 6, 7))
    parts = (Convolution(3, 8, 5, 2), inception, nn.AvgPool2d(8), nn.Flatten(), nn.Linear(inception.outputs, 5))
    model = nn.Sequential(*parts).eval()
    assert_same(read(exported(model, tmp_path / "model.onnx", (3, 16, 16))), walk(model, (3, 16, 16)))


def test_blocks_are_the_scopes(residual: Counted) -> None:
    assert [node.name for node in residual.folded().nodes][5:9] == ["layer1", "layer2", "layer3", "layer4"]
    opened = residual.folded({"layer2", "layer2/layer2.0"})
    shortcuts = {edge.target for edge in opened.edges if edge.shortcut}
    assert shortcuts == {"layer2/layer2.0/downsample", "/layer2/layer2.0/add/Add"}


def made(*nodes: onnx.NodeProto, weights: dict[str, np.ndarray] | None = None, shape: tuple[object, ...] = (1, 4)):  # type: ignore[no-untyped-def]
    """A model of these operators from `x` to `y`."""
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in (weights or {}).items()],
    )
    graph.output[0].type.tensor_type.shape.dim.add()
    for _ in shape[1:]:
        graph.output[0].type.tensor_type.shape.dim.add()
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def written(model: onnx.ModelProto, path: Path) -> Path:
    path.write_bytes(model.SerializeToString())
    return path


def test_open_sizes_are_assumed_and_told(tmp_path: Path) -> None:
    weights = {"w": np.zeros((8, 3, 3, 3), np.float32)}
    model = made(helper.make_node("Conv", ["x", "w"], ["y"]), weights=weights, shape=("n", 3, "height", "width"))
    network = read(written(model, tmp_path / "m.onnx"), side=32)
    assert network.layers[-1].shape == (8, 30, 30)
    assert network.multiply_adds == 8 * 30 * 30 * 27
    assert network.assumed == (("n", 1), ("height", 32), ("width", 32))


def test_products_and_shared_weights_are_counted(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["a"]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("MatMul", ["b", "w"], ["y"]),
    ]
    network = read(written(made(*nodes, weights={"w": np.zeros((4, 4), np.float32)}), tmp_path / "m.onnx"))
    assert [layer.kind for layer in network.layers] == ["input", "full", "relu", "full"]
    assert (network.parameters, network.multiply_adds, network.depth) == (16, 32, 2)


def test_what_follows_from_weights_alone_is_no_layer(tmp_path: Path) -> None:
    nodes = [helper.make_node("Transpose", ["w"], ["t"]), helper.make_node("MatMul", ["x", "t"], ["y"])]
    network = read(written(made(*nodes, weights={"w": np.zeros((600, 4), np.float32)}), tmp_path / "m.onnx"))
    assert [(layer.operator, layer.parameters) for layer in network.layers] == [("input", 0), ("MatMul", 2400)]
    assert network.layers[-1].shape == (600,)


def refused(path: Path) -> OnnxProblem:
    with pytest.raises(OnnxProblem) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return caught.value


def test_external_data_is_refused_and_not_opened(tmp_path: Path) -> None:
    model = made(helper.make_node("MatMul", ["x", "w"], ["y"]), weights={"w": np.zeros((4, 4), np.float32)})
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../etc/passwd")
    problem = refused(written(model, tmp_path / "m.onnx"))
    assert (problem.reason, problem.values["name"]) == ("external", "w")


def test_external_data_inside_an_operator_is_refused(tmp_path: Path) -> None:
    tensor = TensorProto(name="hidden", data_type=1, dims=[4], data_location=TensorProto.EXTERNAL)
    inner = helper.make_graph([helper.make_node("Constant", [], ["c"], value=tensor)], "inner", [], [])
    node = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    assert refused(written(made(node), tmp_path / "m.onnx")).values["name"] == "hidden"


def test_operators_of_other_domains_are_refused(tmp_path: Path) -> None:
    model = made(helper.make_node("Shout", ["x"], ["y"], domain="com.example"))
    problem = refused(written(model, tmp_path / "m.onnx"))
    assert (problem.reason, problem.values["name"]) == ("custom", "com.example.Shout")


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    assert refused(path).reason == "missing"
    good = written(made(helper.make_node("Relu", ["x"], ["y"])), path).read_bytes()
    assert len(read(path).layers) == 2
    for content in (b"", b"hello", b"\x80\x04]", good[: len(good) // 2]):
        path.write_bytes(content)
        assert refused(path).reason in ("unreadable", "empty", "broken")


def test_broken_models_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    assert refused(written(made(helper.make_node("Relu", ["nothing"], ["y"])), path)).reason == "broken"
    assert refused(written(made(helper.make_node("Conv", ["x"], ["y"])), path)).reason == "broken"
    weights = {"w": np.zeros((4, 400), np.float32)}
    model = made(helper.make_node("MatMul", ["x", "w"], ["y"]), weights=weights)
    model.graph.initializer[0].raw_data = b"\0" * 10
    assert refused(written(model, path)).values["name"] == "w"
    assert refused(written(made(helper.make_node("NoSuch", ["x"], ["y"])), path)).reason == "broken"


def test_names_from_the_file_are_harmless(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("Relu", ["x"], ["a"], name="\x1b[2Jrelu"),
        helper.make_node("Relu", ["a"], ["y"], name="x"),
    ]
    network = read(written(made(*nodes), tmp_path / "m.onnx"))
    names = [layer.name for layer in network.layers]
    assert names == ["x", "·[2Jrelu", "x:2"]
