"""A section of the lecture as plain data: its number, its name and the names of its labs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

SectionName = Literal[
    "introduction",
    "neuron",
    "deep_networks",
    "applications",
    "convolution",
    "generative_ai",
    "language",
    "image_generation",
    "scaling",
    "summary",
]
"""Folders of the sections, in the order of the lecture."""

FOLDERS: tuple[SectionName, ...] = get_args(SectionName)

AnySection = Literal["all", SectionName]
"""One of them, or all."""


@dataclass(frozen=True)
class Section:
    """One of the ten sections; its title is the message `<name>.title`."""

    number: int
    """Place in the lecture, 1 to 10."""

    name: str
    """Name of its folder, the same on all three floors."""

    labs: tuple[str, ...] = ()
    """Short names of its labs in the order of the lecture."""

    exercises: Mapping[str, int] = field(default_factory=dict)
    """Exercises of the labs that have other than three, so that progress can be counted without their modules."""
