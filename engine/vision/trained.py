"""LeNet-5 trained already: the training of each form that comes with nnlab, its networks and its curves."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

import engine.checkpoints
from engine.checkpoints.problem import coming_with_nnlab
from engine.vision.lenet5 import Form, LeNet5

FOLDER = Path(engine.checkpoints.__file__).parent


class History(NamedTuple):
    """One finished training."""

    epochs: tuple[int, ...]
    """After which epochs its weights were kept; 0 is before training."""

    metrics: list[dict[str, float]]
    """Its curves: for each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""

    settings: dict[str, Any]
    """How it was trained."""

    weights: Callable[[int], dict[str, Tensor]]
    """The weights after one of these epochs, float32 by name. Raises KeyError for another epoch."""


@lru_cache(maxsize=2)
def shipped(form: Form) -> History:
    """The training of a form that comes with nnlab. Raises ShippedProblem."""
    path = FOLDER / f"lenet5-{form}.safetensors"
    with coming_with_nnlab(path):
        return read(path)


def read(path: Path) -> History:
    """A history from its file; weights are read when they are asked for. Raises OSError or SafetensorError."""
    with safe_open(path, framework="pt") as file:
        about = file.metadata() or {}
        names = list(file.keys())
    epochs = tuple(int(epoch) for epoch in json.loads(about["epochs"]))

    def weights(epoch: int) -> dict[str, Tensor]:
        if epoch not in epochs:
            raise KeyError(epoch)
        start = f"{epoch}/"
        with safe_open(path, framework="pt") as file:
            return {name.removeprefix(start): file.get_tensor(name).float() for name in names if name.startswith(start)}

    return History(epochs, json.loads(about["metrics"]), json.loads(about["settings"]), weights)


def packed(
    settings: Mapping[str, Any], metrics: list[dict[str, float]], weights: Mapping[int, Mapping[str, Tensor]]
) -> bytes:
    """The content of a history's file: weights by epoch, as float16, and the rest as JSON in the file's head."""
    tensors = {
        f"{epoch}/{name}": each.to(torch.float16).contiguous()
        for epoch, named in weights.items()
        for name, each in named.items()
    }
    about = {"epochs": list(weights), "metrics": metrics, "settings": dict(settings)}
    return save(tensors, {name: json.dumps(value) for name, value in about.items()})


def model(form: Form, weights: Mapping[str, Tensor]) -> LeNet5:
    """The network with these weights, ready to read."""
    network = LeNet5(form)
    network.load_state_dict(dict(weights))
    return network.eval()
