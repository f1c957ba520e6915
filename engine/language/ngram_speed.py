"""How fast n-grams are counted and asked beside nltk's, on the same sentences, by the clock.

The built-in English text in words, trigrams. nltk is asked as its documentation does it: its own padding and
n-grams, then `score` for each word.
"""

import time
from collections.abc import Callable, Sequence

from engine.data import texts
from engine.language.ngram import NGram, Smoothing
from engine.language.tokens import cut

ORDER, TRAINED, TESTED = 3, 1000, 400
"""Order, and sentences that are counted and asked."""


def ratios(rounds: int = 5) -> dict[str, float]:
    """How many times as fast as nltk's MLE and Laplace: `fit` and `score`, the slower of the two models each.

    The two take turns, and the fastest round of each counts. Empty where nltk is not installed.
    """
    try:
        from nltk.lm import MLE, Laplace
    except ImportError:
        return {}
    lines = cut(texts.english().splitlines()[: TRAINED + TESTED], "words", japanese=False)
    train, test = lines[:TRAINED], lines[TRAINED:]
    found: dict[str, list[float]] = {"fit": [], "score": []}
    pairs: tuple[tuple[type, Smoothing], ...] = ((MLE, "none"), (Laplace, "add_k"))
    for kind, smoothing in pairs:
        seconds = [_round(kind(ORDER), smoothing, train, test) for _ in range(rounds)]
        their_fit, our_fit, their_score, our_score = map(min, zip(*seconds, strict=True))
        found["fit"].append(their_fit / our_fit)
        found["score"].append(their_score / our_score)
    return {name: min(each) for name, each in found.items()}


def _round(
    model: object, smoothing: Smoothing, train: Sequence[Sequence[str]], test: Sequence[Sequence[str]]
) -> tuple[float, float, float, float]:
    """Seconds to count and to ask: theirs and ours of each."""
    their_fit = _seconds(lambda: _nltk_fit(model, train))
    our_fit = _seconds(lambda: NGram.fit(train, ORDER, smoothing))
    ours = NGram.fit(train, ORDER, smoothing)
    return their_fit, our_fit, _seconds(lambda: _nltk_score(model, test)), _seconds(lambda: ours.perplexity(test))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _nltk_fit(model: object, sentences: Sequence[Sequence[str]]) -> object:
    from nltk.lm.preprocessing import padded_everygram_pipeline

    grams, words = padded_everygram_pipeline(ORDER, sentences)
    model.fit(grams, words)  # type: ignore[attr-defined]
    return model


def _nltk_score(model: object, sentences: Sequence[Sequence[str]]) -> None:
    from nltk.util import ngrams, pad_sequence

    for words in sentences:
        line = list(pad_sequence(words, ORDER, True, True, "<s>", "</s>"))
        for *context, word in ngrams(line, ORDER):
            model.score(word, context)  # type: ignore[attr-defined]
