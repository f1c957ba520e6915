"""A tree of what may come next, of which one way is followed: words, each with its probability."""

from msgspec import Struct

from lessons.vocabulary.numbers import plain


def share_text(share: float, digits: int) -> str:
    """Write a probability with so many decimals; one too small for them as `<.001`, never as 0."""
    if 0 < share < 0.5 * 10**-digits:
        return f"<.{'0' * (digits - 1)}1"
    return plain(share, digits)


class Branch(Struct, frozen=True, eq=False, kw_only=True):
    """One thing that may come next."""

    name: str
    """What a click on it chooses."""

    label: str
    share: float
    """Its probability, 0…1: how thick its branch is."""

    seen: bool = True
    """Whether it has come next before; one that has not is drawn dashed."""


class Fan(Struct, frozen=True, eq=False, kw_only=True):
    """All that may come next at one place, the likeliest first."""

    branches: tuple[Branch, ...]
    followed: int | None = None
    """The branch behind which the next fan stands, if any."""

    picked: bool = False
    """Whether the learner has gone that way, rather than it being the likeliest one."""

    rest: str = ""
    """How many more there are, `+214` say; empty if these are all."""

    rest_share: float = 0.0
    """Their probability together."""


class Tree(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """A root, and fans from left to right, each behind a branch of the one before."""

    title: str
    root: str
    fans: tuple[Fan, ...]
    before: str = ""
    """What stands before the root without being looked at, faint."""

    digits: int = 3
    """Decimals of the probabilities."""

    at: int = -1
    """The fan whose followed branch is the present one; −1 for the root."""
