"""The diffusion model that comes with nnlab, and networks from kept weights."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

import engine.checkpoints
from engine.checkpoints.problem import coming_with_nnlab
from engine.generative.digit_training import CLASSES
from engine.generative.unet import UNet

PATH = Path(engine.checkpoints.__file__).parent / "diffusion-digits.safetensors"


class History(NamedTuple):
    """One finished training."""

    weights: dict[str, Tensor]
    """Of the running mean at its end, float32 by name."""

    metrics: list[dict[str, float]]
    """Its curves: for each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""

    settings: dict[str, Any]
    """How it was trained."""


@lru_cache(maxsize=1)
def shipped() -> History:
    """The training that comes with nnlab. Raises ShippedProblem."""
    with coming_with_nnlab(PATH):
        return read(PATH)


def read(path: Path) -> History:
    """A history from its file. Raises OSError or SafetensorError."""
    with safe_open(path, framework="pt") as file:
        about = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
        weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 — not a mapping
    return History(weights, about["metrics"], about["settings"])


def packed(settings: Mapping[str, Any], metrics: list[dict[str, float]], weights: Mapping[str, Tensor]) -> bytes:
    """The content of a history's file: the weights as they are, the rest as JSON in the file's head."""
    about = {"metrics": metrics, "settings": dict(settings)}
    tensors = {name: each.contiguous() for name, each in weights.items()}
    return save(tensors, {name: json.dumps(value, separators=(",", ":")) for name, value in about.items()})


def network(weights: Mapping[str, Tensor]) -> UNet:
    """The network for digits with these weights, ready to draw; its sizes follow from theirs."""
    width, channels = weights["enter.weight"].shape[:2]
    middle = len({name.split(".")[1] for name in weights if name.startswith("middle.")})
    made = UNet(unshuffle=round(channels**0.5), width=width, middle=middle, classes=CLASSES)
    made.load_state_dict({name: each.float() for name, each in weights.items()})
    return made.eval().requires_grad_(False)
