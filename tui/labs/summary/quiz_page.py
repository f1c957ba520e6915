"""A question with its choices; after the answer, what is right, why, and the lab that shows it."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons import quiz
from lessons.address import parse
from lessons.summary.labs.quiz import Asked, QuizObservation, QuizSettings
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import focus_neighbour

KEYS = (
    Command(
        "pick_answer", ("up", "down"), "change", 4, "↑↓", actions=("pick_answer(-1)", "pick_answer(1)"), palette=False
    ),
    Command("give", ("enter",), "change", 5, palette=False),
    Command("go_on", ("enter",), "run", palette=False),
    Command("open_shown", ("right",), "move", 6, palette=False),
)

LEFT = 2
"""Cells before the text."""

NUMBER = 5
"""Cells that a choice's number takes: in brackets, since a choice may be a number itself, and the sign behind it."""

SIGN = 3
"""Cells that the sign before a verdict takes."""

Line = tuple[int, str, str, bool, str]
"""Column, text, token, bold, and the spot that the whole row is."""


def named(asked: Asked) -> tuple[str, str]:
    """Give the lab that shows a question and the settings there, as they are read: `h=0.5  learn=true`."""
    address = parse(asked.lab)
    return address.lab, "  ".join(f"{name}={value}" for name, value in address.values.items())


class QuestionPage(LabLine, can_focus=True):
    """The question that is looked at. An answer goes up as `Answered`, the wish to see the lab as `Opened`."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Answered(Message):
        """The learner has answered the present question."""

        number: int
        """The choice as it stands on the screen, from 1."""

    @dataclass
    class Opened(Message):
        """The learner wants to see a lab."""

        address: str

    @dataclass
    class Turned(Message):
        """The learner looks at another question, or goes on (0)."""

        at: int

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id, classes="-control")
        self.cursor = 0
        """Choice that the keys are on."""

        self.before: frozenset[str] = frozenset()
        """Questions of this quiz that were missed when they were asked the last time before it."""

    # What is there

    @property
    def seen(self) -> QuizObservation | None:
        """The present observation."""
        found = self.session.observation
        return found if isinstance(found, QuizObservation) else None

    @property
    def asked(self) -> Asked | None:
        """The question that is looked at."""
        seen = self.seen
        return seen.asked[seen.at - 1] if seen is not None and seen.at else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answer what is open; look closer at what is answered."""
        asked = self.asked
        if action in ("pick_answer", "give"):
            return asked is not None and asked.chosen is None
        if action in ("go_on", "open_shown"):
            return asked is not None and asked.chosen is not None
        return True

    # Setting

    def _lines(self, width: int, airy: bool) -> list[Line]:
        """The rows under the progress; blank ones part the blocks."""
        asked = self.asked
        if asked is None:
            return []
        measure = max(width - LEFT, 20)
        say = self.words.say
        lines: list[Line] = [(LEFT, line, "text", True, "") for line in wrap(say(asked.question), measure)]
        lines.append((0, "", "", False, ""))
        for number, choice in enumerate(asked.choices, start=1):
            if airy and number > 1:
                lines.append((0, "", "", False, ""))
            lines += self._choice(asked, number, say(choice), measure)
        if asked.chosen is not None:
            lines.append((0, "", "", False, ""))
            verdict = self.say("verdict.right" if asked.right else "verdict.wrong", number=asked.answer)
            sign, tone = ("✓", "success") if asked.right else ("✗", "error")
            lines.append((LEFT, f"{sign}  {verdict}", tone, True, ""))
            lines += [(LEFT + SIGN, line, "text", False, "") for line in wrap(say(asked.why), measure - SIGN)]
            if airy:
                lines.append((0, "", "", False, ""))
            lines.append((LEFT, "→", "accent", True, "open"))
        return lines

    def _choice(self, asked: Asked, number: int, text: str, measure: int) -> list[Line]:
        token, bold = "text" if asked.chosen is None else "muted", False
        if asked.chosen is None and self.has_focus and number - 1 == self.cursor:
            token, bold = "here", True
        elif asked.answer == number:
            token, bold = "success", True
        elif asked.chosen == number:
            token, bold = "error", True
        first, *rest = wrap(text, measure - NUMBER) or [""]
        spot = f"choice:{number}" if asked.chosen is None else ""
        mark = "✓" if asked.answer == number else "✗" if asked.chosen == number else " "
        head = f"[{number}]{mark} {first}"
        return [
            (LEFT, head, token, bold, spot),
            *((LEFT, " " * NUMBER + line, token, bold, spot) for line in rest),
        ]

    def rows(self, width: int) -> int:
        """Progress, a blank row, and the lines."""
        return 2 + len(self._lines(width, airy=False))

    def paint(self, canvas: Canvas) -> None:
        """Draw the progress and the question, with blank rows between the choices where there is room."""
        seen = self.seen
        if seen is None:
            return
        self._progress(canvas, seen)
        lines = self._lines(canvas.width, airy=True)
        if len(lines) > canvas.height - 2:
            lines = self._lines(canvas.width, airy=False)
        top = 2 if len(lines) <= canvas.height - 2 else 1
        for y, (x, text, token, bold, spot) in enumerate(lines[: canvas.height - top], start=top):
            if token == "here":
                canvas.fill(0, y, canvas.width, 1, canvas.colour("focus"))
                canvas.put(0, y, "▐", canvas.ink("accent"))
            after = canvas.put(x, y, text, canvas.ink("accent" if token == "here" else token or "text", bold=bold))
            if spot.startswith("choice:") and text.startswith("["):
                canvas.put(x, y, text[:3], canvas.ink("accent", bold=True))
            if spot == "open":
                self._link(canvas, after + 2, y)
            if spot:
                canvas.spot(0, y, canvas.width, 1, spot)

    def _link(self, canvas: Canvas, x: int, y: int) -> None:
        """The number and title of the lab that shows it, and how it is set there."""
        from lessons import catalogue

        asked = self.asked
        if asked is None or not asked.lab:
            return
        lab, values = named(asked)
        start = x
        x = canvas.put(x, y, f"{catalogue.lab_number(lab)} {self.words.text(f'{lab}.title')}", canvas.ink("accent"))
        canvas.underline(start, y, x - start)
        room = canvas.width - x - 2
        while canvas.measure(values) > room and len(values) > 1:
            values = values[:-2] + "…"
        canvas.put(x + 2, y, values if room > 3 else "", canvas.ink("faint"))

    def _progress(self, canvas: Canvas, seen: QuizObservation) -> None:
        """The number of the question, its section, a sign a question, and how many are right."""
        asked = self.asked
        x = 0
        if asked is not None:
            number = f"{seen.at}/{seen.total}"
            x = canvas.put(LEFT, 0, self.say("number", number=number), canvas.ink("accent", bold=True))
            section = asked.name.partition(".")[0]
            few = self._few(seen)  # in place of the section's name, which is chosen above then
            name = few or self.words.text(f"{section}.title")
            x = canvas.put(x + 3, 0, name, canvas.ink("warning" if few else "muted"))
            if asked.chosen is None and asked.name in self.before:
                x = canvas.put(x + 3, 0, self.say("missed_before"), canvas.ink("warning"))
        step = 2 if canvas.width - 2 * seen.total >= x + 2 else 1  # few columns: no gaps between the signs
        signs_at = canvas.width - step * seen.total
        for place, each in enumerate(seen.asked, start=1):
            sign, tone = ("✓", "success") if each.right else ("✗", "error") if each.right is False else ("▫", "faint")
            here = place == seen.at
            column = signs_at + (place - 1) * step
            if here:
                canvas.fill(column, 0, 1, 1, canvas.colour("focus"))
                sign, tone = ("▪" if each.right is None else sign), ("accent" if each.right is None else tone)
            canvas.put(column, 0, sign, canvas.ink(tone, bold=here))
            if each.chosen is not None or here:
                canvas.spot(column, 0, step, 1, f"at:{place}")

    def _few(self, seen: QuizObservation) -> str:
        """Say that a section has fewer questions than are wanted."""
        settings = self.session.settings
        assert isinstance(settings, QuizSettings)
        there = len(quiz.groups(settings.section))
        return self.say("few", count=there) if seen.total == there < settings.count else ""

    # Keys and clicks

    def action_answer(self, number: int) -> None:
        """Answer with a choice."""
        asked = self.asked
        if asked is not None and asked.chosen is None and self.session.shown_settings == self.session.settings:
            self.cursor = 0
            self.post_message(self.Answered(number))

    def action_pick_answer(self, way: int) -> None:
        """Go to the choice above or below; beyond them to the next control."""
        target = self.cursor + way
        if 0 <= target < 4:
            self.cursor = target
            self.repaint()
        else:
            focus_neighbour(self, way)

    def action_give(self) -> None:
        """Answer with the choice that the keys are on."""
        self.action_answer(self.cursor + 1)

    def action_go_on(self) -> None:
        """Look at the next question, or the result."""
        self.post_message(self.Turned(0))

    def action_open_shown(self) -> None:
        """Open the lab that shows it."""
        asked = self.asked
        if asked is not None and asked.lab:
            self.post_message(self.Opened(asked.lab))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click answers, opens the lab, or looks at a question."""
        if spot == "open":
            self.action_open_shown()
        elif spot.startswith("choice:"):
            self.action_answer(int(spot.removeprefix("choice:")))
        elif spot.startswith("at:"):
            self.post_message(self.Turned(int(spot.removeprefix("at:"))))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press focuses."""
        self.focus()
