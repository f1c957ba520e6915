"""The engine's file behind a lab, read as text, with a bar beside the function that the lab shows."""

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lessons.vocabulary.lab import Lab
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.rich_style import style
from tui.source_text import Code, code
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.footer import FooterLine

if TYPE_CHECKING:
    from tui.app import NnlabApp

KEYS = (
    Command("close", ("escape",), "move", 1, palette=False),
    Command(
        "scroll_code",
        ("j", "k", "down", "up"),
        "move",
        2,
        "j k",
        actions=("scroll(1)", "scroll(-1)", "scroll(1)", "scroll(-1)"),
        palette=False,
    ),
    Command(
        "page",
        ("pagedown", "pageup"),
        "move",
        3,
        "pgdn pgup",
        actions=("page(1)", "page(-1)"),
        palette=False,
    ),
    Command("sideways", ("left", "right"), "move", actions=("side(-8)", "side(8)"), palette=False),
    Command(
        "function",
        tuple("123456789"),
        "move",
        4,
        "1…9",
        actions=tuple(f"function({n})" for n in range(1, 10)),
        palette=False,
    ),
)

GUTTER = 9
"""Columns of bar and line number."""


class SourceHead(CanvasWidget):
    """The functions as tabs, and the file's name."""

    ground = "background"
    DEFAULT_CSS = """
    SourceHead { height: 1; background: $background; }
    """

    def paint(self, canvas: Canvas) -> None:
        """Draw tabs where there are several, then the file."""
        screen = cast("SourceScreen", self.screen)
        x = canvas.put(2, 0, self.words.text("source.title"), canvas.ink("text", bold=True)) + 2
        for number, source in enumerate(screen.lab.source, start=1):
            name = source.partition(":")[2]
            size = canvas.measure(f"{number} {name}") + 2
            here = number - 1 == screen.index
            if here:
                canvas.fill(x, 0, size, 1, canvas.colour("focus"))
            after = canvas.put(x + 1, 0, str(number), canvas.ink("accent" if here else "faint"))
            canvas.put(after + 1, 0, name, canvas.ink("accent" if here else "muted", bold=here))
            canvas.spot(x, 0, size, 1, str(number))
            x += size + 1
        if canvas.measure(screen.name_shown) + x + 2 <= canvas.width - 2:
            canvas.put_right(canvas.width - 2, 0, screen.name_shown, canvas.ink("muted"))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Show the clicked function."""
        cast("SourceScreen", self.screen).action_function(int(spot))


class CodeView(ScrollView, can_focus=True):
    """The file's lines; only those on the screen are drawn."""

    DEFAULT_CSS = """
    CodeView { background: $surface; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.code: Code | None = None

    def show(self, shown: Code) -> None:
        """Show a file with its function at the top."""
        self.code = shown
        longest = max((sum(len(text) for text, _, _ in line) for line in shown.lines), default=0)
        self.virtual_size = Size(GUTTER + longest + 2, max(len(shown.lines), shown.first + self.size.height - 1))
        self.scroll_to(0, max(shown.first - 1, 0), animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one visible line: bar, number, code."""
        width = self.size.width
        look = cast("NnlabApp", self.app).look.on("surface")
        canvas = Canvas(width, 1, look)
        row = y + self.scroll_offset.y
        if self.code is not None and row < len(self.code.lines):
            x = GUTTER - self.scroll_offset.x
            for text, token, bold in self.code.lines[row]:
                x = canvas.put(x, 0, text, canvas.ink(token, bold=bold))
            canvas.put(0, 0, " " * GUTTER)
            canvas.put_right(GUTTER - 3, 0, str(row + 1), canvas.ink("faint"))
            if self.code.first <= row <= self.code.last and self.code.first >= 0:
                canvas.put(GUTTER - 2, 0, "▐", canvas.ink("accent"))
        return Strip([Segment(text, style(ink)) for text, ink in canvas.runs(0)], width)


class SourceScreen(Screen[None]):
    """The source of what a lab computes."""

    CSS_PATH = "../styles/overlays.tcss"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    index: reactive[int] = reactive(0, init=False)
    """Which of the lab's functions is shown."""

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self.lab = lab
        self.name_shown = ""

    def compose(self) -> ComposeResult:
        """Names, code, keys."""
        yield SourceHead()
        yield CodeView()
        yield FooterLine()

    def on_mount(self) -> None:
        """Show the first function once the size is known."""
        app = cast("NnlabApp", self.app)
        app.look_changed.subscribe(self, lambda _: self.query_one(CodeView).refresh())
        self.query_one(FooterLine).address = self.lab.name
        self.query_one(CodeView).focus()
        self.call_after_refresh(self.watch_index)

    def watch_index(self) -> None:
        """Show the function, or say why its file can't be."""
        if not self.lab.source:
            return
        try:
            shown = code(self.lab.source[self.index])
        except (OSError, SyntaxError, UnicodeDecodeError):
            self.name_shown = self.lab.source[self.index]
            words = cast("NnlabApp", self.app).words
            self.query_one(FooterLine).tell(words.text("source.missing", name=self.name_shown), lasting=True)
        else:
            self.name_shown = shown.name
            self.query_one(CodeView).show(shown)
        self.query_one(SourceHead).repaint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Numbers need several functions."""
        return len(self.lab.source) > 1 if action == "function" else True

    def action_function(self, number: int) -> None:
        """Show a function by its number."""
        if 1 <= number <= len(self.lab.source):
            self.index = number - 1

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(CodeView).scroll_relative(y=lines, animate=False)

    def action_page(self, way: int) -> None:
        """Scroll by a page."""
        view = self.query_one(CodeView)
        view.scroll_relative(y=way * max(view.size.height - 2, 1), animate=False)

    def action_side(self, columns: int) -> None:
        """Scroll sideways, where lines are longer than the screen."""
        self.query_one(CodeView).scroll_relative(x=columns, animate=False)

    def action_close(self) -> None:
        """Go back to the lab."""
        self.dismiss()
