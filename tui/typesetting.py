"""Typesetting: where a line of text may end, in Japanese as in English.

Textual wraps all text with one function that knows spaces only, so Japanese comes out in ragged blocks,
with 、 at the start of a line. `install` replaces that function; `wrap` is the same for text that we lay
out ourselves.

A line ends between phrases (文節) as ICU finds them, so that 前活性 and 発火する stay whole. Where that
would leave a line shorter than seven tenths of the measure, it ends where the rules of line breaking (禁則)
allow: first between words, then anywhere legal. No line starts with 、。）ー or small kana or ends with
（「, no Latin word is torn, nothing is parted at U+00A0. What is wider than a whole line is parted between
characters. Text without Japanese needs no ICU and does not load it.
"""

import inspect
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, pairwise
from types import ModuleType

from rich.cells import split_graphemes
from textual import content

FULL_ENOUGH = 0.7
"""Share of the measure that a line fills; to do so it may end at a place of the next lower rank."""
PHRASES, STRICT = "ja@lb=strict;lw=phrase", "ja@lb=strict"
"""Locales of ICU: line ends between phrases, and wherever the rules allow."""
SPACE = " \t\n\u3000"
"""Characters that may hang over the end of a line, where they are not shown."""
NEVER_FIRST = "、。，．）」』】〕！？：；"
"""Signs that begin no line, not even where a word is parted because it is wider than the line."""
FIRST_JAPANESE = "\u3001"
"""Text whose characters all come before this one needs no ICU."""
TORN_ENDING = re.compile("(?=て)|(?<=で)(?=あ[るりっ])|(?<=や)(?=す[いく])")
"""Places before the ending of a verb or adjective that ICU's model takes for ends of phrases."""


def script(character: str) -> str:
    """Which of the Japanese scripts a character belongs to: `hiragana`, `katakana`, `kanji`, or none."""
    if "ぁ" <= character <= "ん":
        return "hiragana"
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    if "㐀" <= character <= "鿿" or character in "々〇" or "\uf900" <= character <= "\ufaff":
        return "kanji"
    return "kanji" if "\U00020000" <= character <= "\U0003ffff" else ""


@lru_cache(maxsize=1)
def breakers() -> ModuleType | None:
    """ICU's break iterators, loaded with the first Japanese text; None where icu4py is not installed."""
    try:
        from icu4py import breakers as module
    except ImportError:
        return None
    return module


def icu_ends(icu: ModuleType, text: str, locale: str) -> list[int]:
    """Where ICU lets a line of the text end in this locale, as indices into the Python string."""
    ends = [end for _, end in icu.LineBreaker(text, locale).segments()]
    if max(text) <= "\uffff":
        return ends
    # ICU counts UTF-16 units, of which characters beyond U+FFFF take two.
    units = accumulate((2 if character > "\uffff" else 1 for character in text), initial=0)
    index_of = {unit: index for index, unit in enumerate(units)}
    return [index_of[end] for end in ends]


@lru_cache(maxsize=2048)
def line_ends(text: str) -> list[list[int]]:
    """The places where a line may end, in ranks: between phrases, between words, wherever it is legal."""
    icu = breakers() if max(text, default="") >= FIRST_JAPANESE else None
    if icu is None:
        return [[match.end() for match in re.finditer("[ \t\n]+|$", text)]]
    within_word, before_ending = set(), {match.start() for match in TORN_ENDING.finditer(text)}
    unclear = set()
    for place, (before, after) in enumerate(pairwise(map(script, text)), 1):
        if before == after in ("kanji", "katakana"):
            # The model parts compounds that it does not know: 前|活性, 閾|値.
            within_word.add(place)
        elif after == "hiragana" and before == "kanji":
            before_ending.add(place)
            unclear.add(place)
        elif after == "hiragana" == before:
            unclear.add(place)
    phrases = [end for end in icu_ends(icu, text, PHRASES) if end not in within_word]
    legal = icu_ends(icu, text, STRICT)
    words = [end for end in legal if end not in within_word and end not in unclear]
    return [[end for end in phrases if end not in before_ending], sorted({*words, *phrases}), legal]


def last_within(ends: list[int], start: int, limit: int) -> int | None:
    """The last of the ends behind start and not behind limit."""
    index = bisect_right(ends, limit) - 1
    return ends[index] if index >= 0 and ends[index] > start else None


@lru_cache(maxsize=4096)
def line_starts(text: str, width: int, fold: bool) -> tuple[int, ...]:
    """Indices at which each line but the first begins."""
    ranks = line_ends(text)
    cells = [0]
    for start, end, size in split_graphemes(text)[0]:
        # Within a character with its marks no line can end: each place there counts the whole.
        cells += [cells[-1] + size] * (end - start)
    starts: list[int] = []
    start = 0
    while True:
        fits = limit = bisect_right(cells, cells[start] + width) - 1
        while limit < len(text) and text[limit] in SPACE:
            limit += 1
        if limit >= len(text):
            return tuple(starts)
        found = [end for ends in ranks if (end := last_within(ends, start, limit)) is not None]
        if found:
            full = (end for end in found if cells[len(text[:end].rstrip(SPACE))] - cells[start] >= FULL_ENOUGH * width)
            start = next(full, found[-1])
        elif fold:
            while fits < len(text) and text[fits] in NEVER_FIRST and cells[fits] > cells[start]:
                fits = bisect_left(cells, cells[fits]) - 1
            start = fits if fits > start else next(end for _, end, _ in split_graphemes(text)[0] if end > start)
        else:
            start = min(end for end in ranks[-1] if end > start)
        if start >= len(text):
            return tuple(starts)
        starts.append(start)


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    """Where to part a text so that it fits the width, in cells: the indices at which its further lines begin.

    Spaces at the end of a line are not counted. Without `fold` what is wider than a line stays whole.
    """
    return list(line_starts(text, max(width, 1), fold))


def wrap(text: str, width: int) -> list[str]:
    """Sets a text in lines of at most `width` cells, without the spaces at their ends; keeps newlines."""
    lines = []
    for paragraph in text.split("\n"):
        starts = divide_line(paragraph, width)
        bounds = zip([0, *starts], [*starts, len(paragraph)], strict=True)
        lines += [paragraph[start:end].rstrip(SPACE) for start, end in bounds]
    return lines


_stock: list[Callable[..., list[int]]] = []
"""What `install` replaced."""


def install() -> bool:
    """Lets Textual set its text by `divide_line`; False, and no change, where it wraps otherwise."""
    if _stock:
        return True
    stock = getattr(content, "divide_line", None)
    if stock is None or list(inspect.signature(stock).parameters) != ["text", "width", "fold"]:
        return False
    _stock.append(stock)
    content.divide_line = divide_line
    return True


def uninstall() -> None:
    """Gives Textual its own function back."""
    if _stock:
        content.divide_line = _stock.pop()
