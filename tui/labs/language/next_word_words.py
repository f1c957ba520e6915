"""What the view of `language.next_word` says in a line: how well the model foresees, and what must be known."""

from lessons.language.labs.next_word import NAME, NextWordObservation
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas
from tui.errors import clipped
from tui.labs.line import LabLine
from tui.locale import Words
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget


class Perplexity(LabLine):
    """Perplexity on held-out text and on what was counted."""

    DEFAULT_CSS = """
    Perplexity { height: 1; }
    """

    def paint(self, canvas: Canvas) -> None:
        """Draw both, and what made the first infinite."""
        seen = self.session.observation
        if not isinstance(seen, NextWordObservation):
            return
        x = canvas.put(0, 0, self.say("perplexity"), canvas.ink("muted"))
        value = "∞" if seen.perplexity is None else plain(seen.perplexity, 1)
        x = canvas.put(x + 2, 0, value, canvas.ink("text" if seen.perplexity else "error", bold=True))
        key = f"{NAME}.impossible" if seen.impossible else f"{NAME}.tested"
        text = self.words.text(key, count=f"{seen.impossible:,}", tested=f"{seen.tested:,}")
        canvas.put(x + 2, 0, text, canvas.ink("faint"))


class Notice(CanvasWidget):
    """What was refused, or the most pressing of what must be known; one row, and more where it takes more."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self.text, self.tone = "", "muted"

    def say(self, refused: str) -> None:
        """Say why something was not taken; nothing is about what was seen."""
        seen = self.session.observation
        if refused:
            text, tone = f"✗ {refused}", "error"
        elif isinstance(seen, NextWordObservation):
            text, tone = told(self.session, seen, self.words)
        else:
            return
        grown = self.rows_of(text, self.size.width) != self.rows_of(self.text, self.size.width)
        self.text, self.tone = text, tone
        self.repaint(layout=grown)

    def rows_of(self, text: str, width: int) -> int:
        """Rows that a text takes."""
        return max(len(wrap(text, max(width, 10))), 1)

    def rows(self, width: int) -> int:
        """As many as the sentence takes."""
        return self.rows_of(self.text, width)

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        for y, line in enumerate(wrap(self.text, max(canvas.width, 10))):
            canvas.put(0, y, line, canvas.ink(self.tone))


def told(session: LabSession, seen: NextWordObservation, words: Words) -> tuple[str, str]:
    """What must be known of this moment, and its tone; else what to do."""
    if getattr(session.settings, "text", "") == "file" and not getattr(session.settings, "file", ""):
        return words.text(f"{NAME}.no_file"), "accent"
    if seen.unknown:
        named = " ".join(clipped(each) for each in seen.unknown[:4])
        return words.text(f"{NAME}.unknown", words=named), "warning"
    if not seen.tree.fans[-1].branches:
        return words.text(f"{NAME}.never"), "warning"
    if seen.tree.before:
        order = int(getattr(session.settings, "order", 0))
        key = f"{NAME}.reads" if seen.context else f"{NAME}.reads_none"
        read = clipped(seen.tree.root)
        return words.text(key, order=str(order), read=read, before=clipped(seen.tree.before)), "muted"
    if seen.more:
        return words.text(f"{NAME}.more", count=f"{seen.tokens:,}"), "muted"
    return words.text(f"{NAME}.how"), "muted"


def facts(seen: NextWordObservation, words: Words, unit: str) -> str:
    """How large the text is."""
    return words.text(f"{NAME}.facts.{unit}", sentences=f"{seen.sentences:,}", tokens=f"{seen.tokens:,}")
