"""The heavy half of `image_generation.causal_graph`: images forwards and back, drawings, runs, what is missing."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import lessons.image_generation
from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.training import DEFAULTS
from engine.training import folder
from engine.training.checkpoint import CheckpointProblem, weights_snapshot
from engine.training.folder import Run
from engine.training.training import Step
from lessons.image_generation.experiments.causal_graph import observe, summary, training
from lessons.image_generation.labs.causal_graph import LAB
from lessons.image_generation.labs.causal_graph.exercises import ring
from lessons.image_generation.labs.causal_graph.settings import CausalGraphSettings
from lessons.vocabulary.drawings import encode
from lessons.vocabulary.settings import SettingError, settings_from


def see(**changes: Any) -> Any:
    return observe(CausalGraphSettings(**changes))


def test_the_command_line_ends_with_what_both_networks_reach() -> None:
    seen = see()
    assert seen.iou >= 0.92 and seen.object_accuracy >= 0.99
    assert seen.position_error_px <= 0.1 and seen.angle_error_deg <= 0.5


def test_the_graph_is_the_lectures() -> None:
    """Object, Position and Orientation have no causes, and all three lead to the Image."""
    graph = see().graph
    assert [node.symbol.rpartition(".")[2] for node in graph.nodes] == ["object", "position", "orientation", "image"]
    assert {(link.source, link.target) for link in graph.links} == {
        (each, "image") for each in ("object", "x", "angle")
    }
    for name in ("lesson.en.md", "lesson.ja.md"):
        text = (Path(lessons.image_generation.__file__).parent / name).read_text(encoding="utf-8")
        for fact in ("PRML", "GAN", "VAE", "Kingma", "2014", "Ho", "2020", "q(xₜ|xₜ₋₁)", "p_θ(xₜ₋₁|xₜ)"):
            assert fact in text, (name, fact)


@pytest.mark.parametrize("kind", ["disc", "square", "triangle", "ring", "cross"])
def test_the_causes_are_inferred_back(kind: str) -> None:
    for x, y, angle in ((-5, 5, -100), (0.5, -2, 10), (6, 0, 170)):
        seen = see(object=kind, x=x, y=y, angle=angle)
        assert seen.inferred_object == kind and seen.certainty > 0.9
        assert np.hypot(seen.inferred_x - x, seen.inferred_y - y) < 0.3
        if kind in ("disc", "ring"):
            assert seen.inferred_angle is None and seen.period == 0
        else:
            off = abs(seen.inferred_angle - angle) % seen.period
            assert 0 <= seen.inferred_angle < seen.period and min(off, seen.period - off) < 3


def test_turned_by_its_period_an_object_is_the_same_image() -> None:
    for kind, period in (("square", 90), ("triangle", 120), ("disc", 57)):
        one, two = see(object=kind, angle=15), see(object=kind, angle=15 + period)
        np.testing.assert_allclose(one.image.values, two.image.values, atol=0.002)


def test_a_shifted_image_has_its_causes_elsewhere_and_what_leaves_it_is_lost() -> None:
    before, after = see(x=-3, y=2), see(x=-3, y=2, shift_x=6, shift_y=-5)
    np.testing.assert_array_equal(after.image.values[5:, 6:], before.image.values[:-5, :-6])
    assert not after.image.values[:5].any() and not after.image.values[:, :6].any()
    assert after.inferred_x - before.inferred_x == pytest.approx(6, abs=0.3)
    assert after.inferred_y - before.inferred_y == pytest.approx(-5, abs=0.3)
    np.testing.assert_array_equal(after.decoded.values, before.decoded.values)
    assert not see(own=True, drawn=ring(0, 0), shift_y=16).image.values[16:].any()


def test_what_is_inferred_can_be_drawn_again() -> None:
    seen = see(drawn=ring(-5, 5), given="inferred")
    assert seen.inferred_object == "ring"
    ink = seen.decoded.values
    rows, columns = np.mgrid[:32, :32]
    assert (ink * (columns - 15.5)).sum() / ink.sum() == pytest.approx(-5, abs=1)
    assert (ink * (15.5 - rows)).sum() / ink.sum() == pytest.approx(5, abs=1)
    assert seen.iou_here > 0.7


def test_nothing_drawn_has_no_causes() -> None:
    seen = see(own=True, given="inferred")
    assert seen.inferred_object == "" and seen.inferred_x is None and seen.decoded is None
    assert np.isnan(seen.objects.values).all()
    assert seen.iou >= 0.92, "the networks are as good as before"
    assert see(own=True).decoded is not None, "the causes set are still drawn"


def test_noise_alone_knows_nothing_of_the_causes_and_has_a_seed() -> None:
    one, two = see(noise=1, x=-5), see(noise=1, x=5, object="disc")
    np.testing.assert_array_equal(one.decoded.values, two.decoded.values)
    other = see(noise=1, noise_seed=1)
    assert np.abs(one.decoded.values - other.decoded.values).max() > 0.5
    assert one.iou_here is None and see(noise=0.5).iou_here is None


def test_without_harmonics_the_angle_does_nothing_and_a_disc_needs_none() -> None:
    one, two = see(object="cross", harmonics=0, angle=0), see(object="cross", harmonics=0, angle=45)
    np.testing.assert_array_equal(one.decoded.values, two.decoded.values)
    assert two.iou_here < 0.75 < see(object="cross", angle=45).iou_here
    assert see(object="disc", harmonics=0).iou_here > 0.9


@pytest.mark.parametrize("changes", [{"harmonics": 5}, {"harmonics": 0, "examples": "100"}])
def test_settings_that_have_not_been_trained_say_so(changes: dict[str, Any]) -> None:
    seen = see(**changes)
    assert not seen.trained and seen.decoded is None and seen.iou is None and seen.course is None
    assert seen.inferred_object == "triangle", "the encoder is there"


def test_the_training_has_the_settings() -> None:
    made = training(CausalGraphSettings(examples="100", harmonics=3, steps=100, batch=7), "cpu")
    steps = list(islice(made.steps(), 3))
    assert [each.examples for each in steps] == [0, 7, 14] and steps[2].epoch == pytest.approx(0.14)
    settings = CausalGraphSettings()
    assert {name: getattr(settings, name) for name in ("harmonics", "steps", "batch", "rate", "seed")} == {
        name: DEFAULTS[name] for name in ("harmonics", "steps", "batch", "rate", "seed")
    }
    assert not LAB.trains(settings) and LAB.trains(CausalGraphSettings(train=True))
    assert "train" not in LAB.trained(CausalGraphSettings(train=True, examples="100"))


# Runs


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run that has kept its networks after two steps."""
    monkeypatch.setenv("NNLAB_RUNS", str(tmp_path))
    settings = {"harmonics": 2, "steps": 100, "batch": 4}
    made = training(CausalGraphSettings(**settings), "cpu")
    *_, last = islice(made.steps(), 3)
    found = folder.create(tmp_path, lab=LAB.name, settings=settings, function=LAB.training, threads=1)
    weights_snapshot(made.weights(), last).write(found.weights_path(2))
    found.metrics_path.write_text('{"step": 2, "iou": 0.25, "test_accuracy": 0.5}\n')
    return found


def test_a_run_is_looked_into_whatever_else_is_set(run: Run) -> None:
    seen = see(run=run.id)
    assert seen.own_run and seen.trained and not seen.missing
    assert seen.iou < 0.5 and seen.object_accuracy < 0.9, "its own encoder, too"
    assert [line.x.tolist() for line in seen.course.lines] == [[2], [2]]
    assert summary(run) == {
        "iou": 0.25, "object_accuracy": 0.5, "position_error_px": None, "angle_error_deg": None,
    }  # fmt: skip


def test_a_run_that_is_gone_or_has_kept_nothing_yet_leaves_what_comes_with_the_program(run: Run) -> None:
    assert see(run="causal_graph-aaaaaa").missing and see(run="causal_graph-aaaaaa").iou >= 0.92
    run.weights_path(2).unlink()
    seen = see(run=run.id)
    assert not seen.missing and not seen.own_run and seen.iou >= 0.92


def test_networks_of_an_older_nnlab_and_damaged_ones_are_refused_by_name(run: Run) -> None:
    step = Step(step=2, epoch=0, examples=8, progress=0.02)
    weights_snapshot({"decoder.layers.0.weight": torch.zeros(3, 3)}, step).write(run.weights_path(2))
    with pytest.raises(CausalProblem) as refused:
        see(run=run.id)
    assert refused.value.values == {"reason": "other_size", "path": "weights-000000002.safetensors"}
    run.weights_path(3).write_bytes(b"cut off")
    with pytest.raises(CheckpointProblem) as damaged:
        see(run=run.id)
    assert damaged.value.values["file"] == "weights-000000003.safetensors"


def test_what_is_no_drawing_of_this_size_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(SettingError) as refused:
        settings_from(CausalGraphSettings, {"drawn": encode(np.ones(28 * 28))})
    assert refused.value.problem == "drawing" and refused.value.values["length"] == 32 * 32
    strange = np.zeros(32 * 32)
    strange[:2] = -3, 7
    assert see(drawn=encode(strange)).image.values[0, :2].tolist() == [0, 1]
