"""Networks with numbers, ready to see an image: with random first weights, or with official ones from a file.

The last one stays in memory, so that looking at another of its layers costs a forward pass and no more. It goes before
the next is made, so that two large ones are never there at once.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from torch import nn

from engine.vision.architectures import untrained
from engine.vision.resnet import Shortcut
from engine.vision.weights import load


@dataclass(frozen=True, eq=False)
class Prepared:
    """A network with numbers."""

    model: nn.Module
    trained: bool
    """Whether its weights come from a file."""


_Key = tuple[str, int, str, Shortcut, Path | None, tuple[int, int] | None]

_last: dict[_Key, Prepared] = {}

_lock = threading.Lock()


def prepare(
    name: str, seed: int = 0, device: str = "cpu", shortcut: Shortcut = "B", weights: Path | None = None
) -> Prepared:
    """A network of this name on a device; `seed` draws its weights unless a file has them.

    A file that has changed is read anew. Raises UnknownArchitecture and WeightsProblem.
    """
    key = (name, seed, device, shortcut, weights, _stamp(weights))
    with _lock:
        if key not in _last:
            _last.clear()
            model = untrained(name, seed, device, shortcut)
            if weights is not None:
                load(model, weights)
            _last[key] = Prepared(model, weights is not None)
        return _last[key]


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """What changes when a file does; None where there is none."""
    try:
        about = path.stat() if path else None
    except OSError:
        return None
    return (about.st_mtime_ns, about.st_size) if about else None
