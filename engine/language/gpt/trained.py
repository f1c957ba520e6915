"""GPTs trained already, which come with nnlab: one that writes English, one that writes Japanese."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

import engine.checkpoints
from engine.checkpoints.problem import coming_with_nnlab
from engine.language.gpt.checkpoint import Trained, unpacked
from engine.language.gpt.training import DEFAULTS

Language = Literal["english", "japanese"]

SETTINGS: dict[Language, dict[str, Any]] = {
    "english": {**DEFAULTS, "steps": 6000, "dropout": 0.1},
    "japanese": {**DEFAULTS, "layers": 3, "steps": 1500},
}
"""How each has learned; the Japanese text is simple enough for a smaller model.

The English one learns its short text by heart without dropout, and then stays behind the n-gram: 1.27 nats a character
after 3000 steps, against 1.23; with it, 1.18 after 6000.
"""

FOLDER = Path(engine.checkpoints.__file__).parent


class History(NamedTuple):
    """One finished training."""

    trained: Trained
    """The model as it was at the end."""

    samples: dict[int, str]
    """What it wrote, by the step after which it did; 0 is before training."""

    metrics: list[dict[str, float]]
    """Its curves: for each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""

    facts: dict[str, float]
    """What `GptTraining.facts` said of it, the loss of an n-gram among it."""

    settings: dict[str, Any]
    """How it was trained."""


@lru_cache(maxsize=2)
def shipped(language: Language) -> History:
    """The training that comes with nnlab; its model is one for all, not to be trained on. Raises ShippedProblem."""
    path = FOLDER / f"gpt-{language}.safetensors"
    with coming_with_nnlab(path):
        return read(path)


def read(path: Path) -> History:
    """A history from its file. Raises GptError, OSError or SafetensorError."""
    with safe_open(path, framework="pt") as file:
        about = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
        names: list[str] = list(file.keys())
        trained = unpacked({name: file.get_tensor(name) for name in names}, path)
    samples = {int(step): str(text) for step, text in about["samples"].items()}
    facts, settings = about["facts"], about["settings"]
    metrics = []
    for step, *values in about["points"]:
        named = {name: each for name, each in zip(about["names"], values, strict=True) if each is not None}
        examples = step * settings["batch"]
        epoch = step * facts["tokens_a_step"] / facts["train_tokens"]
        metrics.append({"step": step, "epoch": epoch, "examples": examples, **named})
    return History(trained, samples, metrics, facts, settings)


def history_packed(
    tensors: Mapping[str, Tensor],
    samples: Mapping[int, str],
    metrics: list[dict[str, float]],
    facts: Mapping[str, float],
    settings: Mapping[str, Any],
) -> bytes:
    """The content of a history's file; `tensors` are those of `checkpoint.packed` at the end.

    Every other point of the curves is left out where nothing but the training loss was measured.
    """
    metrics = [point for place, point in enumerate(metrics) if place % 2 or "test_loss" in point]
    names = sorted({name for point in metrics for name in point} - {"step", "epoch", "examples"})
    about = {
        "samples": {str(step): text for step, text in samples.items()},
        "names": names,
        "points": [[point["step"], *(point.get(name) for name in names)] for point in metrics],
        "facts": dict(facts),
        "settings": dict(settings),
    }
    return save(
        dict(tensors),
        {name: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for name, value in about.items()},
    )
