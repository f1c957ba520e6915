"""What the view of `language.gpt` says beside its figures: bits per token, the model, times, news."""

from lessons.language.labs.gpt.settings import GptSettings, planned
from lessons.vocabulary.figures import Tokens
from lessons.vocabulary.numbers import UNKNOWN, plain
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.session import LabSession

NAME = "language.gpt"
LEVELS = " ▁▂▃▄▅▆▇█"
CHARACTERS = 100
"""Characters of a text, about."""

HIGHEST = 12.0
"""Bits of a column that is as high as there is room."""


class BitsStrip(LabLine):
    """A column for each token: its surprise in bits; the last ones that have room."""

    def rows(self, width: int) -> int:
        """Title and three rows of columns."""
        return 4

    def paint(self, canvas: Canvas) -> None:
        """Draw the columns from the left; the token that is looked at in violet."""
        figure = getattr(self.session.observation, "text", None)
        if not isinstance(figure, Tokens):
            return
        x = canvas.put(0, 0, self.say("bits"), canvas.ink("muted"))
        x = canvas.put(x + 3, 0, "−log₂ p", canvas.ink("faint"))
        self._note(canvas, x + 3)
        values = figure.values.tolist()[figure.given :]
        if not values:
            return
        most = canvas.width
        # Whole pages, so that the columns stay where they are while the text grows.
        first = 0 if len(values) <= most else max(0, (len(values) - 1 - most // 2) // (most // 2) * (most // 2))
        height = canvas.height - 1
        for x, value in enumerate(values[first : first + most]):
            index = figure.given + first + x
            level = round(min(max(value, 0.0), HIGHEST) / HIGHEST * height * 8)
            level = max(level, 1)
            ink = canvas.ink("accent" if index == figure.present else "series-2")
            for row in range(height):
                part = min(max(level - 8 * row, 0), 8)
                if part:
                    canvas.put(x, canvas.height - 1 - row, LEVELS[part], ink)
            canvas.spot(x, 1, 1, height, f"token:{index}")

    def _note(self, canvas: Canvas, x: int) -> None:
        """Say how the present rules come to be used, where the text is one that was written before they were set."""
        settings, note = self.session.settings, self.say("anew_note")
        assert isinstance(settings, GptSettings)
        if settings.written and not settings.tokens and x + canvas.measure(note) <= canvas.width:
            canvas.put_right(canvas.width, 0, note, canvas.ink("accent"))


class StatsLine(LabLine):
    """Mean bits, perplexity and count of the written tokens."""

    def paint(self, canvas: Canvas) -> None:
        """Draw as many of the numbers as have room."""
        seen = self.session.observation
        count = len(getattr(seen, "token_ids", ()))
        if seen is None:
            return
        if not count:
            canvas.put(0, 0, self.say("nothing_written"), canvas.ink("muted"))
            return
        parts = [
            (self.say("mean"), f"{plain(seen.mean_bits)} {self.say('bit_unit')}"),  # type: ignore[attr-defined]
            (self.say("perplexity"), plain(seen.perplexity)),  # type: ignore[attr-defined]
            (self.say("written_tokens"), f"{count:,}"),
            (self.say("repeated"), f"{seen.repeated:,}"),  # type: ignore[attr-defined]
        ]
        if getattr(seen, "mean_bits2", None) is not None:
            parts.append((self.say("mean2"), f"{plain(seen.mean_bits2)}"))  # type: ignore[attr-defined]
        x = 0
        for name, value in parts:
            size = canvas.measure(name) + 1 + canvas.measure(value)
            if x + size > canvas.width:
                break
            x = canvas.put(x, 0, name, canvas.ink("muted")) + 1
            x = canvas.put(x, 0, value, canvas.ink("text", bold=True)) + 3


class ModelLines(LabLine):
    """Which model this is, how large, how good, and which of its checkpoints."""

    def rows(self, width: int) -> int:
        """Three lines."""
        return 3

    def paint(self, canvas: Canvas) -> None:
        """Draw the name at the left, facts beside it."""
        seen = self.session.observation
        if seen is None:
            return
        label = self.say("model")
        canvas.put(2, 0, label, canvas.ink("muted"))
        left = canvas.measure(label) + 4 if canvas.width < 40 else 15
        own = "own_model" if getattr(seen, "own", False) else "shape"
        values = {name: getattr(seen, name, 0) for name in ("layers", "heads", "width", "context")}
        canvas.put(left, 0, self.say(own, **values), canvas.ink("text"))
        count = f"{getattr(seen, 'parameters', 0):,}"
        canvas.put(left, 1, self.say("parameters", n=count), canvas.ink("muted"))
        loss = getattr(seen, "test_loss", None)
        step = f"{getattr(seen, 'at_step', 0):,}"
        text = self.say("kept_at", step=step, loss=UNKNOWN if loss is None else plain(loss, 2))
        fits = left + canvas.measure(text) <= canvas.width
        canvas.put(left if fits else 2, 2, text, canvas.ink("muted"))


class BeatLine(LabLine):
    """The test loss at the moment that is looked at beside that of an n-gram, and which of both is ahead."""

    def paint(self, canvas: Canvas) -> None:
        """Draw both numbers as far as there are any."""
        seen = self.session.observation
        ngram, curves = getattr(seen, "ngram_loss", None), getattr(seen, "loss", None)
        point = getattr(curves, "point", None)
        if ngram is None or point is None:
            return
        loss = point[1]
        named = {"loss": plain(loss, 2), "ngram": plain(ngram, 2), "by": plain(abs(ngram - loss), 2)}
        text = self.say("ahead" if loss < ngram else "behind", **named)
        if canvas.measure(text) > canvas.width:
            text = self.say("ahead_short" if loss < ngram else "behind_short", **named)
        canvas.put(0, 0, text, canvas.ink("text"))


class PlanLine(LabLine):
    """How large a model the present settings would train; characters are as many as the text has."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the count, or what can't be."""
        settings = self.session.settings
        assert isinstance(settings, GptSettings)
        if settings.width % settings.heads:
            text = self.say("no_heads", width=settings.width, heads=settings.heads)
            canvas.put(2, 0, text, canvas.ink("error"))
            return
        about = settings.level == "characters"
        count = planned(settings, CHARACTERS if about else settings.vocabulary)
        text = self.say("planned_about" if about else "planned", n=f"{count:,}")
        canvas.put(2, 0, text, canvas.ink("text"))


class TimeLine(LabLine):
    """What a token takes with the KV cache and without, once the learner has let one be written."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id)
        self._opened_at = session.settings

    def paint(self, canvas: Canvas) -> None:
        """Draw the present time, and the other one faint."""
        seen = self.session.observation
        if seen is None or self.session.settings is self._opened_at:
            return
        now, other = seen.measured.get("ms"), seen.measured.get("ms_other")
        x = canvas.width - 1
        if other is not None:
            key = "off" if getattr(self.session.settings, "cache", True) else "on"
            text = self.say(f"time_{key}", ms=plain(other, 1))
            canvas.put_right(x, 0, text, canvas.ink("faint"))
            x -= canvas.measure(text) + 2
        if now is not None:
            canvas.put_right(x, 0, self.say("time", ms=plain(now, 1)), canvas.ink("text"))
