"""The networks that come with nnlab."""

from pathlib import Path

import pytest

from engine.generative.causal.measures import drawn, inferred
from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.scenes import held_out
from engine.generative.causal.trained import SHIPPED, Kind, packed, path_of, read, shipped
from engine.generative.causal.training import DEFAULTS, CausalTraining


def test_they_reach_what_is_promised() -> None:
    found, scenes = shipped(SHIPPED[0]), held_out()
    images = scenes.images()
    assert drawn(found.decoder, scenes, images).iou >= 0.92
    assert found.encoder is not None
    inference = inferred(found.encoder, scenes, images)
    assert inference.object_accuracy >= 0.99
    assert inference.position_error <= 0.1 and inference.angle_error <= 0.5


def test_more_examples_draw_better_and_without_harmonics_squares_have_no_corners() -> None:
    scenes = held_out()
    images = scenes.images()
    found = {kind: drawn(shipped(kind).decoder, scenes, images) for kind in SHIPPED}
    ious = [found[12, examples].iou for examples in (100, 1000, 10_000)]
    assert ious == sorted(ious) and ious[0] < 0.6 and ious[2] > 0.9
    blurred, sharp = found[0, 0].each, found[12, 0].each
    assert sharp[4] - blurred[4] > 0.15 and abs(sharp[0] - blurred[0]) < 0.03, "a cross, but no disc, needs its angle"


@pytest.mark.parametrize("kind", SHIPPED)
def test_their_curves_end_where_they_are(kind: Kind) -> None:
    scenes = held_out()
    metrics = shipped(kind).metrics
    assert metrics[-1]["step"] == DEFAULTS["steps"]
    assert drawn(shipped(kind).decoder, scenes, scenes.images()).iou == pytest.approx(metrics[-1]["iou"], abs=0.005)


def test_they_are_small() -> None:
    assert sum(path_of(kind).stat().st_size for kind in SHIPPED) <= 1_200_000


def test_another_training_does_not_come_with_it() -> None:
    with pytest.raises(KeyError):
        shipped((5, 0))


def test_a_file_that_is_cut_off_or_of_other_networks_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cut.safetensors"
    path.write_bytes(path_of(SHIPPED[0]).read_bytes()[:5000])
    with pytest.raises(CausalProblem) as refused:
        read(path, SHIPPED[0])
    assert refused.value.values == {"reason": "unreadable", "path": "cut.safetensors"}
    with pytest.raises(CausalProblem) as refused:
        read(path_of(SHIPPED[0]), SHIPPED[4])
    assert refused.value.values["reason"] == "other_size"
    with pytest.raises(CausalProblem):
        read(tmp_path / "none.safetensors", SHIPPED[0])


def test_what_is_packed_is_read_again(tmp_path: Path) -> None:
    made = CausalTraining(**{**DEFAULTS, "harmonics": 2, "steps": 2, "batch": 4})
    path = tmp_path / "own.safetensors"
    path.write_bytes(packed(made.weights(), [{"step": 2, "iou": 0.5}], (2, 0), encoder=True))
    found = read(path, (2, 0))
    assert found.metrics == [{"step": 2, "iou": 0.5}] and found.encoder is not None
    for name, weight in found.decoder.state_dict().items():
        assert float((weight - made.decoder.state_dict()[name]).abs().max()) < 1e-3
