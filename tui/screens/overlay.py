"""What lies over a screen: that dims once, a region on the panel's tint stands on it, and esc closes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.renderables.blank import Blank
from textual.screen import ModalScreen

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.locale import Words
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.entry import Entry

if TYPE_CHECKING:
    from tui.app import NnlabApp

KEYS = (
    Command("close", ("escape",), "move", 1, palette=False),
    Command("go", ("g",), "move", actions=("app.go",), palette=False),
)


class Faded(BackgroundScreen):
    """The screen beneath in two colours of the theme, where mixed colours would turn into others."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterator[Segment]:
        """Draw every text in one colour; half-block pictures become plain ground."""
        style = Style(color=color.rich_color, bgcolor=cls.ground.rich_color)
        for text, _, control in segments:
            yield Segment(text.replace("▀", " "), style, control)

    ground: ClassVar[Color] = Color(0, 0, 0)


class ClosesOnce:
    """Mixin of screens that lie over others: however often the learner asks, only they close, and only once."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close once, and whole: a double click asks twice, a key may ask before all of it is there."""
        if self.app.screen is not self:
            return AwaitComplete.nothing()
        if not self.is_mounted:
            self.call_later(self.dismiss)
            return AwaitComplete.nothing()
        return super().dismiss(result)


class Overlay(ClosesOnce, ModalScreen[None]):
    """Base of the screens that lie over others."""

    BINDINGS = bindings(KEYS)
    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    CSS_PATH = "../styles/overlays.tcss"

    dims = True
    """Whether the screen beneath is shown dimmed, rather than as it is."""

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    @property
    def words(self) -> Words:
        """The texts in the learner's language."""
        return self.nnlab.words

    def render(self) -> RenderableType:
        """Show the screen beneath: mixed with the ground, and without mixing where there are few colours."""
        below = super().render()
        if not self.dims or not isinstance(below, BackgroundScreen) or self.nnlab.depth == "truecolor":
            return below
        palette = self.nnlab.look.palette
        if palette.shaded:
            return Blank(Color.parse(palette.colour("background")))
        light = palette.theme == "paper"
        faded = type("Faded", (Faded,), {"ground": Color.parse(palette.colour("boost" if light else "background"))})
        return faded(below.screen, Color.parse(palette.colour("faint" if light else "line")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters rest while a value is typed."""
        return not isinstance(self.focused, Entry)

    def action_close(self) -> None:
        """Go back to the screen beneath."""
        self.dismiss()


@dataclass(frozen=True)
class Key:
    """A key in a heading, with the message of what it does and the action that a click runs."""

    shown: str
    message: str
    action: str


CLOSE = Key("esc", "command.close", "close")


class Heading(CanvasWidget):
    """First row of an overlay: its name, what it is about, and keys at the right."""

    DEFAULT_CSS = """
    Heading { height: 1; }
    """
    ground = "panel"

    def __init__(
        self, title: str, subject: str = "", keys: tuple[Key, ...] = (CLOSE,), *, id: str | None = None
    ) -> None:
        """Take the title's message, the subject as `@message` or as it stands, and the keys."""
        super().__init__(id=id)
        self.title = title
        self.subject = subject
        self.keys = keys

    def paint(self, canvas: Canvas) -> None:
        """Draw keys from the right, then title and subject in what is left."""
        right = canvas.width
        for key in reversed(self.keys):
            text = self.words.text(key.message)
            size = canvas.measure(f"{key.shown} {text}")
            x = canvas.put(right - size, 0, key.shown, canvas.ink("accent", bold=True))
            canvas.put(x + 1, 0, text, canvas.ink("muted"))
            canvas.spot(right - size, 0, size, 1, key.action)
            right -= size + 3
        x = 0
        if self.title:
            x = canvas.put(0, 0, self.words.text(self.title), canvas.ink("text", bold=True)) + 3
        subject = self.words.say(self.subject)
        if x + canvas.measure(subject) <= right:
            canvas.put(x, 0, subject, canvas.ink("muted"))

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        if spot := self.spot_under(event):
            event.stop()
            await self.app.run_action(spot, self.screen)
