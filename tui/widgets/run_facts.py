"""Below the curves: in what the compared runs differ. Above them: why the chosen run stands as it does."""

from dataclasses import dataclass

from tui import run_words
from tui.drawing.canvas import Canvas
from tui.drawing.run_marks import chip
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget


@dataclass(frozen=True)
class Fact:
    """One thing to know of each run that is shown, as texts."""

    label: str
    values: tuple[str, ...]


class RunFacts(CanvasWidget):
    """Compared runs in columns, what differs from the first one bold; of a single run all in flowing rows."""

    DEFAULT_CSS = """
    RunFacts { height: auto; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names: tuple[str, ...] = ()
        """Names of the compared runs, none for a single run."""

        self.facts: tuple[Fact, ...] = ()
        self.most = 6
        """Rows at most."""

    def show(self, names: tuple[str, ...], facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        if (names, facts) != (self.names, self.facts):
            before = self.rows(self.size.width)
            self.names, self.facts = names, facts
            self.repaint(layout=self.rows(self.size.width) != before)

    def fit_rows(self, most: int) -> None:
        """Take another number of rows at most."""
        if most != self.most:
            self.most = most
            self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """A heading and a row a fact; flowing, as many rows as it takes."""
        if not self.facts:
            return 1
        wanted = 1 + len(self.facts) if self.names else len(self._flow(Canvas(0, 0, self.look()), width))
        return min(wanted, self.most)

    def paint(self, canvas: Canvas) -> None:
        """Draw them."""
        if self.names:
            self._columns(canvas)
        else:
            for y, row in enumerate(self._flow(canvas, canvas.width)[: self.most]):
                x = 0
                for fact in row:
                    x = canvas.put(x, y, fact.label, canvas.ink("muted")) + (2 if fact.label else 0)
                    x = canvas.put(x, y, fact.values[0], canvas.ink("text")) + 3

    def _flow(self, canvas: Canvas, width: int) -> list[list[Fact]]:
        rows: list[list[Fact]] = [[]]
        x = 0
        for fact in self.facts:
            size = canvas.measure(fact.label) + (2 if fact.label else 0) + canvas.measure(fact.values[0])
            if rows[-1] and x + size > width:
                rows.append([])
                x = 0
            rows[-1].append(fact)
            x += size + 3
        return rows

    def _columns(self, canvas: Canvas) -> None:
        roomy = canvas.width >= 100
        left = 22 if roomy else 16
        pitch = min((canvas.width - left) // max(len(self.names), 1), 24)
        canvas.put(0, 0, run_words.fit(self.words.text("runs.differ"), left - 2, canvas.measure), canvas.ink("muted"))
        for number, name in enumerate(self.names, start=1):
            x = left + (number - 1) * pitch
            chip(canvas, x, 0, number)
            canvas.put(x + 4, 0, run_words.fit(name, pitch - 6, canvas.measure), canvas.ink("text"))
        for y, fact in enumerate(self.facts[: self.most - 1], start=1):
            canvas.put(0, y, run_words.fit(fact.label, left - 2, canvas.measure), canvas.ink("muted"))
            for place, value in enumerate(fact.values):
                same = place > 0 and value == fact.values[0]
                ink = canvas.ink("faint" if same else "text", bold=place > 0 and not same)
                text = run_words.fit(value, pitch - 6, canvas.measure)
                canvas.put(left + place * pitch + 4, y, text, ink)


@dataclass(frozen=True)
class Told:
    """What is said of a run: what happened, and rows `(name, text)` of what follows."""

    sign: str
    tone: str
    text: str
    aside: str = ""
    rows: tuple[tuple[str, str], ...] = ()


class RunNotice(CanvasWidget):
    """Why the chosen run failed, paused or was broken off, what is kept, what to do."""

    DEFAULT_CSS = """
    RunNotice { height: auto; width: 1fr; background: $panel; }
    RunNotice.-empty { display: none; }
    """
    ground = "panel"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-empty")
        self.told: tuple[Told, ...] = ()
        self.most = 5
        """Rows at most."""

    def show(self, told: tuple[Told, ...]) -> None:
        """Say something else, or nothing."""
        if told != self.told:
            self.told = told
            self.set_class(not told, "-empty")
            self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """As many as the texts take."""
        return max(min(len(self._lines(width)), self.most), 1)

    def _lines(self, width: int) -> list[tuple[Told | None, str, str]]:
        """Set all in rows: (what it begins, name, text)."""
        found: list[tuple[Told | None, str, str]] = []
        for told in self.told:
            measure = Canvas(0, 0, self.look()).measure
            room = max(width - 6 - (measure(told.aside) + 3 if told.aside else 0), 20)
            for number, line in enumerate(wrap(told.text, room)):
                found.append((told if number == 0 else None, "", line))
            label = max((measure(name) for name, _ in told.rows), default=0)
            for name, text in told.rows:
                for number, line in enumerate(wrap(text, max(width - 8 - label, 20))):
                    padded = name + " " * (label - measure(name)) if number == 0 else " " * label
                    found.append((None, padded, line))
        return found

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows, a bar in the first one's colour before all."""
        tone = "warning"
        for y, (told, name, text) in enumerate(self._lines(canvas.width)[: self.most]):
            if told is not None:
                tone = told.tone
                canvas.put(2, y, told.sign, canvas.ink(tone, bold=True))
                if told.aside:
                    canvas.put_right(canvas.width - 2, y, told.aside, canvas.ink("muted"))
            canvas.put(0, y, "▐", canvas.ink(tone))
            x = canvas.put(5, y, name, canvas.ink("muted")) + (2 if name else 0)
            canvas.put(x, y, text, canvas.ink("text", bold=told is not None))
