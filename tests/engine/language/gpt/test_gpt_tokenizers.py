import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from engine.language.gpt import bpe_training
from engine.language.gpt.bpe import BytePairs, merged
from engine.language.gpt.errors import GptError
from engine.language.gpt.tokenizer import Characters
from engine.language.gpt.tokenizers import tokenizer_for, tokenizer_of
from engine.language.gpt.words import words

TEXT = (
    "the cat and the hat, the rat 12 34\nむかしむかし、おじいさんとおばあさんがいました。カタカナと漢字 _a__b\n\n  x"
    * 3
)


def slow_merges(text: str, most: int) -> list[tuple[tuple[int, int], int]]:
    """Byte-pair encoding as it is defined: everything counted anew for each merge."""
    spelled = [list(word.encode()) for word in words(text, "scripts")]
    found: list[tuple[tuple[int, int], int]] = []
    while len(found) < most:
        counts = Counter(pair for word in spelled for pair in pairwise(word))
        if not counts or max(counts.values()) < 2:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        spelled = [merged(word, best, 256 + len(found)) for word in spelled]
        found.append((best, counts[best]))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_merges_are_those_of_the_definition(seed: int) -> None:
    chosen = random.Random(seed)
    text = TEXT if not seed else "".join(chosen.choices("aab あい,", k=400))
    assert [(each.pair, each.count) for each in bpe_training.merges(text, 60)] == slow_merges(text, 60)


def test_a_text_in_parts_gives_the_same_merges() -> None:
    assert bpe_training.train(["the cat ", "the hat"], 300).merges == bpe_training.train("the cat the hat", 300).merges


@pytest.mark.parametrize("level", ["characters", "bpe"])
def test_texts_come_back(level: str) -> None:
    tokenizer = tokenizer_for(TEXT, level, 300)  # type: ignore[arg-type]
    tokens = tokenizer.encode(TEXT)
    assert tokenizer.decode(tokens) == TEXT
    assert tokenizer.encode_all(TEXT).tolist() == tokens
    assert max(tokens) < tokenizer.size
    again = tokenizer_of(tokenizer.as_dict())
    assert again.encode(TEXT) == tokens and again.size == tokenizer.size


def test_any_text_is_known_to_byte_pairs() -> None:
    tokenizer = bpe_training.train(TEXT, 280)
    for text in ("", "日本語 😀\x00\r\n\t", "e\u0301", "a" * 1000):
        assert tokenizer.decode(tokenizer.encode(text)) == text
    assert tokenizer.decode(tokenizer.encode("あ")[:1]) == "\ufffd" or len(tokenizer.encode("あ")) == 1


def test_merges_are_shown() -> None:
    tokenizer = bpe_training.train("the the the", 258)
    assert tokenizer.merged() == [("h", "e", "he"), ("t", "he", "the")] or tokenizer.merged()[1][2] == "the"
    assert tokenizer.counts == (3, 3)
    assert tokenizer.piece(0xE3) == "‹E3›"


@pytest.mark.parametrize("text", [TEXT, "don't we'll  x\n y  ", "１２ ⅷ²", "\u0301a\u3000b"])
@pytest.mark.parametrize("cut", ["gpt2", "scripts"])
def test_words_are_the_whole_text(text: str, cut: str) -> None:
    assert "".join(words(text, cut)) == text  # type: ignore[arg-type]


def test_gpt2_cuts_as_published() -> None:
    found = list(words("Hello world's  12ab!? we'll\n\n go_on é²", "gpt2"))
    assert found == ["Hello", " world", "'s", " ", " 12", "ab", "!?", " we", "'ll", "\n\n", " go", "_", "on", " é", "²"]


def test_unknown_characters_are_named() -> None:
    tokenizer = Characters.of("abc")
    for encode in (tokenizer.encode, tokenizer.encode_all):
        with pytest.raises(GptError) as refused:
            encode("a日b本日😀")
        assert refused.value.values == {"reason": "unknown_characters", "characters": ["日", "本", "😀"], "count": 3}


def test_what_gives_no_tokenizer_is_refused() -> None:
    for level in ("characters", "bpe"):
        with pytest.raises(GptError) as refused:
            tokenizer_for("", level, 300)  # type: ignore[arg-type]
        assert refused.value.reason == "empty_text"
    with pytest.raises(GptError) as refused:
        bpe_training.train("abc", 256)
    assert refused.value.values == {"reason": "vocabulary", "value": 256, "least": 257}
    with pytest.raises(GptError) as refused:
        tokenizer_of({"kind": "words"})
    assert refused.value.reason == "older"


def test_few_pairs_give_few_tokens() -> None:
    assert bpe_training.train("abc", 1000).size == 256
    assert isinstance(bpe_training.train("abab", 1000), BytePairs)
    assert np.array_equal(Characters.of("ba").encode_all("ab"), [0, 1])
