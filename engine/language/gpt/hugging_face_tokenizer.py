"""GPT-2's tokenizer from its files: vocab.json and merges.txt, or tokenizer.json, which holds both.

These files write each byte as a printable character; `byte_characters` says which.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.language.gpt.bpe import BytePairs
from engine.language.gpt.errors import GptError
from engine.language.gpt.json_file import read_json

VOCABULARY, MERGES, TOGETHER = "vocab.json", "merges.txt", "tokenizer.json"


class Renumbered:
    """Byte pairs whose tokens have other numbers in the model than in the order of their merges."""

    def __init__(self, pairs: BytePairs, numbers: list[int]) -> None:
        self._pairs, self._numbers = pairs, np.array(numbers, dtype=np.int32)
        self._own = {number: own for own, number in enumerate(numbers)}

    @property
    def size(self) -> int:
        """The highest number and one."""
        return int(self._numbers.max()) + 1

    @property
    def merges(self) -> tuple[tuple[int, int], ...]:
        """What is joined, in the order in which it is."""
        return tuple((int(self._numbers[left]), int(self._numbers[right])) for left, right in self._pairs.merges)

    def encode(self, text: str) -> list[int]:
        """The tokens of a text."""
        found: list[int] = self._numbers[self._pairs.encode(text)].tolist() if text else []
        return found

    def encode_all(self, text: str) -> NDArray[np.int32]:
        """The same as an array."""
        return self._numbers[self._pairs.encode_all(text)]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; numbers that stand for nothing are left out."""
        return self._pairs.decode(self._own[each] for each in tokens if each in self._own)

    def piece(self, token: int) -> str:
        """How one token looks; empty where the number stands for nothing."""
        return self._pairs.piece(self._own[token]) if token in self._own else ""

    def as_dict(self) -> dict[str, Any]:
        """The tokenizer as plain data."""
        return {"kind": "renumbered", "pairs": self._pairs.as_dict(), "numbers": self._numbers.tolist()}


def byte_characters() -> dict[str, int]:
    """The byte that each character stands for: itself where it can be seen, else one from U+0100 on in order."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in seen]
    return {chr(byte): byte for byte in seen} | {chr(256 + place): byte for place, byte in enumerate(others)}


def tokenizer(folder: Path) -> Renumbered:
    """The tokenizer of a folder. Raises GptError: files_missing, unreadable, config where it is of another kind."""
    if (folder / VOCABULARY).is_file() and (folder / MERGES).is_file():
        numbers, file = read_json(folder / VOCABULARY), VOCABULARY
        lines = _lines(folder / MERGES)
        merges = [tuple(line.split(" ")) for line in lines if line and not line.startswith("#version")]
    elif (folder / TOGETHER).is_file():
        values, file = read_json(folder / TOGETHER), TOGETHER
        model = values.get("model")
        if not isinstance(model, dict) or model.get("type", "BPE") != "BPE" or model.get("byte_fallback"):
            raise GptError("config", name=f"{TOGETHER}: model", value=str((model or {}).get("type")))
        numbers = dict(model.get("vocab", {}))
        numbers |= {each["content"]: each["id"] for each in values.get("added_tokens", [])}
        merges = [tuple(each.split(" ") if isinstance(each, str) else each) for each in model.get("merges", [])]
    else:
        there = [name for name in (VOCABULARY, MERGES) if not (folder / name).is_file()]
        raise GptError("files_missing", path=str(folder), files=there)
    try:
        return _made(numbers, merges)
    except (KeyError, TypeError, ValueError):
        raise GptError("unreadable", path=str(folder), file=file) from None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        raise GptError("unreadable", path=str(path.parent), file=path.name) from None


def _made(numbers: dict[str, Any], merges: list[tuple[str, ...]]) -> Renumbered:
    """Number the bytes, merges and special tokens anew, and keep the model's numbers beside."""
    bytes_of = byte_characters()
    own = {character: place for place, character in enumerate(bytes_of)}
    pairs = []
    for left, right in merges:
        pairs.append((own[left], own[right]))
        own[left + right] = len(own)
    if len(own) != len(bytes_of) + len(pairs):
        raise ValueError("a merge makes what another has made")
    special = [name for name in numbers if name not in own]
    made = BytePairs(pairs, base=bytes(bytes_of.values()), special=special, cut="gpt2")
    return Renumbered(made, [int(numbers[name]) for name in (*own, *special)])
