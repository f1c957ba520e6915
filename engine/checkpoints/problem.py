"""What can be wrong with a file of weights that comes with nnlab: it was lost, cut off, or left by another version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KNOWN = ("older", "other_size")
"""Reasons that readers give themselves."""


class ShippedProblem(ValueError):
    """Such a file can't be used; `values` has its name as `file` and the `kind` of the problem.

    - no_file: it is not there.
    - broken: it is no whole file of weights.
    - older: its weights have other names, those of another nnlab.
    - other_size: they are of a network of another size.
    """

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(f"{path.name}: {kind}")
        self.kind = kind
        self.values = {"file": path.name, "kind": kind}


@contextmanager
def coming_with_nnlab(path: Path) -> Iterator[None]:
    """Tell whatever goes wrong while the file is read as a ShippedProblem."""
    from safetensors import SafetensorError

    try:
        yield
    except OSError:
        raise ShippedProblem(path, "no_file") from None
    except (SafetensorError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise ShippedProblem(path, _kind(error)) from error


def _kind(error: Exception) -> str:
    if getattr(error, "reason", "") in KNOWN:
        return str(error.reason)  # type: ignore[attr-defined]
    if isinstance(error, KeyError) or "Missing key" in str(error) or "Unexpected key" in str(error):
        return "older"
    return "other_size" if "size mismatch" in str(error) else "broken"
