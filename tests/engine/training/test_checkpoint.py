"""States in files: exactly as they were, or refused."""

import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.training.checkpoint import (
    Checkpoint,
    CheckpointProblem,
    NotFinite,
    load,
    load_weights,
    snapshot,
    weights_snapshot,
)
from engine.training.training import Step

STEP = Step(step=7, epoch=0.1 + 0.2, examples=28, progress=1 / 3, values={"train_loss": 1.0})


def through(path: Path, state: dict[str, Any]) -> Any:
    snapshot(Checkpoint(STEP, 123, 4.5, state)).write(path)
    return load(path)


def equal(one: Any, other: Any) -> bool:
    """Tell whether two states are the same to the last bit, types included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, torch.Tensor):
        return one.dtype == other.dtype and one.equal(other)
    return bool(one == other)


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    shared = torch.arange(6.0)
    state = {
        "net": {"C1.weight": shared.reshape(2, 3), "C1": {"weight": shared[:2]}, "empty": torch.empty(0, 3)},
        "half": torch.tensor(0.1, dtype=torch.bfloat16),
        "counts": [torch.tensor([True, False]), torch.tensor(3)],
        "random": torch.Generator().manual_seed(3).get_state(),
        "numpy": {"big": np.random.default_rng(1).bit_generator.state["state"]["state"], "name": "PCG64", "猫": None},
        "rate": 0.1 + 0.2,
        "lowest": math.inf,
        "on": True,
        "of": {"tensor": "no tensor", "of": []},
        "turned": torch.arange(6).reshape(2, 3).T,
    }
    back = through(tmp_path / "c", state)
    assert (back.step.step, back.step.epoch, back.step.examples, back.step.progress) == (7, 0.1 + 0.2, 28, 1 / 3)
    assert (back.offset, back.seconds) == (123, 4.5)
    assert equal(back.state, state)
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.text(max_size=5), plain, max_size=4))
def test_any_plain_state_comes_back(tmp_path_factory: pytest.TempPathFactory, state: dict[str, Any]) -> None:
    assert through(tmp_path_factory.getbasetemp() / "plain", state).state == state


def test_a_snapshot_is_not_changed_by_what_follows(tmp_path: Path) -> None:
    weight = torch.zeros(3)
    taken = snapshot(Checkpoint(STEP, 0, 0.0, {"weight": weight}))
    weight += 1
    taken.write(tmp_path / "c")
    assert load(tmp_path / "c").state["weight"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_not_saved(value: float) -> None:
    with pytest.raises(NotFinite, match=r"net\.weight"):
        snapshot(Checkpoint(STEP, 0, 0.0, {"net": {"weight": torch.tensor([0.0, value])}}))
    with pytest.raises(NotFinite, match="C1"):
        weights_snapshot({"C1": torch.tensor(value)}, STEP)


@pytest.mark.parametrize("leaf", [{0: 1}, {"a": {1, 2}}, {"a": np.float32(1)}, {"a": [object()]}])
def test_other_leaves_are_refused(leaf: Any) -> None:
    with pytest.raises(TypeError):
        snapshot(Checkpoint(STEP, 0, 0.0, leaf))


def test_weights_stand_under_their_own_names(tmp_path: Path) -> None:
    weights_snapshot({"C1.kernel": torch.ones(2, 2)}, STEP).write(tmp_path / "w")
    back = load_weights(tmp_path / "w")
    assert (back.step, back.epoch, list(back.tensors)) == (7, 0.1 + 0.2, ["C1.kernel"])


def test_no_damaged_file_is_taken_for_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "c"
    through(path, {"weight": torch.arange(20.0), "step": 3})
    whole = path.read_bytes()
    chance = random.Random(0)
    damaged = [b"", whole[:5], whole[:-1], whole + b"\0", b"\0" * len(whole), whole[:-3] + b"abc"]
    damaged += [whole[: chance.randrange(len(whole))] for _ in range(40)]
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(CheckpointProblem) as caught:
            load(path)
        assert caught.value.values["path"] == str(path) and caught.value.values["text"]
    with pytest.raises(CheckpointProblem, match="No such file"):
        load(tmp_path / "missing")


def test_weights_are_no_state_to_go_on_from(tmp_path: Path) -> None:
    weights_snapshot({"C1": torch.ones(2)}, STEP).write(tmp_path / "w")
    with pytest.raises(CheckpointProblem, match="offset"):
        load(tmp_path / "w")
