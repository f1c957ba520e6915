"""The way through the tree: at each place what may come next, and which word is gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.language.ngram import END, UNKNOWN, NGram
from lessons.language.experiments.next_word.subject import Subject
from lessons.language.labs.next_word.settings import END as SHOWN_END
from lessons.language.labs.next_word.settings import SPACE
from lessons.vocabulary.tree import Branch, Fan

MOST, LEAST = 7, 0.0005
"""Words of a fan that are drawn one by one, and the probability that they have."""

UNKNOWN_SHOWN = "(?)"
"""Every word that is not in the text."""

AHEAD = 3
"""Fans behind the last picked word."""

TENTHS = 1e-9
"""Nearness to a whole number of tenths."""


_SHOWN = {END: SHOWN_END, " ": SPACE, UNKNOWN: UNKNOWN_SHOWN}
_READ = {text: token for token, text in _SHOWN.items()}


def shown(token: str) -> str:
    """Write a token as a path and a tree do."""
    return _SHOWN.get(token, token)


def token_of(text: str) -> str:
    """Read a token from a path."""
    return _READ.get(text, text)


@dataclass(frozen=True)
class Place:
    """One place on the way."""

    words: tuple[str, ...]
    """All that stands before it."""

    label: str
    """The word before it, or the prompt."""

    fan: Fan
    shares: dict[str, float]
    """The tokens of the fan and their probabilities, the likeliest first."""

    step: tuple[str, ...] = ()
    """Tokens that are gone on with; none at the end of the way."""


class Walk:
    """Places from the prompt on: along what is picked, then along the likeliest."""

    def __init__(self, model: NGram, subject: Subject, prompt: Sequence[str], picked: Sequence[str]) -> None:
        self.model = model
        self.subject = subject
        self.places: list[Place] = []
        self.picked: list[str] = []
        """The picked tokens that can be followed."""

        self.taken = 0
        """Places that were left by what is picked."""

        self._go(tuple(prompt), list(picked))

    def _go(self, words: tuple[str, ...], left: list[str]) -> None:
        label = self.subject.joined(words) or shown(words[0] if words else "^")
        label = "^" if words and not self.subject.joined(words) else label
        ahead = 0
        while ahead < AHEAD:
            token = left[0] if left else ""
            place = self._place(words, label, token)
            if left and not place.step:  # it can't come here
                left = []
                place = self._place(words, label, "")
            self.places.append(place)
            if not place.step:
                return
            if left:
                self.taken += 1
                steps = place.step[:1] + tuple(a for a, b in zip(place.step[1:], left[1:], strict=False) if a == b)
                self.picked += place.step
                left = left[len(steps) :]
            if not left:
                ahead += 1
            words = (*words, *place.step)
            label = "".join(map(shown, place.step))
            if place.step[-1] == END:
                return

    def _place(self, words: tuple[str, ...], label: str, token: str) -> Place:
        """What comes next here; followed is `token`, if it can; without one the likeliest."""
        p = self.model.distribution(words)
        order = np.argsort(-p, kind="stable")
        possible = int((p > 0).sum())
        likely = int((p >= LEAST).sum()) or possible
        numbers = order[: min(possible, likely, MOST)].tolist()
        wanted = self.model.vocabulary.numbers.get(token) if token else None
        if wanted is not None and p[wanted] > 0 and wanted not in numbers:
            numbers = [*numbers[: MOST - 1], wanted]
        tokens = [self.model.vocabulary.tokens[number] for number in numbers]
        steps = [(each, *self._certain((*words, each))) for each in tokens]
        following = self.model.following(words)
        branches = tuple(
            Branch(
                name=" ".join(map(shown, step)),
                label=self._label(step),
                share=float(p[number]),
                seen=each in following,
            )
            for number, each, step in zip(numbers, tokens, steps, strict=True)
        )
        chosen = tokens.index(token) if token in tokens else None if token or not tokens else 0
        rest = possible - len(numbers)
        fan = Fan(
            branches=branches,
            followed=chosen,
            picked=bool(token) and chosen is not None,
            rest=f"+{rest:,}" if rest else "",
            rest_share=float(max(1 - p[numbers].sum(), 0.0)) if rest else 0.0,
        )
        shares = {shown(each): round(float(p[number]), 12) for number, each in zip(numbers, tokens, strict=True)}
        return Place(words, label, fan, shares, steps[chosen] if chosen is not None else ())

    def _label(self, step: Sequence[str]) -> str:
        return "".join(map(shown, step))

    def _certain(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """A Japanese particle that always follows, and is written with its word as in the lecture's tree."""
        if self.model.smoothing != "none" or self.subject.unit != "words" or words[-1] == END:
            return ()
        following = self.model.following(words)
        if len(following) != 1:
            return ()
        (token,) = following
        return (token,) if len(token) == 1 and "\u3041" <= token <= "\u3096" else ()

    @property
    def steps(self) -> list[Place]:
        """The places whose words make the probability: those left by what is picked, or all where nothing is."""
        return [place for place in self.places[: self.taken] or self.places if place.step]

    @property
    def probability(self) -> float:
        """Of the words gone on with, behind the prompt."""
        return float(np.prod([place.fan.branches[place.fan.followed or 0].share for place in self.steps]))

    def digits(self) -> int:
        """Decimals of the probabilities: one where all of them are tenths, as in the lecture."""
        shares = [branch.share for place in self.places for branch in place.fan.branches]
        return 1 if all(abs(10 * share - round(10 * share)) < TENTHS for share in shares) else 3
