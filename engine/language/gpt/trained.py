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
from engine.language.gpt.checkpoint import Trained, unpacked
from engine.language.gpt.sample import Sample

Language = Literal["english", "japanese"]

FOLDER = Path(engine.checkpoints.__file__).parent


class History(NamedTuple):
    """One finished training."""

    trained: Trained
    """The model as it was at the end."""

    samples: dict[int, Sample]
    """What it wrote, by the step after which it did; 0 is before training."""

    metrics: list[dict[str, float]]
    """Its curves: for each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""

    settings: dict[str, Any]
    """How it was trained."""


@lru_cache(maxsize=2)
def shipped(language: Language) -> History:
    """The training that comes with nnlab; its model is one for all, and must not be trained further."""
    return read(FOLDER / f"gpt-{language}.safetensors")


def read(path: Path) -> History:
    """A history from its file. Raises GptError, OSError or SafetensorError."""
    with safe_open(path, framework="pt") as file:
        about = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
        names: list[str] = list(file.keys())
        trained = unpacked({name: file.get_tensor(name) for name in names}, path)
    samples = {int(step): Sample(**each) for step, each in about["samples"].items()}
    return History(trained, samples, about["metrics"], about["settings"])


def history_packed(
    tensors: Mapping[str, Tensor],
    samples: Mapping[int, Sample],
    metrics: list[dict[str, float]],
    settings: Mapping[str, Any],
) -> bytes:
    """The content of a history's file; `tensors` are those of `checkpoint.packed` at the end."""
    about = {
        "samples": {str(step): each.__dict__ for step, each in samples.items()},
        "metrics": metrics,
        "settings": dict(settings),
    }
    return save(dict(tensors), {name: json.dumps(value, ensure_ascii=False) for name, value in about.items()})
