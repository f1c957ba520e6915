"""A trained GPT as named tensors that tell all of it: weights, config, tokenizer, and what it wrote then.

The weights are float16. What is no number stands as JSON in the tensor `about`, so that a file of these tensors alone
is enough to write with. Such are the weights that a run keeps, and the models that come with nnlab.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from engine.language.gpt.config import ABOUT, Config
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.sample import Sample
from engine.language.gpt.tokenizer import Tokenizer
from engine.language.gpt.tokenizers import tokenizer_of

FORMAT = 1
"""Version of what `about` holds."""


@dataclass(frozen=True)
class Trained:
    """A model and what belongs to it."""

    model: GPT
    """In float32 on the CPU, ready to write."""

    tokenizer: Tokenizer
    """What its tokens mean."""

    sample: Sample | None
    """What it wrote when it was kept."""


def packed(model: GPT, tokenizer: Tokenizer, sample: Sample | None = None) -> dict[str, Tensor]:
    """The tensors of a model, on the CPU."""
    about = {
        "format": FORMAT,
        "config": model.config.as_dict(),
        "tokenizer": tokenizer.as_dict(),
        "sample": asdict(sample) if sample else None,
    }
    content = json.dumps(about, ensure_ascii=False).encode()
    tensors = {ABOUT: torch.frombuffer(bytearray(content), dtype=torch.uint8)}
    for name, each in model.state_dict().items():
        tensors[name] = each.detach().to("cpu", torch.float16, copy=True)
    return tensors


def unpacked(tensors: Mapping[str, Tensor], path: Path | str = "") -> Trained:
    """The model of such tensors. Raises GptError `not_gpt`, `older`, `other_size`; `path` is named in them."""
    if ABOUT not in tensors:
        raise GptError("not_gpt", path=str(path))
    try:
        about = json.loads(tensors[ABOUT].numpy().tobytes())
        if about["format"] != FORMAT:
            raise GptError("older", missing=[], unexpected=[f"format {about['format']}"])
        config, tokenizer = Config.of(about["config"]), tokenizer_of(about["tokenizer"])
        sample = Sample(**about["sample"]) if about["sample"] else None
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GptError("older", missing=[str(error)], unexpected=[]) from None
    if tokenizer.size != config.vocabulary:
        raise GptError("other_vocabulary", found=tokenizer.size, expected=config.vocabulary)
    model = GPT(config)
    own = model.state_dict()
    missing, unexpected = sorted(own.keys() - tensors.keys()), sorted(tensors.keys() - own.keys() - {ABOUT})
    if missing or unexpected:
        raise GptError("older", missing=missing[:3], unexpected=unexpected[:3])
    for name, each in own.items():
        if tensors[name].shape != each.shape:
            raise GptError("other_size", name=name, found=list(tensors[name].shape), expected=list(each.shape))
        each.copy_(tensors[name])
    return Trained(model.eval(), tokenizer, sample)


def sample_in(tensors: Mapping[str, Tensor]) -> Sample | None:
    """What the model of such tensors wrote, without making the model. Raises GptError `not_gpt`."""
    if ABOUT not in tensors:
        raise GptError("not_gpt", path="")
    found = json.loads(tensors[ABOUT].numpy().tobytes())["sample"]
    return Sample(**found) if found else None


def load(path: Path) -> Trained:
    """A model from a safetensors file. Raises GptError, OSError where there is no file."""
    try:
        return unpacked(load_file(path), path)
    except SafetensorError:
        raise GptError("not_gpt", path=str(path)) from None
