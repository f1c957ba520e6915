"""How long it takes to build and count every public architecture for its shapes."""

import time

from engine.scaling import models
from engine.vision.architectures import counted


def build_all(rounds: int = 5) -> float:
    """Seconds of the processor for all of them, the best of some rounds, torch being there."""
    times = []
    for _ in range(rounds):
        models.count.cache_clear()
        counted.cache_clear()
        begun = time.process_time()
        for name in (*models.VISION, *models.LANGUAGE):
            models.count(name)
        times.append(time.process_time() - begun)
    return min(times)
