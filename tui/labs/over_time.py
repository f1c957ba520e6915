"""The view of labs that show curves over time: one under the other on a common time axis.

A drag on a curve moves the present time, a drag on a guide moves what it stands for; where the signal is drawn by
the learner, the pen draws it.
"""

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.figures import Curves, Formula
from lessons.vocabulary.settings import Setting, fields
from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.signal_pad import SignalPad

GUTTER = 9
"""Cells left of every plot, so that their time axes lie over each other."""


class OverTimeView(LabView):
    """Formulas, stacked curves, controls."""

    def compose_bench(self) -> ComposeResult:
        """Curves in one column."""
        kinds = self.figure_kinds()
        for name, kind in kinds.items():
            if kind is Formula:
                yield FigureView(id=name)
        with Container(id="work", classes="-stacked"):
            with Vertical(id="figures"):
                stack = [name for name, kind in kinds.items() if kind is not Formula]
                for name in stack:
                    yield SignalPad(id=name, gutter=GUTTER, axis=name == stack[-1])
            yield Controls(self.session.settings, id="controls")

    def _setting(self, name: str) -> Setting | None:
        return next((each for each in fields(type(self.session.settings)) if each.name == name), None)

    def on_figure_view_pointed(self, event: FigureView.Pointed) -> None:
        """Move the time, a guide, or the pen."""
        figure = event.view.figure
        if not isinstance(figure, Curves) or event.phase == "release":
            event.stop()
            return
        guide = next((level.setting for level in figure.levels if level.setting == event.spot), "")
        if guide:
            event.stop()
            self._move(guide, event.place[1])
            if event.phase == "press" and (control := self.control(guide)) is not None:
                control.focus()
        elif event.spot == "curves" and not figure.drawn:
            event.stop()
            self._move("t", event.place[0])
        else:
            super().on_figure_view_pointed(event)

    def _move(self, name: str, value: float) -> None:
        setting = self._setting(name)
        if setting is not None:
            snapped = round(value / setting.step) * setting.step
            self.session.set(name, round(min(max(snapped, setting.low), setting.high), setting.digits + 1))

    def on_signal_pad_drawn(self, event: SignalPad.Drawn) -> None:
        """Take a stroke into the drawing."""
        event.stop()
        setting = self._setting(event.name)
        if setting is None:
            return
        values = decode(str(getattr(self.session.settings, event.name)), setting.length)
        for place, value in event.samples(setting.length):
            values[place] = value
        self.session.set(event.name, encode(values))
