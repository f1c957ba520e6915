"""A network is made once, and anew when anything about it changes."""

import os
from pathlib import Path

import pytest
import torch

from engine.vision import prepared
from engine.vision.architectures import UnknownArchitecture, untrained
from engine.vision.prepared import prepare
from engine.vision.weights import WeightsProblem


def test_the_last_one_stays_and_no_other() -> None:
    first = prepare("resnet20")
    assert prepare("resnet20") is first and not first.trained
    assert prepare("resnet20", seed=1) is not first
    assert len(prepared._last) == 1


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    for seed in (5, 6):
        torch.save(untrained("resnet20", seed).state_dict(), path)
        os.utime(path, (seed, seed))
        found = prepare("resnet20", weights=path)
        expected = untrained("resnet20", seed).state_dict()["conv1.weight"]
        assert found.trained and torch.equal(found.model.state_dict()["conv1.weight"], expected)


def test_nothing_is_kept_of_a_failure(tmp_path: Path) -> None:
    with pytest.raises(WeightsProblem):
        prepare("resnet20", weights=tmp_path / "none.pth")
    with pytest.raises(UnknownArchitecture):
        prepare("resnet19")
    assert not prepared._last
