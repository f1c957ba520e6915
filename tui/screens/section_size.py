"""How a section's screen arranges lesson and lab at each size of the terminal."""

from textual import events
from textual.geometry import Size

from tui.session import LabSession
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.header import Header


class Sizing:
    """Mixin of the section's screen."""

    session: LabSession | None
    """The session of the present lab; the screen has it."""

    _lesson_open: bool

    def on_resize(self, event: events.Resize) -> None:
        """Arrange lesson and lab for the new size; what was hidden meanwhile has lost the focus, so give one."""
        self.fit_size()
        if self.focused is None and self.view is not None:
            self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if self.focused is None and self.view is not None:
            self._focus_first()

    def _size_classes(self, size: Size) -> dict[str, bool]:
        """Tell which classes a size of the terminal stands for."""
        width, height = size
        split, tabs = width >= 112, width < 96
        wide = self.session is not None and self.session.lab.wide
        return {
            "-tiny": width < 50,
            "-tiny-rows": height < 12,
            "-flat": height < 30,
            "-pair": split,
            "-narrow": tabs,
            "-roll": not split and not tabs,
            "-scrolls": width < 80 or height < 24,
            "-both": split and (wide != self._lesson_open),
        }

    def fit_size(self, size: Size | None = None) -> None:
        """Set lesson and lab beside each other, or one of them alone, as the size allows."""
        if not self._whole:
            return
        width, height = size = size or self.app.size
        tabs = width < 96
        self.update_classes(self._size_classes(size))  # at once: each change styles the whole screen anew
        if self.view is not None:
            self.view.put_figures_first(self.has_class("-scrolls"))
        header = self.query_one("#header", Header)
        header.merged = tabs
        header.lesson_open = tabs and self.has_class("-lesson")
        for strip in self.query(ExerciseStrip):
            strip.low = height < 30 or (self.session is not None and self.session.lab.wide)
