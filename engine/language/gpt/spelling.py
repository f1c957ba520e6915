"""How the tokens of a text look one after the other, where a character may be spread over several."""

import codecs
from collections.abc import Iterable

from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.tokenizer import Tokenizer


def spelled(tokenizer: Tokenizer, tokens: Iterable[int]) -> list[str]:
    """What each token adds to the text: a character belongs to the token that completes it, those before add nothing.

    Bytes that become no character are U+FFFD. Together the pieces are the text as far as it is complete.
    """
    if not isinstance(tokenizer, BytePairs):
        return [tokenizer.piece(each) for each in tokens]
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return [decoder.decode(tokenizer.content(each)) for each in tokens]
