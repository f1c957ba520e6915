"""The view of `summary.quiz`: what it asks about, the question or the result, and how the record stands."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from lessons import quiz
from lessons.summary.labs.quiz import QuizObservation, QuizSettings
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine, NewsLines
from tui.labs.summary.quiz_missed import MissedList
from tui.labs.summary.quiz_page import QuestionPage
from tui.labs.view import LabView
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView


class RecordLine(LabLine):
    """How many questions are new, and how many are waiting to be asked again."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the numbers bold, what they count muted."""
        settings = self.session.settings
        assert isinstance(settings, QuizSettings)
        names = [quiz.questions()[name].full for name in quiz.groups(settings.section)]
        record = self.nnlab.keeping.progress.answered
        asked = [record[name] for name in names if name in record]
        missed = sum(not each.last.right for each in asked)
        x = 2
        for key, number in (("new", len(names) - len(asked)), ("missed", missed), ("all", len(names))):
            x = canvas.put(x, 0, self.say(f"record.{key}"), canvas.ink("muted"))
            x = canvas.put(x + 1, 0, str(number), canvas.ink("text", bold=key == "missed" and number > 0)) + 3


class View(LabView):
    """One question at a time; at the end the result."""

    FIRST = "question"
    WALK = ("next_question", "turn_questions", "quiz_anew")
    renamed: ClassVar = {"seed": "new_questions"}

    @property
    def settings(self) -> QuizSettings:
        """The present settings."""
        assert isinstance(self.session.settings, QuizSettings)
        return self.session.settings

    @property
    def seen(self) -> QuizObservation | None:
        """What is seen of the present settings; none while it is being computed."""
        found = self.session.observation
        current = isinstance(found, QuizObservation) and self.session.shown_settings == self.session.settings
        return found if current else None

    @property
    def choices(self) -> int | None:
        """While a question is before the learner its choices have the number keys; the result leaves them alone."""
        found = self.session.observation
        if not isinstance(found, QuizObservation):
            return 0
        if not found.at:
            return None
        asked = found.asked[found.at - 1]
        return len(asked.choices) if asked.chosen is None else 0

    @property
    def places(self) -> Mapping[str, int]:
        """At the end what can be done then; after an answer the lab that shows it."""
        found = self.session.observation
        if not isinstance(found, QuizObservation) or self.choices:
            return {}
        if found.at:
            return {"open_shown": 2, "one": 3, "restart": 8}
        return {"seed": 1, "restart": 2, "open_shown": 3, "look_again": 4, "pick_answer": 5, "one": 6}

    def answer(self, number: int) -> None:
        """Answer the question on the screen, wherever the focus is."""
        self.query_one(QuestionPage).action_answer(number)

    def compose_bench(self) -> ComposeResult:
        """Place the parts as `quiz.tcss` arranges them."""
        yield Controls(self.settings, only=("section",), id="about")
        yield Controls(self.settings, only=("count", "seed"), beside=True, id="round")
        yield RecordLine(self.session, id="record")
        yield NewsLines(self.session, id="notice")
        yield QuestionPage(self.session, id="question")
        with Horizontal(id="ended"):
            yield FigureView(id="result")
            yield MissedList(self.session, id="missed-list")

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; the questions have the page, or the list at the end."""
        if name == "question":
            return self.query_one(MissedList if self.has_class("-ended") else QuestionPage)
        return super().control(name)

    def put_figures_first(self, first: bool) -> None:
        """They have their places at any size."""

    # Showing

    def show(self) -> None:
        """Show the question, or the result once all are answered."""
        seen = self.seen
        if seen is not None:
            ended = not seen.at
            page, missed = self.query_one(QuestionPage), self.query_one(MissedList)
            if not seen.answered:
                answered = self.nnlab.keeping.progress.answered
                page.before = frozenset(
                    each.name for each in seen.asked if each.name in answered and not answered[each.name].last.right
                )
                missed.cursor = 0
            if ended != self.has_class("-ended"):
                held = page.has_focus or missed.has_focus
                self.set_class(ended, "-ended")
                if held:
                    (missed if ended else page).focus()
        super().show()
        if seen is not None:
            for part in (page, missed):
                part.repaint(layout=bool(part.size.height) and part.rows(part.size.width) != part.size.height)
        self.query_one(RecordLine).repaint()
        self.set_class(bool(getattr(self.session.observation, "news", ())) or self.session.problem is not None, "-told")
        self.query_one(NewsLines).update()

    # What the learner does

    def on_question_page_answered(self, event: QuestionPage.Answered) -> None:
        """Note the answer, and show what is right."""
        event.stop()
        seen = self.seen
        if seen is None or not seen.at or seen.asked[seen.at - 1].chosen is not None:
            return
        asked = seen.asked[seen.at - 1]
        section, _, question = asked.name.partition(".")
        self._note(section, question, asked.choices[event.number - 1].rpartition(".")[2])
        # an answer is not taken back by undoing: the record has it
        before = "".join(str(each.chosen) for each in seen.asked if each.chosen is not None)
        self.session.look(questions=seen.names, answers=f"{before}{event.number}", at=seen.at)

    def _note(self, section: str, question: str, choice: str) -> None:
        right = quiz.questions()[question].entry.right == choice
        self.nnlab.keeping.answered(section, question, right, choice)
        self.nnlab.tell_news()

    def on_question_page_turned(self, event: QuestionPage.Turned) -> None:
        """Look at another question, or go on."""
        event.stop()
        if event.at:
            self.session.look(at=event.at)
        else:
            self.session.forward(1)

    def on_question_page_opened(self, event: QuestionPage.Opened) -> None:
        """Open the lab that shows it."""
        event.stop()
        self.nnlab.follow(event.address)
