"""What a run has kept, read without torch: weights as NumPy arrays, for whoever only looks at them.

Torch's import takes seconds, and a report that shows some kernels of fifty runs does not need it.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

FORMAT = 1
"""Version of the metadata."""

NAME = "nnlab"
"""Under which the metadata stands."""

Kind = TypeVar("Kind")
"""Of a tensor."""


class CheckpointProblem(ValueError):
    """A file that is no whole checkpoint, or of a network that is not this one; `values` says which, and why."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(f"{path.name} is no whole checkpoint: {text}")
        self.values = {"path": str(path), "file": path.name, "text": text}


def read_whole(
    path: Path, load: Callable[[bytes], dict[str, Kind]], check: Callable[[Mapping[str, Kind]], int]
) -> tuple[dict[str, Kind], dict[str, Any]]:
    """Read the tensors of a checkpoint by their names, and its metadata. Raises CheckpointProblem.

    `load` parses the file and fails unless header and tensors fill it; `check` is their checksum.
    """
    try:
        content = path.read_bytes()
        found = load(content)
        header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
        about = json.loads(header["__metadata__"][NAME])
        if about["format"] > FORMAT:
            raise CheckpointProblem(path, f"format {about['format']}")
        whole = about["check"] == check(found)
    except OSError as error:
        raise CheckpointProblem(path, error.strerror or str(error)) from None
    except CheckpointProblem:
        raise
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise CheckpointProblem(path, f"{type(error).__name__} {error}") from None
    if not whole:
        raise CheckpointProblem(path, "checksum")
    return found, about


def arrays(path: Path) -> dict[str, np.ndarray]:
    """Read the tensors of a checkpoint by their names. Raises CheckpointProblem."""
    return read_whole(path, safetensors.numpy.load, _checksum)[0]


def _checksum(found: Mapping[str, np.ndarray]) -> int:
    """The checksum of names and tensors, as `engine.training.checkpoint` writes it."""
    value = 0
    for name in sorted(found):
        value = zlib.crc32(name.encode(), value)
        value = zlib.crc32(np.ascontiguousarray(found[name]).reshape(-1).view(np.uint8).data, value)
    return value
