"""What can be wrong with a request to a GPT."""

from typing import Any


class GptError(ValueError):
    """A request that a GPT can't follow; `values` has the `reason` and what belongs to it.

    - size: `name`, `value`, a size below 1. heads: `width` is no multiple of `heads`.
    - token: `value` is none of the `size` tokens.
    - unknown_characters: `characters` of a prompt that the model never saw, the first ten, and `count` of all.
    - empty_text, short_text: a text of `length` tokens where `least` are needed. vocabulary: `value` below `least`.
    - empty_prompt: nothing to go on from.
    - folder_missing: `path` is no folder. files_missing: `files` lack in `path`. pickle_only: `path` has its weights as
      a pickle only (`file`), which is not read. config: `name` of config.json has a `value` that can't be taken.
      names: the first names that are `missing` and `unexpected`. shapes: `name`, `expected`, `found`.
      not_finite: `name`. unreadable: `path`, `file`.
    - older: a checkpoint of another nnlab: what is `missing` and `unexpected`. other_vocabulary: `found`, `expected`
      tokens. other_size: `name` is `found` and not `expected`. not_gpt: `path` holds no GPT.
    """

    def __init__(self, reason: str, **values: Any) -> None:
        told = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(reason + (f": {told}" if told else ""))
        self.reason = reason
        self.values = {"reason": reason, **values}
