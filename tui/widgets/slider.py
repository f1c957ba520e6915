"""A number on one line: name, track, value. Keys, drag, wheel, and a value typed in its place.

`+0.80` is filled from 0 in its sign's colour where the setting is signed, else from the left.
"""

from dataclasses import dataclass
from math import floor, log, log10

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from lessons.vocabulary.numbers import UNKNOWN, plain, short, signed
from lessons.vocabulary.settings import Setting, SettingError
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.errors import explain
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour
from tui.widgets.entry import Entry

KEYS = (
    Command("step", ("left", "right"), "change", 4, "←→", actions=("step(-1)", "step(1)"), palette=False),
    Command(
        "fine",
        ("shift+left", "shift+right"),
        "change",
        5,
        "⇧←→",
        actions=("step(-0.1)", "step(0.1)"),
        palette=False,
    ),
    Command("ten", ("pageup", "pagedown"), "change", actions=("step(10)", "step(-10)"), palette=False),
    Command("limits", ("home", "end"), "change", actions=("limit(-1)", "limit(1)"), palette=False),
    Command("type", ("enter",), "change", 7, palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


LOG_DIGITS = 2
"""Significant digits of a value whose slider goes by factors."""

LOG_STEPS = 10
"""Steps of such a slider from a value to ten times as much."""


def value_width(setting: Setting) -> int:
    """Cells that a setting's value takes at most, with its unit and a digit more for fine steps."""
    if setting.kind not in ("number", "integer"):
        return 0
    if setting.log:
        return LOG_DIGITS + 4
    write = signed if setting.plus else plain
    unit = len(setting.unit) + 1 if setting.unit else 0
    return max(len(write(value, setting.digits)) for value in (setting.low, setting.high)) + 1 + unit


class Slider(CanvasWidget, can_focus=True):
    """One numeric setting."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    value: reactive[float] = reactive(0.0)
    """The present value, rounded to what can be shown."""

    compact: reactive[bool] = reactive(False)
    """With a shorter track."""

    @dataclass
    class Changed(Message):
        """The learner has moved the slider."""

        slider: "Slider"
        name: str
        value: float

        def can_replace(self, message: Message) -> bool:
            """A later move of the same slider takes its place."""
            return isinstance(message, Slider.Changed) and message.slider is self.slider

    def __init__(self, setting: Setting, value: float, *, id: str | None = None) -> None:
        super().__init__(id=id or f"setting-{setting.name}", classes="-control")
        self.setting = setting
        self.set_reactive(Slider.value, value)
        self._drag = False
        self.high = setting.high
        """Where the track ends."""

        self.known = True
        """Whether it is known where the track ends; until then no value is shown."""

    def limit(self, high: float) -> None:
        """Let the track end before the setting's limit, where there is no more to see."""
        high = min(max(high, self.setting.low + self.setting.step), self.setting.high)
        if high != self.high or not self.known:
            self.high, self.known = high, True
            self.repaint()

    def wait(self) -> None:
        """Show no value until `limit` tells where the track ends."""
        if self.known:
            self.known = False
            self.repaint()

    @property
    def key(self) -> str:
        """Name of the setting."""
        return self.setting.name

    @property
    def _bare(self) -> bool:
        """A seed has no order that a track could show."""
        return self.setting.name == "seed"

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def watch_value(self) -> None:
        """Show the new value."""
        self.repaint()

    def validate_value(self, value: float) -> float:
        """Keep the value inside its limits and on what a fine step can reach."""
        setting = self.setting
        value = min(max(value, setting.low), setting.high)
        if setting.log and value > 0:
            return round(value, LOG_DIGITS - 1 - floor(log10(value)))
        return float(round(value)) if setting.kind == "integer" else round(value, setting.digits + 1)

    def move_to(self, value: float) -> None:
        """Set the value and tell it, if it differs."""
        before = self.value
        self.value = value
        if self.value != before:
            self.post_message(self.Changed(self, self.setting.name, self.value))

    def action_step(self, steps: float) -> None:
        """Move by steps, or by tenths of one."""
        if self.setting.log:
            self.move_to(self.value * 10 ** (steps / LOG_STEPS))
            return
        step = self.setting.step * steps
        if self.setting.kind == "integer" and abs(step) < 1:
            step = 1 if steps > 0 else -1
        self.move_to(min(self.value, self.high) + step)

    def action_limit(self, side: int) -> None:
        """Move to an end."""
        self.move_to(self.high if side > 0 else self.setting.low)

    def action_default(self) -> None:
        """Move back to the default."""
        self.move_to(float(self.setting.default))

    def action_type(self) -> None:
        """Open an entry in place of the value."""
        if not self.query(Entry):
            width = max(self._value_width(), 7)
            entry = Entry(self.text(), self._accept, width=width, allowed=self._allowed(), refusal=self._refusal)
            entry.styles.offset = (self.size.width - width, 0)
            self.mount(entry)
            entry.focus()

    def _allowed(self) -> str:
        """Characters that a value of this setting is written with."""
        signs = "+-−" if self.setting.low < 0 or self.setting.log else ""
        powers = "eE" if self.setting.log else ""
        point = "" if self.setting.kind == "integer" else ".,"
        return f"0123456789{point}{signs}{powers}{self.setting.unit} "

    def _refusal(self, text: str) -> str:
        """Say what may be typed, where something else was."""
        setting = self.setting
        limits = {"name": setting.name, "low": setting.low, "high": self.high, "digits": setting.digits}
        return explain(SettingError("number", value=text, **limits), self.words)

    def _accept(self, text: str) -> str | None:
        """Take a typed value; give the reason where it can't be."""
        setting = self.setting
        cleaned = text.strip().replace("−", "-").replace(",", ".").removesuffix(setting.unit).strip()
        limits = {"name": setting.name, "low": setting.low, "high": self.high, "digits": setting.digits}
        try:
            value = float(cleaned)
        except ValueError:
            return explain(SettingError("number", value=text, **limits), self.words)
        if not setting.low <= value <= self.high:
            return explain(SettingError("range", value=text, **limits), self.words)
        self.move_to(value)
        return None

    def text(self) -> str:
        """Write the value: with one more decimal where a fine step has been taken."""
        setting = self.setting
        if not self.known:
            return UNKNOWN
        if setting.log:
            return short(self.value)
        digits = setting.digits + self._fine
        return (signed if setting.plus else plain)(min(self.value, self.high), digits)

    @property
    def _fine(self) -> bool:
        """Whether a fine step has been taken, which one decimal more shows."""
        setting = self.setting
        if setting.log or setting.kind == "integer" or not self.known:
            return False
        return round(self.value, setting.digits) != round(self.value, setting.digits + 1)

    def _value_width(self) -> int:
        width = getattr(self.parent, "value_width", 0)
        return int(width) or value_width(self.setting)

    def _label(self) -> str:
        return self.words.say(self.setting.label)

    def label_width(self) -> int:
        """Cells of the name; the panel makes those of a column equal."""
        panel = self.parent
        width = getattr(panel, "label_width", 0)
        return int(width) or cell_len(self._label()) + 1

    def _track(self, canvas: Canvas) -> tuple[int, int]:
        left = 2 + self.label_width()
        right = canvas.width - self._value_width() - 1
        return left, max(right, left + 3)

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name, track and value."""
        setting, focused = self.setting, self.has_focus
        changed = self.value != setting.default
        if focused:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        tone = "accent" if focused else "muted"
        canvas.put(2, 0, self._label(), canvas.ink(tone, bold=focused))
        left, right = self._track(canvas)
        if not self._bare:
            self._draw_track(canvas, left, right, focused)
        canvas.spot(right, 0, canvas.width - right, 1, "value")
        sign = "pos" if self.value > 0 else "neg" if self.value < 0 else "text"
        value_tone = sign if setting.signed else "text"
        text = self.text() + (f" {setting.unit}" if setting.unit else "")
        if self._bare:
            canvas.put(left, 0, text, canvas.ink("text", bold=changed))
            return
        right = canvas.width if self._fine else canvas.width - 1  # the other digits stay where they are
        canvas.put_right(right, 0, text, canvas.ink(value_tone, bold=changed or setting.signed))

    def _draw_track(self, canvas: Canvas, left: int, right: int, focused: bool) -> None:
        setting = self.setting
        length = right - left
        place = left + round(self._share(self.value) * (length - 1))
        canvas.put(left, 0, "─" * length, canvas.ink("line"))
        if setting.signed and setting.low < 0 < setting.high:
            zero = left + round(self._share(0.0) * (length - 1))
            low, high = sorted((zero, place))
            tone = "pos" if self.value > 0 else "neg"
            canvas.put(low, 0, "━" * (high - low), canvas.ink(tone))
            canvas.put(zero, 0, "┼", canvas.ink("line"))
        elif self.known:
            canvas.put(left, 0, "━" * (place - left), canvas.ink("muted"))
        if self.known:
            canvas.put(place, 0, "●", canvas.ink("accent" if focused else "text"))
        canvas.spot(left - 1, 0, length + 2, 1, "track")

    def _share(self, value: float) -> float:
        low, high = self.setting.low, self.high
        value = min(value, high)
        if self.setting.log:
            return log(value / low) / log(high / low)
        return (value - low) / (high - low)

    def _value_at(self, x: float) -> float:
        left, right = self._track(self.canvas)
        share = min(max((x - left) / max(right - left - 1, 1), 0), 1)
        setting = self.setting
        if setting.log:
            return setting.low * (self.high / setting.low) ** share
        value = setting.low + share * (self.high - setting.low)
        return float(round(value / setting.step) * setting.step)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag on the track; a place on the value opens the entry."""
        event.stop()
        self.focus()
        if self._bare or self.spot_under(event) == "value":
            return
        self._drag = True
        self.capture_mouse()
        self.move_to(self._value_at(event.pointer_x))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the pointer."""
        if self._drag:
            event.stop()
            self.move_to(self._value_at(event.pointer_x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag."""
        if self._drag:
            event.stop()
            self._drag = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click is the default, a click on the value types."""
        event.stop()
        if event.chain == 2:
            self.action_default()
        elif self.spot_under(event) == "value":
            self.action_type()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """One step up."""
        event.stop()
        self.action_step(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """One step down."""
        event.stop()
        self.action_step(-1)
