import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from engine.language.gpt import hugging_face
from engine.language.gpt.errors import GptError
from engine.language.gpt.hugging_face_tokenizer import byte_characters
from engine.language.gpt.tokenizers import tokenizer_of

D, H, LAYERS, CONTEXT = 12, 3, 2, 10
WORDS = ["<|endoftext|>", *byte_characters(), "th", "the", "Ġthe"]
MERGES = "#version: 0.2\nt h\nth e\nĠ the\n"
CONFIG: dict[str, Any] = {
    "model_type": "gpt2",
    "n_embd": D,
    "n_head": H,
    "n_layer": LAYERS,
    "n_positions": CONTEXT,
    "vocab_size": len(WORDS),
    "layer_norm_epsilon": 1e-5,
}


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights under the names that Hugging Face gives them."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return random.normal(0, 0.4, shape).astype(np.float32)

    made = {"wte.weight": some(len(WORDS), D), "wpe.weight": some(CONTEXT, D)}
    for number in range(LAYERS):
        start = f"h.{number}."
        for name, shape in (
            ("attn.c_attn", (D, 3 * D)),
            ("attn.c_proj", (D, D)),
            ("mlp.c_fc", (D, 4 * D)),
            ("mlp.c_proj", (4 * D, D)),
        ):
            made |= {f"{start}{name}.weight": some(*shape), f"{start}{name}.bias": some(shape[1])}
        for name in ("ln_1", "ln_2"):
            made |= {f"{start}{name}.weight": 1 + some(D), f"{start}{name}.bias": some(D)}
        made[f"{start}attn.bias"] = np.tril(np.ones((1, 1, CONTEXT, CONTEXT), np.float32))
    return made | {"ln_f.weight": 1 + some(D), "ln_f.bias": some(D)}


def reference(w: dict[str, np.ndarray], tokens: list[int]) -> np.ndarray:
    """GPT-2 in NumPy as it is described, in float64: logits (T, V)."""

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5) * w[f"{name}.weight"] + w[f"{name}.bias"]

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ w[f"{name}.weight"].astype(np.float64) + w[f"{name}.bias"]

    x = w["wte.weight"][tokens].astype(np.float64) + w["wpe.weight"][: len(tokens)]
    for number in range(LAYERS):
        name = f"h.{number}"
        q, k, v = np.split(linear(norm(x, f"{name}.ln_1"), f"{name}.attn.c_attn"), 3, axis=-1)
        heads = []
        for part in np.split(np.arange(D), H):
            scores = q[:, part] @ k[:, part].T / math.sqrt(D // H)
            scores[np.triu_indices(len(tokens), 1)] = -np.inf
            raised = np.exp(scores)
            heads.append(raised / raised.sum(-1, keepdims=True) @ v[:, part])
        x = x + linear(np.concatenate(heads, -1), f"{name}.attn.c_proj")
        inner = linear(norm(x, f"{name}.ln_2"), f"{name}.mlp.c_fc")
        bent = 0.5 * inner * (1 + np.tanh(math.sqrt(2 / math.pi) * (inner + 0.044715 * inner**3)))
        x = x + linear(bent, f"{name}.mlp.c_proj")
    return norm(x, "ln_f") @ w["wte.weight"].T


def folder(path: Path, made: dict[str, np.ndarray] | None = None, **changes: Any) -> Path:
    (path / "config.json").write_text(json.dumps(CONFIG | changes))
    save_file(weights() if made is None else made, path / "model.safetensors")
    (path / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(WORDS)}))
    (path / "merges.txt").write_text(MERGES)
    return path


@pytest.mark.parametrize("prefix", ["", "transformer."])
def test_logits_are_those_of_the_reference(tmp_path: Path, prefix: str) -> None:
    made = weights()
    named = {prefix + name: each for name, each in made.items()}
    if prefix:
        named["lm_head.weight"] = made["wte.weight"].copy()
    model = hugging_face.load(folder(tmp_path, named)).model
    tokens = [3, 200, 7, 7, 258, 0, 1, 90, 12, 44]
    with torch.inference_mode():
        found = model(torch.tensor([tokens]))[0].numpy()
    assert np.abs(found - reference(made, tokens)).max() < 1e-4


def test_the_tokenizer_keeps_the_numbers_of_its_files(tmp_path: Path) -> None:
    tokenizer = hugging_face.load(folder(tmp_path)).tokenizer
    tokens = tokenizer.encode("the the é")
    assert [WORDS[each] for each in tokens] == ["the", "Ġthe", "Ġ", "Ã", "©"]
    assert tokenizer.decode(tokens) == "the the é"
    assert tokenizer.piece(0) == "<|endoftext|>" and tokenizer.size == len(WORDS)
    assert tokenizer_of(tokenizer.as_dict()).encode("the the é") == tokens
    together = {"model": {"type": "BPE", "vocab": dict(zip(WORDS, range(len(WORDS)), strict=True)), "merges": []}}
    together["model"]["merges"] = [line.split(" ") for line in MERGES.splitlines()[1:]]
    (tmp_path / "tokenizer.json").write_text(json.dumps(together))
    (tmp_path / "vocab.json").unlink()
    assert hugging_face.load(tmp_path).tokenizer.encode("the the é") == tokens


def refused(path: Path) -> dict[str, Any]:
    with pytest.raises(GptError) as error:
        hugging_face.load(path)
    return error.value.values


def test_a_folder_that_lacks_files_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none")["reason"] == "folder_missing"
    assert refused(tmp_path)["files"] == ["config.json", "model.safetensors"]
    folder(tmp_path)
    (tmp_path / "merges.txt").unlink()
    assert refused(tmp_path) == {"reason": "files_missing", "path": str(tmp_path), "files": ["merges.txt"]}


def test_a_pickle_alone_is_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    assert refused(tmp_path) == {"reason": "pickle_only", "path": str(tmp_path), "file": "pytorch_model.bin"}


def test_weights_in_parts_are_found_by_their_index(tmp_path: Path) -> None:
    made = weights()
    folder(tmp_path, made)
    (tmp_path / "model.safetensors").unlink()
    names, parts = list(made), ("a.safetensors", "b.safetensors")
    for number, part in enumerate(parts):
        save_file({name: made[name] for name in names[number::2]}, tmp_path / part)
    index = {"weight_map": {name: parts[number % 2] for number, name in enumerate(names)}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    model = hugging_face.load(tmp_path).model
    with torch.inference_mode():
        assert np.abs(model(torch.tensor([[1, 2]]))[0].numpy() - reference(made, [1, 2])).max() < 1e-4
    (tmp_path / "b.safetensors").unlink()
    assert refused(tmp_path)["files"] == ["b.safetensors"]


@pytest.mark.parametrize(
    ("change", "value"),
    [("model_type", "llama"), ("activation_function", "relu"), ("n_inner", 7), ("n_layer", "2"), ("vocab_size", 0)],
)
def test_a_config_of_another_kind_is_refused(tmp_path: Path, change: str, value: Any) -> None:
    assert refused(folder(tmp_path, **{change: value})) == {"reason": "config", "name": change, "value": value}


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    made = weights()
    del made["h.1.ln_2.bias"]
    assert refused(folder(tmp_path, made))["missing"] == ["h.1.ln_2.bias"]
    assert refused(folder(tmp_path, weights() | {"wpe.weight": np.zeros((3, D), np.float32)}))["expected"] == [
        CONTEXT,
        D,
    ]
    assert refused(folder(tmp_path, weights() | {"ln_f.bias": np.full(D, np.nan, np.float32)}))["name"] == "ln_f.bias"
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    assert refused(tmp_path)["reason"] == "unreadable"
    folder(tmp_path)
    (tmp_path / "config.json").write_text("{")
    assert refused(tmp_path)["file"] == "config.json"
