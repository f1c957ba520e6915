"""Drawings: text that holds an array, and nothing but an array."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.address import encode as percent_encoded
from lessons.vocabulary.drawings import DrawingError, decode, encode


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=200))
def test_a_drawing_comes_back_to_three_decimals(values):
    text = encode(np.array(values))
    drawn = decode(text, len(values))

    assert np.abs(drawn - values).max() <= 0.0005
    assert encode(drawn) == text, "read and written again it is the same text"


def test_nothing_drawn_is_the_empty_text_and_all_zeros():
    assert encode(np.array([0.0, -0.0, 0.0])) == ""
    assert decode("", 3).tolist() == [0, 0, 0]


def test_its_letters_stand_in_an_address_as_they_are():
    text = encode(np.linspace(-1, 1, 64))

    assert percent_encoded(text) == text


@pytest.mark.parametrize("text", ["A", "AAA", "AA==", "PAA8AA\n", "+/+/", "線", " ", "AADA"])
def test_what_is_no_drawing_of_two_numbers_is_refused(text):
    with pytest.raises(DrawingError):
        decode(text, 2)


def test_numbers_that_are_none_are_refused_both_ways():
    with pytest.raises(DrawingError):
        encode(np.array([np.nan, 1]))
    with pytest.raises(DrawingError):
        encode(np.array([1e6, 1]))
    with pytest.raises(DrawingError):
        decode("AHwAAA", 2)  # the first of the two is infinity
