"""Home: the sections with the learner's progress, where they were, and the machine. A real decision surface fades
into the page at the top right.
"""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events, work
from textual.app import ComposeResult
from textual.screen import Screen

from lessons import catalogue
from lessons.address import shortened
from lessons.vocabulary.section import Section
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Ink
from tui.drawing.palette import mix
from tui.screens.home_training import draw_training, told
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.footer import FooterLine
from tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from tui.app import NnlabApp

KEYS = (
    Command(
        "section_number",
        tuple("1234567890"),
        "move",
        1,
        "1…9 0",
        actions=tuple(f"section_number({n})" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        palette=False,
    ),
    Command("select", ("up", "down"), "move", 2, "↑↓", actions=("select(-1)", "select(1)"), palette=False),
    Command("enter_section", ("enter",), "move", 3, palette=False),
    Command("resume", ("space",), "move", 4),
    Command("runs", ("t",), "see", 5, actions=("app.runs",)),
    Command("quit_home", ("q",), "program", 10),
    Command("open", ("o",), "keep"),
)


class Contents(CanvasWidget, can_focus=True):
    """The whole page of home."""

    ground = "background"
    DEFAULT_CSS = """
    Contents { height: 1fr; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.index = 0
        self.machine: Any = None
        """What `engine.machine.describe` tells, once it is known."""

        self.surface: Any = None
        """The decision surface, shape (rows, columns), −1…1, once it is read."""

        self.training_seen: tuple[object, ...] = ()
        """What the page says of the runs."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that exist."""
        return catalogue.sections()

    def paint(self, canvas: Canvas) -> None:
        """Draw title, where to go on, the sections, the machine."""
        roomy = canvas.height >= 34
        self._decoration(canvas)
        left = 4 if canvas.width >= 100 else 2
        top = 2 if roomy else 1
        x = canvas.put(left, top, "nnlab", canvas.ink("text", bold=True))
        if self.nnlab.guest:
            canvas.put(x + 3, top, self.words.text("home.guest"), canvas.ink("accent"))
        canvas.put(left, top + 1, self.words.text("home.subtitle"), canvas.ink("muted"))
        below = self._resume(canvas, left, top + (4 if roomy else 3), roomy)
        below = self._rows(canvas, max(below, 11 if roomy else 7), roomy)
        self.training_seen = told(self.nnlab.runs.glance)
        below = draw_training(canvas, left, below, roomy, self.nnlab.runs.glance, self.words)
        self._machine(canvas, left, below, roomy)

    def _decoration(self, canvas: Canvas) -> None:
        """Lay the surface into the top right corner, fading to the left and below."""
        palette = canvas.look.palette
        if self.surface is None or canvas.width < 72 or palette.shaded or canvas.look.wide:
            return
        rows = min(10 if canvas.height >= 34 else 6, canvas.height // 4)
        columns = min(64, canvas.width // 2 + 4)
        ground = canvas.colour("background")
        from tui.drawing.cells.maps import resample

        values = resample(self.surface, 2 * rows, columns)
        colours = palette.names("large", values)
        for y in range(rows):
            for x in range(columns):
                cells = []
                for half in (0, 1):
                    across = min(x / (columns * 0.55), 1.0)
                    down = min((2 * rows - (2 * y + half)) / (rows * 0.9), 1.0)
                    share = round(max(across * down, 0.0) ** 1.5 * 16) / 16
                    cells.append(mix(ground, colours[2 * y + half][x], share))
                place = canvas.width - columns + x
                if cells[0] == cells[1]:
                    canvas.put(place, y, " ", Ink("", cells[0]))
                else:
                    canvas.put(place, y, "▀", Ink(cells[0], cells[1]))

    def _resume(self, canvas: Canvas, left: int, y: int, roomy: bool) -> int:
        last = self.nnlab.keeping.last_lab
        words = self.words
        if last is None:
            x = canvas.put(left, y, words.text("home.begin"), canvas.ink("muted"))
            name = catalogue.lab_names()[0]
        else:
            x = canvas.put(left, y, words.text("home.resume"), canvas.ink("muted"))
            name = last
        column = max(x + 2, left + 11)
        end = canvas.put(column, y, f"{catalogue.lab_number(name)} {words.text(f'{name}.title')}",
                         canvas.ink("text", bold=True))  # fmt: skip
        address = self.nnlab.keeping.address_of(name)
        query = shortened(address).partition("?")[2].replace("&", "  ")
        if query and roomy:
            shown = query if canvas.measure(query) <= 30 else query[:29] + "…"
            canvas.put(end + 3, y, shown, canvas.ink("muted"))
        key = canvas.put(column, y + 1, "space", canvas.ink("accent", bold=True)) if roomy else end
        if roomy:
            canvas.put(key + 1, y + 1, words.text("command.resume"), canvas.ink("muted"))
        else:
            key = canvas.put(end + 3, y, "space", canvas.ink("accent", bold=True))
            canvas.put(key + 1, y, words.text("command.resume"), canvas.ink("muted"))
        canvas.spot(left, y, max(end - left, 10), 2 if roomy else 1, "resume")
        return y + (4 if roomy else 2)

    def _rows(self, canvas: Canvas, y: int, roomy: bool) -> int:
        count = len(self.sections)
        pitch = 2 if roomy and y + 2 * count + 6 <= canvas.height else 1
        for index, section in enumerate(self.sections):
            self._row(canvas, y, index, section)
            y += pitch
        return y + (2 if pitch == 1 else 1)

    def _row(self, canvas: Canvas, y: int, index: int, section: Section) -> None:
        words, width = self.words, canvas.width
        wide = width >= 100
        chosen = index == self.index
        left, right = (2, width - 2) if wide else (0, width)
        if chosen:
            canvas.fill(left, y, right - left, 1, canvas.colour("focus"))
            canvas.put(left, y, "▐", canvas.ink("accent"))
        number = canvas.ink("accent" if chosen else "muted", bold=True)
        canvas.put_right(6 if wide else 4, y, str(section.number), number)
        title = canvas.ink("text", bold=chosen)
        start = 9 if wide else 6
        canvas.put(start, y, words.text(f"{section.name}.title"), title)
        labs = catalogue.lab_names(section)
        done = [self.nnlab.keeping.solved_in(name) for name in labs]
        complete = [count.done == count.total for count in done]
        if labs:
            solved = f"{sum(complete)}/{len(labs)}"
            tone = "success" if any(complete) else "muted"
            canvas.put_right(width - (4 if wide else 2), y, solved, canvas.ink(tone))
            x = width - (20 if wide else 18)
            for full in complete:
                canvas.put(x, y, "▪" if full else "▫", canvas.ink("success" if full else "muted"))
                x += 1
        middle = 44 if wide else 40
        if wide:
            canvas.put(middle, y, words.text(f"{section.name}.does"), canvas.ink("muted"))
        elif labs:
            following = next((name for name, full in zip(labs, complete, strict=True) if not full), labs[-1])
            canvas.put(middle, y, words.text(f"{following}.title"), canvas.ink("muted"))
        canvas.spot(0, y, width, 1, f"section:{index}")

    def _machine(self, canvas: Canvas, left: int, y: int, roomy: bool) -> None:
        machine, words = self.machine, self.words
        y = min(y + (2 if roomy else 1), canvas.height - 2)
        canvas.put(left, y, words.text("home.machine"), canvas.ink("muted"))
        if machine is None:
            canvas.put(left + 11, y, "–", canvas.ink("faint"))
            return
        x = canvas.put(left + 11, y, self.nnlab.device_name, canvas.ink("text", bold=True))
        parts = [words.text("home.cores", count=machine.cores)]
        if machine.memory_total:
            used, total = machine.memory_used / 2**30, machine.memory_total / 2**30
            parts.append(words.text("home.memory", used=f"{used:.1f}", total=f"{total:.1f}"))
        if machine.gpus:
            gpu = machine.gpus[0]
            parts.append(words.text("home.gpu", name=gpu.name, free=f"{gpu.memory_free / 2**30:.0f}",
                                    total=f"{gpu.memory_total / 2**30:.0f}", count=len(machine.gpus)))  # fmt: skip
        else:
            parts.append(words.text("home.no_gpu"))
        parts.append(words.text(f"colours.{self.nnlab.depth}"))
        for part in parts:
            if x + 2 + canvas.measure(part) < canvas.width:
                x = canvas.put(x + 3, y, part, canvas.ink("muted"))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Open what was clicked."""
        home = cast("HomeScreen", self.screen)
        if spot == "resume":
            home.action_resume()
        elif spot == "runs":
            self.nnlab.action_runs()
        elif spot.startswith("section:"):
            self.index = int(spot[8:])
            self.repaint()
            home.action_enter_section()


class HomeScreen(Screen[None]):
    """Where the program opens."""

    BINDINGS = bindings(KEYS)
    IN_TOURS = True
    KEYS = KEYS

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    def __init__(self) -> None:
        super().__init__()
        self.contents = Contents(id="home")

    def compose(self) -> ComposeResult:
        """The page and the keys."""
        yield self.contents
        yield FooterLine(id="footer")
        yield TooSmall()

    def on_mount(self) -> None:
        """Choose the learner's section; look at the machine when the page is there."""
        last = self.nnlab.keeping.last_lab
        sections = catalogue.sections()
        if last is not None:
            self.contents.index = sections.index(catalogue.section_of(last))
        else:
            self.contents.index = 0
        self.call_after_refresh(partial(self.call_later, self._look_around))

    def _runs_changed(self, _: object) -> None:
        """Show what is being trained."""
        if told(self.nnlab.runs.glance) != self.contents.training_seen:
            self.contents.repaint()

    def on_screen_resume(self) -> None:
        """Show what has been done since, and follow the runs."""
        self.nnlab.runs.changed.subscribe(self, self._runs_changed)
        self.contents.repaint()

    def on_screen_suspend(self) -> None:
        """Let the runs be: for whatever a covered screen does Textual draws all of the one above it again."""
        self.nnlab.runs.changed.unsubscribe(self)

    @work(thread=True, exclusive=True, exit_on_error=False, group="machine")
    def _look_around(self) -> None:
        """Read version, machine and decoration outside the loop; each may take a moment."""
        from engine.machine import describe

        self.app.call_from_thread(self._know, f"nnlab {self.nnlab.version}", describe())
        if self.app.size.width >= 72:
            from tui.drawing.decoration import surface

            self.app.call_from_thread(self._decorate, surface())

    def _know(self, version: str, machine: Any) -> None:
        self.query_one(FooterLine).address = version
        self.contents.machine = machine
        self.nnlab.know_machine(machine)
        self.contents.repaint()

    def _decorate(self, surface: Any) -> None:
        self.contents.surface = surface
        self.contents.repaint()

    def action_select(self, way: int) -> None:
        """Choose the next or previous section."""
        count = len(catalogue.sections())
        self.contents.index = (self.contents.index + way) % count
        self.contents.repaint()

    def action_enter_section(self) -> None:
        """Open the chosen section."""
        self._open(catalogue.sections()[self.contents.index])

    def action_section_number(self, number: int) -> None:
        """Open a section by its number."""
        for index, section in enumerate(catalogue.sections()):
            if section.number == number:
                self.contents.index = index
                self._open(section)
                return
        self.nnlab.tell_text(self.nnlab.words.text("news.no_section"))

    def _open(self, section: Section) -> None:
        self.nnlab.open_address(section.name)

    def action_resume(self) -> None:
        """Go on where the learner was."""
        self.nnlab.open_address(self.nnlab.keeping.last_lab or catalogue.lab_names()[0])

    def action_open(self) -> None:
        """Ask for an address and open it."""
        from tui.screens.open_address import OpenScreen

        self.app.push_screen(OpenScreen(None))

    def action_quit_home(self) -> None:
        """Quit."""
        self.app.exit(0)
