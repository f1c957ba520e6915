"""The network that reads: LeNet-5, as the lab `convolution.lenet5` has it."""

import time
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch

from engine.vision.lenet5 import probabilities
from engine.vision.prepare import network_input
from lessons.applications.experiments.panel.trouble import Unanswered
from lessons.applications.labs.panel.settings import PanelSettings, reading
from lessons.convolution.experiments.lenet5 import given
from lessons.convolution.experiments.lenet5.sources import Source, source


@dataclass(frozen=True)
class Read:
    """What is read in one picture."""

    scores: tuple[float, ...]
    """Probability of each digit."""

    ms: float
    """Milliseconds that the answer took."""

    @property
    def digit(self) -> int:
        """The likeliest one."""
        return max(range(10), key=lambda each: self.scores[each])


def image(settings: PanelSettings) -> tuple[np.ndarray, int | None]:
    """The picture to read, ink 0…1, shape (28, 28), and what it is, where that is known."""
    return given(reading(settings))


def size(settings: PanelSettings) -> tuple[int, bool]:
    """Parameters of the network, and whether the run that was asked for is missing."""
    found = source(reading(settings))
    return sum(found.network.counts().values()), found.missing


def read(settings: PanelSettings, picture: np.ndarray) -> Read:
    """Read a picture, ink 0…1, shape (28, 28). Raises Unanswered for an empty one, or what a broken file raises."""
    if not picture.any():
        raise Unanswered("nothing_drawn")
    found = source(reading(settings))
    _warm(found)
    return _read(found, picture.astype(np.float32).tobytes())


@lru_cache(maxsize=8)
def _warm(found: Source) -> None:
    """Let it read once, so that no answer's time is that of loading it."""
    for _ in range(2):
        _scores(found, np.zeros((28, 28), np.float32))


@lru_cache(maxsize=64)
def _read(found: Source, content: bytes) -> Read:
    picture = np.frombuffer(content, np.float32).reshape(28, 28)
    began = time.perf_counter()
    scores = _scores(found, picture)
    return Read(tuple(round(each, 6) for each in scores), 1000 * (time.perf_counter() - began))


@torch.inference_mode()
def _scores(found: Source, picture: np.ndarray) -> list[float]:
    network = found.network
    scores: list[float] = probabilities(network, network(network_input(picture[None])))[0].tolist()
    return scores
