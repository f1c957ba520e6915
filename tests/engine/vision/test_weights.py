"""Published weights fit; those of another network, broken ones and ones that would run code do not, and say why."""

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import Tensor

from engine.vision.architectures import build, untrained
from engine.vision.weights import WeightsProblem, load

NORM = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")


def residual_names(depths: tuple[int, ...], convolutions: int) -> Iterator[str]:
    """Names in torchvision's ResNets."""
    yield "conv1.weight"
    yield from (f"bn1.{part}" for part in NORM)
    for stage, depth in enumerate(depths, 1):
        for block in range(depth):
            at = f"layer{stage}.{block}"
            for index in range(1, convolutions + 1):
                yield f"{at}.conv{index}.weight"
                yield from (f"{at}.bn{index}.{part}" for part in NORM)
            if block == 0 and (stage > 1 or convolutions == 3):
                yield f"{at}.downsample.0.weight"
                yield from (f"{at}.downsample.1.{part}" for part in NORM)
    yield from ("fc.weight", "fc.bias")


@pytest.mark.parametrize(
    ("name", "depths", "convolutions"),
    [
        ("resnet18", (2, 2, 2, 2), 2),
        ("resnet34", (3, 4, 6, 3), 2),
        ("resnet50", (3, 4, 6, 3), 3),
        ("resnet152", (3, 8, 36, 3), 3),
    ],
)
def test_residual_networks_have_the_published_names(name: str, depths: tuple[int, ...], convolutions: int) -> None:
    state = build(name).state_dict()
    assert set(state) == set(residual_names(depths, convolutions))
    assert state["conv1.weight"].shape == (64, 3, 7, 7)
    assert state["layer2.0.downsample.0.weight"].shape[2:] == (1, 1)


def test_vgg_has_the_published_names() -> None:
    places = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
    names = [f"features.{place}" for place in places] + [f"classifier.{place}" for place in (0, 3, 6)]
    state = build("vgg16").state_dict()
    assert list(state) == [f"{name}.{part}" for name in names for part in ("weight", "bias")]
    assert state["classifier.0.weight"].shape == (4096, 25088)


@pytest.fixture
def state() -> dict[str, Tensor]:
    """Weights of a small network, all different from what it begins with."""
    return {
        name: value + 0.5 if value.is_floating_point() else value
        for name, value in untrained("resnet20", 1).state_dict().items()
    }


@pytest.mark.parametrize("form", ["safetensors", "zip", "legacy"])
def test_all_forms_are_taken(form: str, tmp_path: Path, state: dict[str, Tensor]) -> None:
    path = tmp_path / "weights"
    if form == "safetensors":
        safetensors.torch.save_file(state, path)
    else:
        torch.save(state, path, _use_new_zipfile_serialization=form == "zip")
    model = untrained("resnet20", 0)
    load(model, path)
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())
    path.unlink()
    model(torch.zeros(1, 3, 32, 32))


def test_half_precision_and_missing_counters_are_taken(tmp_path: Path, state: dict[str, Tensor]) -> None:
    old = {name: value.half() for name, value in state.items() if not name.endswith("num_batches_tracked")}
    torch.save(old, tmp_path / "old.pth")
    model = untrained("resnet20", 0)
    load(model, tmp_path / "old.pth")
    assert model.state_dict()["fc.bias"].dtype == torch.float32
    assert torch.equal(model.state_dict()["fc.bias"], old["fc.bias"].float())


def refused(path: Path) -> WeightsProblem:
    """Why a file is refused; the model stays as it was."""
    model = untrained("resnet20", 0)
    before = model.state_dict()["conv1.weight"].clone()
    with pytest.raises(WeightsProblem) as caught:
        load(model, path)
    assert torch.equal(model.state_dict()["conv1.weight"], before)
    return caught.value


def test_another_network_is_told_by_its_first_names(tmp_path: Path) -> None:
    torch.save(
        {"features.0.weight": torch.zeros(64, 3, 11, 11), "features.0.bias": torch.zeros(64)}, tmp_path / "a.pth"
    )
    problem = refused(tmp_path / "a.pth")
    assert problem.reason == "names"
    assert problem.values["missing"] == ["conv1.weight", "bn1.weight", "bn1.bias"]
    assert problem.values["unexpected"] == ["features.0.weight", "features.0.bias"]


def test_another_size_is_told_by_its_first_shape(tmp_path: Path, state: dict[str, Tensor]) -> None:
    safetensors.torch.save_file(state | {"fc.weight": torch.zeros(100, 64)}, tmp_path / "a.safetensors")
    problem = refused(tmp_path / "a.safetensors")
    assert problem.values["name"] == "fc.weight"
    assert (problem.values["expected"], problem.values["found"]) == ([10, 64], [100, 64])


class Malicious:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


@pytest.mark.parametrize("form", ["zip", "legacy", "pickle"])
def test_a_file_that_would_run_code_is_refused_and_does_not(form: str, tmp_path: Path) -> None:
    trap, path = tmp_path / "trap", tmp_path / "evil.pth"
    if form == "pickle":
        path.write_bytes(pickle.dumps(Malicious(trap)))
    else:
        torch.save({"fc.bias": Malicious(trap)}, path, _use_new_zipfile_serialization=form == "zip")
    assert refused(path).reason == "code"
    assert not trap.exists()


def test_what_is_no_file_of_weights_is_refused(tmp_path: Path, state: dict[str, Tensor]) -> None:
    assert refused(tmp_path / "none.pth").reason == "missing"
    assert refused(tmp_path).reason == "missing"
    path = tmp_path / "file"
    for content, reason in ((b"", "format"), (b"hello", "format"), (b"PK\x03\x04 and more", "unreadable")):
        path.write_bytes(content)
        assert refused(path).reason == reason
    for whole in (safetensors.torch.save(state), pickle.dumps([1, 2])):
        path.write_bytes(whole[: len(whole) * 2 // 3])
        assert refused(path).reason in ("unreadable", "code")
    torch.save([torch.zeros(2)], path)
    assert refused(path).reason == "format"


@pytest.mark.parametrize(("value", "reason"), [(float("nan"), "not_finite"), (float("inf"), "not_finite")])
def test_numbers_must_be_finite(value: float, reason: str, tmp_path: Path, state: dict[str, Tensor]) -> None:
    torch.save(state | {"fc.bias": torch.full((10,), value)}, tmp_path / "a.pth")
    problem = refused(tmp_path / "a.pth")
    assert (problem.reason, problem.values["name"]) == (reason, "fc.bias")


def test_kinds_of_numbers_and_of_values_must_fit(tmp_path: Path, state: dict[str, Tensor]) -> None:
    torch.save(state | {"fc.bias": torch.zeros(10, dtype=torch.int64)}, tmp_path / "a.pth")
    assert refused(tmp_path / "a.pth").reason == "types"
    torch.save(state | {"fc.bias": 3}, tmp_path / "a.pth")
    assert refused(tmp_path / "a.pth").reason == "shapes"
