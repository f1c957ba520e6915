"""Spaced repetition: which questions a learner is asked next, and in which order.

What was missed comes back before anything new, and what was known comes back last, the longest ago first: the rule of
Leitner's card box (1972) with two compartments, missed and known. New questions are dealt to one group after another.

Lots are hashes of the seed and a name, not numbers drawn in a row: a question that is added or taken away changes
neither the order of the others nor that of their choices.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Last:
    """The last answer to a question."""

    time: float
    """Seconds since 1970."""

    right: bool


def lot(seed: int, name: str) -> bytes:
    """Draw the lot of a name: 32 bytes, alike on every machine."""
    return sha256(f"{seed}:{name}".encode()).digest()


def shuffled(names: Iterable[str], seed: int, of: str = "") -> tuple[str, ...]:
    """Put names in the order of their lots; those of different things (`of`) are drawn apart."""
    return tuple(sorted(names, key=lambda name: lot(seed, f"{of}/{name}")))


def dealt(groups: Mapping[str, str], seed: int) -> tuple[str, ...]:
    """Put names in a random order that takes one of each group in turn, for as long as the groups last.

    `groups` gives the group of each name. Groups take turns in a random order as well, the same in each round.
    """
    order = shuffled(set(groups.values()), seed)
    within = {group: [name for name in shuffled(groups, seed) if groups[name] == group] for group in order}
    longest = max(map(len, within.values()), default=0)
    return tuple(within[group][turn] for turn in range(longest) for group in order if turn < len(within[group]))


def drawn(groups: Mapping[str, str], count: int, seed: int, record: Mapping[str, Last]) -> tuple[str, ...]:
    """Draw the questions of a quiz, at most `count`: a pure function of the seed and the record of answers.

    First those whose last answer was wrong, the longest ago first; then those never asked, dealt to the groups; then
    those whose last answer was right, the longest ago first.
    """
    order = dealt(groups, seed)
    asked = sorted((name for name in order if name in record), key=lambda name: record[name].time)
    missed = [name for name in asked if not record[name].right]
    known = [name for name in asked if record[name].right]
    new = [name for name in order if name not in record]
    return (*missed, *new, *known)[:count]
