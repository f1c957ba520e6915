"""Checkpoints: nested states and weights in safetensors files, written beside and renamed.

Tensors lie in the file as they are. Everything else of a state (its structure, numbers, texts) stands as JSON in the
file's metadata, as do the step and a checksum of all tensors: a file that was cut off or damaged is never taken for
a whole one. Nothing is pickled. A state with NaN or an infinite number in a tensor is not saved at all.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor

from engine import writing
from engine.training.kept import FORMAT, NAME, CheckpointProblem, read_whole
from engine.training.training import State, Step

__all__ = [
    "Checkpoint",
    "CheckpointProblem",
    "NotFinite",
    "Snapshot",
    "Weights",
    "load",
    "load_weights",
    "snapshot",
    "weights_snapshot",
]


class NotFinite(ArithmeticError):
    """NaN or an infinite number in what was to be saved."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not finite")
        self.name = name


@dataclass(frozen=True)
class Checkpoint:
    """All that a run needs to go on."""

    step: Step
    """The last step that it contains, without its values."""

    offset: int
    """Bytes of `metrics.jsonl` up to there."""

    seconds: float
    """Time spent training up to there."""

    state: State


@dataclass(frozen=True)
class Weights:
    """The weights of one step, to look into."""

    step: int
    epoch: float
    tensors: dict[str, Tensor]


@dataclass(frozen=True)
class Snapshot:
    """A copy that training no longer changes, to be written now or by another thread."""

    tensors: dict[str, Tensor]
    about: dict[str, Any]

    def write(self, path: Path) -> None:
        """Put it into its file. Raises OSError; what was there is kept then."""
        about = {"format": FORMAT, **self.about, "check": _checksum(self.tensors)}
        writing.replace(path, safetensors.torch.save(self.tensors, {NAME: json.dumps(about)}))


def snapshot(checkpoint: Checkpoint) -> Snapshot:
    """Copy a checkpoint. Raises NotFinite, or TypeError for a leaf that a state may not have."""
    tensors: dict[str, Tensor] = {}
    state = _taken(checkpoint.state, "", tensors)
    return Snapshot(
        tensors, {**_about(checkpoint.step), "offset": checkpoint.offset, "seconds": checkpoint.seconds, "state": state}
    )


def weights_snapshot(weights: Mapping[str, Tensor], step: Step) -> Snapshot:
    """Copy the weights of a step. Raises NotFinite."""
    return Snapshot({name: _copied(value, name) for name, value in weights.items()}, _about(step))


def load(path: Path) -> Checkpoint:
    """Read a checkpoint, its tensors on the CPU. Raises CheckpointProblem."""
    tensors, about = read_whole(path, safetensors.torch.load, _checksum)
    try:
        step = Step(**{name: about[name] for name in ("step", "epoch", "examples", "progress")})
        return Checkpoint(step, int(about["offset"]), float(about["seconds"]), _restored(about["state"], tensors))
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointProblem(path, f"{type(error).__name__} {error}") from None


def load_weights(path: Path) -> Weights:
    """Read the weights of a step. Raises CheckpointProblem."""
    tensors, about = read_whole(path, safetensors.torch.load, _checksum)
    try:
        return Weights(int(about["step"]), float(about["epoch"]), tensors)
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointProblem(path, f"{type(error).__name__} {error}") from None


def _about(step: Step) -> dict[str, Any]:
    return {"step": step.step, "epoch": step.epoch, "examples": step.examples, "progress": step.progress}


def _checksum(tensors: Mapping[str, Tensor]) -> int:
    found = 0
    for name in sorted(tensors):
        found = zlib.crc32(name.encode(), found)
        found = zlib.crc32(tensors[name].reshape(-1).view(torch.uint8).numpy().data, found)
    return found


def _copied(value: Tensor, name: str) -> Tensor:
    if value.is_floating_point() and not bool(torch.isfinite(value).all()):
        raise NotFinite(name)
    # Two entries that share memory would be refused by the format.
    return value.detach().to("cpu", copy=True).contiguous()


def _taken(value: Any, path: str, tensors: dict[str, Tensor]) -> Any:
    """Move tensors out of a state; what is left is JSON, where a dictionary is written as `{"of": {…}}`."""
    if isinstance(value, Tensor):
        name = path
        while name in tensors:  # a key may hold a dot, so that two paths look alike
            name += "'"
        tensors[name] = _copied(value, name)
        return {"tensor": name}
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} of {path or 'the state'} is no text")
        return {"of": {key: _taken(each, f"{path}.{key}".lstrip("."), tensors) for key, each in value.items()}}
    if isinstance(value, list | tuple):
        return [_taken(each, f"{path}.{index}", tensors) for index, each in enumerate(value)]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{path} of the state is a {type(value).__name__}")


def _restored(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, list):
        return [_restored(each, tensors) for each in value]
    if isinstance(value, dict):
        if "tensor" in value:
            return tensors[value["tensor"]]
        return {key: _restored(each, tensors) for key, each in value["of"].items()}
    return value
