"""How a text is cut before byte-pair encoding: no token reaches over such a cut.

`gpt2` cuts as GPT-2's tokenizer does: a contraction's end, a run of letters, of digits or of other signs, each with
the space before it, and white space. `scripts` is our own for texts trained on here: it also parts hiragana, katakana
and the rest, since Japanese has no spaces that would end a word, and no word is longer than 32 characters.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

Cut = Literal["gpt2", "scripts"]

LONGEST = 32
"""Characters of a word by `scripts`."""

HIRAGANA, KATAKANA = "\u3041-\u309f", "\u30a0-\u30ff\u31f0-\u31ff"


def words(text: str, cut: Cut) -> Iterator[str]:
    """The words of a text one by one; together they are the text."""
    return (found.group() for found in _pattern(cut).finditer(text))


@lru_cache(maxsize=2)
def _pattern(cut: Cut) -> re.Pattern[str]:
    if cut == "scripts":
        few = f"{{1,{LONGEST}}}"
        letters = f"(?:(?![{HIRAGANA}{KATAKANA}])[^\\W\\d_]){few}"
        kinds = (f"[{HIRAGANA}]{few}", f"[{KATAKANA}]{few}", letters, rf"\d{few}", rf"[^\s\w]{few}|_{few}")
        return re.compile("|".join(f" ?(?:{each})" for each in kinds) + rf"|\s+(?!\S)|\s{few}|[\s\S]")
    letter, number = _ranges("L"), _ranges("N")
    return re.compile(rf"'(?:[sdmt]|ll|ve|re)| ?[{letter}]+| ?[{number}]+| ?[^\s{letter}{number}]+|\s+(?!\S)|\s+")


def _ranges(kind: str) -> str:
    """All characters of a Unicode category as the inside of a regular expression's brackets."""
    found: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        if unicodedata.category(chr(point))[0] == kind:
            if found and found[-1][1] == point - 1:
                found[-1][1] = point
            else:
                found.append([point, point])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in found)
