"""Asks for a text of one line that a lab is to take, a prompt say; `\\n` in it ends a line."""

from collections.abc import Callable

from textual.widgets import Input

from tui.screens.choose_image import ChooseImage

MOST = 1000
"""Characters that are taken."""


class AskText(ChooseImage):
    """An entry of one row for any text."""

    def __init__(self, text: str, take: Callable[[str], None], title: str, example: str) -> None:
        """Begin with a text; an empty answer stands for the example, which shows what is there without one."""
        super().__init__(text.replace("\n", "\\n"), take, title, (), example.replace("\n", "\\n"))

    def on_mount(self) -> None:
        """Type at once; nothing completes a text."""
        entry = self.query_one(Input)
        entry.suggester = None
        entry.max_length = MOST

    def action_take(self) -> None:
        """Take what is typed."""
        typed = self.query_one(Input).value.replace("\\n", "\n")
        self.dismiss()
        self.take(typed)
