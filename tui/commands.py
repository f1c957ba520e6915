"""Every action once: its name, its keys, the group that help lists it under, and its place in the footer.

From a `Command` come the key binding, the footer's entry, the palette's and the help's line and the tooltip.
Its texts are the messages `command.<name>` (a word or two) and `command.<name>.help` (what it does).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

GROUPS = ("run", "change", "move", "see", "keep", "program")

_WRITTEN = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "shift+left": "⇧←", "shift+right": "⇧→",
    "pageup": "pgup", "pagedown": "pgdn", "backspace": "bksp", "escape": "esc", "full_stop": ".",
    "comma": ",", "greater_than_sign": ">", "less_than_sign": "<", "left_square_bracket": "[",
    "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "question_mark": "?", "colon": ":", "shift+tab": "⇧tab",
    "plus": "+", "minus": "−",
}  # fmt: skip


@dataclass(frozen=True)
class Command:
    """One action of a screen or a widget."""

    name: str
    """The action: the method `action_<name>` does it, unless `actions` says more."""

    keys: tuple[str, ...]
    """Textual's names of its keys; empty where only the palette offers it."""

    group: str
    """One of GROUPS."""

    footer: int = 0
    """Place in the footer, smallest first; 0 for none."""

    written: str = ""
    """How the keys are shown, where it isn't simply their names."""

    actions: tuple[str, ...] = ()
    """One action a key, where the keys of a pair do opposite things."""

    palette: bool = True
    """Whether the palette lists it."""

    @property
    def shown(self) -> str:
        """The keys as footer and help write them."""
        return self.written or " ".join(key_text(key) for key in self.keys)


def key_text(key: str) -> str:
    """Write a key as the screens do."""
    if key in _WRITTEN:
        return _WRITTEN[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return key.removeprefix("upper_").upper() if key.startswith("upper_") else key


def _fullwidth(key: str) -> str:
    """Name the full-width form of a letter or sign, which an input method left on sends in its place."""
    character = {
        "full_stop": ".", "comma": ",", "question_mark": "?", "colon": ":", "left_square_bracket": "[",
        "right_square_bracket": "]",
    }.get(key, key)  # fmt: skip
    if len(character) != 1 or not character.isascii():
        return ""
    wide = chr(ord(character) + 0xFEE0)
    if wide.isalnum():
        return wide  # Textual calls letters and digits by themselves, and signs by their names
    return unicodedata.name(wide).lower().replace("-", "_").replace(" ", "_")


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Make the key bindings of commands, full-width twins included."""
    made = []
    for command in commands:
        actions = command.actions or (command.name,) * len(command.keys)
        for key, action in zip(command.keys, actions, strict=True):
            keys = ",".join(each for each in (key, _fullwidth(key)) if each)
            made.append(Binding(keys, action, f"command.{command.name}", show=False))
    return made
