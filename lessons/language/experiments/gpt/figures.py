"""What `language.gpt` shows of a text: its tokens with their surprise, and what may come next."""

import math
from collections.abc import Sequence

import numpy as np

from engine.language.gpt.sampling import (
    Array,
    Rules,
    distribution,
    probabilities,
    with_min_p,
    with_repetition_penalty,
    with_temperature,
    with_top_k,
    with_top_p,
)
from lessons.language.labs.gpt.settings import SHOWN
from lessons.vocabulary.figures import Bars, Tokens
from lessons.vocabulary.numbers import plain

MOST_BITS = 12.0
"""Surprise of the strongest tint: a probability of 1 in 4096."""

LETTERS = 12
"""Letters in a row that are a repetition when they come again."""

SCALE = tuple((-math.log2(p), f"{p:g}") for p in (1, 0.5, 0.2, 0.1, 0.03, 0.01, 0.001))
"""Probabilities that the scale names, by their bits."""


def text(
    pieces: Sequence[str],
    bits: np.ndarray,
    given: int,
    unseen: int,
    present: int | None,
    title: str = "",
) -> Tokens:
    """Prompt and written tokens; under the one that is looked at stands its probability by the model itself."""
    note = ""
    if present is not None and 0 < present < len(pieces):
        note = plain(2 ** -float(bits[present]), 3)
    return Tokens(
        title=title,
        pieces=tuple(pieces),
        values=np.round(bits, 4),
        high=MOST_BITS,
        given=given,
        unseen=unseen,
        present=present,
        note=note,
        open=True,
        scale_name="@language.gpt.of_each",
        scale=SCALE,
    )


def label(piece: str) -> str:
    """A token's name in a list: what is no sign of its own is shown by one."""
    if not piece:
        return "▫"
    # An @ at the beginning would make it the key of a message.
    shown = piece.replace("\n", "⏎").replace("\t", "⇥").replace("\r", "").replace("@", "＠")
    spaces = len(shown) - len(shown.lstrip(" "))
    return "␣" * spaces + shown[spaces:] if shown.strip(" ") else "␣" * len(shown)


def cut_by(logits: Array, rules: Rules, tokens: Sequence[int]) -> str:
    """The rule that leaves the fewest tokens to choose from, as a message key; empty where all are left."""
    left = with_temperature(with_repetition_penalty(logits, tokens, rules.repetition), rules.temperature)
    counts = {"greedy": _left(left)}
    left = with_top_k(left, rules.top_k)
    counts["top_k"] = _left(left)
    left = with_top_p(left, rules.top_p)
    counts["top_p"] = _left(left)
    counts["min_p"] = _left(with_min_p(left, rules.min_p))
    fewest = min(counts.values())
    if fewest == len(logits):
        return ""
    return "@language.gpt.cut." + next(name for name, count in counts.items() if count == fewest)


def _left(logits: Array) -> int:
    return int(np.isfinite(logits).sum())


def candidates(logits: Array, rules: Rules, tokens: Sequence[int]) -> tuple[np.ndarray, Array, Array]:
    """The tokens to show, the best first, the model's own probabilities and those under the rules, each (V,)."""
    own, drawn = probabilities(logits), distribution(logits, rules, tokens)
    order = np.lexsort((-own, -drawn))[:SHOWN]
    return order, own, drawn


def bars(
    names: Sequence[str], order: np.ndarray, own: Array, drawn: Array, chosen: int | None, cut_name: str, title: str
) -> Bars:
    """The best tokens with both probabilities, a line where the rules cut off, the present token in violet."""
    left = drawn[order]
    possible = int((left > 0).sum())
    return Bars(
        title=title,
        names=tuple(names),
        values=np.round(left, 6),
        beside=np.round(own[order], 6),
        heads=("@language.gpt.by_model", "p"),
        high=max(float(left.max()), 1e-6),
        chosen=chosen,
        cut=possible if possible < len(order) else None,
        cut_name=cut_name,
    )


def repeated(pieces: Sequence[str], given: int) -> int:
    """Count the written tokens with which so many letters in a row end that were there before."""
    whole, count = "", 0
    for number, piece in enumerate(pieces):
        whole += piece
        end = whole[-LETTERS:]
        count += number >= given and len(end) == LETTERS and end in whole[:-1]
    return count


def sample(written: str) -> Tokens | None:
    """What a model wrote at some moment of its training, as plain text; None where there is nothing."""
    if not written:
        return None
    return Tokens(title="@language.gpt.sample", pieces=(written,), values=np.zeros(1))
