"""Forgetting: the chance that something is still known, some days after it was practised last.

    p = 2^(−Δ/h)                h = 2^(θ·x)

Δ is the time since then and h the half-life, both in days; x says how it was practised. Ebbinghaus (1885) measured
such curves on himself; with the half-life as a power of two of weighted practice this is half-life regression
(Settles and Meeder 2016, eq. 1 and 2). There θ is fitted to the answers of millions of learners. The weights below
are fitted to nothing: they say that each exercise solved doubles the half-life, so p is an estimate by a rule.
"""

import math
from dataclasses import dataclass

FIRST = 1.0
"""Of having seen it at all: a half-life of two days."""

SOLVED = 1.0
"""Of each exercise solved by oneself: twice as long."""

COPIED = 0.25
"""Of each exercise solved after its solution was shown."""

HINT = -0.25
"""Of each hint taken."""


@dataclass(frozen=True)
class Practice:
    """How something was practised: the x of the half-life."""

    solved: int = 0
    """Exercises solved by oneself."""

    copied: int = 0
    """Exercises solved after the solution was shown."""

    hints: int = 0
    """Hints taken."""


def half_life(practice: Practice) -> float:
    """h = 2^(θ·x), days; no less than one day."""
    weighted: float = FIRST + SOLVED * practice.solved + COPIED * practice.copied + HINT * practice.hints
    return math.pow(2.0, max(weighted, 0.0))


def recall(days: float, half: float) -> float:
    """p = 2^(−Δ/h), 0…1, after `days` of a half-life of `half` days; a time to come counts as now."""
    return math.pow(2.0, -max(days, 0.0) / half)
