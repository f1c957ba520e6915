"""Letters: of the size, at the place and at the angle that was asked for."""

import numpy as np
import pytest

from engine.vision.letters import LetterError, has, letter


@pytest.mark.parametrize("size", [8, 16, 40])
def test_a_capital_is_as_high_as_asked_and_in_the_middle(size: int) -> None:
    ink = letter("H", 64, size)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.3), np.flatnonzero(ink.max(axis=0) > 0.3)

    assert abs(len(rows) - size) <= 1
    assert abs(rows[0] + rows[-1] - 63) <= 1 and abs(columns[0] + columns[-1] - 63) <= 2
    assert ink.shape == (64, 64) and ink.min() >= 0 and ink.max() == 1


def test_ink_comes_in_hundredths() -> None:
    ink = letter("S", 32, 23, 17) * 100

    np.testing.assert_allclose(ink, np.rint(ink), atol=1e-9)


def test_a_quarter_turn_turns_to_the_left() -> None:
    np.testing.assert_allclose(letter("L", 32, 20, 90), np.rot90(letter("L", 32, 20)), atol=0.02)


def test_what_is_too_large_is_cut_off_and_a_blank_is_empty() -> None:
    assert letter("A", 16, 64).shape == (16, 16)
    assert not letter(" ", 16, 10).any()


@pytest.mark.parametrize("character", ["", "AB", "あ", "\n1"])
def test_what_the_font_lacks_is_refused(character: str) -> None:
    assert not has(character)
    with pytest.raises(LetterError):
        letter(character, 32, 20)


def test_a_letter_handed_out_can_be_changed() -> None:
    letter("A", 16, 10)[:] = 7
    assert letter("A", 16, 10).max() <= 1
