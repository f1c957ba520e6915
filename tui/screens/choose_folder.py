"""Asks for the folder of the queue, in which the runs of several people wait for their turn."""

from collections.abc import Callable

from textual.widgets import Input

from tui.screens.choose_image import ChooseImage
from tui.screens.open_address import Answer
from tui.store.places import absolute, may_write

EXAMPLE = "/srv/nnlab/queue"


class ChooseFolder(ChooseImage):
    """An entry of one row for a folder."""

    def __init__(self, path: str, take: Callable[[str], None]) -> None:
        super().__init__(path, take, "queue.title", (), EXAMPLE)

    def action_take(self) -> None:
        """Take the folder; where nobody may write in it, say so and stay. Nothing typed is nothing chosen."""
        typed = self.query_one(Input).value.strip()
        if not typed:
            self.dismiss()
            return
        path = absolute(typed)
        if not may_write(path):
            self.query_one(Answer).show(self.words.text("queue.missing", path=typed))
            self.query_one(Input).focus()
            return
        self.dismiss()
        self.take(str(path))
