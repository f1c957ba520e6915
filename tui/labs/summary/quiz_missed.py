"""The end of a quiz in words: how many are right, and what was missed with the labs that show it."""

from textual import events

from lessons import catalogue
from lessons.summary.labs.quiz import Asked, QuizObservation
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.labs.summary.quiz_page import QuestionPage, named
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import focus_neighbour

KEYS = (
    Command(
        "pick_answer", ("up", "down"), "change", 4, "↑↓", actions=("pick_answer(-1)", "pick_answer(1)"), palette=False
    ),
    Command("look_again", ("enter",), "see", 5, palette=False),
    Command("open_shown", ("right",), "move", 6, palette=False),
)

LEFT = 2
TOP = 3
"""Rows above the missed questions."""

ROWS = 3
"""Rows of a missed question at most: two of the question, one of its lab."""


class MissedList(LabLine, can_focus=True):
    """The missed questions; enter looks at one again, → opens the lab that shows it."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id, classes="-control")

    @property
    def cursor(self) -> int:
        """Question that the keys are on; the session has it, so that who comes back from a lab finds it again."""
        return self.session.row

    @cursor.setter
    def cursor(self, row: int) -> None:
        self.session.row = row

    @property
    def seen(self) -> QuizObservation | None:
        """The present observation."""
        found = self.session.observation
        return found if isinstance(found, QuizObservation) else None

    @property
    def missed(self) -> list[tuple[int, Asked]]:
        """The missed questions with their numbers."""
        seen = self.seen
        return [(place, each) for place, each in enumerate(seen.asked, 1) if each.right is False] if seen else []

    @property
    def present(self) -> tuple[int, Asked] | None:
        """The one that the keys are on."""
        missed = self.missed
        return missed[min(self.cursor, len(missed) - 1)] if missed else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Looking closer needs a missed question."""
        return bool(self.missed) if action in ("look_again", "open_shown") else True

    def _question(self, asked: Asked, width: int) -> list[str]:
        text, measure = self.words.say(asked.question), max(width - LEFT - 3, 12)
        lines = wrap(text, measure)
        if len(lines) < ROWS:
            return lines
        first = lines[0]
        second = wrap(text[len(first) :].strip(), measure - 2)[0]
        return [first, f"{second.rstrip()} …"]

    def rows(self, width: int) -> int:
        """The verdict, what can be done now, and the rows of each missed question."""
        return 3 + sum(len(self._question(asked, width)) + 1 for _, asked in self.missed)

    def paint(self, canvas: Canvas) -> None:
        """Draw the verdict, and as many missed questions as there is room for, around the one the keys are on."""
        seen = self.seen
        if seen is None:
            return
        score = self.say("score", right=seen.right, total=seen.total)
        x = canvas.put(LEFT, 0, score, canvas.ink("text", bold=True))
        missed = self.missed
        note = self.say("score.missed" if missed else "score.perfect")
        tone = "muted" if missed else "success"
        if x + 3 + canvas.measure(note) <= canvas.width:
            canvas.put(x + 3, 0, note, canvas.ink(tone))
        self._keys(canvas, 1)
        blocks = [self._question(asked, canvas.width) for _, asked in missed]
        room = canvas.height - TOP
        apart = 1 if sum(len(block) + 2 for block in blocks) - 1 <= room else 0
        cut = sum(len(block) + 1 for block in blocks) > room
        bottom = canvas.height - (1 if cut else 0)  # the last row tells how many more there are
        first, y = self._first(blocks, bottom - TOP), TOP
        last = first
        for index in range(first, len(missed)):
            if y + len(blocks[index]) + 1 > bottom:
                break
            y, last = self._block(canvas, y, index, blocks[index], missed[index][1]) + apart, index + 1
        if cut:
            self._more(canvas, first, last, len(missed))

    def _more(self, canvas: Canvas, first: int, last: int, count: int) -> None:
        """Say in the last row how many more there are below and above; a click goes to the next of them."""
        x, y = LEFT + 3, canvas.height - 1
        for key, more, index in (("below", count - last, last), ("above", first, first - 1)):
            if more:
                start = x
                x = canvas.put(x, y, self.say(f"more.{key}", count=more), canvas.ink("muted"))
                canvas.spot(start, y, x - start, 1, f"more:{index}")
                x += 3

    def _keys(self, canvas: Canvas, y: int) -> None:
        """What can be done now: other questions, or the same again."""
        x = LEFT
        for key, name in (("n", "new"), ("r", "anew")):
            start, text = x, self.say(f"score.{name}")
            if x + 2 + canvas.measure(text) > canvas.width:
                return
            x = canvas.put(x, y, key, canvas.ink("accent", bold=True))
            x = canvas.put(x + 1, y, text, canvas.ink("muted"))
            canvas.spot(start, y, x - start, 1, f"{name}:0")
            x += 3

    def _first(self, blocks: list[list[str]], room: int) -> int:
        """The first question that is drawn, so that the present one has room."""
        here = min(self.cursor, max(len(blocks) - 1, 0))
        first = 0
        while first < here and sum(len(block) + 1 for block in blocks[first : here + 1]) > room:
            first += 1
        return first

    def _block(self, canvas: Canvas, y: int, index: int, lines: list[str], asked: Asked) -> int:
        here = self.has_focus and index == min(self.cursor, len(self.missed) - 1)
        if here:
            canvas.fill(0, y, canvas.width, len(lines) + 1, canvas.colour("focus"))
            for row in range(len(lines) + 1):
                canvas.put(0, y + row, "▐", canvas.ink("accent"))
        canvas.put(LEFT, y, "✗", canvas.ink("error", bold=True))
        for line in lines:
            canvas.put(LEFT + 3, y, line, canvas.ink("text", bold=here))
            canvas.spot(0, y, canvas.width, 1, f"look:{index}")
            y += 1
        lab, _ = named(asked)
        x = canvas.put(LEFT + 3, y, "→ ", canvas.ink("accent", bold=True))
        title = f"{catalogue.lab_number(lab)} {self.words.text(f'{lab}.title')}"
        after = canvas.put(x, y, title, canvas.ink("accent"))
        canvas.underline(x, y, after - x)
        canvas.spot(0, y, canvas.width, 1, f"open:{index}")
        return y + 1

    # Keys and clicks

    def action_pick_answer(self, way: int) -> None:
        """Go to the question above or below; beyond them to the next control."""
        target = min(self.cursor, max(len(self.missed) - 1, 0)) + way
        if 0 <= target < len(self.missed):
            self.cursor = target
            self.repaint()
        else:
            focus_neighbour(self, way)

    def action_look_again(self) -> None:
        """Look at the question again."""
        if self.present is not None:
            self.post_message(QuestionPage.Turned(self.present[0]))

    def action_open_shown(self) -> None:
        """Open the lab that shows it."""
        if self.present is not None:
            self.post_message(QuestionPage.Opened(self.present[1].lab))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click on a question looks at it, one on its lab opens that."""
        what, _, index = spot.partition(":")
        if what in ("new", "anew"):
            self.run_worker(self.app.run_action("seed" if what == "new" else "restart", self.screen))
            return
        self.cursor = int(index)
        if what == "more":
            self.repaint()
            return
        if what == "open":
            self.action_open_shown()
        else:
            self.action_look_again()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press focuses."""
        self.focus()
