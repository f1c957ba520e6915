"""Cuts text into sentences, and sentences into words or characters; joins tokens to text again.

Japanese has no spaces between words: MeCab finds them (Kudo et al. 2004) by the dictionary UniDic, through fugashi.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fugashi import GenericTagger

Unit = Literal["words", "characters"]
"""What a token is."""

JAPANESE_SHARE = 0.1
"""Share of Japanese letters from which on a text is cut as Japanese."""

LONGEST = 1000
"""Characters of a sentence at most; what goes on longer is cut there."""

_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〆ー]")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
_END = re.compile(r"(?<=[。！？!?.])(?:(?<=[。！？])|\s+)(?![」』）)\"'])|\n")
_TIGHT_BEFORE, _TIGHT_AFTER = set(".,;:!?)]}%"), set("([{$")


def is_japanese(text: str) -> bool:
    """Tell whether a text is to be cut as Japanese, by its first 4,000 characters."""
    sample = text[:4000]
    return len(_JAPANESE.findall(sample)) > JAPANESE_SHARE * len(sample)


def sentences(text: str) -> list[str]:
    """Cut a text where a line or a sentence ends; a text of one single line has sentences too."""
    found = (part.strip() for part in _END.split(text))
    return [piece for part in found if part for piece in _bearable(part)]


def _bearable(sentence: str) -> Iterable[str]:
    return (sentence[start : start + LONGEST] for start in range(0, len(sentence), LONGEST))


def cut(lines: Iterable[str], unit: Unit, *, japanese: bool, spaced: bool = False) -> list[list[str]]:
    """Cut sentences into tokens: characters, or words; `spaced` says that spaces part the words already."""
    if unit == "characters":
        return [list(line.replace(" ", "") if spaced else line) for line in lines]
    if spaced:
        return [line.split() for line in lines]
    if japanese:
        parse = tagger().parse
        return [parse(line).split() for line in lines]
    return [_WORD.findall(line) for line in lines]


@cache
def tagger() -> "GenericTagger":
    """The morphological analyser, loaded once; `parse` puts spaces between words."""
    import fugashi  # loads its dictionary, which texts that need none don't wait for
    import unidic_lite

    folder = unidic_lite.DICDIR
    return fugashi.GenericTagger(f'-Owakati -d "{folder}" -r "{folder}/mecabrc"')


def joined(tokens: Iterable[str], unit: Unit, *, japanese: bool) -> str:
    """Join tokens to text as it is written: no spaces in Japanese, none before a comma."""
    if unit == "characters" or japanese:
        return "".join(tokens)
    text, before = "", ""
    for token in tokens:
        tight = not text or token in _TIGHT_BEFORE or before in _TIGHT_AFTER
        text += token if tight else f" {token}"
        before = token
    return text
