"""The learner's own text file, read in pieces, so that memory stays flat however large it is.

What can't be read says why: which byte is no UTF-8, and which encoding the file is likely to have.
"""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Encoding = Literal["utf-8", "shift_jis", "euc_jp"]
"""Encodings that a file can be read in."""

PIECE = 1 << 20
"""Bytes that are read at once."""

SAMPLE = 1 << 16
"""Bytes by which the encoding of a file is guessed."""

LEAST = 20
"""Characters that a text has at least; what has fewer teaches nothing."""

CODECS = {"utf-8": "utf-8-sig", "shift_jis": "cp932", "euc_jp": "euc_jis_2004"}
"""The widest codec of each name; the mark at the beginning of some UTF-8 files is no character of the text."""

NAMES = {"utf-8": "UTF-8", "shift_jis": "Shift_JIS", "euc_jp": "EUC-JP"}
MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x1b$", "ISO-2022-JP"))


class TextError(ValueError):
    """A file that is no text to learn from.

    `values` has its `path`, the `reason` (missing, unreadable, empty, short, encoding, other_encoding,
    unknown_encoding, binary), and where they matter: `characters` and `least`; `byte` (counted from 0), its `value` (in
    hexadecimal), `encoding` (in which it was read), `likely` (the encoding that the file may have), and `setting`, the
    name of that one here, if it is one of `Encoding`.
    """

    def __init__(self, path: Path, reason: str, **values: object) -> None:
        super().__init__(f"{path} can't be read as a text: {reason} {values or ''}")
        self.values: dict[str, object] = {"path": str(path), "reason": reason, **values}


def pieces(path: Path, encoding: Encoding = "utf-8", *, least: int = LEAST, size: int = PIECE) -> Iterator[str]:
    """Read a text piece by piece, about `size` bytes each, line ends as `\\n`; holds no more than one of them.

    White space before the first word is left out. Raises TextError: before the first piece where there is no file,
    nothing in it or fewer than `least` characters, and at the piece that can't be decoded.
    """
    begun, held = False, ""
    for piece in _decoded(path, encoding, size):
        if begun:
            yield piece
            continue
        held = (held + piece).lstrip()
        if len(held.rstrip()) >= least:
            begun = True
            yield held
    if not begun:
        characters = len(held.rstrip())
        raise TextError(path, "short", characters=characters, least=least) if characters else TextError(path, "empty")


def _decoded(path: Path, encoding: Encoding, size: int) -> Iterator[str]:
    if not path.is_file():
        raise TextError(path, "unreadable" if path.exists() else "missing")
    lines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(CODECS[encoding])(), translate=True)
    position = 0
    try:
        with path.open("rb") as file:
            while True:
                block = file.read(size)
                if not position:
                    _refuse_other_kinds(path, block, encoding)
                position += len(block)
                if piece := lines.decode(block, final=not block):
                    yield piece
                if not block:
                    return
    except UnicodeDecodeError as error:
        raise _undecodable(path, encoding, position, error) from error
    except OSError as error:
        raise TextError(path, "unreadable") from error


def beginning(path: Path, characters: int, encoding: Encoding = "utf-8", *, least: int = LEAST) -> tuple[str, bool]:
    """Read at most so many characters, and tell whether the text goes on behind them. Raises TextError."""
    found, length = [], 0
    for piece in pieces(path, encoding, least=least):
        found.append(piece)
        length += len(piece)
        if length > characters:
            break
    text = "".join(found)
    return text[:characters], length > characters


def _refuse_other_kinds(path: Path, block: bytes, encoding: Encoding) -> None:
    """Refuse what decodes without an error, but is no text of this encoding."""
    for mark, name in MARKS:
        where = block.find(mark) if name == "ISO-2022-JP" else 0
        if where >= 0 and block.startswith(mark, where):
            raise TextError(path, "other_encoding", **_place(block, where), encoding=NAMES[encoding], likely=name)
    if b"\0" in block:
        raise TextError(path, "binary", **_place(block, block.index(b"\0")))


def _place(block: bytes, index: int) -> dict[str, object]:
    return {"byte": index, "value": f"{block[index]:02X}"}


def _undecodable(path: Path, encoding: Encoding, position: int, error: UnicodeDecodeError) -> TextError:
    """Say which byte stopped the decoder, which had been given `position` bytes, and what the file may be instead."""
    byte = position - len(error.object) + error.start
    values: dict[str, object] = {"byte": byte, "value": f"{error.object[error.start]:02X}", "encoding": NAMES[encoding]}
    with path.open("rb") as file:
        file.seek(max(0, byte - SAMPLE // 2))
        found = likely(file.read(SAMPLE), besides=encoding)
    if found is None:
        return TextError(path, "unknown_encoding", **values)
    return TextError(path, "encoding", **values, likely=NAMES[found], setting=found)


def likely(sample: bytes, besides: Encoding | None = None) -> Encoding | None:
    """Guess in which encoding these bytes are Japanese, or UTF-8; None if in none of them.

    Of those in which they can be read it is the one with the most kana: bytes read in a wrong encoding become rare
    characters and halves of katakana.
    """
    scores: dict[Encoding, float] = {}
    names: tuple[Encoding, ...] = ("utf-8", "shift_jis", "euc_jp")
    for name in names:
        if name == besides:
            continue
        text = sample.decode(CODECS[name], errors="replace")
        wrong = text.count("\ufffd")
        if wrong > len(text) / 50 + 2:  # the sample may begin and end within a character
            continue
        kana = sum("\u3041" <= letter <= "\u30fc" for letter in text)
        halves = sum("\uff61" <= letter <= "\uff9f" for letter in text)
        scores[name] = (kana - 2 * halves - 5 * wrong) / max(len(text), 1)
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] > 0 else None
