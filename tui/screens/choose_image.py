"""Asks for an image file that a lab is to read; paths are completed while they are typed."""

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input

from tui.screens.open_address import Answer
from tui.screens.overlay import CLOSE, Heading, Key, Overlay

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
"""What image files are called, for the completion; any file may be typed."""


class Paths(Suggester):
    """Completes to the first folder or file of these endings whose name begins as typed."""

    def __init__(self, endings: tuple[str, ...] = ENDINGS) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """Give the completed path, or None."""
        typed = Path(value).expanduser()
        folder, begun = (typed, "") if value.endswith("/") else (typed.parent, typed.name)
        if not value or (not begun and not value.endswith("/")):
            return None
        try:
            found = sorted(each for each in folder.iterdir() if each.name.startswith(begun))
        except OSError:
            return None
        for each in found:
            if each.is_dir() or each.suffix.lower() in self.endings:
                return value[: len(value) - len(begun)] + each.name + ("/" if each.is_dir() else "")
        return None


class ChooseImage(Overlay):
    """An entry of one row for a path."""

    def __init__(
        self,
        path: str,
        take: Callable[[str], None],
        title: str = "image.title",
        endings: tuple[str, ...] = ENDINGS,
        example: str = "seven.png",
    ) -> None:
        """Begin with a path; `take` is given the one that is chosen, `title` is the message that asks for it."""
        super().__init__()
        self.title_key, self.endings, self.example = title, endings, example
        self.path = path
        self.take = take

    def compose(self) -> ComposeResult:
        """Heading, entry, answer."""
        with Vertical(id="region"):
            yield Heading(self.title_key, keys=(Key("enter", "command.enter_section", "take"), CLOSE))
            yield Input(self.path, compact=True, select_on_focus=True, suggester=Paths(self.endings), id="path")
            yield Answer()

    def on_mount(self) -> None:
        """Type at once."""
        entry = self.query_one(Input)
        entry.cursor_blink = False
        entry.placeholder = self.example
        entry.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """An answer to an earlier try goes."""
        event.stop()
        answer = self.query_one(Answer)
        if answer.text:
            answer.show("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take the path; where there is no such file, say so and stay. Nothing typed is nothing chosen."""
        typed = self.query_one(Input).value.strip()
        if not typed:
            self.dismiss()
            return
        path = Path(typed).expanduser()
        if not path.is_file():
            self.query_one(Answer).show(self.words.text("image.missing", path=typed))
            self.query_one(Input).focus()
            return
        self.dismiss()
        self.take(str(path.absolute()))
