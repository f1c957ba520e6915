"""How it shows that memory lacks."""

from typing import Annotated, Any

import pytest
import torch
from msgspec import Meta, Struct
from tiny_training import TinySettings, TinyTraining, plain, training

from engine.training.memory import is_out_of_memory, reason


def test_the_allocators_are_recognized() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**55)
    assert is_out_of_memory(caught.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory."))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)"))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not is_out_of_memory(OSError(12, "Cannot allocate memory"))


@pytest.mark.parametrize(("batch", "fits", "found"), [(8, 4, 4), (7, 2, 1), (8, 0, None), (1, 0, None)])
def test_half_the_batch_is_tried_until_one_fits(batch: int, fits: int, found: int | None) -> None:
    assert reason(training, TinySettings(batch=batch, fits=fits), "cpu").values["suggested"] == found


def test_plain_settings_and_those_without_a_batch(tmp_path: object) -> None:
    assert reason(plain, {"batch": 8, "fits": 2}, "cpu").values["suggested"] == 2
    assert reason(plain, {"fits": 2}, "cpu").values == {
        "setting": "", "value": None, "suggested": None, "device": "cpu"
    }  # fmt: skip


class AtLeast(Struct, frozen=True):
    batch: Annotated[int, Meta(ge=4)] = 8


def test_no_batch_is_suggested_that_the_lab_does_not_allow() -> None:
    tried = []

    def make(settings: Any, device: str) -> TinyTraining:
        tried.append(settings.batch)
        return TinyTraining(TinySettings(batch=settings.batch, fits=0), device)

    assert reason(make, AtLeast(), "cpu").values["suggested"] is None and tried == [4]
