"""The line to beat: the loss of an n-gram on the same tokens, which looks back a few tokens and only counts."""

import numpy as np

from engine.language.gpt.corpus import Corpus
from engine.language.gpt.tokenizer import Level
from engine.language.ngram import NGram
from engine.language.ngram_counts import Vocabulary, count

ORDERS: dict[Level, int] = {"characters": 6, "bpe": 3}
"""Tokens of an n-gram: about a word, or about three."""

MOST = 5_000_000
"""Tokens that are counted, the last of the training text."""


def ngram_loss(corpus: Corpus, level: Level) -> float:
    """Mean loss in nats a token on the held-out text, interpolated Kneser–Ney."""
    size = corpus.tokenizer.size
    counts = count(corpus.train[-MOST:].astype(np.int64), size, ORDERS[level])
    model = NGram(Vocabulary([]), counts, "kneser_ney")
    return float(-np.log(model.score(corpus.held_out.astype(np.int64))).mean())
