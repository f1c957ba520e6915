"""Requests as they are typed: a lab, by name, number or address, and settings as `name=value`."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lessons.address import AddressError, encode, parse
from lessons.catalogue import UnknownName, lab_names, load, resolve, section_of
from lessons.vocabulary.settings import Settings, fields, settings_from
from tui.errors import Refused, clipped, listed

if TYPE_CHECKING:
    from lessons.vocabulary.lab import Lab


def lab_named(name: str) -> str:
    """Find a lab's full name. Raises UnknownName, or Refused where a section is named alone."""
    try:
        return resolve(name)
    except UnknownName:
        with suppress(UnknownName):
            section = section_of(name)
            if name in (section.name, str(section.number)):
                raise Refused("error.section", name=section.name, allowed=listed(lab_names(section))) from None
        raise


def request(lab: str, pairs: Iterable[str]) -> tuple["Lab", Settings]:
    """Read a lab and its settings; the pairs come after those of an address.

    Raises UnknownName, AddressError, SettingError, or Refused: for a pair without `=`, for several processes where a
    lab trains in one.
    """
    address = parse(lab)
    values = dict(address.values)
    found = load(lab_named(address.lab))
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Refused("error.pair", text=clipped(pair))
        try:
            values[name.strip()] = unquote(value, errors="strict")
        except UnicodeDecodeError:
            raise Refused("error.pair", text=clipped(pair)) from None
    if "processes" in values and all(each.name != "processes" for each in fields(found.settings)):
        raise Refused("error.one_process", lab=found.name)
    return found, settings_from(found.settings, values)


def target(text: str) -> str:
    """Check what `nnlab open` is given, a section or an address; returns it with its full name.

    Raises UnknownName, AddressError or SettingError.
    """
    address = parse(text)
    if "." not in address.lab and address.lab not in _short_names():
        section = section_of(address.lab)
        if address.values:
            raise AddressError(text)
        return section.name
    name = lab_named(address.lab)
    settings_from(load(name).settings, address.values)
    # Defaults that are named stay: without any setting the lab opens as the learner left it.
    query = "&".join(f"{setting}={encode(value)}" for setting, value in address.values.items())
    return f"{name}?{query}" if query else name


def _short_names() -> set[str]:
    return {name.partition(".")[2] for name in lab_names()}
