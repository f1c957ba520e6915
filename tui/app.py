"""The program: what all screens share (language, look, engine, what is kept) and how it opens and closes.

Nothing heavy is imported before the first paint; the engine process starts right after it.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events, work
from textual.app import App
from textual.geometry import Region
from textual.scrollbar import ScrollBarRender
from textual.signal import Signal

from lessons import catalogue
from lessons.address import Address, parse
from lessons.notice import Notice
from lessons.vocabulary.settings import SettingError
from tui import line, pieces, typesetting, wire
from tui.app_actions import KEYS, Actions
from tui.commands import bindings
from tui.drawing.canvas import Look
from tui.drawing.palette import THEMES, palette
from tui.errors import explain
from tui.keeping import Keeping
from tui.locale import Language, Words, language_of, words
from tui.runs_watch import RunsWatch
from tui.screens.home import HomeScreen
from tui.store.logfile import log_path
from tui.store.places import places
from tui.terminal import ambiguous_width, colour_depth, gone, left, probe_sequence, restore
from tui.themes import all_themes, theme_name, variables
from tui.ways import Ways

if TYPE_CHECKING:  # the first paint does not wait for these, nor for what they bring
    from engine.process.client import Engine
    from tui.session import LabSession
    from tui.tour import Tour

ANSWER_SECONDS = 0.3
"""Time that a terminal has to say how wide it draws ambiguous characters."""

SHORTEST_PATH = 12
"""Characters that are shown of a path at the least."""

KEEP_SECONDS = 5.0
"""Time after which a change is written, and a terminal that has gone away is noticed, at the latest."""

GARBAGE = (20_000, 50, 1_000)
"""Thresholds of the garbage collection: a full one stops the screen for 0.1 s and finds next to nothing."""


ScrollBarRender.VERTICAL_BARS = [" "] * 8  # whole cells: eighths of a cell are not in every font
ScrollBarRender.HORIZONTAL_BARS = [" "] * 8


class NnlabApp(Actions, App[int]):
    """The laboratory."""

    TITLE = "nnlab"
    ENABLE_COMMAND_PALETTE = False  # Textual's own would take ^p before ours
    ALLOW_SELECT = False  # a drag moves things; as a selection it would repaint the screen at every cell
    CSS_PATH = ["styles/app.tcss", "styles/home.tcss"]  # all others belong to their screens
    BINDINGS = bindings(KEYS)
    KEYS: ClassVar = KEYS
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-small"), (80, "-tabs"), (96, "-drawer"), (112, "-split")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny-rows"), (12, "-low"), (24, "-short"), (30, "-tall")]

    def __init__(
        self,
        target: Address | None = None,
        ask_language: bool = False,
        environ: Mapping[str, str] | None = None,
        tour: "Tour | None" = None,
        **kwargs: Any,
    ) -> None:
        """Open at `target`, at a tour's first place, or else at home.

        `ask_language` offers the choice where none has been made yet.
        """
        self.environ = dict(os.environ if environ is None else environ)
        self.places = places(self.environ)
        self.keeping = Keeping(self.places)
        super().__init__(driver_class=line.counting_driver(), **kwargs)
        self.target = target
        self.tour = tour
        self.guest = bool(self.environ.get("NNLAB_GUEST"))
        """Whether somebody only shows or tries it: nothing is kept, and no solution is shown."""

        self.theme_given = given if (given := self.environ.get("NNLAB_THEME", "")) in THEMES else ""
        """A theme for this time only, until another one is chosen."""

        self.ask_language = ask_language and self.keeping.preferences.language is None
        self.look_changed: Signal[str] = Signal(self, "look_changed")
        self.runs = RunsWatch(self.places.runs, Signal(self, "runs_changed"))
        self.sessions: dict[str, LabSession] = {}
        self.ways = Ways()
        self.language: Language = self.keeping.preferences.language or language_of(self.environ)
        self.depth = self._depth()
        self.wide = bool(self.keeping.preferences.wide)
        self.moving = False
        self.gpu_name = ""
        self._asked = -ANSWER_SECONDS
        self.line = line.chosen(self.keeping.preferences.line, self.environ)
        self.governor = line.Governor(self.line, work=time.process_time)
        for theme in all_themes():
            self.register_theme(theme)
        self.theme = theme_name(self.theme_choice, self.depth)
        self._css_parsed_with = self.get_css_variables()
        self.stylesheet.set_variables(self._css_parsed_with)

    @cached_property
    def engine(self) -> "Engine":
        """The engine process's client; the process starts after the first paint."""
        from engine.process.client import Engine

        log = log_path(self.places).with_name("engine.log")
        environ = self._engine_environ()
        return Engine(["engine.", "lessons."], log=log, environ=environ, on_death=self._engine_died)

    def _engine_environ(self) -> dict[str, str]:
        device = self.keeping.preferences.device
        chosen = {"NNLAB_DEVICE": device} if device and "NNLAB_DEVICE" not in self.environ else {}
        folders = {"RUNS": self.places.runs, "PROGRESS": self.places.progress, "CACHE": self.places.cache}
        return {f"NNLAB_{name}": str(folder) for name, folder in folders.items()} | chosen

    def run_environ(self) -> dict[str, str]:
        """What a run's process is told besides the program's own environment."""
        from tui.command_line.environment import queueing

        return self._engine_environ() | queueing(self.places, self.keeping.preferences, self.environ)

    def _depth(self) -> str:
        chosen = self.keeping.preferences.colours
        return colour_depth(self.environ, True) if chosen == "auto" else chosen

    @property
    def theme_choice(self) -> str:
        """The learner's theme: night, paper or clear."""
        chosen = self.theme_given or self.keeping.preferences.theme
        return "night" if chosen == "auto" else chosen

    @property
    def words(self) -> Words:
        """The texts in the learner's language."""
        return words(self.language)

    @property
    def look(self) -> Look:
        """How everything is drawn now."""
        return Look(
            palette(self.theme_choice, self.depth, self.moving),
            self.words.say,
            self.wide,
            blocks=self.keeping.preferences.curves == "blocks",
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Style sheets are parsed before a theme is set."""
        return variables("night")

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the style sheets anew only where their variables have changed, which at the start they have not."""
        present = self.get_css_variables()
        if present != self._css_parsed_with:
            self._css_parsed_with = present
            super().refresh_css(animate)
            return
        for screen in self.screen_stack:
            self.stylesheet.update(screen, animate=animate)
            screen._css_update_count = self._css_update_count

    # Opening and closing

    def get_default_screen(self) -> HomeScreen:
        """Home lies under all others."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Show the first screen; whatever takes time comes after its first paint."""
        self._catch_signals()
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        if self.tour is not None:
            self.show_stop()
        elif self.target is not None:
            self.open_address(self.target)
        elif self.ask_language:
            self.call_after_refresh(self._first_start)
        self.call_after_refresh(self._after_first_paint)

    def _catch_signals(self) -> None:
        loop = self._loop
        if loop is None:
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            try:
                loop.add_signal_handler(number, partial(self.exit, 128 + number))
            except (NotImplementedError, RuntimeError, ValueError):
                return

    def _look_for_terminal(self) -> None:
        """End when the terminal is gone and no signal has said so, as under a `make` that keeps it to itself."""
        if not self.is_headless and (left() if self.is_web else gone()):
            self.exit(128 + signal.SIGHUP)

    def on_resize(self, event: events.Resize) -> None:
        """Let a section arrange itself before it is laid out, so that it is laid out and drawn once."""
        wire.forget(self.console)
        for screen in self.screen_stack:
            if screen.is_mounted and hasattr(screen, "fit_size"):
                screen.fit_size(event.size)

    def _first_start(self) -> None:
        from tui.screens.first_start import FirstStart

        self.push_screen(FirstStart())

    def _after_first_paint(self) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*GARBAGE)
            gc.enable()
        self.tell_news()
        self.start_engine()
        self.runs.start(self)
        self._ask_glyph_width()
        self.set_interval(KEEP_SECONDS, self._keep)

    def _keep(self) -> None:
        """Write where the learner is now and then, so that a killed program loses seconds only."""
        self._look_for_terminal()
        self.keep_sessions()
        self.keeping.save_journal()
        if self.keeping.unwritten:
            self.run_worker(self._write, thread=True, exclusive=True, group="keep", exit_on_error=False)
        self.tell_news()

    def _write(self) -> None:
        self.keeping.flush()
        self.call_from_thread(self.tell_news)

    def _ask_glyph_width(self) -> None:
        """Ask the terminal how wide it draws ambiguous characters, where the learner has not said it."""
        if self.keeping.preferences.wide is None and self._driver is not None and not self.is_headless:
            self._asked = time.monotonic()
            self._driver.write(probe_sequence())
            wire.forget(self.console)  # the question is written over the first line, and not every terminal answers
            self.screen.refresh(Region(0, 0, self.size.width, 1))

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """Take the answer, if it is one and comes in time."""
        width = ambiguous_width(event.x)
        if width is None or time.monotonic() - self._asked > ANSWER_SECONDS:
            return
        self._asked = -ANSWER_SECONDS
        if self.wide != (width == 2):
            self.wide = width == 2
            self.look_changed.publish("width")

    @work(exclusive=True, group="engine", exit_on_error=False)
    async def start_engine(self) -> None:
        """Start the engine process, so that the first lab answers at once."""
        from engine.process.client import EngineError

        try:
            await self.engine.start()
        except (EngineError, OSError) as error:
            logging.getLogger("nnlab").error("the engine did not start: %s", error)
            self.tell(Notice("notice.engine_start", {"log": str(log_path(self.places))}))

    def _engine_died(self) -> None:
        """Say it and start another; settings and pictures stay."""
        if not self._exit:
            self.tell(Notice("notice.engine_died", {}))
            self.call_later(self._revive)

    async def _revive(self) -> None:
        self.start_engine()
        for session in self.sessions.values():
            if session.observation is None or session.problem is not None or session.busy:
                session.refresh()

    async def on_unmount(self) -> None:
        """Keep where the learner was, and let the engine go."""
        self.runs.stop()
        self.keep_sessions()
        self.keeping.flush()
        await self.engine.stop()

    def _handle_exception(self, error: Exception) -> None:
        """Leave the traceback in the log, the terminal as it was, and one line."""
        logging.getLogger("nnlab").critical("unexpected", exc_info=error)
        if self.is_headless:
            super()._handle_exception(error)
            return
        if self._exit:
            return  # a key that came while the screens were being closed
        self.keep_sessions()
        self.keeping.flush()
        self._return_code = 1
        self.exit(1, message=self.words.text("error.unexpected", log=str(log_path(self.places))))

    # Labs

    def session(self, lab: str) -> "LabSession":
        """Give the session of a lab, as the learner left it."""
        from tui.session import LabSession

        if lab not in self.sessions:
            record = catalogue.load(lab)
            session = LabSession(record, self.engine, language=self.words.language)
            if record.training:
                from tui.training import LabTraining

                session.training = LabTraining(session, self.places.runs, self.run_environ)
            self.keeping.restore(session)
            self.sessions[lab] = session
        return self.sessions[lab]

    def keep_sessions(self) -> None:
        """Note where the learner is in every lab."""
        for session in self.sessions.values():
            self.keeping.keep(session)

    def follow(self, address: str, beyond: bool = False) -> None:
        """Open the lab that a link names, and remember the one that the link was in; `beyond` its section only."""
        from tui.screens.section import SectionScreen

        before = self.screen
        if not isinstance(before, SectionScreen) or not before.lab_name:
            self.open_address(address)
            return
        lab = before.lab_name
        if self.open_address(address) and isinstance(self.screen, SectionScreen):
            if self.screen is before and (beyond or before.lab_name == lab):
                return
            self.ways.led(lab, self.screen.lab_name)

    def open_address(self, address: Address | str, whole: bool = False) -> bool:
        """Show the lab or section of an address and set it; say what is wrong if it can't be.

        A lab that is named alone comes as the learner left it, or, where the address is `whole`, with its defaults.
        """
        from tui.screens.section import SectionScreen

        try:
            target = parse(address) if isinstance(address, str) else address
            if "." in target.lab or target.values:
                name = catalogue.resolve(target.lab)
                if target.values or whole:
                    query = f"?{_query(target)}" if target.values else ""
                    self.session(name).load(f"{name}{query}", theirs=True)
            else:
                name = self.keeping.last_lab_of(catalogue.section_of(target.lab))
        except (ValueError, SettingError) as error:
            self.tell_text(explain(error, self.words))
            return False
        section = catalogue.section_of(name)
        screen = self.screen
        if isinstance(screen, SectionScreen) and screen.section == section:
            screen.show_lab(name)
        elif isinstance(screen, SectionScreen):
            self.switch_screen(SectionScreen(section, name))
        else:
            self.push_screen(SectionScreen(section, name))
        return True

    # The machine

    @property
    def version(self) -> str:
        """nnlab's version; reading it takes a moment."""
        from importlib.metadata import version

        return version("nnlab")

    @property
    def device_name(self) -> str:
        """What computes, as the header writes it."""
        wanted = self.environ.get("NNLAB_DEVICE") or self.keeping.preferences.device or ""
        if self.gpu_name and not wanted.startswith("cpu"):
            return self.gpu_name
        return wanted.upper() if wanted.startswith("mps") else "CPU"

    def know_machine(self, machine: Any) -> None:
        """Take what was found out about the machine."""
        self.gpu_name = f"GPU {machine.gpus[0].name}" if machine.gpus else ""

    # News

    def tell(self, notice: Notice) -> None:
        """Show a notice in the learner's language, on the present screen; a path that is too long keeps its end."""
        values = dict(notice.values)
        text = self.words.text(notice.key, **values)
        if (excess := cell_len(text) - self.size.width + 4) > 0 and (path := values.get("path", "")):
            values["path"] = f"…{path[min(excess + 1, max(len(path) - SHORTEST_PATH, 0)) :]}"
            text = self.words.text(notice.key, **values)
        self.tell_text(text, lasting=True)

    def tell_news(self) -> None:
        """Say what has gone wrong with the learner's files, if something has."""
        for notice in self.keeping.news():
            self.tell(notice)

    def tell_text(self, text: str, lasting: bool = False) -> None:
        """Show one line in the footer for four seconds, or until a key where it must be read."""
        from tui.widgets.footer import FooterLine

        screen = self.screen if self.screen_stack else None
        footers = screen.query(FooterLine) if screen else ()
        for footer in footers:
            footer.tell(text, lasting)


def _query(address: Address) -> str:
    from lessons.address import encode

    return "&".join(f"{name}={encode(value)}" for name, value in address.values.items())


def run_app(target: str | None = None, ask_language: bool = False, tour: "Tour | None" = None) -> int:
    """Open the program; gives its exit code."""
    wire.install()
    pieces.install()
    typesetting.install()
    app = NnlabApp(parse(target) if target else None, ask_language, tour=tour)
    try:
        code = app.run()
    finally:
        restore()
    if (unkept := app.keeping.unkept) is not None:
        print(f"nnlab: {app.words.text(unkept.key, **unkept.values)}", file=sys.stderr)
    return int(code or app.return_code or 0)
