"""Square pictures as text: they come back, fit an address, and what is none is refused."""

import numpy as np
import pytest

from lessons.vocabulary.drawings import DrawingError
from lessons.vocabulary.pictures import LONGEST, STEPS, pack, unpack


@pytest.mark.parametrize("side", [2, 16, 24, 32, 48, 64])
def test_a_picture_comes_back_in_sixteen_steps(side: int) -> None:
    image = np.random.default_rng(side).random((side, side))
    text = pack(image)

    assert len(text) <= LONGEST
    assert np.abs(unpack(text, side) - image).max() <= 0.5 / STEPS + 0.006
    assert pack(unpack(text, side)) == text


def test_an_empty_picture_is_the_empty_text() -> None:
    assert pack(np.zeros((16, 16))) == ""
    assert not unpack("", 24).any() and unpack("", 24).shape == (24, 24)


def test_another_side_is_fitted() -> None:
    image = np.zeros((16, 16))
    image[4:8, 8:12] = 1
    large = unpack(pack(image), 32)

    assert large[8:16, 16:24].min() == 1 and large.sum() == 64
    np.testing.assert_array_equal(unpack(pack(large), 16), image)


@pytest.mark.parametrize("text", ["0", "?", "線", "AAAA", "A" * 3000])
def test_what_is_no_picture_is_refused(text: str) -> None:
    with pytest.raises(DrawingError):
        unpack(text, 32)
