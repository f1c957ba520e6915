"""Opens an ONNX file of the learner's own, and refuses what is broken or would reach beyond the file.

External data would be read from paths that the file names, and operators of other domains need code that comes from
elsewhere; both are refused. The weights' numbers are never looked at: they are set aside before the file is checked
and its shapes are inferred, so that a file of a gigabyte is read once and copied never.
"""

from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any, Literal

Reason = Literal["missing", "large", "unreadable", "broken", "external", "custom", "empty"]

LARGEST = 2**31 - 1
"""Bytes of the largest file: what protobuf can hold."""

MOST = 20_000
"""Operators that are drawn at most."""

DOMAINS = ("", "ai.onnx", "ai.onnx.ml")
"""Operators that ONNX itself defines."""

SMALL = 1024
"""Numbers up to which a tensor may say a shape and stays where it is."""


class OnnxProblem(ValueError):
    """A file that is not drawn; `values` has its `path`, the `reason` and, where there is one, the `name` meant."""

    def __init__(self, path: Path, reason: Reason, name: str = "", text: str = "") -> None:
        super().__init__(f"{path.name} is not drawn: {reason} {name} {text}".rstrip())
        self.reason = reason
        self.values = {"path": str(path), "reason": reason, "name": name, "text": text}


def opened(path: Path, side: int) -> tuple[Any, dict[str, tuple[int, ...]], list[tuple[str, int]]]:
    """A checked model with inferred shapes, the shapes of its large weights by name, and what was taken for open sizes.

    The first axis of an input is taken as 1 where the file leaves it open, every other as `side`. Raises OnnxProblem.
    """
    import onnx  # 0.2 s, which only this needs

    model = _parsed(path)
    _refuse(path, model)
    assumed = _close(model.graph, side)
    weights = _set_aside(path, model.graph)
    try:
        onnx.checker.check_model(model)
        model = onnx.shape_inference.infer_shapes(model, data_prop=True)
    except Exception as error:  # the checker and the inference have several kinds, some of them RuntimeError
        raise OnnxProblem(path, "broken", text=clean(error)) from error
    return model, weights, assumed


def _parsed(path: Path) -> Any:
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            raise OnnxProblem(path, "missing")
        if size > LARGEST:
            raise OnnxProblem(path, "large")
        model = onnx.ModelProto()
        model.ParseFromString(path.read_bytes())
    except (DecodeError, OSError) as error:
        raise OnnxProblem(path, "unreadable", text=clean(error)) from error
    if not model.graph.node or not model.graph.output:
        raise OnnxProblem(path, "empty" if model.ir_version and model.graph.name else "unreadable")
    return model


def _refuse(path: Path, model: Any) -> None:
    """Raise OnnxProblem for external data, for operators that ONNX does not define, and for too many."""
    if model.functions:
        raise OnnxProblem(path, "custom", clean(model.functions[0].name))
    count = 0
    for graph in _graphs(model.graph):
        tensors = [
            *graph.initializer,
            *(part for each in graph.sparse_initializer for part in (each.values, each.indices)),
        ]
        for node in graph.node:
            count += 1
            if node.domain not in DOMAINS:
                raise OnnxProblem(path, "custom", clean(f"{node.domain}.{node.op_type}"))
            tensors += [part for attribute in node.attribute for part in (attribute.t, *attribute.tensors)]
        for tensor in tensors:
            if tensor.data_location == tensor.EXTERNAL or tensor.external_data:
                raise OnnxProblem(path, "external", clean(tensor.name))
    if count > MOST:
        raise OnnxProblem(path, "large")


def _graphs(graph: Any) -> Iterator[Any]:
    """A graph and those inside its operators, `If` and `Loop`."""
    waiting = [graph]
    while waiting:
        each = waiting.pop()
        yield each
        for node in each.node:
            for attribute in node.attribute:
                waiting += [attribute.g] if attribute.HasField("g") else []
                waiting += attribute.graphs


def _close(graph: Any, side: int) -> list[tuple[str, int]]:
    """Give every open size of the inputs a number, and forget shapes that were inferred for open ones."""
    known = {tensor.name for tensor in graph.initializer}
    assumed: dict[str, int] = {}
    for value in graph.input:
        if value.name in known:
            continue
        for place, axis in enumerate(value.type.tensor_type.shape.dim):
            if axis.HasField("dim_value") and axis.dim_value > 0:
                continue
            name = clean(axis.dim_param or f"{value.name}[{place}]")
            axis.dim_value = assumed.setdefault(name, 1 if place == 0 else side)
    if assumed:
        del graph.value_info[:]
        for value in graph.output:
            for axis in value.type.tensor_type.shape.dim:
                axis.Clear()
    return list(assumed.items())


def _set_aside(path: Path, graph: Any) -> dict[str, tuple[int, ...]]:
    """Make inputs of the large weights, which have a type and a shape but no numbers; returns their shapes."""
    from onnx import helper

    inputs = {value.name for value in graph.input}
    kept, shapes = [], {}
    for tensor in graph.initializer:
        shape = tuple(tensor.dims)
        if any(size < 0 for size in shape):
            raise OnnxProblem(path, "broken", clean(tensor.name))
        if prod(shape) <= SMALL:
            kept.append(tensor)
            continue
        if not _filled(tensor):
            raise OnnxProblem(path, "broken", clean(tensor.name))
        shapes[tensor.name] = shape
        if tensor.name not in inputs:
            graph.input.append(helper.make_tensor_value_info(tensor.name, tensor.data_type, shape))
    copies = [type(tensor).FromString(tensor.SerializeToString()) for tensor in kept]
    del graph.initializer[:]
    graph.initializer.extend(copies)
    return shapes


def _filled(tensor: Any) -> bool:
    """Whether a tensor has as many numbers as its shape says."""
    from onnx import helper

    count = prod(tensor.dims)
    if tensor.HasField("raw_data"):
        try:
            bits = helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize * 8
        except KeyError:
            return False
        # Types below a byte are packed.
        return len(tensor.raw_data) * 8 in (count * bits, (count * 4 + 7) // 8 * 8, (count * 2 + 7) // 8 * 8)
    filled = (tensor.float_data, tensor.double_data, tensor.int32_data, tensor.int64_data, tensor.uint64_data)
    return any(len(values) > 0 for values in filled)


def clean(text: object) -> str:
    """The first line of a text from a file, without control characters, of bearable length."""
    first = str(text).strip().split("\n", 1)[0]
    return "".join(letter if letter.isprintable() else "·" for letter in first)[:200]
