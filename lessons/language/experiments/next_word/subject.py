"""The text that is asked: cut into tokens, counted once, and kept while settings change that don't touch it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.data import texts
from engine.data.own_text import beginning
from engine.language.ngram import BEGIN, MOST_ORDER, NGram
from engine.language.ngram_counts import Counts, Vocabulary, counted
from engine.language.tokens import Unit, cut, is_japanese, joined, sentences
from lessons.language.labs.next_word.settings import BEGIN as TYPED_BEGIN
from lessons.language.labs.next_word.settings import LINE, Encoding, NextWordSettings

JAPANESE_SENTENCES = 8_000
"""Of the built-in Japanese text: the first answer shall not be waited for."""

MOST_CHARACTERS = 400_000
"""Of an own file that are counted."""

HELD_OUT = 10
"""Every tenth sentence is not counted, but tested with."""

PROMPTS = {"lecture": "日本 の", "japanese": "日本の", "english": f"{TYPED_BEGIN} The", "file": TYPED_BEGIN}
BEARABLE: dict[Unit, int] = {"words": 8, "characters": 26}
"""Tokens of a sentence that is shown unasked."""

SENTENCE = "日本 の 首都 は 東京 です"
"""The sentence whose probability is asked first; of other texts the first one that was held out."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A text, counted."""

    name: str
    unit: Unit
    japanese: bool
    spaced: bool
    """Whether spaces part its words, as in the lecture's corpus."""

    counted: list[list[str]]
    held_out: list[list[str]]
    vocabulary: Vocabulary
    counts: Counts
    more: bool
    """Whether the file goes on behind what was counted."""

    changed: int
    """Sentences in which it differs from the lecture's corpus."""

    def model(self, settings: NextWordSettings, order: int | None = None) -> NGram:
        """The model that is set, or the same with another order."""
        counts = self.counts.shortened(order or settings.order)
        return NGram(self.vocabulary, counts, settings.smoothing, k=settings.k)

    def tokens(self, typed: str) -> list[str]:
        """Cut what somebody has typed as the text was cut; `^` at its beginning is that of a sentence."""
        begins = typed.startswith(TYPED_BEGIN)
        typed = typed.removeprefix(TYPED_BEGIN).strip()
        if self.unit == "characters" and (self.japanese or self.spaced):
            found = list("".join(typed.split()))
        elif self.spaced and self.unit == "words":
            found = [word for piece in typed.split() for word in self._words(piece)]
        else:
            found = cut([typed], self.unit, japanese=self.japanese)[0] if typed else []
        return [BEGIN, *found] if begins else found

    def _words(self, piece: str) -> list[str]:
        """Part what was typed without spaces into words of the text, the longest first; one unknown stays whole."""
        found, place = [], 0
        while place < len(piece):
            ends = range(len(piece), place, -1)
            end = next((end for end in ends if piece[place:end] in self.vocabulary.numbers), None)
            if end is None:
                return [piece]
            found.append(piece[place:end])
            place = end
        return found

    def joined(self, tokens: Sequence[str]) -> str:
        """Write tokens as they stand in a text."""
        return joined((each for each in tokens if each != BEGIN), self.unit, japanese=self.japanese)

    def prompt(self, settings: NextWordSettings) -> list[str]:
        """What the tree begins with."""
        return self.tokens(settings.prompt.strip() or PROMPTS[self.name])

    def sentence(self, settings: NextWordSettings) -> list[str]:
        """The sentence whose probability is asked."""
        if settings.sentence.strip():
            return self.tokens(settings.sentence.strip().removeprefix(TYPED_BEGIN))
        return self.tokens(SENTENCE) if self.name == "lecture" else self._bearable()

    def _bearable(self) -> list[str]:
        """The first sentence held out that is neither long nor a word alone; else the first."""
        longest = BEARABLE[self.unit]
        return next((each for each in self.held_out if 4 <= len(each) <= longest), self.held_out[0])


def subject(settings: NextWordSettings) -> Subject:
    """Take the text that is set; of an own file that has not been named yet, the lecture's. Raises TextError."""
    if settings.text == "file" and settings.file.strip():
        path = Path(settings.file.strip()).expanduser()
        stamp = os.stat(path).st_mtime_ns if path.is_file() else 0
        return _own(str(path), stamp, settings.encoding, settings.unit)
    if settings.text in ("english", "japanese"):
        return _built_in(settings.text, settings.unit)
    return _lecture(settings.corpus, settings.unit)


@lru_cache(8)
def _lecture(corpus: str, unit: Unit) -> Subject:
    own = [line.strip() for line in texts.lecture().splitlines()]
    lines = [" ".join(line.split()) for line in corpus.split(LINE)]
    lines = [line for line in lines if line] or own
    changed = sum(line != before for line, before in zip(lines, own, strict=False)) + abs(len(lines) - len(own))
    held_out = texts.HELD_OUT.splitlines()
    parts = [cut(each, unit, japanese=True, spaced=True) for each in (lines, held_out)]
    return _subject("lecture", unit, *parts, japanese=True, spaced=True, changed=changed)


@lru_cache(4)
def _built_in(name: str, unit: Unit) -> Subject:
    text = texts.english() if name == "english" else texts.japanese(JAPANESE_SENTENCES)
    return _split(name, unit, text.splitlines(), japanese=name == "japanese")


@lru_cache(2)
def _own(path: str, stamp: int, encoding: Encoding, unit: Unit) -> Subject:
    text, more = beginning(Path(path), MOST_CHARACTERS, encoding)
    return _split("file", unit, sentences(text), japanese=is_japanese(text), more=more)


def _split(name: str, unit: Unit, lines: list[str], *, japanese: bool, more: bool = False) -> Subject:
    """Hold every tenth sentence out, the last of all where there are fewer; a single one is counted and tested."""
    cut_lines = cut(lines, unit, japanese=japanese)
    cut_lines = [line for line in cut_lines if line]
    held_out = cut_lines[HELD_OUT - 1 :: HELD_OUT] or cut_lines[-1:]
    counted_lines = [line for place, line in enumerate(cut_lines) if (place + 1) % HELD_OUT]
    if len(cut_lines) < HELD_OUT:
        counted_lines = cut_lines[:-1] or cut_lines
    return _subject(name, unit, counted_lines, held_out, japanese=japanese, more=more)


def _subject(
    name: str,
    unit: Unit,
    lines: list[list[str]],
    held_out: list[list[str]],
    *,
    japanese: bool,
    spaced: bool = False,
    more: bool = False,
    changed: int = 0,
) -> Subject:
    vocabulary, counts = counted(lines, MOST_ORDER)
    return Subject(name, unit, japanese, spaced, lines, held_out, vocabulary, counts, more, changed)
