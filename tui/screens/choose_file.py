"""Asks for a file that a lab is to read, weights or a model say; an empty path gives up the one that was read."""

from textual.widgets import Input

from tui.screens.choose_image import ChooseImage


class ChooseFile(ChooseImage):
    """An entry of one row for a path that may be left empty."""

    def action_take(self) -> None:
        """Take the path, or none."""
        if self.query_one(Input).value.strip():
            super().action_take()
            return
        self.dismiss()
        self.take("")
