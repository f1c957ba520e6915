"""The known function from causes to an image."""

import math

import pytest
import torch

from engine.generative.scene import ARM, OBJECTS, PERIODS, RING, SIDE, draw

RADIUS = 9.0


def one(kind: int, x: float = 0.0, y: float = 0.0, degrees: float = 0.0, radius: float = RADIUS) -> torch.Tensor:
    """Draw one scene, exactly."""
    numbers = (torch.tensor([each], dtype=torch.float64) for each in (x, y, degrees, radius))
    return draw(torch.tensor([kind]), *numbers)[0]


AREAS = {
    "disc": math.pi,
    "square": 2.0,
    "triangle": 3 * math.sqrt(3) / 4,
    "ring": math.pi * (1 - RING**2),
    "cross": 8 * ARM * math.sqrt(1 - ARM**2) - 4 * ARM**2,
}
"""Of each object of radius 1."""


@pytest.mark.parametrize("name", OBJECTS)
def test_ink_adds_up_to_the_objects_area_wherever_it_lies(name: str) -> None:
    area = AREAS[name] * RADIUS**2
    for x, y, degrees in ((0, 0, 0), (0.3, -0.6, 10), (-4.25, 3.5, 33), (5, 5, 77)):
        assert float(one(OBJECTS.index(name), x, y, degrees).sum()) == pytest.approx(area, rel=0.01)


@pytest.mark.parametrize("kind", range(len(OBJECTS)))
def test_ink_is_the_share_of_each_pixel_that_is_covered(kind: int) -> None:
    """Against the same object sixteen times as large, in black and white, whose pixels are counted.

    A corner is the meeting of two lines that a pixel's one distance can't tell; everywhere else they nearly agree.
    """
    times = 16
    numbers = (torch.tensor([each], dtype=torch.float64) for each in (2.3 * times, -1.4 * times, 21, RADIUS * times))
    fine = (draw(torch.tensor([kind]), *numbers, side=SIDE * times)[0] > 0.5).double()
    counted = fine.reshape(SIDE, times, SIDE, times).mean((1, 3))
    ink = one(kind, 2.3, -1.4, 21)
    assert float((ink - counted).abs().max()) < 0.3
    assert int(((ink - counted).abs() > 0.1).sum()) <= 12
    assert float((ink - counted).abs().mean()) < 0.004


@pytest.mark.parametrize("kind", range(len(OBJECTS)))
def test_turned_by_its_period_it_is_the_same_and_by_less_it_is_not(kind: int) -> None:
    before = one(kind, 1.5, 2.5, 12)
    if PERIODS[kind] == 0:
        assert torch.allclose(before, one(kind, 1.5, 2.5, 47))
        return
    assert torch.allclose(before, one(kind, 1.5, 2.5, 12 + PERIODS[kind]))
    for less in (PERIODS[kind] / 3, PERIODS[kind] / 2):
        assert float((before - one(kind, 1.5, 2.5, 12 + less)).abs().max()) > 0.3


@pytest.mark.parametrize("kind", range(len(OBJECTS)))
def test_x_goes_to_the_right_and_y_upwards(kind: int) -> None:
    """By whole pixels the picture is shifted exactly; rows go downwards."""
    shifted = torch.roll(one(kind, degrees=10), shifts=(-3, 4), dims=(0, 1))
    assert torch.allclose(shifted, one(kind, x=4, y=3, degrees=10))


def test_angles_go_against_the_clock() -> None:
    """A triangle with its corner at the top has it at the left after a quarter turn."""
    left = one(OBJECTS.index("triangle"), degrees=90)
    assert torch.allclose(left, torch.rot90(one(OBJECTS.index("triangle"))))


def test_it_lies_within_the_circle_of_its_radius() -> None:
    places = torch.arange(SIDE) - (SIDE - 1) / 2
    outside = torch.hypot(places[:, None], places) > RADIUS + 1
    for kind in range(len(OBJECTS)):
        for degrees in (0, 20, 45):
            assert float(one(kind, degrees=degrees)[outside].max()) == 0


def test_a_batch_is_drawn_as_each_alone() -> None:
    kinds = torch.tensor([4, 0, 2, 1, 3, 2])
    numbers = torch.randn(4, 6, generator=torch.Generator().manual_seed(1)).double()
    x, y, degrees, radius = numbers[0], numbers[1], 40 * numbers[2], 5 + numbers[3].abs()
    together = draw(kinds, x, y, degrees, radius)
    assert together.shape == (6, SIDE, SIDE)
    for place, kind in enumerate(kinds.tolist()):
        alone = one(kind, float(x[place]), float(y[place]), float(degrees[place]), float(radius[place]))
        assert torch.equal(together[place], alone)


def test_it_keeps_dtype_and_device() -> None:
    assert draw(torch.tensor([1]), torch.zeros(1), torch.zeros(1), torch.zeros(1), 5.0).dtype == torch.float32


@pytest.mark.gpu
def test_it_is_drawn_alike_on_a_gpu() -> None:
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    kinds, numbers = torch.arange(5), torch.linspace(-4, 20, 5)
    here = draw(kinds, numbers / 4, numbers / 8, numbers, 6.0)
    there = draw(kinds.cuda(), numbers.cuda() / 4, numbers.cuda() / 8, numbers.cuda(), 6.0)
    assert torch.allclose(here, there.cpu(), atol=1e-4)
