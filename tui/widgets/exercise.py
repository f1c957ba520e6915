"""The exercise under a lab: a strip with the goal and how far it is; opened, a panel with hints and solution."""

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
    Command("to_controls", ("tab",), "move", 6, palette=False),
)


class ExerciseStrip(CanvasWidget, can_focus=True):
    """Shows the attempt; what the learner wants of it goes up as `Wanted`."""

    DEFAULT_CSS = """
    ExerciseStrip { background: $panel; width: 1fr; }
    """
    ground = "panel"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    opened: reactive[bool] = reactive(False, layout=True)
    """Whether it is the panel."""

    low: reactive[bool] = reactive(False, layout=True)
    """In two rows, on a low terminal."""

    @dataclass
    class Wanted(Message):
        """`what` is hint, open, close, next, previous, again, solution, or `choice:<name>`, `exercise:<index>`."""

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
        """Choosing needs choices; leaving for the controls needs the panel, which lies over them."""
        if action == "to_controls":
            return self.opened
        return bool(self.attempt.exercise.choices) if action in ("choose", "take") else True

    # Texts

    def _key(self, part: str) -> str:
        return f"{self.attempt.lab.name}.{self.attempt.exercise.name}.{part}"

    def _values(self) -> dict[str, str]:
        trail = self.attempt.trail
        return dict(self.attempt.exercise.facts(trail)) if trail else {}

    def _goal(self) -> str:
        return self.words.text(self._key("goal"))

    def _hint(self, number: int) -> str:
        return self.words.text(self._key(f"hint{number}"), **self._values())

    def _done(self) -> bool:
        return self.attempt.state.solved

    # Size

    def rows(self, width: int) -> int:
        """Rows of the present form."""
        if self.opened:
            return len(self._panel_lines(width)) + 2
        if self.low:
            return 3
        choices = self.attempt.exercise.choices
        return 7 if not choices or self._done() else 7 + len(self._choice_rows(width))

    def _choice_rows(self, width: int) -> list[list[tuple[int, str, str]]]:
        """Set the choices in as few rows as hold them: (index, choice, text)."""
        rows: list[list[tuple[int, str, str]]] = [[]]
        x = 3
        for index, choice in enumerate(self.attempt.exercise.choices):
            text = self.words.text(self._key(f"choice.{choice}"))
            size = cell_len(text) + 3
            if x + size > width - 2 and rows[-1]:
                rows.append([])
                x = 3
            rows[-1].append((index, choice, text))
            x += size
        return rows

    # Drawing

    def paint(self, canvas: Canvas) -> None:
        """Draw the present form."""
        canvas.spot(0, 0, canvas.width, canvas.height, "strip")
        if self.has_focus:
            for row in range(canvas.height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
        if self.opened:
            self._panel(canvas)
        elif self.low:
            self._low(canvas)
        else:
            self._strip(canvas)

    def _title(self, canvas: Canvas, y: int) -> int:
        words, attempt = self.words, self.attempt
        count = f"{attempt.index + 1}/{len(attempt.states)}"
        x = canvas.put(3, y, words.text("exercise.name"), canvas.ink("accent", bold=True))
        x = canvas.put(x + 1, y, count, canvas.ink("accent", bold=True))
        if self._done():
            x = canvas.put(x + 1, y, "✓", canvas.ink("success", bold=True))
        return canvas.put(x + 3, y, self._goal(), canvas.ink("text", bold=True))

    def _condition(self, canvas: Canvas, x: int, y: int, condition: Condition, aligned: int = 0) -> int:
        words = self.words
        met = condition.met
        canvas.put(x, y, "✓" if met else "✗", canvas.ink("success" if met else "error"))
        after = canvas.put(x + 3, y, words.say(condition.text), canvas.ink("text"))
        after = max(after, x + 3 + aligned)
        if condition.now:
            after = canvas.put(after + 3, y, words.text("exercise.now"), canvas.ink("faint"))
            after = canvas.put(after + 1, y, words.say(condition.now), canvas.ink("text"))
        if condition.to_go and not met:
            after = canvas.put(after + 3, y, words.text("exercise.to_go"), canvas.ink("faint"))
            after = canvas.put(after + 1, y, words.say(condition.to_go), canvas.ink("text"))
        return after

    def _aligned(self, canvas: Canvas) -> int:
        texts = [self.words.say(condition.text) for condition in self.attempt.state.conditions]
        return min(max(map(canvas.measure, texts), default=0), 24)

    def _choices(self, canvas: Canvas, y: int) -> int:
        """Draw the choices; give the row after them."""
        for row in self._choice_rows(canvas.width):
            x = 2
            for index, choice, text in row:
                x = self._choice(canvas, x, y, index, choice, text) + 1
            y += 1
        return y

    def _choice(self, canvas: Canvas, x: int, y: int, index: int, choice: str, text: str) -> int:
        state = self.attempt.state
        size = canvas.measure(text) + 2
        taken = choice == state.answer
        here = self.has_focus and index == self.cursor
        if taken or here:
            canvas.fill(x, y, size, 1, canvas.colour("focus" if here else "boost"))
        tone = "accent" if here else "text" if taken else "muted"
        canvas.put(x, y, f" {text} ", canvas.ink(tone, bold=taken or here))
        canvas.spot(x, y, size, 1, f"choice:{choice}")
        return x + size

    def _strip(self, canvas: Canvas) -> None:
        self._title(canvas, 1)
        y = 3
        conditions = self.attempt.state.conditions
        aligned = self._aligned(canvas)
        bottom = canvas.height - 2
        if self.attempt.exercise.choices and not self._done():
            y = self._choices(canvas, y)
            y += 0 if len(conditions) > 2 else 1
        if self._done():
            self._done_line(canvas, y)
            y += 1
        elif self.attempt.exercise.kind != "predict" or self.attempt.state.answer:
            room = max(bottom - y, 1)
            if len(conditions) > room:
                self._row(canvas, y, conditions)
            else:
                for condition in conditions:
                    self._condition(canvas, 3, y, condition, aligned)
                    y += 1
        self._keys_line(canvas, bottom)

    def _row(self, canvas: Canvas, y: int, conditions: tuple[Condition, ...]) -> None:
        """Set conditions one after another; on two rows where one is too short."""
        x = 3
        for condition in conditions:
            short = self._length(canvas, condition)
            if x > 3 and x + short > canvas.width - 2:
                x, y = 3, y + 1
            x = self._condition(canvas, x, y, condition) + 3

    def _length(self, canvas: Canvas, condition: Condition) -> int:
        words, size = self.words, 3 + canvas.measure(self.words.say(condition.text))
        if condition.now:
            size += 4 + canvas.measure(words.text("exercise.now") + condition.now)
        if condition.to_go:
            size += 4 + canvas.measure(words.text("exercise.to_go") + condition.to_go)
        return size

    def _done_line(self, canvas: Canvas, y: int) -> None:
        x = canvas.put(3, y, "✓", canvas.ink("success", bold=True))
        text = self.words.text("exercise.done_shown" if self.attempt.state.shown else "exercise.done")
        x = canvas.put(x + 2, y, text, canvas.ink("success", bold=True))
        canvas.put(x + 3, y, self.words.text(self._key("why")), canvas.ink("muted"))

    def _keys_line(self, canvas: Canvas, y: int) -> None:
        state, words = self.attempt.state, self.words
        if self._done():
            if self.attempt.index + 1 < len(self.attempt.states):
                self._key_word(canvas, 3, y, "e", words.text("exercise.next"), "next")
            return
        number = min(state.hints + 1, HINTS)
        if self._wrong():
            self._key_word(canvas, 3, y, "r", words.text("exercise.again"), "again")
            return
        x = self._key_word(canvas, 3, y, "h", f"{words.text('exercise.hint')} {number}/{HINTS}", "hint")
        if state.hints:
            canvas.put(x + 4, y, self._hint(state.hints), canvas.ink("text"))

    def _wrong(self) -> bool:
        state = self.attempt.state
        return self.attempt.exercise.kind == "predict" and bool(state.verdict) and not state.solved

    def _key_word(self, canvas: Canvas, x: int, y: int, key: str, text: str, spot: str) -> int:
        after = canvas.put(x, y, key, canvas.ink("accent", bold=True))
        after = canvas.put(after + 1, y, text, canvas.ink("muted"))
        canvas.spot(x, y, after - x, 1, spot)
        return after

    def _low(self, canvas: Canvas) -> None:
        self._title(canvas, 0)
        state, right = self.attempt.state, canvas.width - 2
        hint = f"{self.words.text('exercise.hint')}"
        if self._done():
            self._done_line(canvas, 2)
            return
        size = canvas.measure(f"h {hint}")
        if state.hints:
            canvas.put(3, 2, self._hint(state.hints), canvas.ink("text"))
        elif self.attempt.exercise.choices and not (state.answer and self.attempt.exercise.kind == "predict"):
            rows = self._choice_rows(canvas.width - size - 3)
            if len(rows) == 1:
                self._choices(canvas, 2)
            else:
                self._key_word(canvas, 3, 2, "e", self.words.text("exercise.answers"), "open")
            self._row(canvas, 1, state.conditions[:3] if self.attempt.exercise.kind == "contrast" else ())
        else:
            self._row(canvas, 1 if len(state.conditions) > 2 else 2, state.conditions)
        if self._wrong():
            self._key_word(canvas, right - canvas.measure(f"r {self.words.text('exercise.again')}"), 2, "r",
                           self.words.text("exercise.again"), "again")  # fmt: skip
        else:
            self._key_word(canvas, right - size, 2, "h", hint, "hint")

    # The panel

    def _panel_lines(self, width: int) -> list[tuple[str, object]]:
        """List the panel's lines: (kind, content)."""
        attempt, words = self.attempt, self.words
        measure = max(width - 14, 20)
        lines: list[tuple[str, object]] = [("tabs", ""), ("", "")]
        lines += [("goal", line) for line in wrap(self._goal(), width - 5)]
        lines.append(("", ""))
        if attempt.exercise.choices:
            lines += [("choice", index) for index in range(len(attempt.exercise.choices))]
            lines.append(("", ""))
        if attempt.exercise.kind != "predict" or attempt.state.answer:
            lines += [("condition", condition) for condition in attempt.state.conditions]
            lines.append(("", ""))
        if attempt.state.solved:
            why = wrap(words.text(self._key("why")), measure)
            if attempt.state.shown:  # its label takes a line of its own
                lines.append(("done", ""))
                lines += [("more", line) for line in why]
            else:
                lines += [("done" if index == 0 else "more", line) for index, line in enumerate(why)]
            lines.append(("", ""))
        else:
            for number in range(1, attempt.state.hints + 1):
                for index, line in enumerate(wrap(self._hint(number), measure)):
                    lines.append((f"hint{number}" if index == 0 else "more", line))
                lines.append(("", ""))
        lines.append(("keys", ""))
        return lines

    def _panel(self, canvas: Canvas) -> None:
        words = self.words
        y = 1
        for kind, content in self._panel_lines(canvas.width):
            if kind == "tabs":
                self._panel_tabs(canvas, y)
            elif kind == "goal":
                canvas.put(3, y, str(content), canvas.ink("text", bold=True))
            elif kind == "choice":
                index = int(str(content))
                choice = self.attempt.exercise.choices[index]
                text = words.text(self._key(f"choice.{choice}"))
                self._choice(canvas, 2, y, index, choice, text)
            elif kind == "condition" and isinstance(content, Condition):
                self._panel_condition(canvas, y, content)
            elif kind == "done":
                label = words.text("exercise.done_shown" if self.attempt.state.shown else "exercise.done")
                canvas.put(3, y, label, canvas.ink("success", bold=True))
                canvas.put(13, y, str(content), canvas.ink("text"))
            elif kind.startswith("hint"):
                canvas.put(3, y, f"{words.text('exercise.hint_name')} {kind[4:]}", canvas.ink("text", bold=True))
                canvas.put(13, y, str(content), canvas.ink("text"))
            elif kind == "more":
                canvas.put(13, y, str(content), canvas.ink("text"))
            elif kind == "keys":
                self._panel_keys(canvas, y)
            y += 1

    def _panel_tabs(self, canvas: Canvas, y: int) -> None:
        x = canvas.put(3, y, self.words.text("exercise.names"), canvas.ink("accent", bold=True)) + 2
        for index, state in enumerate(self.attempt.states):
            text = f" {index + 1}{' ✓' if state.solved else ''} "
            size = canvas.measure(text)
            here = index == self.attempt.index
            if here:
                canvas.fill(x, y, size, 1, canvas.colour("boost"))
            canvas.put(x, y, text, canvas.ink("text" if here else "muted", bold=here))
            if state.solved:
                canvas.put(x + size - 2, y, "✓", canvas.ink("success"))
            canvas.spot(x, y, size, 1, f"exercise:{index}")
            x += size + 2
        text = self.words.text("exercise.close")
        self._key_word(canvas, canvas.width - 3 - canvas.measure(f"e {text}"), y, "e", text, "close")

    def _panel_condition(self, canvas: Canvas, y: int, condition: Condition) -> None:
        aligned = self._aligned(canvas)
        after = self._condition(canvas, 3, y, Condition(condition.text, condition.met, condition.now), aligned)
        if condition.reached is None or condition.met:
            if condition.to_go and not condition.met:
                self._condition(canvas, 3, y, condition, aligned)
            return
        to_go = f"{self.words.text('exercise.to_go')} {condition.to_go}"
        start = max(after + 3, 3 + aligned + 18)
        length = canvas.width - 3 - canvas.measure(to_go) - 3 - start
        if length >= 6:
            canvas.put(start, y, "─" * length, canvas.ink("line"))
            canvas.put(start, y, "━" * round(condition.reached * length), canvas.ink("run"))
            canvas.put(start + length, y, "│", canvas.ink("text"))
        x = canvas.put(canvas.width - 3 - canvas.measure(to_go), y, self.words.text("exercise.to_go"),
                       canvas.ink("faint"))  # fmt: skip
        canvas.put(x + 1, y, condition.to_go, canvas.ink("text"))

    def _panel_keys(self, canvas: Canvas, y: int) -> None:
        state, words = self.attempt.state, self.words
        x = 3
        if not state.solved:
            if state.hints < HINTS:
                text = words.text("exercise.hint_of", number=state.hints + 1, count=HINTS)
                x = self._key_word(canvas, x, y, "h", text, "hint") + 4
            else:
                x = self._key_word(canvas, x, y, "h", words.text("exercise.solution"), "solution") + 4
        again = words.text("exercise.again" if self._wrong() else "exercise.start_again")
        x = self._key_word(canvas, x, y, "r", again, "again") + 4
        if self.attempt.index + 1 < len(self.attempt.states):
            self._key_word(canvas, x, y, "e", words.text("exercise.next"), "next")

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

    def action_to_controls(self) -> None:
        """Close the panel, so that the controls under it can be used."""
        self.post_message(self.Wanted("close"))

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
