"""Feature maps beside torch's convolution, beside sums written out, and where a kernel has no place."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from engine.vision.features import ImpossibleSize, Steps, cell_sum, correlate, max_pool, relu

RANDOM = np.random.default_rng(4)
STEPS = [Steps(), Steps(2), Steps(3, 2), Steps(1, 1, 2), Steps(4, 3, 3)]


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("side", [1, 3, 5])
def test_maps_are_those_of_torch(steps: Steps, side: int) -> None:
    maps, kernels = RANDOM.normal(size=(3, 17, 20)), RANDOM.normal(size=(4, 3, side, side))
    wanted = F.conv2d(
        torch.tensor(maps)[None],
        torch.tensor(kernels),
        torch.full((4,), 0.3, dtype=torch.float64),
        steps.stride,
        steps.padding,
        steps.dilation,
    )[0]

    found = correlate(maps, kernels, 0.3, steps)

    np.testing.assert_allclose(found, wanted.numpy(), atol=1e-12)
    assert found.shape[1:] == (steps.places(17, side), steps.places(20, side))


@pytest.mark.parametrize("steps", STEPS)
def test_a_cell_written_out_is_the_cell_of_the_map(steps: Steps) -> None:
    maps, kernel = RANDOM.normal(size=(2, 19, 19)), RANDOM.normal(size=(2, 3, 3))
    found = correlate(maps, kernel[None], -0.4, steps)[0]

    for place in ((0, 0), (1, 2), (found.shape[0] - 1, found.shape[1] - 1)):
        cell = cell_sum(maps, kernel, place, -0.4, steps)
        assert cell.total == pytest.approx(found[place])
        np.testing.assert_allclose(cell.products, cell.patch * kernel)
        assert cell.sums.sum() - 0.4 == pytest.approx(cell.total)


def test_a_kernel_that_reaches_too_far_says_how_far() -> None:
    with pytest.raises(ImpossibleSize) as caught:
        correlate(np.zeros((1, 16, 16)), np.zeros((1, 1, 5, 5)), steps=Steps(padding=1, dilation=5))
    assert caught.value.values == {"reach": 21, "length": 18}
    assert Steps(padding=3, dilation=5).places(16, 5) == 2


def test_a_stride_leaves_pixels_unseen() -> None:
    assert [Steps(stride).unseen(32, 5) for stride in (1, 2, 3, 4)] == [0, 1, 0, 3]
    seen = correlate(np.ones((1, 8, 8)), np.ones((1, 1, 3, 3)), steps=Steps(2))
    changed = np.ones((1, 8, 8))
    changed[:, 7:] = changed[:, :, 7:] = 9
    np.testing.assert_array_equal(seen, correlate(changed, np.ones((1, 1, 3, 3)), steps=Steps(2)))


def test_pooling_keeps_the_greatest_and_smaller_blocks_at_the_edge() -> None:
    maps = RANDOM.normal(size=(2, 5, 7))
    wanted = F.max_pool2d(torch.tensor(maps), 2, ceil_mode=True).numpy()

    np.testing.assert_array_equal(max_pool(maps), wanted)
    np.testing.assert_array_equal(relu(np.array([-1.0, 0, 2])), [0, 0, 2])
