"""How fast the decoder and the encoder learn, on the threads that torch has."""

import time

import torch
from torch import Tensor

from engine.generative.causal.training import BETAS, DEFAULTS, CausalTraining

STEPS = 40
"""Steps that are timed of each network, after the first."""


def speeds() -> dict[str, float]:
    """Scenes a second that each network learns by itself, drawn anew at every step, by the default settings."""
    training = CausalTraining(**DEFAULTS)
    return {name: _speed(training, name) for name in ("decoder", "encoder")}


def _speed(training: CausalTraining, name: str) -> float:
    network = training.decoder if name == "decoder" else training.encoder
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, betas=BETAS)

    def move(step: int) -> None:
        scenes, images = training.batch_at(step)
        loss: Tensor = (
            training.decoder.loss(scenes, images) if name == "decoder" else training.encoder.loss(images, scenes)
        )
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()

    move(0)
    begun = time.perf_counter()
    for step in range(1, STEPS + 1):
        move(step)
    return STEPS * training.batch / (time.perf_counter() - begun)
