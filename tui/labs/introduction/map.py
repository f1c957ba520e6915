"""The view of `introduction.map`: the map, the numbers of the chosen application, and the sizes that they depend on."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from lessons.introduction.labs.map import WORKS
from lessons.vocabulary.settings import fields
from tui.labs.introduction.application_map import ApplicationMap
from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView


class View(LabView):
    """Map above, counted numbers below."""

    FIRST = "application"

    def compose_bench(self) -> ComposeResult:
        """Place the map, the formula and the sliders as `map.tcss` arranges them."""
        settings = self.session.settings
        setting = next(each for each in fields(type(settings)) if each.name == "application")
        yield ApplicationMap(setting, str(getattr(settings, "application", "")))
        with Horizontal(id="counted"):
            yield FigureView(id="formula")
            yield Controls(settings, only=("side", "words"), id="sizes")

    def show_settings(self) -> None:
        """Bring map and sliders to the session; a size that the application has not got goes away."""
        super().show_settings()
        chosen = str(getattr(self.session.settings, "application", ""))
        for choice in self.query(ApplicationMap):
            choice.value = chosen
        work = next(work for name, work in WORKS.items() if name == chosen)
        for name, needed in (("side", "image" in (work.input, work.output)), ("words", work.input == "text")):
            if (slider := self.control(name)) is not None:
                slider.set_class(not needed, "-unused")

    def on_application_map_opened(self, event: ApplicationMap.Opened) -> None:
        """Go to the lab that does it."""
        event.stop()
        self.nnlab.follow(event.lab)
