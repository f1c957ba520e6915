"""Tokens that have been written, as text: base64url of their numbers, two bytes each, so that an address holds them."""

import binascii
from array import array
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from sys import byteorder

MOST = 1000
"""Tokens that can be held."""

LENGTH = 2668
"""Characters that they take at most."""


def encode(ids: Sequence[int]) -> str:
    """Write tokens; of more than can be held the last ones. Raises OverflowError for one above 65,535."""
    numbers = array("H", ids[-MOST:])
    if byteorder == "big":
        numbers.byteswap()
    return urlsafe_b64encode(numbers.tobytes()).decode().rstrip("=")


def decode(text: str) -> tuple[int, ...]:
    """Read tokens; a text that holds none gives none."""
    try:
        content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return ()
    numbers = array("H", content[: len(content) // 2 * 2])
    if byteorder == "big":
        numbers.byteswap()
    return tuple(numbers)
