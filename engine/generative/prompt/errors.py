"""What can be wrong with a network that draws from prompts."""

from typing import Any


class PromptError(ValueError):
    """A network that can't be taken; `values` has the `reason` and what belongs to it.

    older: a checkpoint of another nnlab: the first names that are `missing` and `unexpected`. other_size: the weights
    `name` have the shape `found`, not `expected`. unreadable: `path` is no checkpoint.
    """

    def __init__(self, reason: str, **values: Any) -> None:
        told = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(reason + (f": {told}" if told else ""))
        self.reason = reason
        self.values = {"reason": reason, **values}
