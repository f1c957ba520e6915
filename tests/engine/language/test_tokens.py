"""Text cut into sentences and tokens, and joined again."""

import pytest

from engine.data import texts
from engine.language.tokens import LONGEST, cut, is_japanese, joined, sentences


def test_sentences_end_at_lines_and_full_stops():
    assert sentences("雨だ。風も強い！\n\n彼は「行く。」と言った。終わり") == [
        "雨だ。",
        "風も強い！",
        "彼は「行く。」と言った。",
        "終わり",
    ]
    assert sentences("It rains. Does it? Yes, 3.5 mm.\nSo be it") == [
        "It rains.",
        "Does it?",
        "Yes, 3.5 mm.",
        "So be it",
    ]


def test_a_text_of_one_single_line_has_sentences_of_bearable_length():
    assert len(sentences("今日は雨だ。" * 50)) == 50
    assert [len(each) for each in sentences("x" * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


def test_japanese_is_cut_into_words_without_spaces_in_between():
    words = cut(["日本の首都は東京です。"], "words", japanese=True)[0]

    assert words == ["日本", "の", "首都", "は", "東京", "です", "。"]
    assert joined(words, "words", japanese=True) == "日本の首都は東京です。"


@pytest.mark.parametrize("line", ['Called when "x" (a key) is found, e.g. by the user-defined method.', "It's 3: yes!"])
def test_english_words_are_apart_from_their_signs(line):
    words = cut([line], "words", japanese=False)[0]

    assert not any(" " in word for word in words)
    assert "".join(words) == line.replace(" ", "")


def test_characters_and_words_apart_by_spaces():
    assert cut(["日本 の"], "characters", japanese=True, spaced=True) == [["日", "本", "の"]]
    assert cut(["a b"], "characters", japanese=False) == [["a", " ", "b"]]
    assert cut(["日本 の 首都"], "words", japanese=True, spaced=True) == [["日本", "の", "首都"]]


def test_the_language_is_known_by_its_letters():
    assert is_japanese(texts.japanese(50)) and is_japanese(texts.lecture())
    assert not is_japanese(texts.english())
    assert joined(["Well", ",", "no", "."], "words", japanese=False) == "Well, no."
