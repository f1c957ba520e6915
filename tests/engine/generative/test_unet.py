import pytest
import torch

from engine.generative.ema import Ema
from engine.generative.unet import UNet, unet


def made(**sizes: int) -> UNet:
    network = unet(torch.Generator().manual_seed(0), **sizes).eval()
    with torch.no_grad():
        for each in network.parameters():  # no layer that begins at zero hides what comes before it
            each.add_(torch.randn(each.shape, generator=torch.Generator().manual_seed(each.numel())) * 0.05)
    return network.requires_grad_(False)


def test_the_network_for_digits_has_the_size_that_the_lesson_says() -> None:
    assert unet(classes=10).parameters_count == 467_716


@pytest.mark.parametrize(("side", "unshuffle"), [(28, 2), (16, 2), (32, 4), (28, 1), (20, 2)])
def test_what_comes_out_has_the_shape_of_what_goes_in(side: int, unshuffle: int) -> None:
    network = made(channels=3, unshuffle=unshuffle, width=8, middle=1)
    assert network(torch.randn(2, 3, side, side), torch.rand(2)).shape == (2, 3, side, side)


def test_each_condition_changes_the_picture() -> None:
    network = made(width=8, classes=3, vector=5, painted=2)
    x, level, kind = torch.randn(2, 1, 8, 8), torch.tensor([0.3, 0.3]), network.any_kind(2)
    vector, painted = torch.randn(2, 5), torch.randn(2, 2, 4, 4)
    first = network(x, level, kind, vector, painted)
    assert not torch.allclose(first, network(x, level + 0.2, kind, vector, painted))
    assert not torch.allclose(first, network(x, level, torch.tensor([0, 1]), vector, painted))
    assert not torch.allclose(first, network(x, level, kind, vector + 1, painted))
    assert not torch.allclose(first, network(x, level, kind, vector, painted + 1))


def test_a_picture_does_not_depend_on_those_beside_it() -> None:
    network = made(width=8, classes=3)
    x, level, kind = torch.randn(4, 1, 8, 8), torch.rand(4), torch.tensor([0, 1, 2, 3])
    alone = torch.cat([network(*(each[i : i + 1] for each in (x, level, kind))) for i in range(4)])
    torch.testing.assert_close(network(x, level, kind), alone, atol=1e-5, rtol=1e-4)


def test_first_weights_follow_from_the_seed() -> None:
    torch.manual_seed(5)
    first = unet(torch.Generator().manual_seed(1), width=8).state_dict()
    torch.manual_seed(6)
    second = unet(torch.Generator().manual_seed(1), width=8).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_the_mean_of_weights_warms_up() -> None:
    layer = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        layer.weight.fill_(0)
    mean = Ema(layer, decay=0.5)
    expected = 0.0
    for number in range(1, 12):
        with torch.no_grad():
            layer.weight.fill_(number)
        mean.update(layer)
        keep = min(0.5, (1 + number) / (10 + number))
        expected = keep * expected + (1 - keep) * number
        assert float(mean.weights["weight"]) == pytest.approx(expected)
