"""The first two rows of a section: its title, what computes, its place in the lecture, and the lab tabs."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import reactive

from lessons import catalogue
from lessons.vocabulary.section import FOLDERS, Section
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget


class Chosen(Message):
    """The learner has clicked on a part of the header: `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Header(CanvasWidget):
    """Row 0. Where lesson and lab are tabs, it holds them and the lab's name too."""

    DEFAULT_CSS = """
    Header { height: 1; background: $background; }
    """
    ground = "background"

    merged: reactive[bool] = reactive(False)
    """Whether rows 0 and 1 are one."""

    lesson_open: reactive[bool] = reactive(False)
    """Whether the lesson's tab is the chosen one, where they are tabs."""

    lab: reactive[str] = reactive("")
    """Full name of the lab before the learner."""

    def __init__(self, section: Section, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.section = section

    def on_mount(self) -> None:
        """Hear of the runs."""
        self.nnlab.runs.changed.subscribe(self, self._runs_changed)
        self._training = self._training_text()

    def _runs_changed(self, _: object) -> None:
        """Draw again only if what is said of the runs has changed."""
        text = self._training_text()
        if text != self._training:
            self._training = text
            self.repaint()

    def _training_text(self) -> str:
        """Say how many runs are running and how far the newest is; empty without one."""
        seen = self.nnlab.runs.glance
        return self.words.text("header.training", count=seen.running, percent=seen.percent) if seen.running else ""

    def watch_merged(self) -> None:
        """Draw the other form."""
        self.repaint()

    def watch_lesson_open(self) -> None:
        """Show the other tab."""
        self.repaint()

    def watch_lab(self) -> None:
        """Name the other lab."""
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the row in the form that the width asks for."""
        if self.merged:
            self._merged(canvas)
            return
        x = canvas.put(2, 0, "nnlab", canvas.ink("accent", bold=True))
        canvas.spot(0, 0, x, 1, "home")
        x = canvas.put(x + 3, 0, str(self.section.number), canvas.ink("text", bold=True))
        canvas.put(x + 2, 0, self.words.text(f"{self.section.name}.title"), canvas.ink("text", bold=True))
        self._place(canvas, canvas.width - 2)

    def _place(self, canvas: Canvas, right: int) -> int:
        """Write `◂ 2/10 ▸` and what computes before it; give the first column taken."""
        text = f"◂ {self.section.number}/{len(FOLDERS)} ▸"
        start = right - canvas.measure(text)
        canvas.put(start, 0, "◂", canvas.ink("accent"))
        canvas.put(start + 2, 0, text[2:-2], canvas.ink("muted"))
        canvas.put(right - 1, 0, "▸", canvas.ink("accent"))
        canvas.spot(start - 1, 0, 3, 1, "previous_section")
        canvas.spot(right - 2, 0, 3, 1, "next_section")
        device = self.nnlab.device_name
        if self.nnlab.guest:
            device = f"{self.words.text('header.guest')}   {device}"
        canvas.put_right(start - 3, 0, device, canvas.ink("muted"))
        left = start - 3 - canvas.measure(device)
        if text := self._training_text():
            size = canvas.measure(text)
            canvas.put_right(left - 3, 0, text, canvas.ink("run"))
            canvas.spot(left - 3 - size, 0, size, 1, "runs")
            left -= 3 + size
        return left

    def _merged(self, canvas: Canvas) -> None:
        words, number = self.words, str(self.section.number)
        x = canvas.put(2, 0, number, canvas.ink("text", bold=True))
        canvas.spot(0, 0, x, 1, "home")
        x = canvas.put(x + 2, 0, words.text(f"{self.section.name}.title"), canvas.ink("text", bold=True))
        x = max(x + 3, 26)
        for name, open_ in (("lesson", self.lesson_open), ("bench", not self.lesson_open)):
            text = words.text(f"tab.{name}")
            size = canvas.measure(text) + 2
            if open_:
                canvas.fill(x, 0, size, 1, canvas.colour("focus"))
            canvas.put(x + 1, 0, text, canvas.ink("accent" if open_ else "muted", bold=open_))
            canvas.spot(x, 0, size, 1, f"tab_{name}")
            x += size
        name = f"{catalogue.lab_number(self.lab)} {words.text(f'{self.lab}.title')}" if self.lab else ""
        room = canvas.width - 7 - canvas.measure(name) - x - 3  # the lab's name comes before a word on the training
        if text := self._training_text():
            short = words.text("header.training.short", percent=self.nnlab.runs.glance.percent)
            text = text if canvas.measure(text) <= room else short
            size = canvas.measure(text)
            if size <= room:
                canvas.put(x + 2, 0, text, canvas.ink("run"))
                canvas.spot(x + 2, 0, size, 1, "runs")
                x += 2 + size
        if self.lab:
            right = canvas.width - 2
            canvas.put_right(right, 0, "[ ]", canvas.ink("accent", bold=True))
            canvas.spot(right - 3, 0, 2, 1, "previous_lab")
            canvas.spot(right - 1, 0, 2, 1, "next_lab")
            if right - 5 - canvas.measure(name) > x:
                canvas.put_right(right - 5, 0, name, canvas.ink("text", bold=True))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Tell which part was clicked; the runs open at once."""
        if spot == "runs":
            self.nnlab.action_runs()
        else:
            self.post_message(Chosen(spot))


class LabTabs(CanvasWidget):
    """Row 1: the section's labs, with ✓ where all exercises are solved; digits open them."""

    DEFAULT_CSS = """
    LabTabs { height: 1; background: $background; }
    """
    ground = "background"

    lab: reactive[str] = reactive("")
    """Full name of the lab before the learner."""

    @dataclass
    class Opened(Message):
        """The learner has clicked on a lab."""

        lab: str

    def __init__(self, section: Section, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.section = section

    def watch_lab(self) -> None:
        """Show the other tab."""
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw one tab a lab."""
        x = 2
        for index, name in enumerate(catalogue.lab_names(self.section), start=1):
            title = self.words.text(f"{name}.title")
            done = self.nnlab.keeping.solved_in(name)
            complete = done.done == done.total
            size = canvas.measure(f"{index} {title}") + (2 if complete else 0) + 2
            chosen = name == self.lab
            if chosen:
                canvas.fill(x, 0, size, 1, canvas.colour("focus"))
            after = canvas.put(x + 1, 0, str(index), canvas.ink("accent" if chosen else "faint"))
            after = canvas.put(after + 1, 0, title, canvas.ink("accent" if chosen else "muted", bold=chosen))
            if complete:
                canvas.put(after + 1, 0, "✓", canvas.ink("success"))
            canvas.spot(x, 0, size, 1, name)
            x += size + 1

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Open the lab that was clicked."""
        self.post_message(self.Opened(spot))
