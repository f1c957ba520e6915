"""Out of memory: how it shows, and which batch would fit.

torch has an exception of its own for a GPU; the allocators of the CPU and of Apple's GPUs raise a RuntimeError that
only its text tells from others.
"""

import gc
import re
import sys
from collections.abc import Callable
from typing import Any

import msgspec

from engine.training.record import Reason
from engine.training.training import Training

MESSAGE = re.compile(r"can't allocate memory|not enough memory|out of memory|cannot allocate memory", re.IGNORECASE)


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether memory was what lacked."""
    if isinstance(error, MemoryError):
        return True
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(error, torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and MESSAGE.search(str(error)) is not None


def reason(make: Callable[[Any, str], Training], settings: Any, device: str) -> Reason:
    """Say that memory lacked, which batch it was and which one would fit (`suggested`), if any does.

    Tries one step with half the batch, half of that and so on. The training that failed must have been let go of.
    """
    batch = settings.get("batch") if isinstance(settings, dict) else getattr(settings, "batch", None)
    if not isinstance(batch, int):
        return Reason("memory", {"setting": "", "value": None, "suggested": None, "device": device})
    _free()
    fitting = batch // 2
    while fitting >= 1 and not _fits(make, settings, fitting, device):
        fitting //= 2
    return Reason("memory", {"setting": "batch", "value": batch, "suggested": fitting or None, "device": device})


def _fits(make: Callable[[Any, str], Training], settings: Any, batch: int, device: str) -> bool:
    try:
        smaller = _with_batch(settings, batch)
    except msgspec.ValidationError:
        return False  # the lab allows no batch as small as this
    try:
        _one_step(make(smaller, device))
    except Exception:  # whatever else goes wrong with a batch as small as this, it can't be suggested
        return False
    finally:
        _free()
    return True


def _one_step(training: Training) -> None:
    for step in training.steps():
        if step.step >= 1:
            break


def _with_batch(settings: Any, batch: int) -> Any:
    if isinstance(settings, dict):
        return settings | {"batch": batch}
    return msgspec.convert(msgspec.to_builtins(settings) | {"batch": batch}, type(settings))


def _free() -> None:
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
