"""What is said beside the record: sums, what a result is, what is not there yet, what could not be read or written."""

from lessons.summary.labs.progress.observation import ProgressObservation, Result
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine, NewsLines
from tui.run_words import fit
from tui.session import LabSession
from tui.typesetting import wrap


def _seen(session: LabSession) -> ProgressObservation | None:
    seen = session.observation
    return seen if isinstance(seen, ProgressObservation) else None


class RecordNews(NewsLines):
    """What could not be read of the record, or not yet be written."""

    LEFT = 2

    def text(self) -> tuple[str, str]:
        """The sentence and its tone; what is only in memory comes first."""
        said, tone = super().text()
        unsaved = self.nnlab.keeping.journal.unsaved
        if unsaved and tone != "error" and getattr(self.session.settings, "record", "") == "own":
            return self.say("news.unsaved", count=len(unsaved)), "warning"
        return said, tone

    def rows(self, width: int) -> int:
        """No row where there is nothing to say."""
        return len(self._lines(width)) if self.text()[0] else 0

    def update(self) -> None:
        """Show what there is to say now, and take the rows for it."""
        self.repaint(layout=self.rows(self.size.width or self.app.size.width) != self.size.height)


class About(LabLine):
    """What the chosen rule goes by, and what the days are counted from."""

    def paint(self, canvas: Canvas) -> None:
        """Draw both in one line, where there is no room the rule alone."""
        rule = self.say(f"about.{getattr(self.session.settings, 'rule', 'order')}")
        both, room = f"{rule}   {self.say('about.days')}", canvas.width - 3
        text = both if canvas.measure(both) <= room else fit(rule, room, canvas.measure)
        canvas.put(2, 0, text, canvas.ink("faint"))


class Nothing(LabLine):
    """One sentence where there is no figure yet, and what makes one."""

    def __init__(self, session: LabSession, figure: str, *, id: str | None = None) -> None:
        super().__init__(session, id=id)
        self.figure = figure

    def _lines(self, width: int) -> list[str]:
        return wrap(self.say(f"none.{self.figure}"), max(min(width - 4, 72), 20))

    def rows(self, width: int) -> int:
        """As many as the sentence takes."""
        return len(self._lines(width))

    def paint(self, canvas: Canvas) -> None:
        """Draw the sentence."""
        for y, line in enumerate(self._lines(canvas.width)):
            canvas.put(2, y, line, canvas.ink("muted"))


class Detail(LabLine):
    """What the result is that is looked at, and where it is opened."""

    def rows(self, width: int) -> int:
        """Two lines."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Draw what it is, and the address."""
        seen = _seen(self.session)
        if seen is None or not seen.row:
            return
        result = seen.results[seen.row - 1]
        canvas.put(2, 0, fit(self._text(result), canvas.width - 3, canvas.measure), canvas.ink("text"))
        key = canvas.put(2, 1, "enter", canvas.ink("accent", bold=True))
        canvas.put(key + 1, 1, fit(result.address, canvas.width - key - 2, canvas.measure), canvas.ink("muted"))

    def _text(self, result: Result) -> str:
        if result.what == "value":
            goal = self.words.text(f"{result.lab}.{result.exercise}.goal")
            return f"{goal}  {result.value}"
        if result.best is None or result.last is None or result.best_at is None:
            return ""
        at = f"{100 * result.best_at:.0f}"
        values = {"best": self._number(result, result.best), "last": self._number(result, result.last), "at": at}
        return self.say("kept" if result.best == result.last else "lost", **values)

    def _number(self, result: Result, value: float) -> str:
        from lessons.vocabulary.numbers import percent, plain

        return percent(value) if result.what == "accuracy" else plain(value, 3)
