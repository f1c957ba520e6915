"""How a text is cut into tokens, and which pairs were joined to make them."""

import numpy as np

from engine.language.gpt.bpe import BytePairs
from lessons.language.experiments.gpt.figures import label
from lessons.language.experiments.gpt.sources import Source
from lessons.vocabulary.figures import Cell, Column, Table, Tokens

TINTS = (2.5, 5.5)
"""Of tokens that stand side by side, so that each can be seen."""

JOINED = 200
"""Pairs that are shown."""


def split(found: Source, tokens: list[int]) -> Tokens:
    """The present text in its tokens, neighbours in different tints."""
    pieces = found.pieces(tokens)
    return Tokens(
        title="@language.gpt.split",
        pieces=tuple(pieces),
        values=np.array([TINTS[number % 2] for number in range(len(pieces))]),
    )


def joined(found: Source) -> Table | None:
    """The pairs in the order in which they were joined; None where tokens are characters."""
    tokenizer = found.tokenizer
    if not isinstance(tokenizer, BytePairs):
        return None
    counts = tokenizer.counts or (0,) * len(tokenizer.merges)
    rows = []
    for number, ((left, right, whole), count) in enumerate(zip(tokenizer.merged(), counts, strict=True), 1):
        rows.append(
            (
                Cell(str(number), "faint"),
                Cell(label(left), "muted"),
                Cell(label(right), "muted"),
                Cell(label(whole), "text", True),
                Cell(f"{count:,}" if count else "–", "muted"),
            )
        )
    columns = (
        Column("", True),
        Column("@language.gpt.left"),
        Column("@language.gpt.right"),
        Column("@language.gpt.token"),
        Column("@language.gpt.times_found", True),
    )
    return Table(title="@language.gpt.joined", columns=columns, rows=tuple(rows[:JOINED]))
