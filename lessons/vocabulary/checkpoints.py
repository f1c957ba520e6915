"""The setting by which a lab looks at an earlier moment of a training: a place among the networks that it has kept."""

from typing import Annotated

from lessons.vocabulary.settings import whole

LAST = 99
"""Stands for the last one that there is."""

Checkpoint = Annotated[int, whole(0, LAST, label="@term.checkpoint", part="looking")]


def nearest(kept: tuple[int, ...], checkpoint: int) -> int:
    """The kept network that a checkpoint names: its place among all, the last one beyond them."""
    return kept[min(checkpoint, len(kept) - 1)]
