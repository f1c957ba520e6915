"""A forward pass shows what torch computes, and says how long each layer took."""

import numpy as np
import pytest
import torch
from torch import nn

from engine.vision.architectures import counted, untrained
from engine.vision.forward import UnknownLayerName, run


@pytest.fixture(scope="module")
def model() -> nn.Module:
    return untrained("resnet20", 0)


@pytest.fixture(scope="module")
def x() -> torch.Tensor:
    return torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))


def test_the_first_convolutions_maps_are_torchs(model: nn.Module, x: torch.Tensor) -> None:
    found = run(model, x, "conv1", first=3, most=4).maps
    expected = nn.functional.conv2d(x, model.get_parameter("conv1.weight"), padding=1)[0].detach()
    np.testing.assert_allclose(found.values, expected[3:7], rtol=1e-4, atol=1e-5)
    assert (found.first, found.total, found.flat) == (3, 16, False)
    assert found.low == pytest.approx(float(expected.min())) and found.high == pytest.approx(float(expected.max()))


def test_every_layer_has_its_time(model: nn.Module, x: torch.Tensor) -> None:
    done = run(model, x)
    assert list(done.times) == [layer.name for layer in counted("resnet20").layers[1:]]
    assert all(value >= 0 for value in done.times.values()) and sum(done.times.values()) <= done.total


def test_large_maps_are_reduced_to_means() -> None:
    model = nn.Sequential(nn.ReLU(), nn.Conv2d(1, 1, 1), nn.Flatten(), nn.Linear(256 * 128, 2))
    x = torch.rand(1, 1, 256, 128)
    maps = run(model, x, "0").maps
    assert maps.values.shape == (1, 64, 32)
    np.testing.assert_allclose(maps.values[0, 0, 0], x[0, 0, :4, :4].mean(), rtol=1e-5)


def test_units_without_places_fill_a_rectangle(model: nn.Module, x: torch.Tensor) -> None:
    maps = run(model, x, "fc").maps
    assert maps.values.shape == (1, 3, 4) and maps.flat and maps.total == 10
    assert int(np.isnan(maps.values).sum()) == 2


def test_signals_keep_their_size_without_training_and_nothing_is_kept(model: nn.Module, x: torch.Tensor) -> None:
    before = {name: value.clone() for name, value in model.state_dict().items()}
    maps = run(model, x, "layer3.2.bn2").maps
    assert 1 < maps.high < 20
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert not model.get_submodule("bn1").training


def test_trained_weights_use_what_was_learned(model: nn.Module, x: torch.Tensor) -> None:
    expected = model.eval()(x)[0].softmax(0).detach()
    best = run(model, x, trained=True).best
    assert best[0] == (int(expected.argmax()), pytest.approx(float(expected.max()), rel=1e-4))


def test_hooks_are_taken_off_even_after_an_error(model: nn.Module) -> None:
    with pytest.raises(RuntimeError):
        run(model, torch.zeros(1, 4, 32, 32))
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())


def test_an_unknown_layer_is_named(model: nn.Module, x: torch.Tensor) -> None:
    with pytest.raises(UnknownLayerName, match="conv9"):
        run(model, x, "conv9")


def test_heads_are_passed_too() -> None:
    done = run(untrained("googlenet_heads", 0), torch.zeros(1, 3, 224, 224), "head4a.full2")
    assert done.maps.total == 1000 and len(done.best) == 5


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_gpu_sees_the_same(x: torch.Tensor) -> None:
    near, far = (run(untrained("resnet20", 0, device), x, "layer1.0.relu1").maps.values for device in ("cpu", "cuda"))
    np.testing.assert_allclose(near, far, rtol=1e-2, atol=1e-2)
