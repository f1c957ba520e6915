"""Two layers of the same units do what one unit can't."""

import numpy as np

from engine.network.two_layer import TwoLayer, Unit, regions

ROWS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def test_it_computes_exclusive_or_from_or_and_nand() -> None:
    network = TwoLayer()
    assert network.hidden(ROWS).tolist() == [[0, 1], [1, 1], [1, 1], [1, 0]]
    assert network(ROWS).tolist() == [0, 1, 1, 0]


def test_each_unit_can_be_changed() -> None:
    network = TwoLayer(last=Unit(1, 1, 0.5))
    assert network(ROWS).tolist() == [1, 1, 1, 1]


def test_its_region_is_the_strip_between_two_lines() -> None:
    x1, x2 = np.linspace(-0.5, 1.5, 21), np.linspace(-0.5, 1.5, 11)
    found = regions(TwoLayer(), x1, x2)
    assert found.output.shape == (11, 21) and found.hidden.shape == (11, 21, 2)
    total = np.round(x1[None, :] + x2[:, None], 9)
    np.testing.assert_array_equal(found.output, (total > 0.5) & (total < 1.5))
    np.testing.assert_array_equal(found.hidden[..., 0], total > 0.5)
