"""What the view of `generative_ai.prompt_box` says beside its pictures: the prompt as read, who answered, news."""

from lessons.generative_ai.labs.prompt_box.observation import PromptBoxObservation
from lessons.vocabulary.numbers import percent
from lessons.vocabulary.observation import News
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine, NewsLines

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

    def paint(self, canvas: Canvas) -> None:
        """Draw as much as there is room for."""
        seen = self.seen
        if seen is None:
            return
        count = f"{seen.parameters:,}"
        x = canvas.put(2, 0, self.say(f"by.{seen.answered}"), canvas.ink("accent", bold=True)) + 2
        parts = [(self.say("parameters", n=count), "muted")]
        if seen.answered == "diffusion":
            read = self.scene(seen.seen) or self.say("no_scene")
            mark = "✓" if seen.right else "✗"
            share = percent(seen.accuracy.get("all", 0.0))
            samples = len(seen.samples) if seen.samples is not None else 0
            early = bool(seen.steps_kept) and seen.at_step != seen.steps_kept[-1]
            parts = [
                *([(self.say("early", step=f"{seen.at_step:,}"), "warning")] if early else []),
                (f"{mark} {self.say('judged', scene=read)}", "success" if seen.right else "error"),
                (self.say("right", share=share, n=samples), "text"),
                *parts,
            ]
        for text, tone in parts:
            if x + canvas.measure(text) > canvas.width:
                break
            x = canvas.put(x, 0, text, canvas.ink(tone)) + 3


class PromptNews(NewsLines):
    """All that must be said of a prompt."""

    MOST, LEFT = 2, 2

    def told(self, news: tuple[News, ...]) -> str:
        """Say what is missing, or all there is."""
        if getattr(self.session.observation, "missing", False):
            return self.say("news.missing")
        return " ".join(self.words.say(each.message, **each.values) for each in news).replace("。 ", "。")
