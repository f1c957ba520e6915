"""The choice of a device, on machines that are made up."""

import pytest
import torch

from engine import device
from engine.device import DeviceUnavailable, choose, chosen, visible
from engine.machine import Gpu


def gpu(index: int, free: int = 10, busy: float = 0.0, name: str = "H100") -> Gpu:
    return Gpu(index, f"GPU-{index}abc", name, 10, free, busy)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NNLAB_DEVICE", "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"):
        monkeypatch.delenv(name, raising=False)
    # Put back what choose() writes there.
    monkeypatch.setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(device, "_last", [])


def machine_with(monkeypatch: pytest.MonkeyPatch, *found: Gpu, shown: int | None = None) -> None:
    count = len(found) if shown is None else shown
    monkeypatch.setattr(device, "gpus", lambda: list(found))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: count > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: count)


def test_the_least_busy_gpu_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, gpu(0, busy=0.9), gpu(1, free=2), gpu(2, free=9), gpu(3, free=9))
    assert chosen() is None
    found = choose()
    assert (found.kind, found.index, found.torch_name, found.memory_free) == ("cuda", 2, "cuda:2", 9)
    assert chosen() == found
    assert not torch.cuda.is_initialized()


def test_numbers_follow_what_cuda_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, gpu(0), gpu(1, free=1), gpu(2, free=5), shown=2)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1,2")
    assert choose().torch_name == "cuda:1"  # the third GPU is the second one shown
    assert choose("cuda:0").memory_free == 1


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (None, [0, 1, 2]),
        ("", []),
        ("2,0", [2, 0]),
        ("GPU-1, GPU-0a", [1, 0]),
        ("0,-1,2", [0]),
        ("0,7,2", [0]),
        ("GPU-", []),
        ("1,1", [1]),
    ],
)
def test_visible_devices_by_the_rules_of_cuda(setting: str | None, expected: list[int]) -> None:
    assert [each.index for each in visible([gpu(0), gpu(1), gpu(2)], setting)] == expected


def test_numbers_that_may_mean_another_model_are_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = [gpu(0), gpu(1, name="T4")]
    assert visible(mixed, "1") == [mixed[1]]
    monkeypatch.delenv("CUDA_DEVICE_ORDER")
    assert visible(mixed, "1")[0].memory_total == 0
    assert visible(mixed, "GPU-1")[0] is mixed[1]


def test_a_slice_of_a_gpu_is_taken_without_details(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, gpu(0), shown=1)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "MIG-1234")
    assert choose().name == "MIG-1234"


def test_the_environment_wins_over_the_setting_and_the_setting_over_the_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine_with(monkeypatch, gpu(0))
    assert choose("cpu").kind == "cpu"
    assert choose("auto").kind == "cuda"
    monkeypatch.setenv("NNLAB_DEVICE", "CPU")
    assert choose("cuda").kind == "cpu"


def test_mps_before_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert choose().torch_name == "mps"


@pytest.mark.parametrize("wanted", ["cuda", "cuda:0", "mps", "tpu"])
def test_what_is_not_there_is_an_error_with_what_is(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    machine_with(monkeypatch)
    with pytest.raises(DeviceUnavailable) as caught:
        choose(wanted)
    assert caught.value.values == {"wanted": wanted, "available": ["cpu"]}
