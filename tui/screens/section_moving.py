"""What a section's screen does to move: to the lesson and back, to other labs and sections, home."""

from lessons import catalogue
from lessons.vocabulary.section import Section
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.lesson import LessonPage


class Moving:
    """Mixin of the section's screen."""

    section: Section
    lab_name: str
    _lesson_open: bool

    def action_lesson(self) -> None:
        """Show or hide the lesson."""
        if self.has_class("-pair"):
            self._lesson_open = not self._lesson_open
        else:
            self.toggle_class("-lesson")
        self.fit_size()
        if self.has_class("-lesson") or (self.has_class("-both") and not self._lesson_open):
            self.query_one(LessonPage).focus()
        else:
            self._focus_first()

    def action_scroll(self, rows: int) -> None:
        """Scroll the lesson."""
        self.query_one(LessonPage).scroll_relative(y=rows, animate=False)

    def action_lab(self, way: int) -> None:
        """Go to the previous or next lab."""
        labs = catalogue.lab_names(self.section)
        place = labs.index(self.lab_name) + way
        if 0 <= place < len(labs):
            self.show_lab(labs[place])
        else:
            self.action_section(way)

    def action_number(self, number: int) -> None:
        """Go to a lab by its number."""
        labs = catalogue.lab_names(self.section)
        if number <= len(labs):
            self.show_lab(labs[number - 1])
        else:
            self.nnlab.tell_text(self.nnlab.words.text("news.no_lab"))

    def action_section(self, way: int) -> None:
        """Go to the previous or next section that exists."""
        sections = catalogue.sections()
        place = sections.index(self.section) + way
        if 0 <= place < len(sections):
            section = sections[place]
            lab = self.nnlab.keeping.last_lab_of(section)
            self.app.switch_screen(type(self)(section, lab))
        else:
            self.nnlab.tell_text(self.nnlab.words.text("news.no_section"))

    def action_home(self) -> None:
        """Close what is open, else go home."""
        if self.app.screen is not self:
            return  # a double click asks twice
        if self.view is not None and not self.lab_hidden and self.query_one(ExerciseStrip).opened:
            self._want("close")
        elif self.has_class("-lesson") and not self.has_class("-pair"):
            self.action_lesson()
        else:
            self.nnlab.ways.forget()
            self.nnlab.keep_sessions()
            self.app.pop_screen()
