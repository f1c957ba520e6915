"""What the view of `deep_networks.architectures` says in words: reasons, whose weights these are, what was refused."""

from collections.abc import Callable

from lessons.deep_networks.labs.architectures import NAME
from lessons.vocabulary.numbers import percent, plain
from tui.drawing.canvas import Canvas
from tui.locale import Words
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

Piece = tuple[str, str]
"""A paragraph and its tone."""

Texts = Callable[[LabSession, Words], list[Piece]]


def said_texts(session: LabSession, words: Words) -> list[Piece]:
    """Why numbers differ, and where they are from."""
    seen = session.observation
    found: list[Piece] = [(words.say(text), "text") for text in getattr(seen, "reasons", ())]
    sources = getattr(seen, "sources", ())
    if sources:
        found.append((words.text(f"{NAME}.sources", sources="; ".join(sources)), "faint"))
    return found


def inside_texts(session: LabSession, words: Words) -> list[Piece]:
    """Whose weights these are, what they make of the image, and what else must be known."""
    seen = session.observation
    if getattr(session.settings, "view", "") != "maps" or seen is None:
        return []
    found: list[Piece] = [(words.say(text), "text") for text in getattr(seen, "notes", ())]
    best = getattr(seen, "best", ())
    if best:
        named = "  ".join(f"{index} {plain(share, 3)}" for index, share in best)
        found.insert(1, (words.text(f"{NAME}.classes", classes=named), "text"))
    return found


def own_texts(session: LabSession, words: Words) -> list[Piece]:
    """What must be known of the counts of a model of the learner's own."""
    if getattr(session.settings, "view", "") == "maps" or not getattr(session.settings, "onnx", ""):
        return []
    return [(words.say(text), "text") for text in getattr(session.observation, "notes", ())]


class Paragraphs(CanvasWidget):
    """Some paragraphs, a blank row between them; what was refused stands first."""

    def __init__(self, session: LabSession, texts: Texts, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self.texts = texts
        self._shown: list[tuple[str, str]] = []

    def _lines(self, width: int) -> list[tuple[str, str]]:
        """Rows and their tones."""
        found: list[tuple[str, str]] = []
        for text, tone in self.texts(self.session, self.words):
            lines = wrap(text, max(width, 10))
            found += [("", tone)] if found else []
            found += [(line, tone) for line in lines]
        return found

    def update(self) -> None:
        """Take over what is to be said now."""
        lines = self._lines(self.size.width)
        if lines != self._shown:
            self._shown = lines
            self.repaint(layout=len(lines) != self.size.height)

    def rows(self, width: int) -> int:
        """As many as the texts take."""
        return len(self._lines(width))

    def paint(self, canvas: Canvas) -> None:
        """Draw them from the top."""
        self._shown = self._lines(canvas.width)
        for y, (line, tone) in enumerate(self._shown):
            canvas.put(0, y, line, canvas.ink(tone))


class Refused(CanvasWidget):
    """Why a file was not taken; no row where nothing was refused."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""

    def say(self, text: str) -> None:
        """Say something else, or nothing."""
        if text != self.text:
            self.text = text
            self.set_class(bool(text), "-said")
            self.repaint(layout=True)

    def rows(self, width: int) -> int:
        """As many as the sentence takes."""
        return len(wrap(self.text, max(width - 2, 10))) if self.text else 0

    def paint(self, canvas: Canvas) -> None:
        """Draw the sentence."""
        if self.text:
            canvas.put(0, 0, "✗", canvas.ink("error", bold=True))
            for y, line in enumerate(wrap(self.text, max(canvas.width - 2, 10))):
                canvas.put(2, y, line, canvas.ink("text"))


class InsideLine(CanvasWidget):
    """Under the maps: which of them are shown, between which values, how many of these are 0, and the time."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def paint(self, canvas: Canvas) -> None:
        """Draw as much of it as has room."""
        seen = self.session.observation
        total, shown, low, high, zeros = (
            getattr(seen, name, None) for name in ("maps_total", "maps_shown", "low", "high", "zeros")
        )
        times = getattr(seen, "times", {})
        if total is None or shown is None or low is None or high is None or zeros is None or not times:
            return
        first = min(int(getattr(self.session.shown_settings, "first", 0)), total - 1) if shown < total else 0
        last = min(first + shown, total)
        texts = [
            f"{first}–{last - 1} / {total}",
            f"{plain(low)} … {plain(high)}",
            self.words.text(f"{NAME}.zeros", share=percent(zeros)),
            self.words.text(f"{NAME}.took", time=plain(times["total"], 0)),
        ]
        x = 0
        for text in texts:
            if x and x + canvas.measure(text) > canvas.width:
                break
            x = canvas.put(x, 0, text, canvas.ink("muted")) + 3
