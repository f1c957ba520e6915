"""A GPT-2 from a Hugging Face folder: config.json, model.safetensors, and its tokenizer's vocab.json and merges.txt.

Weights are read from safetensors only: pytorch_model.bin is a pickle, which could run anything when it is read. Names
and shapes are compared before anything is loaded. What Hugging Face calls Conv1D keeps its matrix as (in, out), the
transpose of a linear layer's.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open

from engine.language.gpt.checkpoint import Trained
from engine.language.gpt.config import Config, Gelu
from engine.language.gpt.errors import GptError
from engine.language.gpt.hugging_face_tokenizer import tokenizer
from engine.language.gpt.json_file import read_json
from engine.language.gpt.model import GPT

CONFIG, WEIGHTS, INDEX = "config.json", "model.safetensors", "model.safetensors.index.json"

PICKLES = ("pytorch_model.bin", "pytorch_model.bin.index.json")

GELUS: dict[str, Gelu] = {"gelu_new": "tanh", "gelu_pytorch_tanh": "tanh", "gelu": "exact"}

FIXED: dict[str, tuple[Any, ...]] = {
    "model_type": ("gpt2",),
    "scale_attn_weights": (True,),
    "scale_attn_by_inverse_layer_idx": (False,),
    "add_cross_attention": (False,),
    "tie_word_embeddings": (True,),
}
"""What config.json may say where it does say it; the first is what it means when it does not."""

NAMED = 3
"""Names that a message tells at most."""

LAYER = {
    "norm1": "ln_1",
    "attention.qkv": "attn.c_attn",
    "attention.output": "attn.c_proj",
    "norm2": "ln_2",
    "mlp.inner": "mlp.c_fc",
    "mlp.output": "mlp.c_proj",
}
"""Parts of a block, ours and theirs."""

TRANSPOSED = ("qkv.weight", "output.weight", "inner.weight")


def load(folder: Path) -> Trained:
    """The model of a folder and its tokenizer, on the CPU in float32. Raises GptError."""
    model = load_model(folder)
    words = tokenizer(folder)
    if words.size > model.config.vocabulary:
        raise GptError("other_vocabulary", found=words.size, expected=model.config.vocabulary)
    return Trained(model, words, None)


def load_model(folder: Path) -> GPT:
    """The model alone. Raises GptError: folder_missing, files_missing, pickle_only, config, unreadable, names, shapes,
    not_finite."""
    if not folder.is_dir():
        raise GptError("folder_missing", path=str(folder))
    there = {name for name in (CONFIG, WEIGHTS, INDEX, *PICKLES) if (folder / name).is_file()}
    if not there & {WEIGHTS, INDEX}:
        for name in PICKLES:
            if name in there:
                raise GptError("pickle_only", path=str(folder), file=name)
    missing = [] if CONFIG in there else [CONFIG]
    missing += [] if there & {WEIGHTS, INDEX} else [WEIGHTS]
    if missing:
        raise GptError("files_missing", path=str(folder), files=missing)
    config = config_of(read_json(folder / CONFIG))
    with torch.device("meta"):
        model = GPT(config)
    with ExitStack() as opened:
        found: dict[str, Any] = {}
        for path in _weight_files(folder, WEIGHTS in there):
            try:
                file = opened.enter_context(safe_open(path, "pt", device="cpu"))
            except (SafetensorError, OSError):
                raise GptError("unreadable", path=str(folder), file=path.name) from None
            stored: list[str] = list(file.keys())
            found |= {name.removeprefix("transformer."): (file, name) for name in stored}
        _take(model, found)
    return model.eval().requires_grad_(False)


def config_of(values: dict[str, Any]) -> Config:
    """The config that config.json means. Raises GptError `config`."""
    for name, allowed in FIXED.items():
        if values.get(name, allowed[0]) not in allowed:
            raise GptError("config", name=name, value=values[name])
    width = _whole(values, "n_embd", 768)
    if values.get("n_inner") not in (None, 4 * width):
        raise GptError("config", name="n_inner", value=values["n_inner"])
    gelu = values.get("activation_function", "gelu_new")
    if gelu not in GELUS:
        raise GptError("config", name="activation_function", value=gelu)
    return Config(
        vocabulary=_whole(values, "vocab_size", 50257),
        context=_whole(values, "n_positions", 1024),
        layers=_whole(values, "n_layer", 12),
        heads=_whole(values, "n_head", 12),
        width=width,
        gelu=GELUS[gelu],
        epsilon=float(values.get("layer_norm_epsilon", 1e-5)),
    )


def _whole(values: dict[str, Any], name: str, default: int) -> int:
    value = values.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise GptError("config", name=name, value=value)
    return value


def _weight_files(folder: Path, single: bool) -> list[Path]:
    """The file of all weights, or those that the index names, which lie in the folder itself."""
    if single:
        return [folder / WEIGHTS]
    parts = read_json(folder / INDEX).get("weight_map")
    names = sorted(set(parts.values())) if isinstance(parts, dict) else []
    missing = [name for name in names if Path(name).name != name or not (folder / name).is_file()]
    if missing or not names:
        raise GptError("files_missing", path=str(folder), files=missing[:NAMED] or [WEIGHTS])
    return [folder / name for name in names]


def names(config: Config) -> Iterator[tuple[str, str]]:
    """Each of our names and theirs."""
    yield "tokens.weight", "wte.weight"
    yield "positions.weight", "wpe.weight"
    for number in range(config.layers):
        for ours, theirs in LAYER.items():
            for kind in ("weight", "bias"):
                yield f"blocks.{number}.{ours}.{kind}", f"h.{number}.{theirs}.{kind}"
    yield "norm.weight", "ln_f.weight"
    yield "norm.bias", "ln_f.bias"


@torch.no_grad()
def _take(model: GPT, found: dict[str, Any]) -> None:
    """Put the weights into a model without any, if all are there in the right shape."""
    wanted = dict(names(model.config))
    shapes = {name: tuple(each.shape) for name, each in model.state_dict().items()}
    missing = [theirs for theirs in wanted.values() if theirs not in found]
    # The output is the token table once more, and causal masks stand in older files.
    ignored = ("lm_head.weight", ".attn.bias", ".attn.masked_bias")
    unexpected = [name for name in found if name not in set(wanted.values()) and not name.endswith(ignored)]
    if missing or unexpected:
        raise GptError("names", missing=missing[:NAMED], unexpected=unexpected[:NAMED])
    for ours, theirs in wanted.items():
        file, name = found[theirs]
        shape = tuple(file.get_slice(name).get_shape())
        expected = shapes[ours][::-1] if ours.endswith(TRANSPOSED) else shapes[ours]
        if shape != expected:
            raise GptError("shapes", name=name, expected=list(expected), found=list(shape))
    model.to_empty(device="cpu")
    for ours, theirs in wanted.items():
        file, name = found[theirs]
        tensor = file.get_tensor(name)
        if not tensor.is_floating_point() or not bool(torch.isfinite(tensor).all()):
            raise GptError("not_finite", name=name)
        own = model.get_parameter(ours)
        own.copy_(tensor.T if ours.endswith(TRANSPOSED) else tensor)
