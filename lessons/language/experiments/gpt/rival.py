"""The n-gram model that a GPT has to beat: counted on the same tokens, measured on the same held-out ones."""

import numpy as np
from numpy.typing import NDArray

from engine.language.ngram import NGram
from engine.language.ngram_counts import Vocabulary, count

ORDERS = (2, 3, 4, 5)
"""The best of these is taken."""

MOST = 2_000_000
"""Tokens that are counted at most: the first ones of the text."""


def rival_loss(train: NDArray[np.int32], held_out: NDArray[np.int32], size: int) -> float:
    """Mean −ln p of the held-out tokens, in nats, by the best interpolated Kneser–Ney model of these orders."""
    vocabulary = Vocabulary([])  # only for names, and here tokens have none
    read = held_out.astype(np.int64)
    losses = []
    for order in ORDERS:
        model = NGram(vocabulary, count(train[:MOST].astype(np.int64), size, order), "kneser_ney")
        losses.append(-float(np.log(model.score(read)).mean()))
    return min(losses)
