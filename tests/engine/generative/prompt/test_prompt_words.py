"""Prompts: each word in both languages, any order, what is left out, unknown, or said twice."""

from itertools import permutations

import pytest

from engine.generative.prompt.scenes import ATTRIBUTES, Scene
from engine.generative.prompt.words import NOTHING, WORDS, read


def named(text):
    scene = read(text).scene
    return tuple(scene.named(each) for each in ATTRIBUTES)


@pytest.mark.parametrize(
    ("attribute", "value", "word"),
    [(name, value, word) for name, values in WORDS.items() for value, words in values.items() for word in words],
)
def test_every_word_means_its_value_alone(attribute, value, word):
    found = read(word)

    assert found.scene.named(attribute) == value
    assert sum(each is not None for each in found.scene) == 1
    assert not found.unknown and not found.refused


@pytest.mark.parametrize("word", NOTHING)
def test_small_words_mean_nothing_and_are_known(word):
    assert read(word).scene == Scene()
    assert not read(word).unknown


@pytest.mark.parametrize(
    "text",
    [
        "a small red ring at the top left",
        "左上の小さな赤い輪",
        "小さい赤のリングを左上に".replace("を", "、"),
        "RING; red, TOP-left... small!",
        "左上 の small な red 輪".replace(" な", ""),
        "ｒｅｄ　ｒｉｎｇ　小さな　上の左",
    ],
)
def test_both_languages_and_their_mixture_ask_for_the_same(text):
    assert named(text) == ("ring", "red", "small", "top left")
    assert not read(text).unknown


@pytest.mark.parametrize("words", permutations(("big", "blue", "cross", "bottom", "right")))
def test_the_order_is_free(words):
    assert named(" ".join(words)) == ("cross", "blue", "large", "bottom right")


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_a_side_alone_is_the_middle_of_that_side(side):
    assert read(side).scene.named("place") == side
    assert read(f"middle {side}").scene.named("place") == side


def test_what_is_not_known_is_named_once():
    assert read("a tiny red dragon, tiny").unknown == ("tiny", "dragon")
    assert read("きのこと赤い丸").unknown == ("きのこ",)
    assert read("とても赤い丸").unknown == ("とても",)
    assert named("きのこと赤い丸")[:2] == ("disc", "red")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("赤い青い丸", "赤い", "青い"), ("red or blue disc", "red", "blue"), ("top bottom ring", "top", "bottom")],
)
def test_of_two_values_the_first_counts_and_the_second_is_refused(text, first, second):
    found = read(text)

    assert [(one.text, other.text) for one, other in found.refused] == [(first, second)]
    assert found.scene == read(text.replace(second, "")).scene


def test_the_same_value_twice_is_no_contradiction():
    assert not read("red 赤い ring 輪").refused


@pytest.mark.parametrize("text", ["", "   ", "。、!?"])
def test_nothing_asks_for_nothing(text):
    assert read(text) == ((), Scene(), (), ())


def test_a_long_prompt_is_read_at_once():
    assert named("赤い" * 5_000 + "輪") == ("ring", "red", None, None)
    assert len(read("きのこ" * 3_000).unknown) == 1
