"""How a run's process tells what went wrong: in words for the status, all of it in the log."""

import sys
import traceback
from contextlib import suppress
from typing import Any

from engine.training.record import Reason

LONGEST = 400
"""Characters of an error's text that the status tells; the log has all of it."""


def error_reason(error: Exception) -> Reason:
    """Say that an error ended the training, and print its traceback."""
    with suppress(OSError):
        traceback.print_exception(error)
    told: dict[str, Any] = {"kind": type(error).__name__, "text": str(error)[:LONGEST]}
    values = getattr(error, "values", None)
    if isinstance(values, dict):  # a request that can't be followed says what is wrong with it
        told["values"] = {str(name): _plain(value) for name, value in values.items()}
    return Reason("error", told)


def _plain(value: object) -> Any:
    """A value as a status can hold it: numbers, and texts that are not too long."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value[:10]]
    return value if isinstance(value, (int, float)) else str(value)[:LONGEST]


def log(line: str) -> None:
    """Write a line into the log, where that can be done."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)
