"""What is read of a checkpoint without torch is what torch has written, or it is refused."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.training.checkpoint import load_weights, weights_snapshot
from engine.training.kept import CheckpointProblem, arrays
from engine.training.training import Step

STEP = Step(step=7, epoch=0.5, examples=28, progress=0.5, values={})


def test_arrays_are_the_tensors(tmp_path: Path) -> None:
    weights = {
        "C1.weight": torch.randn(6, 1, 5, 5),
        "half": torch.tensor([0.1, -2.0], dtype=torch.float16),
        "turned": torch.arange(6).reshape(2, 3).T,
        "about": torch.tensor([1, 2], dtype=torch.uint8),
        "empty": torch.empty(0, 3),
    }
    path = tmp_path / "w.safetensors"
    weights_snapshot(weights, STEP).write(path)
    found, tensors = arrays(path), load_weights(path).tensors
    assert found.keys() == tensors.keys() == weights.keys()
    for name, value in found.items():
        np.testing.assert_array_equal(value, tensors[name].numpy())


def test_what_is_damaged_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    weights_snapshot({"C1.weight": torch.ones(6, 25)}, STEP).write(path)
    content = path.read_bytes()
    for bad in (content[:-1], content[:-1] + b"\x01", b"", b"not safetensors"):
        path.write_bytes(bad)
        with pytest.raises(CheckpointProblem) as caught:
            arrays(path)
        assert caught.value.values["file"] == path.name
    with pytest.raises(CheckpointProblem):
        arrays(tmp_path / "none.safetensors")


def test_torch_stays_out() -> None:
    code = "import sys, engine.training.kept, lessons.convolution.samples.lenet5, lessons.language.samples.gpt; "
    code += "sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
