"""The exercise under a lab: the goal, how far it is, and hints; opened, also the other exercises and the solution."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from lessons.vocabulary.exercise import Condition
from tui.attempt import HINTS, Attempt
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command("choose", ("left", "right"), "change", 4, "←→", actions=("choose(-1)", "choose(1)"), palette=False),
    Command("take", ("enter",), "change", 5, palette=False),
    Command("turn", ("up", "down"), "move", 6, "↑↓", actions=("turn(-1)", "turn(1)"), palette=False),
)
LEFT = 3
GAP = 3
"""Cells between things on one row."""

BAR = 12
"""Cells of a bar that says how far a number is; the goal's mark stands after it."""

Piece = tuple[str, str, bool, str]
"""A piece of a row: text, token, bold, and the spot it is, or nothing."""


class ExerciseStrip(CanvasWidget, can_focus=True):
    """Shows the attempt; what the learner wants of it goes up as `Wanted`."""

    DEFAULT_CSS = """
    ExerciseStrip { background: $panel; width: 1fr; }
    """
    ground = "panel"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    opened: reactive[bool] = reactive(False, layout=True)
    """Whether it shows the other exercises, all hints and what can be done."""

    low: reactive[bool] = reactive(False, layout=True)
    """In few rows, on a low terminal."""

    @dataclass
    class Wanted(Message):
        """`what` is hint, open, close, next, again or solution, or `choice:<name>`, `exercise:<index>`."""

        what: str

    def __init__(self, attempt: Attempt, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.attempt = attempt
        self.cursor = 0
        """Choice that the keys are on."""

    def watch_opened(self) -> None:
        """Take the other form."""
        self.repaint(layout=True)

    def watch_low(self) -> None:
        """Take the other form."""
        self.repaint(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Choosing needs a choice that is still open."""
        return self._choosing if action in ("choose", "take") else True

    # What there is to say

    @property
    def _choosing(self) -> bool:
        state, exercise = self.attempt.state, self.attempt.exercise
        return bool(exercise.choices) and not state.solved and not (exercise.kind == "predict" and state.answer)

    def _key(self, part: str) -> str:
        return f"{self.attempt.lab.name}.{self.attempt.exercise.name}.{part}"

    def _text(self, part: str, **facts: str) -> str:
        return self.words.text(self._key(part), **{**self.attempt.named(), **facts})

    def _choice_text(self, choice: str) -> str:
        return self._text(f"choice.{choice}")

    def _hint(self, number: int) -> str:
        trail = self.attempt.trail
        facts = dict(self.attempt.exercise.facts(trail)) if trail else {}
        return self._text(f"hint{number}", **facts)

    def _said(self, text: str) -> str:
        """Say a value that may hold message keys between its words."""
        return " ".join(self.words.say(part) for part in text.split(" "))

    @property
    def predicted_wrong(self) -> bool:
        """Whether a prediction has been made and was wrong."""
        state = self.attempt.state
        return self.attempt.exercise.kind == "predict" and bool(state.verdict) and not state.solved

    @property
    def awaits_answer(self) -> bool:
        """Whether the panel has answers to choose from, and the keys are elsewhere."""
        return self.opened and self._choosing and not self.has_focus

    @property
    def renamed(self) -> dict[str, str]:
        """What the screen's keys do with the exercise now, where it is not what they are named after."""
        exercise = "exercise_answer" if self.awaits_answer else "exercise_close"
        closing = {"exercise": exercise} if self.opened else {}
        return closing | ({"restart": "predict_again"} if self.predicted_wrong else {})

    # Rows: each a list of pieces, set from the left

    def _rows(self, width: int) -> list[list[Piece]]:
        measure = max(width - LEFT - 2, 20)
        rows: list[list[Piece]] = []
        if self.opened:
            rows.append(self._tabs())
        rows += self._goal(measure)
        if not self.low:
            rows.append([])
        if self._choosing:
            rows += self._flow([self._choice(*each) for each in enumerate(self.attempt.exercise.choices)], measure, 1)
        rows += self._standing(measure)
        rows += self._hints(measure)
        keys = self._keys()
        if keys:
            if self.low and not self.opened and rows and self._width(rows[-1]) + self._width(keys) + GAP <= measure:
                rows[-1] = [*rows[-1], ("", "fill", False, ""), *keys]
            else:
                rows += [keys] if self.low else [[], keys]
        return rows

    def _tabs(self) -> list[Piece]:
        row: list[Piece] = [(self.words.text("exercise.names"), "accent", True, "")]
        for index, state in enumerate(self.attempt.states):
            here = index == self.attempt.index
            text = f" {index + 1}{' ✓' if state.solved else ''} "
            row.append((text, "chosen" if here else "success" if state.solved else "muted", here, f"exercise:{index}"))
        text = self.words.text("exercise.close")
        return [*row, ("", "fill", False, ""), ("e", "accent", True, "close"), (text, "muted", False, "close")]

    def _goal(self, measure: int) -> list[list[Piece]]:
        goal = self._text("goal")
        if self.opened:
            return [[(line, "text", True, "")] for line in wrap(goal, measure)]
        attempt = self.attempt
        name = f"{self.words.text('exercise.name')} {attempt.index + 1}/{len(attempt.states)}"
        head: list[Piece] = [(name, "accent", True, "")]
        if attempt.state.solved:
            head.append(("✓", "success", True, ""))
        first, *rest = wrap(goal, measure - self._width(head) - GAP) or [""]
        return [[*head, (first, "text", True, "")], *([(line, "text", True, "")] for line in rest)]

    def _choice(self, index: int, choice: str) -> list[Piece]:
        here = self.has_focus and index == self.cursor
        taken = choice == self.attempt.state.answer
        token = "here" if here else "chosen" if taken else "muted"
        return [(f" {self._choice_text(choice)} ", token, here or taken, f"choice:{choice}")]

    def _standing(self, measure: int) -> list[list[Piece]]:
        """How far the learner is: done, a prediction's outcome, or each condition."""
        state = self.attempt.state
        if state.solved:
            done = self.words.text("exercise.done_shown" if state.shown else "exercise.done")
            why = wrap(self._text("why"), measure - 3)
            return [
                [("✓", "success", True, ""), (done, "success", True, ""), *self._outcome()],
                *([("", "", False, ""), (line, "text", False, "")] for line in why),
            ]
        if self.attempt.exercise.kind == "predict":
            if not self.predicted_wrong:
                return []
            really = self._choice_text(state.really) if state.really else ""
            yours = self.words.text("exercise.yours", choice=self._choice_text(state.answer)) if state.answer else ""
            return self._flow(
                [
                    [("✗", "error", True, ""), (self.words.text("exercise.wrong"), "text", True, "")],
                    [(yours, "muted", False, "")] if yours else [],
                    [(self.words.text("exercise.really", choice=really), "text", False, "")],
                    self._outcome(),
                ],
                measure,
            )
        return self._flow([self._condition(condition) for condition in state.conditions], measure)

    def _outcome(self) -> list[Piece]:
        """What a prediction's number was and has become."""
        conditions = self.attempt.state.verdict
        return [(self._said(conditions[0].now), "muted", False, "")] if conditions and conditions[0].now else []

    def _condition(self, condition: Condition) -> list[Piece]:
        met = condition.met
        pieces: list[Piece] = [
            ("✓" if met else "✗", "success" if met else "error", False, ""),
            (self.words.say(condition.text), "text", False, ""),
        ]
        if condition.now:
            pieces += [
                (self.words.text("exercise.now"), "faint", False, ""),
                (self._said(condition.now), "text", False, ""),
            ]
        if condition.to_go and not met:
            pieces += [
                (self.words.text("exercise.over" if condition.over else "exercise.to_go"), "faint", False, ""),
                (self._said(condition.to_go), "text", False, ""),
            ]
        if self.opened and not self.low and condition.reached is not None and not met:
            pieces.append((str(condition.reached), "bar", False, ""))
        return pieces

    def _hints(self, measure: int) -> list[list[Piece]]:
        """The hints taken: all of them in the panel, the last one in the strip."""
        state = self.attempt.state
        if state.solved or not state.hints:
            return []
        numbers = range(1, state.hints + 1) if self.opened and not self.low else (state.hints,)
        rows: list[list[Piece]] = []
        for number in numbers:
            name = f"{self.words.text('exercise.hint_name')} {number}"
            indent = self._width([(name, "", True, "")]) + GAP
            first, *rest = wrap(self._hint(number), measure - indent) or [""]
            rows.append([(name, "text", True, ""), (first, "text", False, "")])
            rows += [[(" " * (indent - GAP), "", False, ""), (line, "text", False, "")] for line in rest]
        return rows

    def _keys(self) -> list[Piece]:
        """What can be done now, with its keys."""
        words, state, attempt = self.words, self.attempt.state, self.attempt
        keys: list[tuple[str, str, str]] = []
        if state.solved:
            if attempt.index + 1 < len(attempt.states):
                keys.append(("e" if not self.opened else "↓", words.text("exercise.next"), "next"))
        elif self.predicted_wrong:
            keys.append(("r", words.text("exercise.again"), "again"))
        elif state.asking:
            keys.append(("h", words.text("exercise.solution_asked"), "solution"))
        elif state.hints < HINTS:
            keys.append(("h", words.text("exercise.hint_of", number=state.hints + 1, count=HINTS), "hint"))
        elif not self.nnlab.guest:
            keys.append(("h", words.text("exercise.solution"), "solution"))
        if self.opened and not state.solved and not self.predicted_wrong:
            keys.append(("R", words.text("exercise.start_again"), "again"))
        row: list[Piece] = []
        for key, text, spot in keys:
            row += [(key, "accent", True, spot), (text, "muted", False, spot)]
        return row

    # Setting

    def _width(self, pieces: list[Piece]) -> int:
        """Cells of a row as it is drawn."""
        width = 0
        for index, (text, token, _, _) in enumerate(pieces):
            width += (0 if token == "fill" else BAR + 1 if token == "bar" else len_of(text)) + _gap(pieces, index)
        return width

    def _flow(self, groups: list[list[Piece]], measure: int, gap: int = GAP) -> list[list[Piece]]:
        """Set groups of pieces one after another, in as few rows as hold them."""
        rows: list[list[Piece]] = []
        for group in filter(None, groups):
            if self._width(group) > measure:
                group = [piece for piece in group if piece[1] != "bar"]  # its numbers say the same
            if rows and self._width(rows[-1]) + gap + self._width(group) <= measure:
                rows[-1] = [*rows[-1], (" " * max(gap - GAP, 0), "gap", False, ""), *group]
            else:
                rows.append(group)
        return rows

    def rows(self, width: int) -> int:
        """Rows of the present form, with a blank one above and below where there is room."""
        return len(self._rows(width)) + (0 if self.low else 2)

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows."""
        canvas.spot(0, 0, canvas.width, canvas.height, "strip")
        if self.has_focus:
            for row in range(canvas.height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
        for y, pieces in enumerate(self._rows(canvas.width), start=0 if self.low else 1):
            self._row(canvas, y, pieces)

    def _row(self, canvas: Canvas, y: int, pieces: list[Piece]) -> None:
        x = LEFT
        for index, (text, token, bold, spot) in enumerate(pieces):
            if token == "fill":
                x = canvas.width - 2 - self._width(pieces[index + 1 :])
                continue
            x += _gap(pieces, index)
            if token == "bar":
                x = self._bar(canvas, x, y, float(text))
                continue
            if token in ("here", "chosen"):
                canvas.fill(x, y, len_of(text), 1, canvas.colour("focus" if token == "here" else "boost"))
            ink = {"here": "accent", "chosen": "text", "gap": "text"}.get(token, token)
            after = canvas.put(x, y, text, canvas.ink(ink or "text", bold=bold))
            if token == "chosen" and text.endswith("✓ "):
                canvas.put(after - 2, y, "✓", canvas.ink("success"))
            if spot:
                canvas.spot(x, y, after - x, 1, spot)
            x = after

    def _bar(self, canvas: Canvas, x: int, y: int, reached: float) -> int:
        """Draw how far a number is from its goal."""
        canvas.put(x, y, "─" * BAR, canvas.ink("line"))
        canvas.put(x, y, "━" * round(reached * BAR), canvas.ink("run"))
        canvas.put(x + BAR, y, "│", canvas.ink("text"))
        return x + BAR + 1

    # Keys and clicks

    def action_choose(self, way: int) -> None:
        """Go to the next or previous choice."""
        count = len(self.attempt.exercise.choices)
        self.cursor = (self.cursor + way) % count if count else 0
        self.repaint()

    def action_take(self) -> None:
        """Take the choice that the keys are on."""
        choices = self.attempt.exercise.choices
        if choices:
            self.post_message(self.Wanted(f"choice:{choices[min(self.cursor, len(choices) - 1)]}"))

    def action_turn(self, way: int) -> None:
        """Go to the next or previous exercise."""
        target = self.attempt.index + way
        if 0 <= target < len(self.attempt.states):
            self.post_message(self.Wanted(f"exercise:{target}"))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Hand on what was clicked; elsewhere a click opens the panel."""
        self.focus()
        if spot == "strip":
            if not self.opened:
                self.post_message(self.Wanted("open"))
            return
        if spot.startswith("choice:"):
            self.cursor = self.attempt.exercise.choices.index(spot[7:])
        self.post_message(self.Wanted(spot))


def len_of(text: str) -> int:
    """Count the cells of a text."""
    return cell_len(text)


def _gap(pieces: list[Piece], index: int) -> int:
    """Cells before a piece: one after a key or a mark, none beside a chip, else three."""
    if index == 0 or pieces[index - 1][1] == "fill":
        return 0
    before, piece = pieces[index - 1], pieces[index]
    chips = before[3].startswith(("choice:", "exercise:")) or piece[3].startswith(("choice:", "exercise:"))
    if chips:
        return 1
    if piece[1] == "gap" or before[1] == "gap":
        return 0 if piece[1] == "gap" else GAP
    if before[3] and before[3] == piece[3]:
        return 1
    if before[0] in ("✓", "✗"):
        return 2
    return 1 if before[1] == "faint" else GAP
