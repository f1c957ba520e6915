"""Counts the layers of an ONNX file by the same records as the architectures.

ONNX's operators are the layers. What is computed from weights and shapes alone is none. Parameters are the weights
that operators read, of any floating type, and integers that stand for such; the means and variances of batch
normalization are not among them. Blocks are the scopes in which torch and others name their operators.
"""

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

from engine.vision.counted import Counted, Kind, Layer
from engine.vision.onnx_file import OnnxProblem, clean, opened
from engine.vision.onnx_operators import ELEMENTWISE, FLOATING, KEEPING, KINDS, NO_WORK, QUANTIZED
from engine.vision.onnx_scopes import scopes, with_blocks
from engine.vision.receptive_field import Axis, joined

__all__ = ["OnnxProblem", "read"]

SIDE = 224
"""What is taken for sizes that a file leaves open."""


def read(path: Path, side: int = SIDE) -> Counted:
    """Read a model's layers; sizes that it leaves open are 1 for the first axis and `side` for others.

    Shapes have no axis of examples if that is 1 in the file. Raises OnnxProblem for a file that is missing, too
    large, unreadable, broken or empty, and for external data and operators of other domains.
    """
    model, weights, assumed = opened(path, side)
    reader = _Reader(model.graph, weights)
    for node in model.graph.node:
        try:
            reader.visit(node)
        except (ValueError, IndexError, ZeroDivisionError) as error:
            raise OnnxProblem(path, "broken", clean(node.name or node.op_type)) from error
    layers, blocks = with_blocks(reader.layers)
    return Counted(layers, blocks, tuple(sorted(reader.uncounted)), tuple(assumed))


class _Reader:
    """What is noted on the way through the operators, which stand in the order of computing."""

    def __init__(self, graph: Any, weights: Mapping[str, tuple[int, ...]]) -> None:
        self._shapes: dict[str, tuple[int, ...]] = {**weights}
        self._weights: dict[str, int] = {}
        """Numbers of the weights that no layer has read yet."""
        self._constant = set(weights)
        """Values that are computed from weights and shapes alone."""
        self._source: dict[str, str] = {}
        self._axes: dict[str, tuple[Axis, ...]] = {}
        self._taken: set[str] = set()
        self._copies: dict[str, int] = {}
        self.layers: list[Layer] = []
        self.uncounted: set[str] = set()
        for value in (*graph.input, *graph.value_info, *graph.output):
            self._note_shape(value)
        for tensor in graph.initializer:
            self._note_weight(tensor.name, tensor.data_type, tuple(tensor.dims))
        for value in graph.input:
            if value.name in weights:
                self._note_weight(value.name, value.type.tensor_type.elem_type, weights[value.name])
            elif value.name not in self._constant:
                self._note_input(value.name)

    def _note_weight(self, name: str, type_: int, shape: tuple[int, ...]) -> None:
        """Note a constant; its numbers are parameters unless they are integers that count or say shapes."""
        self._shapes[name] = shape
        self._constant.add(name)
        if type_ in FLOATING or (type_ in QUANTIZED and len(shape) > 1):
            self._weights[name] = prod(shape)

    def _note_shape(self, value: Any) -> None:
        sizes = value.type.tensor_type.shape.dim
        if value.type.tensor_type.HasField("shape") and all(axis.HasField("dim_value") for axis in sizes):
            self._shapes.setdefault(value.name, tuple(axis.dim_value for axis in sizes))

    def _note_input(self, value: str) -> None:
        shape = self._shapes.get(value)
        spatial = shape[2:] if shape else ()
        name = self._unique(clean(value) or "input")
        self._source[value], self._axes[value] = name, tuple(Axis(size) for size in spatial)
        field = (1,) * len(spatial) or None
        self.layers.append(Layer(name=name, kind="input", operator="input", shape=_example(shape), field=field))

    def visit(self, node: Any) -> None:
        """Note an operator as a layer, or its values as constant."""
        inputs = [name for name in node.input if name]
        computed = [name for name in inputs if name not in self._constant]
        if node.op_type in ("Shape", "Size") or not computed:
            self._constant.update(node.output)
            self._keep_constant(node)
            return
        operator = clean(node.op_type)
        output = next((each for each in node.output if each), "")
        name = self._unique(clean(node.name or output or operator))
        kind = KINDS.get(node.op_type, "other")
        if kind == "product" and len(computed) == 1:
            kind = "full"
        if operator in NO_WORK:
            self.uncounted.add(operator)
        settings = {each.name: each for each in node.attribute}
        axes, kernel, stride, padding = self._seen(node, kind, settings, computed)
        self._source |= dict.fromkeys(node.output, name)
        if axes is not None:
            self._axes |= dict.fromkeys(node.output, axes)
        sources = (self._source[each] for each in computed if each in self._source)
        layer = Layer(
            name=name,
            kind=kind,
            operator=operator,
            blocks=scopes(node),
            inputs=tuple(dict.fromkeys(sources)),
            shape=_example(self._shapes.get(output)),
            parameters=self._parameters(node),
            multiply_adds=self._work(node, kind),
            field=tuple(axis.field for axis in axes) if axes else None,
            kernel=kernel,
            stride=stride,
            padding=padding,
            groups=settings["group"].i if "group" in settings else 1,
        )
        self.layers.append(layer)

    def _keep_constant(self, node: Any) -> None:
        """Take over weights that stand in a constant, or come out of one by a change of their form."""
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value" and attribute.t.dims:
                self._note_weight(node.output[0], attribute.t.data_type, tuple(attribute.t.dims))
        if node.op_type in ("Identity", "Transpose", "Cast", "DequantizeLinear", "Reshape") and node.output:
            self._weights[node.output[0]] = self._weights.pop(node.input[0], 0)

    def _parameters(self, node: Any) -> int:
        """Numbers of the weights that it reads; what several read counts at the first."""
        read = node.input[:3] if node.op_type == "BatchNormalization" else node.input
        return sum(self._weights.pop(name, 0) for name in read)

    def _work(self, node: Any, kind: Kind) -> int:
        """Multiply–adds; an operator of unknown shape is noted as not counted."""
        if kind not in ("convolution", "full", "product", "recurrent"):
            return 0
        places = {"QLinearConv": 3, "QLinearMatMul": 3}
        weight = self._shapes.get(node.input[places.get(node.op_type, 1)])
        before, after = (
            self._shapes.get(node.input[0]),
            self._shapes.get(next((each for each in node.output if each), "")),
        )
        if weight is None or before is None or after is None:
            self.uncounted.add(clean(node.op_type))
            return 0
        if kind == "recurrent":
            return before[0] * before[1] * (prod(weight) + prod(self._shapes.get(node.input[2], ())))
        if kind == "convolution":
            return prod(before if node.op_type == "ConvTranspose" else after) * prod(weight[1:])
        transposed = node.op_type == "Gemm" and any(each.name == "transA" and each.i for each in node.attribute)
        return prod(after) * before[0 if transposed else -1]

    def _seen(
        self, node: Any, kind: Kind, settings: Mapping[str, Any], computed: list[str]
    ) -> tuple[tuple[Axis, ...] | None, tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """What its units see (None if unknown), and how its kernel slides."""
        every = [self._axes.get(name) for name in computed]
        known = [axes for axes in every if axes]
        own = every[0]
        window = settings.get("kernel_shape")
        weight = (
            self._shapes.get(node.input[3 if node.op_type == "QLinearConv" else 1]) if kind == "convolution" else None
        )
        kernel = tuple(window.ints) if window else (weight or ())[2:]
        stride = tuple(settings["strides"].ints) if "strides" in settings else (1,) * len(kernel)
        dilation = tuple(settings["dilations"].ints) if "dilations" in settings else (1,) * len(kernel)
        padding = self._padding(settings, own, kernel, stride, dilation)
        if not known or len(known) < len(every):
            return None, kernel, stride, padding[: len(kernel)]
        if node.op_type.startswith("Global") or kind == "full":
            return tuple(axis.whole() for axis in known[0]), kernel, stride, ()
        if kernel and len(kernel) == len(known[0]) and node.op_type != "ConvTranspose":
            sizes = zip(known[0], kernel, stride, dilation, padding, padding[len(kernel) :], strict=False)
            ceil = "ceil_mode" in settings and bool(settings["ceil_mode"].i)
            seen = tuple(axis.slid(k, s, before, after, d, ceil) for axis, k, s, d, before, after in sizes)
            return seen, kernel, stride, padding[: len(kernel)]
        if (kind in ELEMENTWISE or node.op_type in KEEPING) and len({len(axes) for axes in known}) == 1:
            return tuple(joined(each) for each in zip(*known, strict=True)), (), (), ()
        return None, kernel, stride, padding[: len(kernel)]

    @staticmethod
    def _padding(
        settings: Mapping[str, Any],
        own: tuple[Axis, ...] | None,
        kernel: tuple[int, ...],
        stride: tuple[int, ...],
        dilation: tuple[int, ...],
    ) -> tuple[int, ...]:
        """Zeros before each axis, then those after each."""
        if "pads" in settings:
            return tuple(settings["pads"].ints)
        automatic = settings["auto_pad"].s.decode("ascii", "replace") if "auto_pad" in settings else ""
        if not automatic.startswith("SAME") or not own or len(own) != len(kernel):
            return (0,) * (2 * len(kernel))
        spans = zip(own, kernel, stride, dilation, strict=True)
        totals = [max(0, (-(-axis.count // s) - 1) * s + (k - 1) * d + 1 - axis.count) for axis, k, s, d in spans]
        less, more = [total // 2 for total in totals], [total - total // 2 for total in totals]
        return (*less, *more) if automatic == "SAME_UPPER" else (*more, *less)

    def _unique(self, name: str) -> str:
        """A name that no layer has yet."""
        found = name
        while found in self._taken:
            self._copies[name] = self._copies.get(name, 1) + 1
            found = f"{name}:{self._copies[name]}"
        self._taken.add(found)
        return found


def _example(shape: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """A shape without the axis of examples, where that is 1."""
    return shape[1:] if shape and len(shape) > 1 and shape[0] == 1 else shape
