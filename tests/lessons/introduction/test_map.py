"""The map of applications: the lecture's six and their networks, numbers in and out, and the labs that it opens."""

import pytest

from lessons import catalogue
from lessons.introduction.labs import map as light
from lessons.introduction.labs.map import LAB, WORKS, lab_of
from lessons.vocabulary.exercise import Trail, solved


def seen(moment, query=""):
    return moment(f"introduction.map?{query}" if query else "introduction.map").observation


def exercise(name):
    return next(each for each in LAB.exercises if each.name == name)


def met(name, moment, now, marked=None, answer=""):
    before = moment(f"introduction.map?{marked}") if marked is not None else None
    trail = Trail(now=moment(f"introduction.map?{now}"), marked=before, answer=answer)
    return [condition.met for condition in exercise(name).check(trail)]


def test_the_lecture_names_six_applications_and_their_networks():
    assert list(WORKS) == ["classification", "segmentation", "conversation", "image", "music", "games"]
    assert {name: work.network for name, work in WORKS.items()} == {
        "classification": "convolutional",
        "segmentation": "convolutional",
        "conversation": "transformer",
        "image": "diffusion",
        "music": "transformer",
        "games": "search",
    }


@pytest.mark.parametrize(
    ("query", "numbers_in", "numbers_out"),
    [
        ("", 150_528, 1000),  # the input of AlexNet, and the classes of its contest
        ("application=segmentation&side=64", 12_288, 4096),
        ("application=conversation&words=7", 7, 50_257),
        ("application=image&words=7&side=8", 7, 192),
        ("application=music&words=7", 7, 128),
        ("application=games", 361, 362),
    ],
)
def test_numbers_in_and_out_are_counted(query, numbers_in, numbers_out, moment):
    now = seen(moment, query)

    assert (now.numbers_in, now.numbers_out) == (numbers_in, numbers_out)


@pytest.mark.parametrize("query", ["application=games", "application=conversation"])
def test_the_size_of_an_image_counts_only_where_there_is_one(query, moment):
    small, large = seen(moment, f"{query}&side=8"), seen(moment, f"{query}&side=512")

    assert (small.numbers_in, small.numbers_out) == (large.numbers_in, large.numbers_out)


def test_a_lab_is_offered_only_if_it_exists(monkeypatch):
    monkeypatch.setattr(light.catalogue, "lab_names", lambda: ("language.gpt", "convolution.lenet5"))

    assert [lab_of(name) for name in WORKS] == ["convolution.lenet5", None, "language.gpt", None, None, None]


def test_the_table_names_the_labs_that_exist_and_no_other(moment):
    rows = seen(moment).table.rows
    named = {cell.text for row in rows for cell in row if "." in cell.text and not cell.text.startswith("@")}

    assert named == {lab_of(name) for name in WORKS} - {None}
    assert named <= set(catalogue.lab_names())


def test_doubling_the_side_is_predicted_rightly(moment):
    pairs = zip(exercise("double").starts, exercise("double").reveals, strict=True)
    answers = [exercise("double").answer(Trail(now=moment(now), marked=moment(start))) for start, now in pairs]

    assert answers == ["in", "both", "out"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("application=image&side=176", [True, True, False]),
        ("application=segmentation&side=512", [False, False, True]),
        ("application=music", [True, False, False]),
    ],
)
def test_a_large_image_made_of_words_needs_all_three(query, expected, moment):
    assert met("picture", moment, query) == expected


@pytest.mark.parametrize(
    ("marked", "now"),
    [
        ("application=classification", "application=segmentation"),
        ("application=music", "application=conversation"),
    ],
)
def test_two_uses_of_one_kind_of_network_differ_in_the_output_only(marked, now, moment):
    assert met("same_network", moment, now, marked, "learned") == [True] * 5


@pytest.mark.parametrize(
    ("now", "inputs", "networks"),
    [("image", True, False), ("games", False, False), ("segmentation", False, False)],
)
def test_other_pairs_differ_in_more(now, inputs, networks, moment):
    conditions = met("same_network", moment, f"application={now}", "application=music", "learned")

    assert conditions == [True, True, inputs, networks, False]
    assert not solved(exercise("same_network").check(Trail(now=moment("introduction.map"))))
