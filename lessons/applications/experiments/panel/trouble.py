"""Why a network has no answer: what it was given, or its file."""

from pathlib import Path

from safetensors import SafetensorError

from engine.checkpoints.problem import ShippedProblem
from engine.language.gpt.errors import GptError
from engine.training.checkpoint import CheckpointProblem
from lessons.applications.labs.panel.observation import Network, Trouble
from lessons.applications.labs.panel.settings import NAME

FAILS = (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError)
"""What reading a model from a file, or asking it, may raise: it is missing, cut off, older, or of another size."""

OF_NAMES = ("Missing key", "Unexpected key")
"""How torch says that weights have other names than the network's: another version has written them."""


class Unanswered(Exception):
    """There is nothing to answer; `kind` is that of a trouble."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def trouble(network: Network, kind: str, *, answers: bool = False, **values: str) -> Trouble:
    """Make a trouble with its message."""
    return Trouble(network, kind, f"@{NAME}.trouble.{kind}", values, answers)


def trouble_of(network: Network, error: BaseException) -> Trouble:
    """Tell an error as the trouble of a network."""
    if isinstance(error, Unanswered):
        return trouble(network, error.kind)
    if isinstance(error, ShippedProblem):
        return trouble(network, error.kind, file=error.values["file"])
    if isinstance(error, GptError):
        if error.reason == "unknown_characters":
            return trouble(network, error.reason, characters=" ".join(error.values["characters"]))
        return trouble(network, {"older": "older", "other_size": "other_size"}.get(error.reason, "broken"))
    if isinstance(error, OSError):
        path = error.filename or str(error).rpartition(": ")[2]  # safetensors tells it in its text only
        return trouble(network, "no_file", file=Path(path).name)
    return trouble(network, _kind_of(error))


def _kind_of(error: BaseException) -> str:
    """What is wrong with a file."""
    if isinstance(error, KeyError) or any(words in str(error) for words in OF_NAMES):
        return "older"
    if isinstance(error, RuntimeError) and "size mismatch" in str(error):
        return "other_size"
    return "broken" if isinstance(error, (SafetensorError, CheckpointProblem)) else "failed"
