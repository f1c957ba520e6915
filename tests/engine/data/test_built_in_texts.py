"""The built-in texts: what they hold, and that they are the same each time."""

import re

import pytest

from engine.data import japanese, texts


def test_the_lectures_corpus_has_the_lectures_frequencies():
    lines = [line.split() for line in texts.lecture().splitlines()]

    def after(*context: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in lines:
            for place in range(len(line) - len(context)):
                if tuple(line[place : place + len(context)]) == context:
                    word = line[place + len(context)]
                    found[word] = found.get(word, 0) + 1
        return found

    assert after("日本", "の") == {"首都": 4, "首相": 3, "観光": 3}
    assert after("首都", "は") == {"東京": 7, "京都": 2, "大阪": 1}
    assert after("東京") == {"です": 7, "だろう": 2, "かもしれない": 1}


def test_english_is_prose_a_sentence_a_line():
    lines = texts.english().splitlines()

    assert sum(map(len, lines)) > 150_000
    assert len(set(lines)) == len(lines)
    assert all(re.match(r"[A-Z]", line) and line[-1] in ".!?" and line.isascii() for line in lines)
    assert not any(re.search(r"::=|>>>|\*\*\w+\*\*|\[\d+\]", line) for line in lines)


def test_japanese_sentences_are_distinct_and_come_from_the_seed():
    first = japanese.sentences(3000, seed=1)

    assert len(set(first)) == 3000
    assert japanese.sentences(3000, seed=1) == first
    assert japanese.sentences(3000, seed=2) != first
    assert not any(re.search(r"[{}|\s]", sentence) for sentence in first)


def test_the_grammar_has_far_more_than_200_000_sentences_and_no_loose_name():
    names = set(re.findall(r"\{(\w+)\}", "".join(japanese.GRAMMAR.values())))

    assert names <= set(japanese.GRAMMAR)
    assert set(japanese.GRAMMAR) - names == {"文"}
    assert japanese.variety() > 10 * japanese.MOST
    with pytest.raises(ValueError, match="200001"):
        japanese.sentences(200_001)
