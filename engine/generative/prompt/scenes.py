"""The scenes that can be asked for: 5 objects × 6 colours × 3 sizes × 9 places, and those that are never trained.

Two kinds are held out. `PAIRS`: three colours of three objects, in every size and place, so that the model has seen red
and has seen rings, but no red ring. `COMBINATIONS`: 150 of all other scenes, of which each pair of attributes is seen.
"""

from functools import cache
from hashlib import sha256
from itertools import product
from typing import Literal, NamedTuple

Attribute = Literal["object", "colour", "size", "place"]
ATTRIBUTES: tuple[Attribute, ...] = ("object", "colour", "size", "place")

OBJECTS = ("disc", "square", "triangle", "ring", "cross")
COLOURS = ("red", "green", "blue", "yellow", "purple", "white")
SIZES = ("small", "medium", "large")
PLACES = (
    "top left",
    "top",
    "top right",
    "left",
    "middle",
    "right",
    "bottom left",
    "bottom",
    "bottom right",
)
"""Row by row; a side alone is the middle of that side."""

NAMES: dict[Attribute, tuple[str, ...]] = {"object": OBJECTS, "colour": COLOURS, "size": SIZES, "place": PLACES}
COUNTS = tuple(len(NAMES[each]) for each in ATTRIBUTES)
"""Values of each attribute, in the order of `ATTRIBUTES`."""

PAIRS = (("red", "ring"), ("blue", "cross"), ("purple", "triangle"))
"""Colours of objects that are never trained."""

HELD_OUT = 150
"""Further scenes that are never trained."""


class Scene(NamedTuple):
    """What a prompt asks for; each attribute is a place in its list, None where it is left out."""

    object: int | None = None
    colour: int | None = None
    size: int | None = None
    place: int | None = None

    def named(self, attribute: Attribute) -> str | None:
        """The name of one attribute's value, None where it is left out."""
        value = self[ATTRIBUTES.index(attribute)]
        return None if value is None else NAMES[attribute][value]

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return None not in self


class Split(NamedTuple):
    """All whole scenes, by whether they are trained."""

    trained: tuple[Scene, ...]
    combinations: tuple[Scene, ...]
    """Held out one by one."""

    pairs: tuple[Scene, ...]
    """Held out because of colour and object."""


Group = Literal["trained", "combinations", "pairs"]


@cache
def split() -> Split:
    """Divide all 810 scenes: 579 trained, 150 combinations and 81 of the pairs held out; the same ones always.

    Which combinations are held out is drawn by a hash of their names, that is by no rule of colours or places.
    """
    scenes = [Scene(*values) for values in product(*map(range, COUNTS))]
    pairs = tuple(each for each in scenes if (each.named("colour"), each.named("object")) in PAIRS)
    others = [each for each in scenes if each not in set(pairs)]
    drawn = set(sorted(others, key=_hash)[:HELD_OUT])
    return Split(
        tuple(each for each in others if each not in drawn), tuple(each for each in others if each in drawn), pairs
    )


def _hash(scene: Scene) -> bytes:
    return sha256(" ".join(str(scene.named(each)) for each in ATTRIBUTES).encode()).digest()


def group(scene: Scene) -> Group | None:
    """Tell what of `split` a scene belongs to; None where an attribute is left out and so both may be meant.

    A colour and an object that make a held-out pair are `pairs`, whatever else is left out.
    """
    if (scene.named("colour"), scene.named("object")) in PAIRS:
        return "pairs"
    if not scene.whole:
        return None
    return "combinations" if scene in _held_out() else "trained"


@cache
def _held_out() -> frozenset[Scene]:
    return frozenset(split().combinations)
