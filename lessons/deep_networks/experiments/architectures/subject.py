"""The network that is looked at: one of the lecture's, or an ONNX file."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.vision.architectures import ARCHITECTURES, Architecture, counted
from engine.vision.counted import Counted
from engine.vision.onnx_model import read
from lessons.deep_networks.labs.architectures import CHOOSES, NAME, Shortcut


@dataclass(frozen=True, eq=False)
class Subject:
    """A counted network with its name."""

    name: str
    """Among the architectures; empty for a file."""

    title: str
    """Its name; `written` is the same as figures take it, a message key or a file's name."""

    written: str
    source: str
    counted: Counted
    architecture: Architecture | None
    """None for a file, which can be counted but not run."""

    @property
    def side(self) -> int:
        """Pixels of a side of its input; 0 if that is no image."""
        shape = self.counted.layers[0].shape
        return shape[-1] if shape and len(shape) == 3 else 0


def named(name: str, shortcut: Shortcut) -> Subject:
    """One of the lecture's architectures."""
    known = ARCHITECTURES[name]
    option = f" {shortcut}" if name in CHOOSES else ""
    title, written = f"{known.title}{option}", f"@{NAME}.name.{name}{option}"
    return Subject(name, title, written, known.source, counted(name, shortcut), known)


def own(path: Path) -> Subject:
    """A model of the learner's own, read again when the file has changed. Raises OnnxProblem."""
    try:
        about = path.stat()
        key = (about.st_mtime_ns, about.st_size)
    except OSError:
        key = (0, 0)  # reading says what is wrong
    return _own(path, key)


@lru_cache(maxsize=4)
def _own(path: Path, key: tuple[int, int]) -> Subject:
    return Subject("", path.name, path.name.lstrip("@"), "", read(path), None)
