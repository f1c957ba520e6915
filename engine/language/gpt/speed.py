"""How fast our GPT learns and writes beside a plain one, at two sizes; nanoGPT too, where its folder is given.

Ours and the others are asked in processes of their own, turn by turn: how a process keeps memory is part of what makes
it fast or slow, and holds for all of it.
"""

import importlib.util
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import torch

from engine.language.gpt import plain
from engine.language.gpt.config import Config
from engine.language.gpt.sampling import Rules
from engine.language.gpt.training import DEFAULTS, GptTraining
from engine.language.gpt.writing import Writer

Who = Literal["ours", "plain", "nanogpt"]
Size = Literal["small", "large"]

SIZES: dict[Size, tuple[Config, int]] = {
    "small": (Config(65, 64, layers=4, heads=4, width=128), 12),
    "large": (Config(65, 256, layers=6, heads=6, width=384), 8),
}
"""Sizes of the model and batch, those that nanoGPT suggests for a processor and for a GPU, with a smaller batch."""

LENGTH = 200_000
"""Characters of the text: what they say does not matter here."""


class Work(NamedTuple):
    """What is measured."""

    learn: Callable[[], object]
    """One step of training."""

    write: Callable[[int], object]
    """Write so many tokens from one token on."""


def learning(who: Who, size: Size, steps: int, threads: int, folder: str = "") -> float:
    """Tokens a second that are learned from, over so many steps; `folder` is nanoGPT's. Raises OSError."""
    torch.set_num_threads(threads)
    config, batch = SIZES[size]
    work = _work(who, size, folder)
    began = time.perf_counter()
    for _ in range(steps):
        work.learn()
    return steps * batch * config.context / (time.perf_counter() - began)


def writing(who: Who, size: Size, count: int, threads: int, folder: str = "") -> float:
    """Tokens a second that are written, over so many. Raises OSError."""
    torch.set_num_threads(threads)
    work = _work(who, size, folder)
    began = time.perf_counter()
    work.write(count)
    return count / (time.perf_counter() - began)


@lru_cache(maxsize=6)
def _work(who: Who, size: Size, folder: str) -> Work:
    """Make what is measured, and let it learn and write once: the first time of anything is slower."""
    config, batch = SIZES[size]
    text = np.random.default_rng(0).integers(0, config.vocabulary, LENGTH).astype(np.uint16)
    work = _ours(config, batch, text) if who == "ours" else _others(who, config, batch, text, folder)
    work.learn()
    work.write(4)
    return work


def _ours(config: Config, batch: int, text: Any) -> Work:
    sizes: dict[str, Any] = {
        "layers": config.layers,
        "heads": config.heads,
        "width": config.width,
        "context": config.context,
    }
    content = "".join(chr(ord("0") + each) for each in text.tolist())
    training = GptTraining(content, **{**DEFAULTS, **sizes, "batch": batch, "steps": 100_000, "dropout": 0.0})
    rules = Rules(top_k=200)
    return Work(training.move, lambda count: list(Writer(training.model, [0]).run(rules, count)))


def _others(who: Who, config: Config, batch: int, text: Any, folder: str) -> Work:
    model: Any
    if who == "plain":
        model = plain.PlainGPT(config)
        training = plain.PlainTraining(model, plain.optimizer(model), text, config.context, batch)
        return Work(training.step, lambda count: plain.write(model, [0], count))
    theirs = nano_gpt(Path(folder))
    settings = {"vocab_size": config.vocabulary, "block_size": config.context, "bias": True, "dropout": 0.0}
    sizes = {"n_layer": config.layers, "n_head": config.heads, "n_embd": config.width}
    with redirect_stdout(sys.stderr):  # it tells what it does
        model = theirs.GPT(theirs.GPTConfig(**settings, **sizes))
        optimizer = model.configure_optimizers(0.1, 1e-3, (0.9, 0.99), "cpu")
    training = plain.PlainTraining(model, optimizer, text, config.context, batch)

    def write(count: int) -> None:
        model.eval()
        model.generate(torch.zeros(1, 1, dtype=torch.long), count, top_k=200)

    return Work(training.step, write)


def nano_gpt(folder: Path) -> Any:
    """The module `model.py` of nanoGPT's folder. Raises FileNotFoundError."""
    path = folder / "model.py"
    if not path.is_file():
        raise FileNotFoundError(2, "No such file", str(path))
    spec = importlib.util.spec_from_file_location("nano_gpt_model", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module
