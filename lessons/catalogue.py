"""The names of all sections and labs: names first, modules on demand.

The home screen knows every lab's name without importing one lab's module.
"""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lessons.progress import EXERCISES
from lessons.vocabulary.section import FOLDERS, Section

if TYPE_CHECKING:
    from lessons.vocabulary.lab import Lab


class UnknownName(ValueError):
    """No section or lab of this name; `allowed` lists the nearest names, or all of them."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.allowed = allowed


@cache
def sections() -> tuple[Section, ...]:
    """List the sections that exist, in the order of the lecture."""
    existing = (name for name in FOLDERS if find_spec(f"lessons.{name}"))
    return tuple(import_module(f"lessons.{name}").SECTION for name in existing)


def lab_names(section: Section | None = None) -> tuple[str, ...]:
    """List the full names of the labs, of one section or of all."""
    chosen = sections() if section is None else (section,)
    return tuple(f"{each.name}.{lab}" for each in chosen for lab in each.labs)


def section_of(name: str) -> Section:
    """Find the section with this name, number, or lab; raises UnknownName."""
    wanted = name.partition(".")[0]
    for section in sections():
        if wanted in (section.name, str(section.number)):
            return section
    raise UnknownName(name, tuple(section.name for section in sections()))


def lab_number(name: str) -> str:
    """Number a lab as its section shows it: `2.3` for `neuron.unit`."""
    section = section_of(name)
    return f"{section.number}.{section.labs.index(name.partition('.')[2]) + 1}"


def exercise_count(name: str) -> int:
    """Count a lab's exercises without importing it."""
    return section_of(name).exercises.get(name.partition(".")[2], EXERCISES)


def resolve(name: str) -> str:
    """Find a lab's full name from `neuron.unit`, `unit` or `2.3`; raises UnknownName."""
    names = lab_names()
    for full in names:
        if name in (full, full.partition(".")[2], lab_number(full)):
            return full
    raise UnknownName(name, tuple(get_close_matches(name, names, n=3, cutoff=0.5)) or names)


@cache
def load(name: str) -> "Lab":
    """Import a lab's light half; raises UnknownName."""
    section, _, lab = resolve(name).partition(".")
    found: Lab = import_module(f"lessons.{section}.labs.{lab}").LAB
    return found
