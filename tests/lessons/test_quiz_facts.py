"""What the quiz calls right is what its labs compute, wherever a lab can compute it."""

import math

import numpy as np
import pytest

from lessons import quiz
from lessons.address import parse


def choices(name: str) -> tuple[str, set[str]]:
    """Give the right choice of a question and the wrong ones, in English."""
    entry = quiz.questions()[name].entry
    texts = {choice: getattr(entry.en, choice) for choice in quiz.CHOICES}
    return texts.pop(entry.right), set(texts.values())


def lab(name: str) -> str:
    return quiz.questions()[name].entry.lab


def only_right(name: str, value: object) -> None:
    """Ask for the right choice to be this value, and for no wrong one to be."""
    right, wrong = choices(name)
    assert right == str(value)
    assert str(value) not in wrong


def shape(value: float) -> str:
    return f"{value:g}".replace("-", "−")


@pytest.fixture
def seen(moment):
    return lambda address: moment(address).observation


# Introduction


def test_a_cell_needs_more_than_its_threshold(seen):
    found = seen(lab("too_weak"))

    assert (found.spikes, found.potential_limit) == (0, 10)
    assert choices("too_weak")[0] == "V nears 10 mV and the cell never fires"


@pytest.mark.parametrize("name", ["higher_mark", "slow_cell"])
def test_a_cell_fires_less_often_with_a_higher_mark_or_more_slowly(name, seen):
    before, after = seen("introduction.nerve_cell"), seen(lab(name))

    assert 0 < after.rate_hz < before.rate_hz
    assert after.potential_limit == before.potential_limit == 20
    assert choices(name)[0] in ("it fires less often", "the spikes stand further apart")


def test_a_unit_answers_pulses_that_a_cell_does_not(seen):
    found = seen(lab("short_pulses"))

    assert found.unit_share > 0 and found.spikes == 0


def test_numbers_in_and_out_are_counted(seen):
    whole, half = seen("introduction.map"), seen(lab("half_side"))
    large, regions = seen(lab("larger_photo")), seen(lab("region_numbers"))

    assert (whole.numbers_in, half.numbers_in) == (150_528, 37_632) == (4 * half.numbers_in, whole.numbers_in // 4)
    assert large.numbers_out == whole.numbers_out == 1000
    assert regions.numbers_out == 224**2


# The neuron


def test_the_output_is_1_for_less_long_above_a_higher_threshold(seen):
    shares = [seen(f"neuron.threshold?h={h}").share_on for h in (0.3, 0.6)]

    assert seen(lab("raised_threshold")).share_on < shares[1] < shares[0]


def test_exactly_at_the_threshold_nothing_comes_out(seen):
    found = seen(lab("exactly_equal"))

    assert found.a_now == 0.8
    only_right("exactly_equal", f"{found.y_now:g}")


def test_a_negative_weight_swaps_hills_and_valleys(seen):
    before, after = seen("neuron.synapse"), seen(lab("weight_flipped"))

    np.testing.assert_allclose(after.received.lines[0].y, -before.received.lines[0].y)


def test_one_input_of_and(seen):
    found = seen(lab("and_one_input"))

    only_right("and_one_input", f"{shape(found.a_minus_h)} and {found.y:g}")


@pytest.mark.parametrize(("name", "gate"), [("lowered_to_or", "OR"), ("all_signs", "NAND")])
def test_a_unit_computes_the_gate(name, gate, seen):
    found = seen(lab(name))

    assert parse(lab(name)).values["gate"] == gate
    assert found.correct == found.total == 4
    only_right(name, gate)


def test_the_line_keeps_its_direction(seen):
    before, after = (seen(address).plane.boundaries[0] for address in ("neuron.gates", lab("only_h_moves")))

    assert (before.w1, before.w2) == (after.w1, after.w2) and before.h != after.h


def test_one_unit_never_learns_xor_and_two_hidden_ones_compute_it(seen):
    assert seen(lab("xor_alone")).converged is False and seen(lab("xor_alone")).separable is False
    assert seen(lab("or_minus_and")).correct == 4


# Deep networks


def test_sizes_of_a_convolution(seen):
    layers = {layer.name: layer.shape for layer in seen(lab("places_in_c1")).layers}

    only_right("places_in_c1", layers["C1"][1])
    assert [(width - 11) / 4 + 1 for width in (227, 224, 220, 231)] == [55, 54.25, 53.25, 56]
    only_right("width_for_55", 227)


def test_neurons_of_alexnets_first_layer(seen):
    layer = next(each for each in seen(lab("first_layer_count")).layers if each.name == "layer1.conv")

    assert math.prod(layer.shape) == 290_400 == 55 * 55 * 96 and 55 * 48 * 96 == 253_440
    assert choices("first_layer_count")[0].startswith("290,400")


def test_more_units_are_not_more_layers(seen):
    assert seen("deep_networks.architectures?name=resnet34").depth == 34
    assert seen("deep_networks.architectures?name=resnet18").depth == 18


def test_parameters_of_deep_networks(seen):
    counts = {
        name: seen(f"deep_networks.architectures?name={name}").parameters
        for name in ("vgg16", "resnet34", "resnet34&shortcut=A", "plain34", "lenet5", "googlenet", "alexnet")
    }

    assert counts["resnet34&shortcut=A"] == counts["plain34"] < counts["resnet34"]
    assert counts["vgg16"] > 5 * counts["resnet34"]
    assert counts["lenet5"] == 60_000
    assert counts["alexnet"] > 8 * counts["googlenet"]


def test_the_heaviest_layers(seen):
    vgg = max(seen(lab("heaviest_layer")).layers, key=lambda layer: layer.parameters)
    lenet = sorted(seen(lab("where_they_sit")).layers, key=lambda layer: -layer.parameters)

    assert vgg.kind == "full" and math.prod(vgg.shape) == 4096 and vgg.parameters > 10**8
    assert [layer.name for layer in lenet[:2]] == ["C5", "F6"]
    assert [layer.parameters for layer in lenet[:2]] == [48_120, 10_164]


# Networks for work, convolution


def test_passes_through_networks(seen):
    found = seen("applications.panel?tokens=60&wanted=8&steps=10")

    only_right("passes_to_write", found.writer_passes)
    only_right("passes_to_draw", found.drawer_passes)


def test_sizes_of_feature_maps(seen):
    only_right("two_at_a_time", seen(lab("two_at_a_time")).rows)
    assert seen(lab("two_at_a_time")).unseen == 1
    assert seen(lab("keeps_its_size")).rows == 32
    only_right("keeps_its_size", parse(lab("keeps_its_size")).values["padding"])


def test_a_letter_that_lies_down_is_found_by_the_other_kernel(seen):
    upright, lying = seen("convolution.features?letter=I"), seen(lab("letter_lies_down"))

    assert (upright.strongest, lying.strongest) == (4, 3)  # upright strokes, level ones


def test_parameters_of_c1(seen):
    layer = next(each for each in seen("deep_networks.architectures?name=lenet5").layers if each.name == "C1")

    only_right("c1_parameters", layer.parameters)
    assert math.prod(layer.shape) == 4_704


# Language


def test_probabilities_of_a_text(seen):
    only_right("along_the_path", round(seen(lab("along_the_path")).probability, 3))
    assert seen(lab("never_counted")).sentence_probability == 0
    only_right("never_counted", 0)
    only_right("ten_more", 4 / 20)


def test_the_sum_of_the_odd_numbers():
    numbers = (4, 8, 9, 15, 12, 2, 1)
    odd = [number for number in numbers if number % 2]

    assert choices("odd_sum")[0] == f"{' + '.join(map(str, odd))} = {sum(odd)}, so {sum(odd) % 2 == 0}"
    assert sum(numbers) == 51 and sum(number for number in numbers if not number % 2) == 26


# Images


def test_red_is_the_same_in_both_languages(seen):
    prompts = ("a%20small%20red%20ring%20at%20the%20top%20left", "左上の小さな赤い輪")
    english, japanese = (seen(f"generative_ai.prompt_box?prompt={prompt}&steps=1&samples=1") for prompt in prompts)

    np.testing.assert_array_equal(english.picture.values, japanese.picture.values)


def test_a_word_that_is_not_known_is_named(seen):
    assert seen(lab("unknown_word")).unknown == ("dragon",)


def test_a_square_turned_by_90_degrees_is_the_same(seen):
    turned, straight = seen(lab("square_turned")), seen("image_generation.causal_graph?object=square&angle=0")

    np.testing.assert_allclose(turned.image.values, straight.image.values, atol=1e-6)


def test_near_the_end_hardly_any_picture_is_left(seen):
    found = seen(lab("near_the_end"))

    assert found.signal < 0.2 < 0.9 < found.noise_share


# Scale


def test_parameters_of_small_layers(seen):
    only_right("threshold_counts", seen(lab("threshold_counts")).parameters)
    only_right("five_units", seen(lab("five_units")).parameters)


def test_bytes_of_large_models(seen):
    gpt3, llama = seen(lab("bytes_of_gpt3")).parameters, seen(lab("fewer_bits")).parameters

    assert gpt3 == 174_604_259_328
    assert 345e9 < gpt3 * 16 / 8 < 355e9 and choices("bytes_of_gpt3")[0] == "about 350 GB"
    assert llama * 4 / 8 == llama * 16 / 8 / 4 and llama == 68_976_648_192
    assert choices("fewer_bits")[0] == "as many, in a quarter of the memory"


def test_the_later_network_is_the_smaller_one(seen):
    found = seen(lab("later_and_smaller")).parameters

    assert 62.4e6 / 10 < found < 62.4e6 / 8
