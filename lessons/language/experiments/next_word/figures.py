"""The figures of `language.next_word`: the tree, products of probabilities, perplexity against the order."""

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len

from engine.language.ngram import MOST_ORDER
from lessons.language.experiments.next_word.subject import Subject
from lessons.language.experiments.next_word.walk import Walk, shown
from lessons.language.labs.next_word.settings import NAME, NextWordSettings
from lessons.vocabulary.figures import Bars, Formula, FormulaLine, Term
from lessons.vocabulary.numbers import plain
from lessons.vocabulary.tree import Tree

WIDTH = 62
"""Cells that a line of a product may take."""

BEYOND = 1.5
"""How much longer an infinite bar is than the longest finite one."""

SMALLEST = 0.001
"""Probabilities below are written with their power of ten."""


def chance(p: float) -> str:
    """Write a probability: tenths with one decimal, small ones with their power of ten, 0 and 1 as they are."""
    if p in (0.0, 1.0):
        return str(int(p))
    if p < SMALLEST:
        return f"{p:.1e}".replace("e-0", "e-").replace("-", "−")
    return plain(p, 1 if abs(10 * p - round(10 * p)) < 1e-9 else 3)


def tree(walk: Walk, subject: Subject, prompt: Sequence[str], order: int) -> Tree:
    """The tree from the prompt on; what the model no longer reads of the prompt stands apart."""
    read = list(prompt)[max(0, len(prompt) - order + 1) :] if order > 1 else []
    before = list(prompt)[: len(prompt) - len(read)]
    return Tree(
        title=f"@{NAME}.tree",
        root=subject.joined(read) or ("·" if prompt and order == 1 else "^"),
        before=subject.joined(before),
        fans=tuple(place.fan for place in walk.places),
        digits=walk.digits(),
        at=walk.taken - 1,
    )


def product(walk: Walk) -> Formula:
    """The probability of the way: each word's, multiplied."""
    steps = [(place.fan.branches[place.fan.followed or 0], bool(walk.taken)) for place in walk.steps]
    words = [(branch.label, branch.share) for branch, _ in steps]
    return Formula(lines=_lines("p", words, walk.probability, most=1))


def sentence(words: Sequence[tuple[str, float]]) -> Formula:
    """The probability of a sentence: each word's behind those before it, multiplied."""
    total = float(np.prod([p for _, p in words]))
    return Formula(lines=_lines("P", [(shown(word), p) for word, p in words], total, most=2))


def _lines(name: str, words: Sequence[tuple[str, float]], total: float, *, most: int) -> tuple[FormulaLine, ...]:
    """Set words with their probabilities under them in lines that fit; what does not fit in `most` is left out."""
    end = [Term("", "=", "muted"), Term("", chance(total), "accent" if total else "error", bold=True)]
    lines: list[list[Term]] = [[]]
    width = 0
    for place, (word, p) in enumerate(words):
        number = chance(p)
        size = max(cell_len(word), cell_len(number)) + (3 if place else 0)
        if width + size > WIDTH - 12 and lines[-1]:
            if len(lines) == most:
                lines[-1].append(Term("…", "…", "faint"))
                break
            lines.append([])
            width = 0
        if place:
            lines[-1].append(Term("", "×", "muted"))
        lines[-1].append(Term(word, number, "error" if p == 0 else "text", bold=p == 0))
        width += size + 1
    lines[-1] += end
    return tuple(
        FormulaLine(name if not index else "", (Term("", "=" if not index else "", "muted"), *terms))
        for index, terms in enumerate(lines)
    )


def perplexities(subject: Subject, settings: NextWordSettings) -> tuple[Bars, list[tuple[float, int, int]]]:
    """On held-out text for every order, infinite where a word is impossible; beside it what was found."""
    found = [subject.model(settings, order).perplexity(subject.held_out) for order in range(1, MOST_ORDER + 1)]
    values = np.array([value for value, _, _ in found])
    finite = values[np.isfinite(values)]
    highest = float(finite.max()) if len(finite) else 1.0
    if len(finite) < len(values):
        highest *= BEYOND
    bars = Bars(
        title=f"@{NAME}.perplexities",
        names=tuple(f"n = {order}" for order in range(1, MOST_ORDER + 1)),
        values=values,
        high=highest,
        digits=1,
        chosen=settings.order - 1,
    )
    return bars, found
