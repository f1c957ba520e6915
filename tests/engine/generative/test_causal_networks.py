"""Scenes, decoder, encoder and what they are measured by."""

import math

import pytest
import torch

from engine.generative.causal.decoder import HARMONICS, Decoder, inputs, noise, size
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.measures import angle_error, drawn, inferred, iou
from engine.generative.causal.scenes import RADIUS, REACH, Scenes, drawn_from, held_out, random_scenes, scene
from engine.generative.scene import OBJECTS, PERIODS, SIDE


def test_scenes_are_as_likely_everywhere_and_drawn_by_their_seed_alone() -> None:
    scenes = random_scenes(4000, drawn_from(5, 7))
    again = random_scenes(4000, drawn_from(5, 7))
    assert all(torch.equal(one, two) for one, two in zip(scenes, again, strict=True))
    assert not torch.equal(scenes.x, random_scenes(4000, drawn_from(7, 5)).x)
    counts = torch.bincount(scenes.kind, minlength=len(OBJECTS)) / 4000
    assert float((counts - 1 / len(OBJECTS)).abs().max()) < 0.03
    for values, low, high in ((scenes.x, -REACH, REACH), (scenes.y, -REACH, REACH), (scenes.degrees, 0, 360)):
        assert low <= float(values.min()) < low + 0.01 * (high - low)
        assert high - 0.01 * (high - low) < float(values.max()) <= high


def test_the_whole_object_is_in_the_picture_wherever_it_lies() -> None:
    assert REACH + RADIUS <= SIDE / 2
    corners = Scenes(*(torch.tensor(each) for each in ([0] * 4, [7.0, 7, -7, -7], [7.0, -7, 7, -7], [0.0] * 4)))
    inks = corners.images().sum((1, 2))
    assert float((inks - inks[0]).abs().max()) < 1e-3


def test_an_angle_is_given_without_a_jump_and_at_the_place_of_its_object_only() -> None:
    before, after = inputs(scene(1, 2, -3, 359.9), HARMONICS), inputs(scene(1, 2, -3, 0.1), HARMONICS)
    assert before.shape == (1, size(HARMONICS))
    assert float((before - after).abs().max()) < 0.05
    other = inputs(scene(2, 2, -3, 0.1), HARMONICS)[0, -len(OBJECTS) * 2 * HARMONICS :]
    own = after[0, -len(OBJECTS) * 2 * HARMONICS :]
    assert torch.equal(own.view(5, -1)[1], other.view(5, -1)[2])
    assert not own.view(5, -1)[[0, 2, 3, 4]].any()


def test_without_harmonics_a_decoder_is_told_nothing_of_the_angle() -> None:
    assert torch.equal(inputs(scene(4, 1, 1, 10), 0), inputs(scene(4, 1, 1, 55), 0))
    assert not torch.equal(inputs(scene(4, 1, 1, 10), 1), inputs(scene(4, 1, 1, 55), 1))


def test_noise_is_as_large_as_what_has_a_meaning() -> None:
    given = noise(HARMONICS, 3)
    assert torch.equal(given, noise(HARMONICS, 3)) and not torch.equal(given, noise(HARMONICS, 4))
    assert float(given.std()) == pytest.approx(math.sqrt(0.5), rel=0.15)
    assert Decoder()(given).shape == (1, SIDE, SIDE)


def test_overlap_is_that_of_what_is_covered_by_more_than_a_half() -> None:
    one, two = torch.zeros(2, 4, 4), torch.zeros(2, 4, 4)
    one[0, :2], two[0, 1:3] = 0.9, 0.7  # 8 pixels each, 4 in both
    two[0, 3] = 0.4
    assert iou(one, two).tolist() == [pytest.approx(4 / 12), 1.0]


@pytest.mark.parametrize(
    ("kind", "one", "two", "error"),
    [
        ("square", 89, 1, 2),
        ("square", 20, 110, 0),
        ("triangle", 20, 110, 30),
        ("disc", 20, 110, 0),
        ("cross", 0, 45, 45),
    ],
)
def test_angles_differ_up_to_symmetry_only(kind: str, one: float, two: float, error: float) -> None:
    numbers = torch.tensor([OBJECTS.index(kind)]), torch.tensor([float(one)]), torch.tensor([float(two)])
    assert float(angle_error(*numbers)) == pytest.approx(error, abs=1e-4)


def test_what_the_encoder_infers_is_its_loss_undone() -> None:
    """An encoder whose last layer names causes has no loss with them, and infers them."""
    for kind, degrees in ((1, 100.0), (2, 100.0), (3, 100.0), (4, -10.0)):
        encoder, causes = Encoder(), scene(kind, 3.5, -2, degrees)
        last = encoder.layers[-1]
        assert isinstance(last, torch.nn.Linear)
        folds = round(360 / PERIODS[kind]) if PERIODS[kind] else 0
        turned = math.radians(degrees) * folds
        named = torch.zeros(17)
        named[kind], named[5], named[6] = 30, 3.5 / REACH, -2 / REACH
        named[7 + 2 * kind : 9 + 2 * kind] = torch.tensor([math.cos(turned), math.sin(turned)])
        with torch.no_grad():
            last.weight.zero_()
            last.bias.copy_(named)
        with torch.no_grad():
            found, likely = encoder.infer(causes.images())
        assert encoder.loss(causes.images(), causes).item() < 1e-6
        assert int(found.kind) == kind and float(likely[0, kind]) > 0.999
        assert (float(found.x), float(found.y)) == (pytest.approx(3.5), pytest.approx(-2))
        assert float(found.degrees) == pytest.approx(degrees % PERIODS[kind] if PERIODS[kind] else 0, abs=1e-3)


def test_untrained_networks_are_measured_as_bad() -> None:
    scenes = held_out()
    images = scenes.images()
    assert drawn(Decoder(), scenes, images).iou < 0.3
    found = inferred(Encoder(), scenes, images)
    assert found.object_accuracy < 0.5 and found.position_error > 2 and found.angle_error > 10
