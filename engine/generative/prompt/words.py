"""Reads prompts: words in Japanese and English, in any order, and what each of them asks for.

No grammar is needed: of each attribute the first word counts, wherever it stands. What is not understood is named,
never passed over in silence.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from engine.generative.prompt.scenes import ATTRIBUTES, NAMES, PLACES, Attribute, Scene

Meaning = Literal["object", "colour", "size", "place", "nothing", "unknown"]

WORDS: dict[Attribute, dict[str, tuple[str, ...]]] = {
    "object": {
        "disc": ("disc", "circle", "円", "丸", "円盤"),
        "square": ("square", "四角", "正方形", "四角形"),
        "triangle": ("triangle", "三角", "三角形"),
        "ring": ("ring", "輪", "リング"),
        "cross": ("cross", "十字", "バツ"),
    },
    "colour": {
        "red": ("red", "赤い", "赤"),
        "green": ("green", "緑の", "緑"),
        "blue": ("blue", "青い", "青"),
        "yellow": ("yellow", "黄色い", "黄色"),
        "purple": ("purple", "紫の", "紫"),
        "white": ("white", "白い", "白"),
    },
    "size": {
        "small": ("small", "小さな", "小さい"),
        "medium": ("medium", "中くらいの"),
        "large": ("large", "big", "大きな", "大きい"),
    },
    "place": {
        "top": ("top", "上"),
        "bottom": ("bottom", "下"),
        "left": ("left", "左"),
        "right": ("right", "右"),
        "middle": ("middle", "centre", "center", "真ん中", "中央"),
    },
}
"""What can be said: for each value its words; places by their sides, of which two may stand together (左上)."""

NOTHING = ("a", "an", "the", "at", "in", "of", "on", "の", "に", "で", "と")
"""Words that mean nothing, besides punctuation."""

KNOWN: dict[str, tuple[Meaning, str]] = {
    word: (attribute, value) for attribute, values in WORDS.items() for value, words in values.items() for word in words
} | {word: ("nothing", "") for word in NOTHING}
"""Each word and what it means."""

_LONGEST = max(map(len, KNOWN))
_RUN = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々ー]+|[^\W_぀-ヿ㐀-鿿豈-﫿々ー]+(?:'\w+)*")
"""Japanese without gaps between its words, or one word of another writing."""


class Word(NamedTuple):
    """One word of a prompt, as it was found."""

    text: str
    meaning: Meaning
    value: str = ""
    """Which object, colour, size or side."""


class Prompt(NamedTuple):
    """What a prompt asks for, and what of it can't be done."""

    words: tuple[Word, ...]
    scene: Scene
    unknown: tuple[str, ...] = ()
    """Words that mean nothing here, each once."""

    refused: tuple[tuple[Word, Word], ...] = ()
    """Words that say something else than an earlier one: that one, which counts, and this one."""


def read(text: str) -> Prompt:
    """Read a prompt; an empty one asks for nothing, so that anything is right."""
    words = tuple(_words(text))
    values: dict[Attribute, int] = {}
    refused: list[tuple[Word, Word]] = []
    for attribute in ATTRIBUTES:
        said = [word for word in words if word.meaning == attribute]
        if attribute == "place":
            place, clashes = _place(said)
            refused += clashes
            if place is not None:
                values[attribute] = place
        elif said:
            values[attribute] = NAMES[attribute].index(said[0].value)
            refused += [(said[0], word) for word in _others(said)]
    unknown = tuple(dict.fromkeys(word.text for word in words if word.meaning == "unknown"))
    return Prompt(words, Scene(**values), unknown, tuple(refused))


def _others(said: list[Word]) -> list[Word]:
    """Words that say something else than the first, each value once."""
    return list({word.value: word for word in reversed(said) if word.value != said[0].value}.values())[::-1]


ROWS = ("top", "middle", "bottom")
COLUMNS = ("left", "middle", "right")


def _place(said: list[Word]) -> tuple[int | None, list[tuple[Word, Word]]]:
    """The place that sides make together, and those that contradict: a side alone is the middle of that side."""
    if not said:
        return None, []
    upright = [word for word in said if word.value in ("top", "bottom")]
    sidewise = [word for word in said if word.value in ("left", "right")]
    row = ROWS.index(upright[0].value) if upright else 1
    column = COLUMNS.index(sidewise[0].value) if sidewise else 1
    clashes = [(words[0], word) for words in (upright, sidewise) if words for word in _others(words)]
    return row * len(COLUMNS) + column, clashes


assert len(PLACES) == len(ROWS) * len(COLUMNS)


def _words(text: str) -> Iterator[Word]:
    """Cut a text into its words; signs of any kind part them."""
    for found in _RUN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        run = found[0]
        if run in KNOWN:
            yield Word(run, *KNOWN[run])
        elif _is_japanese(run[0]):
            yield from _japanese(run)
        else:
            yield Word(run, "unknown")


def _is_japanese(sign: str) -> bool:
    return bool(re.match("[぀-ヿ㐀-鿿豈-﫿々ー]", sign))


def _is_hiragana(sign: str) -> bool:
    return "぀" <= sign <= "ゟ"


def _japanese(run: str) -> Iterator[Word]:
    """Cut Japanese at known words, the longest first; what lies between is unknown.

    A particle between unknown hiragana is part of their word: きのこ is no き with a こ.
    """
    unknown, place = "", 0
    while place < len(run):
        word = next(
            (run[place:end] for end in range(min(len(run), place + _LONGEST), place, -1) if run[place:end] in KNOWN), ""
        )
        if word and KNOWN[word][0] == "nothing" and _inside(run, place, unknown):
            word = ""
        if not word:
            unknown, place = unknown + run[place], place + 1
            continue
        if unknown:
            yield Word(unknown, "unknown")
            unknown = ""
        yield Word(word, *KNOWN[word])
        place += len(word)
    if unknown:
        yield Word(unknown, "unknown")


def _inside(run: str, place: int, unknown: str) -> bool:
    """Whether the particle at a place lies within a word of hiragana that is not known."""
    after = run[place + 1 : place + 2]
    if not after or not _is_hiragana(after) or any(run.startswith(word, place + 1) for word in KNOWN):
        return False
    return _is_hiragana(unknown[-1]) if unknown else place == 0
