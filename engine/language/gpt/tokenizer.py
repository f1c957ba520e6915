"""What a tokenizer is: text to whole numbers and back. The simplest one, by characters, stands here too."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.language.gpt.errors import GptError

Level = Literal["characters", "bpe"]
"""What a token is: a character, or a piece of text found by byte-pair encoding."""

NAMED = 10
"""Unknown characters that are named."""


class Tokenizer(Protocol):
    """Text to tokens and back."""

    @property
    def size(self) -> int:
        """Tokens that there are."""

    def encode(self, text: str) -> list[int]:
        """The tokens of a text. Raises GptError `unknown_characters`."""

    def encode_all(self, text: str) -> NDArray[np.int32]:
        """The same for a text of any length, as an array."""

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; of a character that is cut in two, U+FFFD."""

    def piece(self, token: int) -> str:
        """How one token looks: its text, or `‹E3 81›` for bytes that are no character alone."""

    def as_dict(self) -> dict[str, Any]:
        """The tokenizer as plain data, for `tokenizer_of`."""


class Characters:
    """Each character that the training text has is a token; in the order of their code points."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        """All of them; a token is a place in it."""

        self._numbers = {each: number for number, each in enumerate(characters)}
        points = np.array([ord(each) for each in characters], dtype=np.uint32)
        self._table = np.full(int(points.max(initial=0)) + 1, -1, dtype=np.int32)
        self._table[points] = np.arange(len(points))

    @classmethod
    def of(cls, text: str) -> "Characters":
        """The characters of a text. Raises GptError `empty_text`."""
        if not text:
            raise GptError("empty_text", length=0, least=1)
        return cls("".join(sorted(set(text))))

    @property
    def size(self) -> int:
        """Characters that there are."""
        return len(self.characters)

    def encode(self, text: str) -> list[int]:
        """The place of each character. Raises GptError `unknown_characters`."""
        try:
            return [self._numbers[each] for each in text]
        except KeyError:
            raise self._unknown(text) from None

    def encode_all(self, text: str) -> NDArray[np.int32]:
        """The same for a text of any length, as an array."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found = np.full(len(points), -1, dtype=np.int32)
        within = points < len(self._table)
        found[within] = self._table[points[within]]
        if (found < 0).any():
            raise self._unknown(text)
        return found

    def decode(self, tokens: Iterable[int]) -> str:
        """The characters, one after the other."""
        return "".join(self.characters[each] for each in tokens)

    def piece(self, token: int) -> str:
        """The character."""
        return self.characters[token]

    def as_dict(self) -> dict[str, Any]:
        """The tokenizer as plain data."""
        return {"kind": "characters", "characters": self.characters}

    def _unknown(self, text: str) -> GptError:
        unknown = list(dict.fromkeys(each for each in text if each not in self._numbers))
        return GptError("unknown_characters", characters=unknown[:NAMED], count=len(unknown))


def readable(content: bytes) -> str:
    """How bytes look: as text where they are some, else `‹E3 81›`."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"‹{content.hex(' ').upper()}›"


def pieces(tokenizer: Tokenizer, tokens: Sequence[int]) -> list[str]:
    """How each of these tokens looks."""
    return [tokenizer.piece(each) for each in tokens]
