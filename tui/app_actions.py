"""What the program's own keys do on every screen, and how a choice of the learner's takes effect."""

import subprocess
import time
from typing import Any

from textual.command import CommandPalette

from tui import line, wire
from tui.commands import Command
from tui.locale import Language, language_of
from tui.terminal import clipboard_command
from tui.themes import theme_name

THEME_ORDER = ("night", "paper", "clear")

KEYS = (
    Command("commands", ("colon", "ctrl+p"), "program", written=":", palette=False),
    Command("language", ("L",), "program", 12),
    Command("theme", ("T",), "program"),
    Command("help", ("question_mark",), "program", 11),
    Command("preferences", (), "program"),
    Command("runs", ("t",), "see"),
    Command("go", ("g",), "move"),
    Command("redraw", ("ctrl+l",), "program"),
    Command("suspend_process", ("ctrl+z",), "program"),
    Command("leave", ("ctrl+q",), "program"),
    Command("tour", ("f", "F"), "move", 1, "f F", actions=("tour(1)", "tour(-1)")),
)


class Actions:
    """Mixin of the program."""

    def action_language(self) -> None:
        """Change to the other language in place."""
        self.set_language("en" if self.language == "ja" else "ja")

    def set_language(self, language: Language) -> None:
        """Show everything in a language, and remember it."""
        self.keeping.prefer(language=language)
        self._speak(language)
        self.tell_text("")  # what was said last, was said in the other language
        self.look_changed.publish("language")

    def _speak(self, language: Language) -> None:
        self.language = language
        for session in self.sessions.values():
            session.speak(language)

    def action_redraw(self) -> None:
        """Send every cell: after a suspension, or where something else has written on the terminal."""
        wire.forget(self.console)
        self.refresh()

    def action_theme(self) -> None:
        """Change to the next theme."""
        place = THEME_ORDER.index(self.theme_choice)
        self.set_theme_choice(THEME_ORDER[(place + 1) % len(THEME_ORDER)])

    def set_theme_choice(self, theme: str) -> None:
        """Show a theme, and remember it."""
        self.theme_given = ""
        self.keeping.prefer(theme=theme)
        self.theme = theme_name(self.theme_choice, self.depth)
        self.look_changed.publish("theme")

    def prefer(self, **changed: Any) -> None:
        """Take preferences, remember them, and show what follows from them."""
        self.theme_given = "" if "theme" in changed else self.theme_given
        self.keeping.prefer(**changed)
        self._speak(self.keeping.preferences.language or language_of(self.environ))
        self.depth = self._depth()
        self.wide = bool(self.keeping.preferences.wide)
        self.line = line.chosen(self.keeping.preferences.line, self.environ)
        self.governor = line.Governor(self.line, work=time.process_time)
        self.theme = theme_name(self.theme_choice, self.depth)
        self.look_changed.publish("preferences")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A tour's keys need a tour, and a screen from which to step on."""
        if action == "tour":
            beneath = [screen for screen in self.screen_stack if not isinstance(screen, CommandPalette)]
            return self.tour is not None and getattr(beneath[-1], "IN_TOURS", False)
        return super().check_action(action, parameters)

    @property
    def footer_added(self) -> dict[str, str]:
        """What stands behind the texts of keys: the place in the tour."""
        return {"tour": f" {self.tour.index + 1}/{len(self.tour.stops)}"} if self.tour is not None else {}

    def action_tour(self, way: int) -> None:
        """Go to the tour's next place, or to the one before; from home back to the present one."""
        tour = self.tour
        if tour is None:
            return
        if len(self.screen_stack) == 1 or tour.go(way):
            self.show_stop()
        else:
            self.tell_text(self.words.text("tour.end" if way > 0 else "tour.begin", count=len(tour.stops)))

    def show_stop(self) -> None:
        """Show the tour's present place, set as its address says, whatever was done there before."""
        from tui.screens.section import SectionScreen

        tour = self.tour
        while not isinstance(self.screen, SectionScreen) and len(self.screen_stack) > 1:
            self.pop_screen()
        if self.open_address(tour.stop.address, whole=True):
            place = self.words.text("tour.place", number=tour.index + 1, count=len(tour.stops))
            self.call_after_refresh(self.tell_text, f"{place}   {tour.stop.title}".rstrip())

    def action_commands(self) -> None:
        """Open the command palette."""
        from tui.palette_provider import NnlabPalette

        self.push_screen(NnlabPalette())

    def action_help(self) -> None:
        """Show all keys."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.of(self.screen))

    def action_preferences(self) -> None:
        """Show the settings of the program."""
        from tui.screens.preferences import PreferencesScreen

        self.push_screen(PreferencesScreen())

    def action_runs(self) -> None:
        """Show all runs, or go back from them."""
        from tui.screens.runs import RunsScreen

        if isinstance(self.screen, RunsScreen):
            self.screen.action_close()
        else:
            self.push_screen(RunsScreen())

    def action_go(self) -> None:
        """Put letters on all parts of the screen."""
        from tui.screens.jump import JumpScreen

        self.push_screen(JumpScreen.of(self.screen))

    def action_leave(self) -> None:
        """Quit; nothing asks, everything is kept."""
        self.exit(0)

    def copy_text(self, text: str) -> None:
        """Copy to the learner's clipboard: through tmux where it runs, else by OSC 52."""
        command = clipboard_command(self.environ)
        if command is None:
            self.copy_to_clipboard(text)
            return
        try:
            subprocess.run(command, input=text.encode(), timeout=2, check=True, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            self.copy_to_clipboard(text)
