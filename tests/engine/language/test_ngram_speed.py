"""Counting and asking n-grams is far faster than nltk's; `nnlab bench` has the goals, and a quiet machine."""

from engine.language.ngram_speed import ratios


def test_far_faster_than_nltk_even_on_a_busy_machine():
    found = ratios(2)

    assert found["fit"] > 10
    assert found["score"] > 7
