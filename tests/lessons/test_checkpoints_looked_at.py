"""Labs that look at earlier moments of a training: which network a checkpoint names, and networks that are no use."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.generative.causal.problem import CausalProblem
from engine.generative.prompt.errors import PromptError
from engine.training import folder
from engine.training.checkpoint import CheckpointProblem, weights_snapshot
from engine.training.folder import Run
from engine.training.training import Step
from lessons.catalogue import load
from lessons.vocabulary.checkpoints import nearest
from lessons.vocabulary.settings import settings_from
from tui.errors import explain, of_model
from tui.locale import words

LABS: dict[str, dict[str, str]] = {
    "image_generation.causal_graph": {"harmonics": "2", "steps": "100", "batch": "4"},
    "image_generation.diffusion": {"width": "8", "images": "100", "updates": "10", "batch": "4", "pixels": "16"},
    "generative_ai.prompt_box": {"train_steps": "10", "batch": "4", "width": "16"},
}
LOOKED = {"generative_ai.prompt_box": {"samples": "1", "steps": "1"}, "image_generation.diffusion": {"steps": "1"}}


def function(name: str, what: str) -> Any:
    return getattr(import_module(load(name).experiment.partition(":")[0]), what)


@pytest.fixture(params=LABS)
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run that has kept its networks before training and twice after, the last of which is another one."""
    monkeypatch.setenv("NNLAB_RUNS", str(tmp_path))
    settings = settings_from(load(request.param).settings, LABS[request.param])
    made = function(request.param, "training")(settings, "cpu")
    found = folder.create(
        tmp_path, lab=request.param, settings=load(request.param).trained(settings), function="t:none", threads=1
    )
    weights = made.weights()
    for step in (0, 3, 10):
        moved = {name: each + step / 10 * torch.ones_like(each) for name, each in weights.items()}
        at = Step(step=step, epoch=0, examples=step, progress=step / 10)
        weights_snapshot(moved, at).write(found.weights_path(step))
    return found


def see(run: Run, **changes: str) -> Any:
    name = run.record().lab
    changes = LOOKED.get(name, {}) | {"run": run.id, **changes}
    return function(name, "observe")(settings_from(load(name).settings, changes))


def step_of(seen: Any) -> int:
    return int(seen.trained_steps if hasattr(seen, "trained_steps") else seen.at_step)


def test_a_checkpoint_names_a_kept_network_and_the_last_one_stands_for_all_beyond(kept: Run) -> None:
    assert [step_of(see(kept, checkpoint=place)) for place in ("0", "1", "2", "3", "99")] == [0, 3, 10, 10, 10]
    assert see(kept).steps_kept == (0, 3, 10)
    assert nearest((0, 3, 10), 1) == 3


def test_what_comes_with_the_program_has_one_moment(kept: Run) -> None:
    shipped = function(kept.record().lab, "observe")(load(kept.record().lab).settings())
    assert shipped.steps_kept == (step_of(shipped),)


@pytest.mark.parametrize("older", [True, False])
def test_a_network_of_an_older_nnlab_or_another_size_is_refused_in_one_sentence(kept: Run, older: bool) -> None:
    weights = function(kept.record().lab, "training")(
        settings_from(load(kept.record().lab).settings, LABS[kept.record().lab]), "cpu"
    ).weights()
    if older:
        wrong = {f"old.{name}": each for name, each in weights.items()}
    else:
        wrong = {name: torch.cat([each, each]) if each.dim() else each for name, each in weights.items()}
    at = Step(step=10, epoch=0, examples=10, progress=1)
    weights_snapshot(wrong, at).write(kept.weights_path(10))
    with pytest.raises((CheckpointProblem, CausalProblem, PromptError)) as refused:
        see(kept)
    for language in ("ja", "en"):
        said = of_model(type(refused.value).__name__, refused.value.values, words(language))
        assert said and said == explain(refused.value, words(language)) and "\n" not in said
    assert step_of(see(kept, checkpoint="1")) == 3, "the others can still be looked at"
