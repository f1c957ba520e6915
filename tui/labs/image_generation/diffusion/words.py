"""What the view of `image_generation.diffusion` says beside its figures."""

from lessons.vocabulary.numbers import percent, plain
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.session import LabSession
from tui.typesetting import wrap

NAME = "image_generation.diffusion"


class Sign(LabLine):
    """Between two pictures: what is done with them, in the middle of their height."""

    def __init__(self, session: LabSession, sign: str, *, id: str | None = None) -> None:
        super().__init__(session, id=id)
        self.sign = sign

    def paint(self, canvas: Canvas) -> None:
        """Draw the sign."""
        canvas.put_middle(canvas.width / 2, canvas.height // 2, self.sign, canvas.ink("muted"))


class Shares(LabLine):
    """Under the curves: how much picture and how much noise there is now."""

    def rows(self, width: int) -> int:
        """Two lines."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Draw names, numbers and symbols."""
        seen = self.session.observation
        if seen is None:
            return
        lines = (("signal_line", "signal", "√ᾱ", "text"), ("noise_line", "noise_share", "√(1−ᾱ)", "muted"))
        width = max(canvas.measure(self.say(key)) for key, *_ in lines)
        for row, (key, name, symbol, tone) in enumerate(lines):
            canvas.put(0, row, self.say(key), canvas.ink(tone))
            x = canvas.put(width + 1, row, plain(getattr(seen, name)), canvas.ink("text", bold=True))
            if x + 1 + canvas.measure(symbol) <= canvas.width:
                canvas.put(x + 1, row, symbol, canvas.ink("faint"))


class Judged(LabLine):
    """What the judge reads, how often it agrees, how near the nearest training digit is; what is missing first."""

    def lines(self, width: int) -> list[tuple[str, str]]:
        """Texts and their tones."""
        seen, settings = self.session.observation, self.session.shown_settings
        found = [(line, "error") for line in wrap(self.refusal, max(width, 1))] if self.refusal else []
        if seen is None or settings is None:
            return found
        found += [(self.words.say(each.message), "warning") for each in getattr(seen, "news", ())]
        view = getattr(settings, "view", "walk")
        kept = getattr(seen, "steps_kept", ())
        if kept and view not in ("plane", "train") and kept[-1] != getattr(seen, "trained_steps", 0):
            found.append((self.say("early", step=f"{seen.trained_steps:,}"), "warning"))  # type: ignore[attr-defined]
        texts: list[str] = []
        if view != getattr(self.session.settings, "view", view):
            return found  # what there is to say is of another view than the one that is being computed
        if view == "two" and getattr(seen, "read2", None) is not None:
            values = {name: getattr(seen, name) for name in ("read", "read2")}
            shares = {"p": plain(seen.probability), "p2": plain(seen.probability2)}  # type: ignore[attr-defined]
            texts.append(self.say("compared", **values, **shares))
        elif view == "plane":
            shares = {key: percent(getattr(seen, key) or 0.0) for key in ("within", "within_best")}
            texts.append(self.say("plane_within", **shares))
        elif view == "curve":
            texts.append(self.say("measured_on", real=percent(getattr(seen, "judge_accuracy", 0.0))))
        elif view == "many" or getattr(settings, "samples", 1) > 1:
            texts.append(self._agreed(seen, settings))
        elif view in ("walk", "train"):
            probability = plain(getattr(seen, "probability", 0.0))
            texts.append(self.say("judged", read=getattr(seen, "read", ""), digit=settings.digit, p=probability))  # type: ignore[attr-defined]
            away = {"d": plain(getattr(seen, "distance", 0.0)), "usual": plain(getattr(seen, "usual_distance", 0.0))}
            texts.append(self.say("distance", **away))
        if view == "train":
            sizes = {"parameters": "parameters", "images": "trained_images", "steps": "trained_steps"}
            texts.append(self.say("trained", **{key: f"{getattr(seen, name):,}" for key, name in sizes.items()}))
        return found + [(line, "muted") for text in texts for line in wrap(text, max(width, 1))]

    def _agreed(self, seen: object, settings: object) -> str:
        return self.say(
            "agreed",
            share=percent(getattr(seen, "agreement", 0.0)),
            n=getattr(settings, "samples", 1),
            w=plain(getattr(settings, "guidance", 0.0), 1),
            real=percent(getattr(seen, "judge_accuracy", 0.0)),
        )

    def rows(self, width: int) -> int:
        """As many as there are lines."""
        return max(1, len(self.lines(width)))

    def update(self) -> None:
        """Draw anew, and take another height where that is needed."""
        self.repaint(layout=self.rows(self.size.width) != self.size.height)

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines."""
        for row, (text, tone) in enumerate(self.lines(canvas.width)):
            canvas.put(0, row, text, canvas.ink(tone))


class PadTitle(LabLine):
    """Over the pad: whose drawing it is."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the title."""
        canvas.put(1, 0, self.say("drawn"), canvas.ink("text", bold=True))


class Branched(LabLine):
    """Where the walk has branched, if it has."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the line."""
        at = getattr(self.session.settings, "branch", 0)
        if at:
            canvas.put(0, 0, self.say("branched", at=at), canvas.ink("accent"))
