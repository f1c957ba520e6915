"""The first start: the language, then a line each on reading, moving and solving; enter opens a first lab."""

from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.locale import LANGUAGES, Language, words
from tui.screens.overlay import Overlay
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command("choose_language", ("up", "down", "left", "right"), "move", 1, "↑↓", palette=False,
            actions=("choose(-1)", "choose(1)", "choose(-1)", "choose(1)")),
    Command("language_by_letter", ("j", "e"), "move", written="j e", palette=False,
            actions=("take('ja')", "take('en')")),
    Command("onward", ("enter", "space"), "move", 2, "enter", palette=False, actions=("onward", "onward")),
    Command("close", ("escape",), "move", 3, palette=False),
)  # fmt: skip

FIRST_LAB = "neuron.unit"
FIRST_CONTROL = "w1"
"""Where the learner begins: a weight, whose effect is seen at the first press of an arrow."""

STEPS = (("read", "j k"), ("move", "← →"), ("solve", "e"))
NARROW = (("read_narrow", "l"), *STEPS[1:])
"""Where the lesson takes the lab's place, it is opened first."""


class Page(CanvasWidget):
    """Both pages, one after the other."""

    ground = "background"
    DEFAULT_CSS = """
    Page { height: 1fr; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.language: Language = "ja"
        """The language that the keys are on."""

        self.chosen = False
        """Whether it has been taken."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the present page in the middle."""
        if self.chosen:
            self._steps(canvas)
        else:
            self._languages(canvas)

    def _left(self, canvas: Canvas, width: int) -> int:
        return max((canvas.width - width) // 2, 2)

    def _languages(self, canvas: Canvas) -> None:
        width = min(44, canvas.width - 4)
        left, y = self._left(canvas, width), max((canvas.height - 13) // 2, 0)
        canvas.put(left + 3, y, "nnlab", canvas.ink("accent", bold=True))
        for row, language in enumerate(LANGUAGES):
            canvas.put(left + 3, y + 1 + row, words(language).text("home.subtitle"), canvas.ink("muted"))
        y += 5
        for language in LANGUAGES:
            here = language == self.language
            texts = words(language)
            if here:
                canvas.fill(left, y, width, 3, canvas.colour("focus"))
                for row in range(3):
                    canvas.put(left, y + row, "▐", canvas.ink("accent"))
            name = texts.text("first_start.name")
            canvas.put(left + 3, y + 1, name, canvas.ink("accent" if here else "text", bold=True))
            if here:
                text = texts.text("first_start.choose")
                right = left + width - 2
                canvas.put_right(right, y + 1, text, canvas.ink("muted"))
                canvas.put_right(right - canvas.measure(text) - 1, y + 1, "enter", canvas.ink("accent", bold=True))
            canvas.spot(left, y, width, 3, language)
            y += 4

    def _steps(self, canvas: Canvas) -> None:
        texts = self.words
        steps = STEPS if canvas.width >= 112 else NARROW
        lines = [(texts.text(f"first_start.{name}"), key, texts.text(f"first_start.{name}.how")) for name, key in steps]
        names = max(canvas.measure(name) for name, _, _ in lines)
        keys = max(canvas.measure(key) for _, key, _ in lines)
        width = min(names + keys + 4 + max(canvas.measure(text) for _, _, text in lines) + 3, canvas.width - 4)
        left, y = self._left(canvas, width), max((canvas.height - 11) // 2, 0)
        canvas.put(left + 3, y, "nnlab", canvas.ink("accent", bold=True))
        canvas.put(left + 3, y + 1, texts.text("home.subtitle"), canvas.ink("muted"))
        y += 4
        for name, key, text in lines:
            canvas.put(left + 3, y, name, canvas.ink("text", bold=True))
            canvas.put(left + 3 + names + 2, y, key, canvas.ink("accent", bold=True))
            canvas.put(left + 3 + names + keys + 4, y, text, canvas.ink("muted"))
            y += 2
        y += 1
        text = texts.text("first_start.begin")
        size = canvas.measure(text) + 8
        canvas.fill(left + 3, y, 7, 1, canvas.colour("accent"))
        canvas.put(left + 4, y, "enter", canvas.ink("on-accent", bold=True))
        canvas.put(left + 11, y, text, canvas.ink("text", bold=True))
        canvas.spot(left + 3, y, size, 1, "onward")
        skip = canvas.put(left + 3 + size + 4, y, "esc", canvas.ink("accent", bold=True))
        end = canvas.put(skip + 1, y, texts.text("first_start.skip"), canvas.ink("muted"))
        canvas.spot(left + 3 + size + 4, y, end - skip + 3, 1, "close")

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Take what was clicked."""
        screen = cast("FirstStart", self.screen)
        if spot in LANGUAGES:
            screen.action_take(spot)
        elif spot == "onward":
            screen.action_onward()
        else:
            screen.action_close()


class FirstStart(Overlay):
    """Shown once, before anything has been chosen."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def compose(self) -> ComposeResult:
        """One page."""
        yield Page()

    def on_mount(self) -> None:
        """Begin on the language that the environment names."""
        self.page.language = self.nnlab.language
        self.page.repaint()

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one(Page)

    def action_choose(self, way: int) -> None:
        """Go to the other language."""
        if not self.page.chosen:
            place = LANGUAGES.index(self.page.language) + way
            self.page.language = LANGUAGES[min(max(place, 0), len(LANGUAGES) - 1)]
            self.page.repaint()

    def action_take(self, language: str) -> None:
        """Take a language."""
        if not self.page.chosen:
            self.page.language = "ja" if language == "ja" else "en"
            self.action_onward()

    def action_onward(self) -> None:
        """From the language to the three lines, from there to the first lab."""
        page = self.page
        if not page.chosen:
            page.chosen = True
            self.nnlab.set_language(page.language)
            page.repaint()
            return
        app = self.nnlab
        self.dismiss()
        if app.open_address(FIRST_LAB):
            screen = app.screen
            screen.call_after_refresh(_focus_first, screen)

    def action_close(self) -> None:
        """Go home with the language as it stands; the question doesn't come again."""
        if not self.page.chosen:
            self.nnlab.set_language(self.page.language)
        self.dismiss()


def _focus_first(screen: Widget) -> None:
    for control in screen.query(f"#setting-{FIRST_CONTROL}"):
        control.focus()
