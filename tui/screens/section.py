"""The screen of one section: the lesson beside a lab, or one of the two as tabs where there is less room."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from lessons.vocabulary.section import Section
from tui.commands import bindings
from tui.errors import of_model
from tui.labs.view import LabHead, LabView, view_of
from tui.screens.exercising import Exercising
from tui.screens.lab_actions import LabActions
from tui.screens.section_acting import Acting
from tui.screens.section_keys import KEYS
from tui.screens.section_moving import Moving
from tui.screens.section_size import Sizing
from tui.session import LabSession
from tui.widgets.entry import Entry
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.figure import FigureView
from tui.widgets.footer import FooterLine
from tui.widgets.header import Chosen, Header, LabTabs
from tui.widgets.lesson import LessonPage
from tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from tui.app import NnlabApp

REST = 0.4
"""Seconds after which a slider that was held down rests."""


class SectionScreen(Acting, LabActions, Exercising, Moving, Sizing, Screen[None]):
    """Lesson and lab of one section."""

    CSS_PATH = [
        "../styles/section.tcss",
        "../styles/lenet5.tcss",
        "../styles/map.tcss",
        "../styles/features.tcss",
        "../styles/diffusion.tcss",
        "../styles/playground.tcss",
        "../styles/architectures.tcss",
        "../styles/gpt.tcss",
        "../styles/progress.tcss",
        "../styles/prompt_box.tcss",
        "../styles/next_word.tcss",
        "../styles/causal_graph.tcss",
        "../styles/panel.tcss",
        "../styles/quiz.tcss",
        "../styles/report.tcss",
        "../styles/parameters.tcss",
    ]
    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    IN_TOURS = True
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = []  # `fit_size` sets the classes of all sizes at once
    VERTICAL_BREAKPOINTS = []

    def __init__(self, section: Section, lab: str) -> None:
        super().__init__()
        self.section = section
        self.lab_name = lab if "." in lab else ""
        self._lesson_open = True
        self._waited = 0.0
        self._mounting: asyncio.Task[None] | None = None
        self._since = 0.0
        self._beating: Timer | None = None
        self._late: Timer | None = None
        self._named: dict[str, str] = {}
        self._rest: Timer | None = None
        self._moved_at = -REST
        self._view: LabView | None = None

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    @property
    def session(self) -> LabSession | None:
        """The session of the present lab."""
        return self.nnlab.session(self.lab_name) if self.lab_name else None

    def compose(self) -> ComposeResult:
        """Two rows of names, lesson and lab, keys; styled at once for the present size."""
        self.update_classes(self._size_classes(self.app.size), update=False)
        yield Header(self.section, id="header")
        if self.lab_name:
            yield LabTabs(self.section, id="tabs")
        with Horizontal(id="body"):
            yield LessonPage(self.section.name, self.lab_name.partition(".")[2], id="lesson")
            if self.session is not None:
                yield view_of(self.session)
        yield FooterLine(id="footer")
        yield TooSmall()

    def on_mount(self) -> None:
        """Show the lab after the page has been set."""
        self.nnlab.look_changed.subscribe(self, self._relook)
        self._beating = self.set_interval(0.1, self._beat)
        if self.lab_name:
            self._view = self.query_one(LabView)
            self._follow()
        else:
            self.add_class("-alone")
            self.query_one(LessonPage).focus()

    def _relook(self, _: object) -> None:
        self.fit_size()

    # The lab

    def show_lab(self, lab: str) -> None:
        """Show another lab of this section."""
        if lab != self.lab_name:
            self.lab_name = lab
            if self._mounting is None or self._mounting.done():
                self._mounting = asyncio.create_task(self._mount_labs(), name="lab")

    async def _mount_labs(self) -> None:
        """Mount the wanted lab, and then another that was wanted meanwhile.

        Never broken off: a view whose removal is cancelled half-way keeps the whole program waiting for it.
        """
        mounted = ""
        while mounted != self.lab_name and self._whole:
            mounted = self.lab_name
            await self._mount_lab()

    async def _mount_lab(self) -> None:
        session = self.session
        assert session
        self._view = None
        for old in self.query(LabView):
            old.session.on_change = lambda what: None
            old.session.on_ask = lambda: None
            await old.remove()
        if not self._whole:
            return
        self.remove_class("-exercise")  # its panel opens in the strip
        view = view_of(session)
        await self.query_one("#body").mount(view)
        if not self._whole:
            return
        self._view = view
        self._follow()

    def _follow(self) -> None:
        """Follow the session of the lab that is now before the learner."""
        session = self.session
        assert session
        session.on_change = self._changed
        session.on_ask = self._wake
        self.query_one("#header", Header).lab = self.lab_name
        self.query_one("#tabs", LabTabs).lab = self.lab_name
        self.query_one(LessonPage).show_lab(self.lab_name.partition(".")[2])
        self.nnlab.keeping.opened(self.lab_name)
        self.nnlab.ways.at(self.lab_name)
        self.nnlab.call_after_refresh(self.nnlab.tell_news)
        self.fit_size()
        if (session.observation is None or session.lab.asked_anew) and not session.busy:
            session.refresh()
        self._focus_first()
        self._changed("settings")
        self._show()

    def _focus_first(self) -> None:
        view = self.view
        if view is None or (self.has_class("-lesson") and not self.has_class("-pair")):
            self.query_one(LessonPage).focus()
            return
        control = view.control(view.FIRST) if view.FIRST else None
        first = control or next(iter(view.query("Slider, Chips")), None)
        if first is not None:
            first.focus()

    @property
    def view(self) -> LabView | None:
        """The view of the present lab; none while one takes the place of another."""
        whole = self._view is not None and any(isinstance(part, ExerciseStrip) for part in self._view.children)
        return self._view if whole else None

    @property
    def _whole(self) -> bool:
        """Whether its parts are there and stay: a key or a picture may still come while it is being left."""
        stays = self.is_attached and self in self.app.screen_stack
        return stays and any(isinstance(part, FooterLine) for part in self.children)

    def _changed(self, what: str) -> None:
        """Follow the session: settings at once, pictures as fast as the line carries them."""
        self._wake()
        session, view = self.session, self.view
        if session is None or view is None or not view.is_mounted or not self._whole:
            return
        if what in ("settings", "moved"):
            view.show_settings()
            if not session.walking:
                self.query_one(FooterLine).address = session.address
            self._note_move()
        else:
            self.query_one(FooterLine).address = session.address  # where a step is another address, with its picture
            if what == "lost":
                own = f"{session.lab.name}.lost"
                self.nnlab.tell_text(self.nnlab.words.text(own if self.nnlab.words.has(own) else "news.lost"))
            if what == "end" and not session.lab.waits:
                self.nnlab.tell_text(self.nnlab.words.text("news.walk_end"))
            names = self.renamed
            if what in ("run", "exercise", "playing") or names != self._named:
                self._named = names
                self.query_one(FooterLine).repaint_keys()
            if what == "run":
                self.nnlab.runs.soon()
            self._show()
        attempt = session.attempt
        if attempt.just_solved and session.moment is not None:
            attempt.just_solved = False
            self.nnlab.keeping.solved(session, session.moment)
            self.query_one("#tabs", LabTabs).repaint()
            self._tell_notices()
        if what == "problem" and session.problem is not None:
            self._tell_problem(session)

    @property
    def renamed(self) -> dict[str, str]:
        """Keys that mean something of their own now: what space does with a training, `e` with an exercise."""
        names = self._renamed_by_lab
        if self.has_class("-both"):
            names = names | {"lesson": "lesson_hide"}
        if self.view is not None:
            names = names | self.query_one(ExerciseStrip).renamed
        return names | self.renamed_by_tab

    @property
    def _renamed_by_lab(self) -> dict[str, str]:
        session, own = self.session, dict[str, str](getattr(self.view, "renamed", {}))
        training = session.training if session is not None else None
        if session is not None and session.walking:
            play, one, anew = getattr(self.view, "WALK", ("write", "write_one", "write_anew"))
            return own | {"play": "pause" if session.playing else play, "one": one, "restart": anew}
        if session is not None and session.lab.flows:
            return own | {"play": "pause" if session.playing else "train"}
        if training is None:
            return own
        paused = training.status is not None and training.status.state == "paused" and not training.changed
        play = "pause" if training.going_on else "resume" if paused else "train"
        return own | {"play": play, "restart": "train_anew"}

    def _show(self) -> None:
        """Show the present picture, or as soon as the line has carried the last one."""
        self._late = None
        governor, session = self.nnlab.governor, self.session
        flowing = session is not None and session.flowing
        if (self.nnlab.line == "local" and not flowing) or governor.take_frame():
            if self.view is not None:
                self.view.show()
        else:
            self._show_later(governor.wait())

    def _show_later(self, seconds: float) -> None:
        if self._late is None:
            self._late = self.set_timer(max(seconds, 0.02), self._show)

    def _note_move(self) -> None:
        """Over a thin line take fewer colours while something moves, and all of them when it rests."""
        if self.nnlab.line == "local":
            return
        now = time.monotonic()
        held, self._moved_at = now - self._moved_at < REST, now
        self.nnlab.moving = held
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._at_rest)

    def _at_rest(self) -> None:
        if self.nnlab.moving:
            self.nnlab.moving = False
            for view in self.query(FigureView):
                view.repaint()

    def _tell_problem(self, session: LabSession) -> None:
        problem = session.problem
        assert problem
        if problem.kind == "EngineDied":
            return
        logging.getLogger("nnlab").error("%s: %s\n%s", problem.kind, problem.text, problem.detail)
        words = self.nnlab.words
        known = of_model(problem.kind, problem.values, words)
        self.nnlab.tell_text(known or words.text("notice.experiment", reason=problem.text), lasting=True)

    def _tell_notices(self) -> None:
        self.nnlab.tell_news()

    def _wake(self) -> None:
        """Beat again: the engine is asked for something, or something runs."""
        if self._beating is not None:
            self._beating.resume()

    def _beat(self) -> None:
        """Ten times a second, while there is need: say how long a picture is waited for, and take the next step of
        what runs.
        """
        session = self.session
        if session is None and self._beating is not None:
            self._beating.pause()
        if session is None or self.view is None:
            return
        self._waited = self._waited + 0.1 if session.busy else 0.0
        head = self.view.query_one(LabHead)
        before = head.computing
        head.computing = self._waited
        if (before >= 0.3) != (self._waited >= 0.3) or (self._waited >= 2 and int(before) != int(self._waited)):
            head.repaint()
        if not session.busy and not session.playing and self._beating is not None:
            self._beating.pause()
        if session.playing:
            self._since += 0.1
            pace = session.observation.pace if session.observation else 0.0
            if self._since >= pace - 0.05 and not session.busy and self.nnlab.governor.take_frame():
                self._since = 0.0
                session.step()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters rest while text is typed, and all once the screen is being left; running needs a lab that runs."""
        if isinstance(self.focused, Entry) or not self._whole:
            return False
        session = self.session
        lab_needed = {"undo", "redo", "settings", "mark", "exercise", "exercise_again", "hint", "zoom", "source",
                      "copy", "lab", "number", "restart", "lesson"}  # fmt: skip
        if (action in lab_needed and session is None) or self.rests(action):
            return False
        if action == "play":
            return session is not None and bool(session.steps_on or session.lab.training)
        if action in ("forward", "back"):
            return session is not None and session.steps_on
        if action == "view":
            return self.view is not None and hasattr(self.view, "next_part")
        if action == "seed":
            return session is not None and hasattr(session.settings, "seed")
        return True

    # Clicks

    def on_chosen(self, event: Chosen) -> None:
        """Do what a click in the header means."""
        event.stop()
        does = {
            "home": self.action_home,
            "previous_section": lambda: self.action_section(-1),
            "next_section": lambda: self.action_section(1),
            "previous_lab": lambda: self.action_lab(-1),
            "next_lab": lambda: self.action_lab(1),
        }
        if event.name in does:
            does[event.name]()
        elif (event.name == "tab_lesson") != self.has_class("-lesson"):
            self.action_lesson()

    def on_lab_tabs_opened(self, event: LabTabs.Opened) -> None:
        """Open the lab that was clicked."""
        event.stop()
        self.show_lab(event.lab)

    def on_lesson_page_followed(self, event: LessonPage.Followed) -> None:
        """Set the lab as the link says; where they are tabs, show it."""
        event.stop()
        self.nnlab.follow(event.address, beyond=True)
        if self.has_class("-narrow") and self.has_class("-lesson"):
            self.action_lesson()

    def on_entry_refused(self, event: Entry.Refused) -> None:
        """Say why a typed value can't be."""
        event.stop()
        self.nnlab.tell_text(event.reason, lasting=True)
