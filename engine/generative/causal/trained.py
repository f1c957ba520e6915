"""Decoders and the encoder that come with nnlab, and how their files are written and read."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

import engine.checkpoints
from engine.checkpoints.problem import coming_with_nnlab
from engine.generative.causal.decoder import HARMONICS, Decoder
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.problem import CausalProblem

FOLDER = Path(engine.checkpoints.__file__).parent

Kind = tuple[int, int]
"""Harmonics and examples of a decoder; 0 examples are new ones at every step."""

SHIPPED: tuple[Kind, ...] = (
    (HARMONICS, 0),
    (HARMONICS, 10_000),
    (HARMONICS, 1000),
    (HARMONICS, 100),
    (0, 0),
)
"""The decoders that come with nnlab; the first one's file has the encoder too."""


class Trained(NamedTuple):
    """One training's networks and its curves."""

    decoder: Decoder
    encoder: Encoder | None
    metrics: list[dict[str, float]]
    """For each step at which something was measured `step`, `epoch`, `examples`, and what was measured."""


def path_of(kind: Kind) -> Path:
    """Where a decoder that comes with nnlab lies."""
    harmonics, examples = kind
    return FOLDER / f"causal-{harmonics}-{examples or 'unlimited'}.safetensors"


def packed(weights: Mapping[str, Tensor], metrics: list[dict[str, float]], kind: Kind, encoder: bool) -> bytes:
    """The content of a file: weights in float16, and the rest as JSON in the file's head."""
    tensors = {
        name: each.to(torch.float16).contiguous()
        for name, each in weights.items()
        if encoder or name.startswith("decoder.")
    }
    harmonics, examples = kind
    about = {"harmonics": harmonics, "examples": examples, "metrics": metrics}
    return save(tensors, {name: json.dumps(value) for name, value in about.items()})


@lru_cache(maxsize=len(SHIPPED))
def shipped(kind: Kind) -> Trained:
    """The networks that come with nnlab. Raises KeyError for one that doesn't, ShippedProblem."""
    if kind not in SHIPPED:
        raise KeyError(kind)
    with coming_with_nnlab(path_of(kind)):
        return read(path_of(kind), kind)


def read(path: Path, kind: Kind) -> Trained:
    """Networks from their file, float32 on the CPU. Raises CausalProblem `unreadable`, `other_size`."""
    try:
        with safe_open(path, framework="pt") as file:
            about: dict[str, Any] = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
            weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValueError):
        raise CausalProblem("unreadable", path.name) from None
    decoder, encoder = networks(weights, kind, path.name)
    return Trained(decoder, encoder, about.get("metrics", []))


def networks(weights: Mapping[str, Tensor], kind: Kind, name: str) -> tuple[Decoder, Encoder | None]:
    """Both networks of their weights; the encoder is None where there are none of it.

    Raises CausalProblem `other_size` where they are of networks of another shape, of another nnlab say.
    """
    decoder = Decoder(kind[0])
    _load(decoder, weights, "decoder.", name)
    if not any(each.startswith("encoder.") for each in weights):
        return decoder.eval(), None
    encoder = Encoder()
    _load(encoder, weights, "encoder.", name)
    return decoder.eval(), encoder.eval()


def _load(network: nn.Module, weights: Mapping[str, Tensor], start: str, name: str) -> None:
    own = {each.removeprefix(start): value for each, value in weights.items() if each.startswith(start)}
    expected = {each: tuple(value.shape) for each, value in network.state_dict().items()}
    found = {each: tuple(value.shape) for each, value in own.items()}
    if found != expected:
        raise CausalProblem("other_size", name)
    network.load_state_dict(own)
