"""What the view of `generative_ai.prompt_box` says beside its pictures: the prompt as read, who answered, news."""

from msgspec import structs
from rich.cells import cell_len, set_cell_size

from lessons.generative_ai.labs.prompt_box.observation import PromptBoxObservation
from lessons.vocabulary.figures import Raster
from lessons.vocabulary.numbers import percent
from lessons.vocabulary.observation import News
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.labs.line import LabLine, NewsLines
from tui.widgets.figure import FigureView

TONES = {
    "object": "series-1",
    "colour": "series-1",
    "size": "series-1",
    "place": "series-1",
    "nothing": "faint",
    "unknown": "error",
}
"""How each kind of word stands out."""

ORDER = ("size", "colour", "object", "place")
"""In which a scene is told."""


class SceneLine(LabLine):
    """Base of what tells scenes."""

    @property
    def seen(self) -> PromptBoxObservation | None:
        """What there is to say something of."""
        seen = self.session.observation
        return seen if isinstance(seen, PromptBoxObservation) else None

    def scene(self, named: dict[str, str]) -> str:
        """Tell a scene in the learner's language."""
        parts = [self.say(f"{name}.{named[name].replace(' ', '_')}") for name in ORDER if name in named]
        return " · ".join(parts)


class ReadLine(SceneLine):
    """The prompt word by word, each in the tone of what it means, and what it asks for."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the words, then the scene; held-out ones are said to be."""
        seen = self.seen
        if seen is None:
            return
        asked = self.scene(seen.asked) if seen.answered == "diffusion" else ""
        group = self.say(f"is.{seen.group}") if seen.group else ""
        end = canvas.width - (canvas.measure(asked) + canvas.measure(group) + 8 if asked else 0)
        x = 2
        for word in seen.words:
            if x + canvas.measure(word.text) + 2 > end:
                canvas.put(x, 0, "…", canvas.ink("faint"))
                x += 2
                break
            bold = word.meaning not in ("nothing", "unknown")
            x = canvas.put(x, 0, word.text, canvas.ink(TONES[word.meaning], bold=bold)) + 1
        if asked:
            x = canvas.put(x + 1, 0, "→", canvas.ink("faint")) + 2
            x = canvas.put(x, 0, asked, canvas.ink("text", bold=True)) + 2
            canvas.put(x, 0, group, canvas.ink("muted" if seen.group == "trained" else "warning"))


class AnswerLine(SceneLine):
    """Which machine answered; of a picture what the judge reads in it, and how many of all are right."""

    APART = 3
    """Cells between two parts."""

    MOST, LEFT = 2, 2
    """Rows at most, and cells before them."""

    def _parts(self) -> list[tuple[str, str]]:
        """Texts and their tones; the last one is left out where there is no room for it."""
        seen = self.seen
        if seen is None:
            return []
        parts = [(self.say(f"by.{seen.answered}"), "accent")]
        if seen.answered == "diffusion":
            read = self.scene(seen.seen) or self.say("no_scene")
            mark = "✓" if seen.right else "✗"
            share = percent(seen.accuracy.get("all", 0.0))
            samples = len(seen.samples) if seen.samples is not None else 0
            if seen.steps_kept and seen.at_step != seen.steps_kept[-1]:
                parts.append((self.say("early", step=f"{seen.at_step:,}"), "warning"))
            parts.append((f"{mark} {self.say('judged', scene=read)}", "success" if seen.right else "error"))
            parts.append((self.say("right", share=share, n=samples), "text"))
        return [*parts, (self.say("parameters", n=f"{seen.parameters:,}"), "muted")]

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        """The parts in as few rows as hold them, each in the first one with room; the last where there is some."""
        *needed, last = self._parts() or [("", "")]
        lines: list[list[tuple[str, str]]] = []
        for part in needed:
            line = next((each for each in lines if self._fits(each, part, width)), None)
            if line is None:
                lines.append([part])
            else:
                line.append(part)
        if lines and self._fits(lines[-1], last, width):
            lines[-1].append(last)
        return lines[: self.MOST] or [[]]

    def _fits(self, line: list[tuple[str, str]], part: tuple[str, str], width: int) -> bool:
        """Whether a row has room for another part, with as much before the first one as after the last."""
        return sum(cell_len(text) + self.APART for text, _ in line) + cell_len(part[0]) <= width - 2 * self.LEFT

    def rows(self, width: int) -> int:
        """One row, or two where one does not hold all."""
        return len(self._lines(width))

    def update(self) -> None:
        """Draw anew, with another height where that is needed."""
        self.repaint(layout=self.rows(self.size.width) != self.size.height)

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows."""
        for y, line in enumerate(self._lines(canvas.width)[: canvas.height]):
            x = self.LEFT
            for text, tone in line:
                x = canvas.put(x, y, text, canvas.ink(tone, bold=tone == "accent")) + self.APART


class WordView(FigureView):
    """A word's map or what is drawn without it; a word too long for its column ends in …."""

    def paint(self, canvas: Canvas) -> None:
        """Draw it under as much of the word as there is room for."""
        figure = self.figure
        if not isinstance(figure, Raster) or cell_len(figure.title) <= canvas.width:
            super().paint(canvas)
            return
        short = set_cell_size(figure.title, max(canvas.width - cell_len("…"), 0)).rstrip()
        draw_on(canvas, structs.replace(figure, title=f"{short}…"))


class PromptNews(NewsLines):
    """All that must be said of a prompt."""

    MOST, LEFT = 2, 2

    def told(self, news: tuple[News, ...]) -> str:
        """Say what is missing, or all there is."""
        if getattr(self.session.observation, "missing", False):
            return self.say("news.missing")
        return " ".join(self.words.say(each.message, **each.values) for each in news).replace("。 ", "。")
