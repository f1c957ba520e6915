"""Strokes: a soft brush whose drawings an address holds exactly."""

import numpy as np
import pytest

from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.strokes import LEVELS, RADIUS, quantised, rendered, segment


def test_a_dot_is_full_in_its_middle_and_falls_off_alike_on_all_sides():
    dot = rendered([[(14.5, 14.5)]])
    assert dot[14, 14] == 1
    assert 0 < dot[13, 13] < dot[13, 14] < 1
    assert np.array_equal(dot, dot.T) and np.array_equal(dot[:29], dot[::-1][np.r_[27, 0:27]])
    assert dot[14, 17] == 0


def test_the_ink_across_a_stroke_is_twice_the_radius():
    stroke = segment(28, 28, (-5, 14.2), (40, 14.2))
    assert stroke[:, 14].sum() == pytest.approx(2 * RADIUS, abs=2 / LEVELS)
    assert segment(28, 28, (-5, 14.2), (40, 14.2), radius=2.5)[:, 14].sum() == pytest.approx(5, abs=2 / LEVELS)


def test_a_stroke_has_no_gaps_and_its_direction_does_not_matter():
    there, back = rendered([[(2, 3), (25, 22), (4, 26)]]), rendered([[(4, 26), (25, 22), (2, 3)]])
    assert np.array_equal(there, back)
    assert (there[4:25].max(axis=1) > 0.8).all()


def test_strokes_are_joined_by_the_darker_ink():
    one, other = [(3, 3), (20, 20)], [(20, 3), (3, 20)]
    both = rendered([one, other])
    assert np.array_equal(both, np.maximum(rendered([one]), rendered([other])))


def test_nothing_and_what_lies_outside_leave_no_ink():
    assert not rendered([]).any() and not rendered([[]]).any()
    assert not rendered([[(-9, 4), (-9, 20)], [(50, 50)]]).any()
    assert rendered([[(2, 1)]], rows=3, columns=5).shape == (3, 5)


def test_a_drawing_comes_back_from_an_address_exactly():
    picture = rendered([[(9, 7.3), (14.1, 4.5), (18, 7), (13, 13.5), (19, 20), (8, 22.7)]])
    written = encode(picture.ravel())
    assert len(written) <= 4096
    assert np.array_equal(decode(written, 784).reshape(28, 28), picture)


def test_steps_are_those_of_the_grid_of_values():
    assert quantised(np.array([-1.0, 0.004, 0.02, 0.5, 1.2])).tolist() == [0, 0, 1 / 64, 0.5, 1]
