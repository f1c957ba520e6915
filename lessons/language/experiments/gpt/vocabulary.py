"""How the text to learn from is cut into tokens, and what these tokens are; byte pairs are found on the spot."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.corpus import read
from engine.language.gpt.spelling import spelled
from engine.language.gpt.tokenizer import Tokenizer
from engine.language.gpt.tokenizers import tokenizer_for
from lessons.language.experiments.gpt.figures import label
from lessons.language.labs.gpt.settings import GptSettings, Level, Text
from lessons.vocabulary.figures import Cell, Column, Table, Tokens

TINTS = (2.5, 5.5)
"""Of tokens that stand side by side, so that each can be seen."""

LISTED = 200
"""Tokens that are listed."""

MOST, SHOWN = 1_000_000, 600
"""Characters of a text that byte pairs are found in here, and those that are shown."""


@lru_cache(maxsize=4)
def _tokenizer(text: Text, file: str, encoding: str, level: Level, size: int) -> tuple[Tokenizer, str]:
    content, _ = read(text, Path(file) if file else None, encoding)  # type: ignore[arg-type]
    content = content[:MOST]
    return tokenizer_for(content, level, size), content[:SHOWN]


def shown(settings: GptSettings) -> tuple[Tokens, Table]:
    """The beginning of the text in its tokens, neighbours in different tints, and a list of what tokens there are.

    Raises GptError or TextError.
    """
    tokenizer, beginning = _tokenizer(
        settings.text, settings.file, settings.encoding, settings.level, settings.vocabulary
    )
    pieces = spelled(tokenizer, tokenizer.encode(beginning))
    tints = np.array([TINTS[number % 2] for number in range(len(pieces))])
    figure = Tokens(title="@language.gpt.split", pieces=tuple(pieces), values=tints)
    return figure, _joined(tokenizer) if isinstance(tokenizer, BytePairs) else _characters(tokenizer)


def _joined(tokenizer: BytePairs) -> Table:
    """The pairs in the order in which they were joined."""
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
    return Table(title="@language.gpt.joined", columns=columns, rows=tuple(rows[:LISTED]))


ACROSS = 5
"""Characters in a row of the list."""


def _characters(tokenizer: Tokenizer) -> Table:
    """All characters with their numbers, by columns."""
    count = min(tokenizer.size, LISTED)
    down = -(-count // ACROSS)
    rows = []
    for row in range(down):
        cells = []
        for number in range(row, down * ACROSS, down):
            there = number < count
            cells.append(Cell(str(number) if there else "", "faint"))
            cells.append(Cell(label(tokenizer.piece(number)) if there else "", "text", True))
        rows.append(tuple(cells))
    columns = tuple(Column("", right=not place % 2, width=3 if not place % 2 else 2) for place in range(2 * ACROSS))
    return Table(title="@language.gpt.alphabet", columns=columns, rows=tuple(rows))
