"""Lab addresses: a lab's settings as one line of text, and back.

`neuron.gates?w1=0.5&h=0.8` is a link in a lesson, the argument of `nnlab open`, what a key copies and, with
spaces, the line `nnlab run neuron.gates w1=0.5 h=0.8`. Only what differs from the defaults stands in it.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lessons.vocabulary.numbers import short
from lessons.vocabulary.settings import Settings, Value, changes

_ENCODED = re.compile(r"[\s%&#+()\"'?=\x00-\x1f\x7f]")
_NAME = re.compile(r"[a-z0-9_]+")


class AddressError(ValueError):
    """A text that is no lab address."""


LONGEST_SHOWN = 24
"""Characters of a value that is shown whole where an address is only looked at."""

SHOWN = 6
"""Characters that are shown of a longer one."""


@dataclass(frozen=True)
class Address:
    """A lab, or a section alone, and the settings that differ from the lab's defaults, as text."""

    lab: str
    """`neuron.gates`, or `neuron` for the section."""

    values: dict[str, str] = field(default_factory=dict)
    """Names and values, decoded."""


def encode(text: str) -> str:
    """Percent-encode what an address can't hold; Japanese stays as it is."""
    return _ENCODED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def value_text(value: Value) -> str:
    """Write a setting's value as it stands in an address, before encoding."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else short(value)


def address_of(lab: str, settings: Settings | None = None) -> str:
    """Write the address of a lab with these settings."""
    pairs = {} if settings is None else changes(settings)
    query = "&".join(f"{name}={encode(value_text(value))}" for name, value in pairs.items())
    return f"{lab}?{query}" if query else lab


def shortened(address: str) -> str:
    """Write an address with the beginnings of its long values only: a drawing's, say. It opens nothing."""
    lab, mark, query = address.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&")] if mark else []
    cut = [
        f"{name}{sign}{value if len(value) <= LONGEST_SHOWN else value[:SHOWN] + '…'}" for name, sign, value in pairs
    ]
    return lab + mark + "&".join(cut)


def command_line(lab: str, settings: Settings) -> str:
    """Write the same as the line for a shell: `nnlab run neuron.gates w1=0.5`."""
    pairs = [f"{name}={encode(value_text(value))}" for name, value in changes(settings).items()]
    return " ".join(["nnlab run", lab, *pairs])


def parse(text: str) -> Address:
    """Read an address, with or without `lab:` or `nnlab run` before it; raises AddressError."""
    text = text.strip().removeprefix("lab:").removeprefix("nnlab open ")
    if text.startswith("nnlab run "):
        lab, *pairs = text.removeprefix("nnlab run ").split()
    else:
        lab, _, query = text.partition("?")
        pairs = query.split("&") if query else []
    parts = lab.split(".")
    if len(parts) > 2 or not all(_NAME.fullmatch(part) for part in parts):
        raise AddressError(text)
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise AddressError(text)
        values[name] = unquote(value, errors="strict") if _valid_percent(value) else _refuse(text)
    return Address(lab, values)


def _valid_percent(value: str) -> bool:
    try:
        unquote(value, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _refuse(text: str) -> str:
    raise AddressError(text)
