"""The texts that language models learn from: English, Japanese, and the lecture's small corpus.

None of them is stored here but the last: the English text is made of what the standard library carries along, the
Japanese one of a grammar.
"""

import re
from functools import lru_cache

from engine.data.japanese import sentences

LECTURE = """\
だから 日本 の 首都 は 東京 です
今 も 日本 の 首都 は 東京 です
たぶん 日本 の 首都 は 東京 だろう
もちろん 日本 の 首都 は 東京 です
日本 の 首相 が いる の は 東京 です
日本 の 首相 は 国会 で 話す
日本 の 首相 は 選挙 で 決まる
日本 の 観光 の 入口 は 東京 だろう
日本 の 観光 の 中心 は 東京 かもしれない
日本 の 観光 は 京都 が 人気 です
この 国 の 首都 は 東京 です
今 の 首都 は 東京 です
わたし の 国 の 首都 は 東京 です
昔 の 首都 は 京都 でした
千年 の 首都 は 京都 でした
いつか の 首都 は 大阪 かもしれない
"""
"""The lecture's example as a corpus, a sentence a line, its words apart by spaces.

After 日本 の come 首都, 首相 and 観光 four, three and three times of ten; after 首都 は 東京, 京都 and 大阪 seven,
two and one times; after 東京 です, だろう and かもしれない seven, two and one times.
"""

HELD_OUT = """\
日本 の 首都 は 大阪 かもしれない
今 の 首都 は 東京 だろう
この 国 の 首相 は 国会 で 話す
昔 の 首都 は 大阪 でした
"""
"""Sentences of the same kind that are not in the lecture's corpus, to test with; the last joins words anew."""

SHORTEST = 30
"""Characters that a sentence of the English text has at least."""

ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "cf.", "resp.")

HOLD = "\ue000"
"""Stands for a space at which no sentence ends."""

_MARKUP = re.compile(r"\*\*?([^*\s](?:[^*]*[^*\s])?)\*\*?|\[\d+\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"(])")
_CODE = re.compile(r"::=|>>>|==|\\|^\s{3,}|[{}<>|=]")


@lru_cache(maxsize=1)
def english() -> str:
    """English prose, a sentence a line: what `pydoc_data.topics` explains of Python, without its code and tables.

    About 210,000 characters; which ones depends on the version of Python.
    """
    from pydoc_data.topics import topics  # half a megabyte that other texts need not wait for

    found: dict[str, None] = {}  # a set that keeps the order: many topics share a sentence
    for name in sorted(topics):
        for paragraph in topics[name].split("\n\n"):
            for sentence in _english_sentences(paragraph):
                found[sentence] = None
    return "\n".join(found) + "\n"


def _english_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph that are prose."""
    lines = [re.sub(r"^[*\d]+\.? ", "", line.strip()) for line in paragraph.splitlines()]
    if paragraph.startswith("    ") or any(set(line) <= set("*=-~^+") for line in lines if line):
        return []
    joined = re.sub(r"(?<=\w)- (?=[a-z])", "-", " ".join(lines))
    flat = _MARKUP.sub(lambda match: match[1] or "", joined).replace("’", "'")
    flat = flat.replace("“", '"').replace("”", '"').replace("–", "-").replace("—", "-").strip()
    for short in ABBREVIATIONS:
        flat = flat.replace(f"{short} ", f"{short}{HOLD}")  # ends no sentence
    kept = []
    for sentence in _SENTENCE_END.split(flat):
        sentence = " ".join(sentence.replace(HOLD, " ").split())
        whole = sentence[:1].isupper() and sentence[-1:] in ".!?" and len(sentence) >= SHORTEST
        if whole and sentence.isascii() and not _CODE.search(sentence):
            kept.append(sentence)
    return kept


@lru_cache(maxsize=2)
def japanese(count: int = 20_000, seed: int = 0) -> str:
    """Japanese prose, `count` distinct sentences, a sentence a line, drawn from the grammar by `seed`.

    20,000 sentences have about 400,000 characters. Up to 200,000 can be had. Raises ValueError for more.
    """
    return "\n".join(sentences(count, seed)) + "\n"


def lecture() -> str:
    """The lecture's small corpus: a sentence a line, words apart by spaces."""
    return LECTURE
