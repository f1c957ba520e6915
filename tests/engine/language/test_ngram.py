"""N-grams: equal to nltk's, a worked example of Kneser–Ney, and probabilities that sum to one."""

from collections import Counter
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.lm import MLE, Laplace, Lidstone, Vocabulary
from nltk.lm.preprocessing import padded_everygram_pipeline
from nltk.util import everygrams

from engine.data import texts
from engine.language.ngram import BEGIN, END, UNKNOWN, NGram
from engine.language.ngram_counts import count, counted

JAPANESE = [list(line) for line in texts.japanese(300).splitlines()]
TINY = [list("ab"), list("ab"), list("ac"), list("bc")]


def lecture() -> list[list[str]]:
    return [line.split() for line in texts.lecture().splitlines()]


def shown(model: NGram, *context: str) -> dict[str, float]:
    p = model.distribution(context)
    return {model.vocabulary.tokens[place]: float(p[place]) for place in np.flatnonzero(p)}


def test_the_lectures_probabilities_are_the_frequencies_of_its_corpus():
    model = NGram.fit(lecture(), 3)

    assert shown(model, "日本", "の") == pytest.approx({"首都": 0.4, "首相": 0.3, "観光": 0.3})
    assert shown(model, "首都", "は") == pytest.approx({"東京": 0.7, "京都": 0.2, "大阪": 0.1})
    assert shown(model, "東京") == pytest.approx({"です": 0.7, "だろう": 0.2, "かもしれない": 0.1})
    assert shown(model, "は", "東京") == pytest.approx({"です": 0.7, "だろう": 0.2, "かもしれない": 0.1})


def reference(kind, sentences, order, *arguments):
    """nltk's model of the same n-grams: those that end in the mark of a beginning are not predicted, nor counted."""
    grams = []
    for words in sentences:
        line = [BEGIN] * (order - 1) + words + [END]
        grams.append([gram for gram in everygrams(line, max_len=order) if gram[-1] != BEGIN])
    vocabulary = Vocabulary([*(word for words in sentences for word in words), END], unk_label=UNKNOWN)
    model = kind(*arguments, order, vocabulary=vocabulary)
    model.fit(grams)
    return model


@pytest.mark.parametrize("order", [1, 2, 3, 6])
@pytest.mark.parametrize(
    ("kind", "arguments", "smoothing", "k"),
    [(MLE, (), "none", 1.0), (Laplace, (), "add_k", 1.0), (Lidstone, (0.1,), "add_k", 0.1)],
)
def test_equals_nltk(kind, arguments, smoothing, k, order):
    train, test = JAPANESE[:250], [*JAPANESE[250:], list("都首の本日は本日")]
    known = {word for words in train for word in words}
    test = [words for words in test if known.issuperset(words)]  # nltk takes an unknown word for a beginning
    assert len(test) > 30
    theirs = reference(kind, train, order, *arguments)
    ours = NGram.fit(train, order, smoothing, k=k)

    for words in test:
        line = [BEGIN] * (order - 1) + words + [END]
        expected = [
            theirs.score(line[place], line[place - order + 1 : place] if order > 1 else None)
            for place in range(order - 1, len(line))
        ]
        found = ours.sentence(words)
        assert [p for _, p in found] == pytest.approx(expected, abs=1e-9)
        assert found[-1][0] == END
    for length in range(order):
        context = test[0][:length]
        p = ours.distribution(context)
        for place in range(1, len(p)):
            assert p[place] == pytest.approx(theirs.score(ours.vocabulary.tokens[place], context or None), abs=1e-9)


def test_equals_nltk_as_it_comes():
    """Its own pipeline pads both ends; behind whole contexts, its frequencies are ours."""
    grams, vocabulary = padded_everygram_pipeline(3, lecture())
    theirs, ours = MLE(3), NGram.fit(lecture(), 3)
    theirs.fit(grams, vocabulary)

    for context in (("日本", "の"), ("首都", "は"), ("は", "東京"), ("の", "首都"), ("昔", "の")):
        for word, p in shown(ours, *context).items():
            assert p == pytest.approx(theirs.score(word, context), abs=1e-9)


def test_kneser_ney_equals_an_example_worked_by_hand():
    """ab, ab, ac, bc with bigrams and D = 1/2.

    Bigrams: ⟨s⟩a 3, ⟨s⟩b 1, ab 2, ac 1, bc 1, b⟨/s⟩ 2, c⟨/s⟩ 2. Different tokens before: a 1 (⟨s⟩), b 2 (⟨s⟩, a), c 2
    (a, b), ⟨/s⟩ 2 (b, c); 7 in all, 4 kinds, and 5 tokens can come (a, b, c, the end, an unknown one).
    P(x) = max(N(•x) − 1/2, 0)/7 + (1/2 · 4/7) · 1/5: a 1/14 + 2/35 = 9/70, b, c and ⟨/s⟩ 3/14 + 2/35 = 19/70, an
    unknown one 4/70. After a: 3 times, 2 kinds. P(b|a) = 1.5/3 + (0.5 · 2/3) P(b) = 1/2 + 19/210 = 124/210, P(c|a) =
    0.5/3 + 19/210 = 54/210, P(a|a) = 9/210.
    """
    model = NGram.fit(TINY, 2, "kneser_ney", discount=0.5)

    assert shown(model) == pytest.approx({"a": 9 / 70, "b": 19 / 70, "c": 19 / 70, END: 19 / 70, UNKNOWN: 4 / 70})
    assert shown(model, "a") == pytest.approx(
        {"a": 9 / 210, "b": 124 / 210, "c": 54 / 210, END: 19 / 210, UNKNOWN: 4 / 210}
    )
    # Behind a beginning: 4 times, 2 kinds.
    assert shown(model, BEGIN)["a"] == pytest.approx(2.5 / 4 + 0.25 * 9 / 70)
    # Nothing follows an unknown word in the text: one word less of context is left.
    assert shown(model, "x") == pytest.approx(shown(model))
    assert model.sentence(["a", "c"])[1] == ("c", pytest.approx(54 / 210))


def test_below_the_highest_order_kneser_ney_counts_different_words_before():
    """In trigrams of ab, ab, ac, bc: ⟨s⟩ comes before ab twice, but is one word; nothing comes before ⟨s⟩a but ⟨s⟩."""
    vocabulary, counts = counted(TINY, 3)
    level = counts.levels[1]
    names = [
        vocabulary.tokens[counts.levels[0].keys[key // counts.size]] + vocabulary.tokens[key % counts.size]
        for key in level.keys
    ]

    assert dict(zip(names, level.counts.tolist(), strict=True)) == {
        BEGIN + BEGIN: 0,
        BEGIN + "a": 3,
        BEGIN + "b": 1,
        "ab": 2,
        "ac": 1,
        "bc": 1,
        "b" + END: 2,
        "c" + END: 2,
        **({END + BEGIN: 0} if END + BEGIN in names else {}),
    }
    continuations = dict(zip(names, level.continuations.tolist(), strict=True))
    assert (continuations["ab"], continuations["b" + END], continuations["c" + END]) == (1, 1, 2)
    assert continuations[BEGIN + "a"] == 3, "what begins a sentence keeps its count"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=6), min_size=1, max_size=8),
    st.integers(1, 6),
    st.sampled_from(["add_k", "kneser_ney"]),
)
def test_smoothed_probabilities_sum_to_one_in_every_context(sentences, order, smoothing):
    model = NGram.fit(sentences, order, smoothing, k=0.3)
    contexts = {
        tuple(([BEGIN] * (order - 1) + words)[start : start + length])
        for words in sentences
        for length in range(order)
        for start in range(len(words) + order)
    }
    for context in [*contexts, ("x",), ("a", "x", "b")]:
        p = model.distribution(context)
        assert p.sum() == pytest.approx(1, abs=1e-12)
        assert (np.delete(p, 0) > 0).all()
        assert p[0] == 0, "a beginning is never predicted"


@pytest.mark.parametrize("smoothing", ["none", "add_k", "kneser_ney"])
@pytest.mark.parametrize("order", [1, 2, 4])
def test_scoring_many_equals_asking_one_by_one(smoothing, order):
    model = NGram.fit(JAPANESE[:200], order, smoothing, k=0.5)
    words = [*JAPANESE[250], "?", "鼠"]
    line = [BEGIN] * (order - 1) + words + [END]

    for place, (word, p) in enumerate(model.sentence(words), start=order - 1):
        number = int(model.vocabulary.ids([word])[0])
        assert p == pytest.approx(model.distribution(line[place - order + 1 : place])[number], abs=1e-12)


def test_perplexity_is_that_of_its_definition_and_infinite_where_something_is_impossible():
    model = NGram.fit(TINY, 2, "kneser_ney")
    p = [each for words in TINY for _, each in model.sentence(words)]

    assert model.perplexity(TINY) == (pytest.approx(exp(-sum(map(log, p)) / len(p))), 0, len(p))
    assert NGram.fit(TINY, 2).perplexity([list("ca")])[:2] == (float("inf"), 3)
    assert NGram.fit(TINY, 2, "kneser_ney").perplexity([list("ca")])[0] < 100


def test_more_context_lowers_the_perplexity_of_text_that_was_not_counted():
    train, test = JAPANESE[:250], JAPANESE[250:]
    one, three = (NGram.fit(train, order, "kneser_ney").perplexity(test)[0] for order in (1, 3))

    assert three < one / 3


def test_samples_have_the_probabilities_of_the_model_and_depend_on_the_seed_alone():
    model = NGram.fit(lecture(), 3)
    first = Counter(model.sample(["日本", "の"], seed)[0] for seed in range(1000))

    assert {word: round(number / 1000, 1) for word, number in first.items()} == {"首都": 0.4, "首相": 0.3, "観光": 0.3}
    written = model.sample(["日本", "の"], 5)
    assert written[-1] == END
    assert written == model.sample(["日本", "の"], 5)
    assert model.sample(["日本", "の", *written[:2]], 5) == written[2:], "going on leads to the same text"
    assert model.sample(["ない", "言葉"], 5) == []


def test_what_follows_a_context_is_counted():
    model = NGram.fit(lecture(), 3)

    assert model.following(["日本", "の"]) == {"観光": 3, "首相": 3, "首都": 4}
    assert model.seen(["日本", "の"]) == 10
    assert model.seen(["日本", "は"]) == 0
    assert model.following(["日本", "は"]) == {}


@pytest.mark.parametrize("smoothing", ["none", "add_k", "kneser_ney"])
def test_counts_of_six_hold_those_of_fewer(smoothing):
    vocabulary, counts = counted(JAPANESE[:100], 6)
    for order in range(1, 7):
        whole, part = NGram.fit(JAPANESE[:100], order, smoothing), NGram(vocabulary, counts.shortened(order), smoothing)
        assert part.discounts() == whole.discounts()
        for words in JAPANESE[100:110]:
            assert part.sentence(words) == whole.sentence(words)


def test_a_stream_without_sentences_is_counted_too():
    ids = np.array([0, 1, 0, 1, 2, 0, 1])
    counts = count(ids, 3, 2)

    assert counts.predicted == 3
    assert dict(zip(counts.levels[1].keys.tolist(), counts.levels[1].counts.tolist(), strict=True)) == {
        1: 3,
        3: 1,
        5: 1,
        6: 1,
    }
    with pytest.raises(ValueError, match="order 0"):
        count(ids, 3, 0)
