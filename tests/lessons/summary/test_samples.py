"""Every lab that trains shows in a report what its runs have made last, of weights as its own training keeps them."""

from importlib import import_module
from pathlib import Path

import pytest
from recorded import Recorded

from engine.training.checkpoint import weights_snapshot
from engine.training.training import Step
from lessons.catalogue import lab_names, load
from lessons.summary.gathering import gathered, sample_of
from lessons.summary.labs.report.settings import ReportSettings
from lessons.vocabulary.observation import FIGURES
from lessons.vocabulary.settings import fields, settings_from

SMALL = {
    "convolution.lenet5": {"images": 100},
    "language.gpt": {"layers": 1, "heads": 1, "width": 8, "context": 8},
    "generative_ai.prompt_box": {"width": 8},
    "image_generation.diffusion": {"pixels": "16", "width": 8, "images": 100},
    "image_generation.causal_graph": {"train": True},
}
"""Settings with which a training is quickly made."""

TRAINING = [name for name in lab_names() if load(name).training]


@pytest.mark.parametrize("name", TRAINING)
def test_a_lab_that_trains_has_its_sample(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, lab = Recorded(tmp_path), load(name)
    record.name(monkeypatch)
    known = {setting.name for setting in fields(lab.settings)}
    values = {key: value for key, value in SMALL.get(name, {}).items() if key in known}
    module, _, function = lab.training.partition(":")
    training = getattr(import_module(module), function)(settings_from(lab.settings, values), "cpu")
    run = record.run(1, lab=name, settings=values)
    (found,) = gathered(ReportSettings()).runs
    assert not found.sample and found.sample_problem is None  # nothing is kept yet
    step = Step(step=10, epoch=1.0, examples=320, progress=1.0, values={})
    weights_snapshot(training.weights(), step).write(run.weights_path(10))
    shown = sample_of(run, found.listed)
    assert shown and all(isinstance(each, FIGURES) for each in shown)
    run.weights_path(10).write_bytes(b"damaged")
    run.weights_path(10).rename(run.weights_path(11))
    (found,) = gathered(ReportSettings()).runs
    assert not found.sample and found.sample_problem is not None
