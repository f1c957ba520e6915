"""Official weights from a file of the learner's own: safetensors, or torch's .pth read without running code.

Both are read by names and shapes first, so that the weights of another network are never loaded. A .pth is a pickle,
which could run anything when it is read; with `weights_only` torch builds nothing but tensors and containers, and
refuses the rest.
"""

import pickle
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

Reason = Literal["missing", "format", "unreadable", "code", "names", "shapes", "types", "not_finite"]

NAMED = 3
"""Differences that are named."""

COUNTER = "num_batches_tracked"
"""End of the name of a counter of batches that older files have not, and that nothing here reads."""


class WeightsProblem(ValueError):
    """A file whose weights can't be taken; `values` has its `path`, the `reason` and what belongs to it.

    names: the first names that are `missing` and `unexpected`, and how many `differ`. shapes, types, not_finite: the
    first `name`, and for shapes what is `expected` and `found`. code: a pickle of more than tensors, which is not read.
    """

    def __init__(self, path: Path, reason: Reason, **values: Any) -> None:
        told = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{path.name} can't be taken: {reason}" + (f" ({told})" if told else ""))
        self.reason = reason
        self.values = {"path": str(path), "reason": reason, **values}


def load(model: nn.Module, path: Path) -> None:
    """Put a file's weights into a model of any device but meta, all or none. Raises WeightsProblem.

    Numbers of half precision become those of the model.
    """
    if not path.is_file():
        raise WeightsProblem(path, "missing")
    own = model.state_dict()
    with _opened(path) as tensors:
        _compare(path, own, {name: _shape(tensors, name) for name in _names(tensors)})
        taken = {name: _tensor(tensors, name) for name in own if name in _names(tensors)}
        for name, tensor in taken.items():
            _check(path, name, tensor, own[name])
        with torch.no_grad():
            for name, tensor in taken.items():
                own[name].copy_(tensor)
    model.eval()


Source = Mapping[str, Any]
"""Tensors by name; of safetensors what is still in the file."""


class _InFile(Mapping[str, Any]):
    """The tensors of an open safetensors file; each is read when it is asked for."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.names: list[str] = list(file.keys())

    def __getitem__(self, name: str) -> Tensor:
        tensor: Tensor = self.file.get_tensor(name)
        return tensor

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@contextmanager
def _opened(path: Path) -> Iterator[Source]:
    """What a file has, by name."""
    kind = _format(path)
    if kind == "safetensors":
        try:
            with safe_open(path, "pt", device="cpu") as file:
                yield _InFile(file)
        except (SafetensorError, OSError) as error:
            raise WeightsProblem(path, "unreadable") from error
    else:
        yield _unpickled(path, kind)


def _format(path: Path) -> Literal["safetensors", "zip", "legacy"]:
    """What a file is, by how it begins. Raises WeightsProblem for another."""
    try:
        with path.open("rb") as file:
            head = file.read(9)
    except OSError as error:
        raise WeightsProblem(path, "unreadable") from error
    if head[:4] == b"PK\x03\x04":
        return "zip"
    if head[:1] == b"\x80":  # a pickle, as torch wrote before 1.6
        return "legacy"
    if head[8:] == b"{":
        return "safetensors"
    raise WeightsProblem(path, "format")


def _unpickled(path: Path, kind: Literal["zip", "legacy"]) -> Source:
    """The state of a .pth file; of a zip what is asked for is read when it is needed."""
    try:
        if kind == "zip":
            with zipfile.ZipFile(path) as archive:  # torch writes without compression; what is packed may be endless
                if any(entry.compress_type for entry in archive.infolist()):
                    raise WeightsProblem(path, "unreadable")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pickles that torch did not write
            state = torch.load(path, map_location="cpu", weights_only=True, mmap=kind == "zip")
    except pickle.UnpicklingError as error:
        raise WeightsProblem(path, "code") from error
    except WeightsProblem:
        raise
    except Exception as error:  # a broken file makes torch raise nearly anything
        raise WeightsProblem(path, "unreadable") from error
    if not isinstance(state, dict) or not all(isinstance(name, str) for name in state):
        raise WeightsProblem(path, "format")
    return state


def _names(tensors: Source) -> dict[str, None]:
    """The names in a file, in its order."""
    return dict.fromkeys(tensors)


def _shape(tensors: Source, name: str) -> tuple[int, ...] | None:
    """Shape of what a file has under a name, None if that is no tensor; nothing is read for it."""
    if isinstance(tensors, _InFile):
        return tuple(tensors.file.get_slice(name).get_shape())
    value = tensors[name]
    return tuple(value.shape) if isinstance(value, Tensor) else None


def _tensor(tensors: Source, name: str) -> Tensor:
    tensor: Tensor = tensors[name]
    return tensor


def _compare(path: Path, own: Mapping[str, Tensor], found: Mapping[str, tuple[int, ...] | None]) -> None:
    """Raise WeightsProblem unless names and shapes are the model's."""
    missing = [name for name in own if name not in found and not name.endswith(COUNTER)]
    unexpected = [name for name in found if name not in own]
    if missing or unexpected:
        first = {"missing": missing[:NAMED], "unexpected": unexpected[:NAMED]}
        raise WeightsProblem(path, "names", **first, differ=len(missing) + len(unexpected))
    for name, shape in found.items():
        if shape != tuple(own[name].shape):
            expected = list(own[name].shape)
            raise WeightsProblem(path, "shapes", name=name, expected=expected, found=list(shape or ()))


def _check(path: Path, name: str, tensor: Tensor, own: Tensor) -> None:
    """Raise WeightsProblem unless these are finite numbers of the model's kind."""
    if tensor.layout != torch.strided or tensor.is_quantized or tensor.is_floating_point() != own.is_floating_point():
        raise WeightsProblem(path, "types", name=name)
    if not bool(torch.isfinite(tensor).all()):
        raise WeightsProblem(path, "not_finite", name=name)
