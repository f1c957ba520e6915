"""How many pictures a second the network of the prompt box learns from, and draws."""

import time

import torch

from engine.generative.prompt.drawing import STEPS, draw
from engine.generative.prompt.scenes import split
from engine.generative.prompt.trained import shipped
from engine.generative.prompt.training import DEFAULTS, PromptTraining

MOVES, PICTURES = 8, 16
"""Steps of a training, and pictures of a drawing, that are timed."""


def learning(threads: int) -> float:
    """Pictures a second in training, by the default settings."""
    torch.set_num_threads(threads)
    training = PromptTraining(**DEFAULTS)
    training.move()  # the first one is slower
    began = time.perf_counter()
    for _ in range(MOVES):
        training.move()
    return float(MOVES * DEFAULTS["batch"] / (time.perf_counter() - began))


def drawing() -> float:
    """Pictures a second that are drawn together, with guidance, in the usual number of steps."""
    model, scenes = shipped().model, list(split().trained[:PICTURES])
    draw(model, scenes, steps=1)
    began = time.perf_counter()
    draw(model, scenes, steps=STEPS)
    return PICTURES / (time.perf_counter() - began)
