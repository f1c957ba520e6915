"""The network that draws from prompts and comes with nnlab: its weights, its curves, and how often it is right."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

import engine.checkpoints
from engine.checkpoints.problem import coming_with_nnlab
from engine.generative.prompt.errors import PromptError
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.scenes import Group

PATH = Path(engine.checkpoints.__file__).parent / "prompt-box.safetensors"


class History(NamedTuple):
    """One finished training."""

    model: PromptUNet
    """As it was at the end; one for all, which must not be trained further."""

    metrics: list[dict[str, float]]
    """Its curves: for each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""

    settings: dict[str, Any]
    """How it was trained."""

    right: dict[Group, dict[str, float]]
    """Shares of pictures that are right at guidance 3 and 20 steps, by group of scenes and by attribute."""


@lru_cache(maxsize=1)
def shipped() -> History:
    """The training that comes with nnlab. Raises ShippedProblem."""
    with coming_with_nnlab(PATH):
        return read(PATH)


def read(path: Path) -> History:
    """A history from its file. Raises PromptError `older`, `other_size` or `unreadable`, OSError without a file."""
    try:
        with safe_open(path, framework="pt") as file:
            about = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
            names: list[str] = list(file.keys())
            weights = {name: file.get_tensor(name) for name in names}
    except SafetensorError:
        raise PromptError("unreadable", path=str(path)) from None
    if not {"metrics", "settings", "right"} <= set(about):
        raise PromptError("older", missing="metadata", unexpected="")
    return History(model_of(weights), about["metrics"], about["settings"], about["right"])


def model_of(weights: Mapping[str, Tensor]) -> PromptUNet:
    """The network with these weights, in float32, ready to draw. Raises PromptError `older` or `other_size`."""
    first = weights.get("unet.enter.weight")
    model = PromptUNet(len(first)) if first is not None and len(first) % 8 == 0 else PromptUNet()
    own = model.state_dict()
    missing, unexpected = sorted(set(own) - set(weights)), sorted(set(weights) - set(own))
    if missing or unexpected:
        raise PromptError("older", missing=", ".join(missing[:3]), unexpected=", ".join(unexpected[:3]))
    for name, each in own.items():
        if weights[name].shape != each.shape:
            raise PromptError("other_size", name=name, found=list(weights[name].shape), expected=list(each.shape))
    with torch.no_grad():
        for name, each in own.items():
            each.copy_(weights[name])
    return model.eval()


def packed(
    weights: Mapping[str, Tensor],
    metrics: list[dict[str, float]],
    settings: Mapping[str, Any],
    right: Mapping[Group, Mapping[str, float]],
) -> bytes:
    """The content of a history's file: weights as float16, the rest as JSON in the file's head."""
    tensors = {name: each.to(torch.float16).contiguous() for name, each in weights.items()}
    about = {
        "metrics": metrics,
        "settings": dict(settings),
        "right": {name: dict(each) for name, each in right.items()},
    }
    return save(tensors, {name: json.dumps(value) for name, value in about.items()})
