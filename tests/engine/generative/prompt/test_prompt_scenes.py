"""The set of scenes with its hold-outs, the pictures of scenes, and the judge that reads them back."""

from itertools import combinations

import pytest
import torch

from engine.generative.prompt.pictures import SHIFT, agreement, judge, rendered
from engine.generative.prompt.scenes import COUNTS, PAIRS, Scene, group, split


def test_all_scenes_are_divided_into_trained_and_two_kinds_of_held_out_ones():
    groups = split()

    assert [len(each) for each in groups] == [579, 150, 81]
    assert len({scene for each in groups for scene in each}) == 5 * 6 * 3 * 9
    assert {(scene.named("colour"), scene.named("object")) for scene in groups.pairs} == set(PAIRS)


def test_no_pair_of_colour_and_object_that_is_held_out_is_trained():
    seen = {(scene.named("colour"), scene.named("object")) for scene in split().trained}

    assert len(seen) == 5 * 6 - len(PAIRS)
    assert not seen & set(PAIRS)


def test_each_pair_of_attributes_of_a_held_out_combination_is_trained():
    trained = split().trained
    for scene in split().combinations:
        for one, other in combinations(range(4), 2):
            assert any(each[one] == scene[one] and each[other] == scene[other] for each in trained), scene


def test_a_scene_knows_its_group():
    groups = split()

    assert {group(scene) for scene in groups.trained} == {"trained"}
    assert {group(scene) for scene in groups.combinations} == {"combinations"}
    assert {group(scene) for scene in groups.pairs} == {"pairs"}
    assert group(Scene(object=3, colour=0)) == "pairs"
    assert group(Scene(object=3)) is None


def all_scenes():
    return [scene for each in split() for scene in each]


@pytest.mark.parametrize("seed", [0, 1])
def test_the_judge_reads_every_scene_back_wherever_it_stands(seed):
    scenes = all_scenes()
    generator = torch.Generator().manual_seed(seed)
    shift = SHIFT * (2 * torch.rand(len(scenes), 2, generator=generator) - 1)
    pictures = rendered(torch.tensor(scenes), shift)

    assert pictures.shape == (810, 3, 32, 32)
    assert float(pictures.min()) >= 0 and float(pictures.max()) <= 1
    assert [reading.scene for reading in judge(pictures)] == scenes


def test_the_judge_bears_a_little_noise():
    scenes = all_scenes()[::9]
    pictures = rendered(torch.tensor(scenes), torch.zeros(len(scenes), 2))
    noisy = pictures + 0.05 * torch.randn(pictures.shape, generator=torch.Generator().manual_seed(0))

    assert agreement(scenes, judge(noisy.clamp(0, 1)))["all"] == 1


def test_the_judge_sees_no_scene_in_noise_or_darkness():
    noise = torch.rand(4, 3, 32, 32, generator=torch.Generator().manual_seed(0))

    assert [reading.scene for reading in judge(noise)] == [None] * 4
    assert judge(torch.zeros(1, 3, 32, 32))[0].scene is None


def test_agreement_counts_what_was_asked_for():
    seen = Scene(0, 1, 2, 3)
    readings = judge(rendered(torch.tensor([seen, seen]), torch.zeros(2, 2)))

    assert agreement([seen, Scene(0, 1, 2, 4)], readings) == {
        "object": 1,
        "colour": 1,
        "size": 1,
        "place": 0.5,
        "all": 0.5,
    }
    assert agreement([Scene(), Scene(colour=1)], readings)["all"] == 1


def test_counts_are_those_of_the_names():
    assert COUNTS == (5, 6, 3, 9)
