"""Functions that the tests ask the engine process for."""

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path as Path  # something that is in the module, but is not its function
from textwrap import dedent as dedent
from typing import Annotated, Any

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import ArrayLike, NDArray


class Disc(Struct, frozen=True, tag="disc"):
    radius: float


class Cloud(Struct, frozen=True, eq=False, tag="cloud"):
    points: NDArray[np.float64]
    name: str = ""


class Picture(Struct, frozen=True, eq=False):
    shapes: list[Disc | Cloud]
    mask: NDArray[np.bool_] | None = None


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    rate: Annotated[float, Meta(ge=0, le=1, extra={"step": 0.1})] = 0.5


class TooSteep(ValueError):
    def __init__(self, rate: float) -> None:
        super().__init__(f"{rate} is too steep")
        self.values = {"rate": rate, "highest": np.float64(1)}


def same(value: Any) -> Any:
    return value


def moved(picture: Picture, by: float) -> Picture:
    clouds = [Cloud(each.points + by, each.name) for each in picture.shapes if isinstance(each, Cloud)]
    return Picture([*clouds, Disc(by)], mask=None if picture.mask is None else ~picture.mask)


def total(values: ArrayLike) -> float:
    return float(np.sum(values))


def rate(step: Step) -> float:
    return step.rate


def fail(rate: float) -> None:
    raise TooSteep(rate)


def leave() -> None:
    sys.exit(3)


def unwritable() -> Any:
    return np.array([object()])


def noisy() -> str:
    print("printed")
    os.write(1, b"written to descriptor 1\n")
    os.system("echo from a shell")
    return sys.stdin.read()


def exit_at_once() -> None:
    os._exit(7)


def wait_for(path: str) -> str:
    """Wait for a named pipe to be opened for writing and closed, and tell what was written."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def walk(settings: Step, start: float = 0.0) -> Generator[float, Step | None, None]:
    """Go on by `rate` until 2 is passed."""
    position = start
    while position < 2:
        settings = (yield position) or settings
        position += settings.rate


def countdown(settings: Step) -> Iterator[int]:
    return iter([2, 1])


def stumble(settings: Step) -> Iterator[int]:
    yield 1
    raise TooSteep(settings.rate)


def environment(name: str) -> str | None:
    return os.environ.get(name)


def modules() -> list[str]:
    return list(sys.modules)
