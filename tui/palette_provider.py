"""The palette's entries: what can be done on the present screen, all labs, themes, languages."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events, on
from textual.color import Color
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style
from textual.widgets.option_list import Option

from lessons import catalogue
from tui.drawing.palette import THEMES
from tui.glyphs import translate
from tui.locale import LANGUAGES
from tui.screens.overlay import ClosesOnce
from tui.widgets.footer import commands_of

if TYPE_CHECKING:
    from tui.app import NnlabApp

Doing = Callable[[], Awaitable[Any] | Any]


class NnlabCommands(Provider):
    """Gives Textual's palette what nnlab can do."""

    @property
    def nnlab(self) -> "NnlabApp":
        """The program."""
        return cast("NnlabApp", self.app)

    def entries(self) -> Iterator[tuple[str, str, Doing]]:
        """Yield text, keys and action of everything that can be done now."""
        app, words = self.nnlab, self.nnlab.words
        for node, command in commands_of(self.focused or self.screen):
            if not command.palette:
                continue
            actions = command.actions or (command.name,)
            if len(set(actions)) == 1:
                yield (
                    words.text(f"command.{command.name}.help"),
                    command.shown,
                    partial(app.run_action, actions[0], node),
                )
                continue
            keys = command.written.split() if command.written else [command.shown] * len(actions)
            for number, (key, action) in enumerate(zip(keys, actions, strict=False), start=1):
                text = words.text(f"command.{command.name}.{number}")
                yield text, key, partial(app.run_action, action, node)
        for lab in catalogue.lab_names():
            title = f"{catalogue.lab_number(lab)} {words.text(f'{lab}.title')}"
            yield words.text("palette.lab", title=title), "", partial(app.open_address, lab)
        for theme in THEMES:
            name = words.text(f"preferences.theme.{theme}")
            yield words.text("palette.theme", name=name), "", partial(app.set_theme_choice, theme)
        for language in LANGUAGES:
            name = words.text(f"preferences.language.{language}")
            yield words.text("palette.language", name=name), "", partial(app.set_language, language)

    def _shown(self, text: str | Content, keys: str) -> Content:
        if not keys:
            return Content(text) if isinstance(text, str) else text
        keys = translate(keys, self.nnlab.wide)
        faint = Style(foreground=Color.parse(self.nnlab.look.palette.colour("faint")))
        return Content.assemble(text, "   ", (keys, faint))

    async def discover(self) -> Hits:
        """Give everything, before anything is typed."""
        for text, keys, doing in self.entries():
            yield DiscoveryHit(self._shown(text, keys), doing, text=text)

    async def search(self, query: str) -> Hits:
        """Give what fits the typed text."""
        matcher = self.matcher(query)
        for text, keys, doing in self.entries():
            if (score := matcher.match(text)) > 0:
                yield Hit(score, self._shown(matcher.highlight(text), keys), doing, text=text)


def _leave_stale_clicks(self: CommandList, event: events.Click) -> None:
    """Ignore a click on an entry that the list no longer has: Textual's own handler raises on it."""
    option = event.style.meta.get("option")
    if option is not None and option >= self.option_count:
        event.prevent_default()


CommandList._on_click = _leave_stale_clicks  # type: ignore[method-assign]  # runs before OptionList's own


class NnlabPalette(ClosesOnce, CommandPalette):
    """Textual's palette with nnlab's entries, in the learner's language."""

    CSS_PATH = "styles/overlays.tcss"

    def __init__(self) -> None:
        super().__init__([NnlabCommands], id="--command-palette")

    def on_mount(self) -> None:
        """Say in the learner's language what can be typed."""
        words = cast("NnlabApp", self.app).words
        entry = self.query_one(CommandInput)
        entry.cursor_blink = False
        entry.placeholder = words.text("palette.find")

    @on(CommandInput.Submitted)
    @on(CommandList.OptionSelected)
    def _take_once(self, event: CommandInput.Submitted | CommandList.OptionSelected) -> None:
        """Do what was chosen once: a double click or a second enter comes when the palette is closed already."""
        if self.app.screen is not self:
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        """Move in the list only where there is one: Textual's page keys raise on a list without rows."""
        commands = self.query_one(CommandList)
        if commands.option_count and commands.scrollable_content_region:
            super()._action_command_list(action)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Textual's own sentence for this is English only."""
        self._stop_no_matches_countdown()
        if search_value:
            text = cast("NnlabApp", self.app).words.text("help.nothing")
            self.query_one(CommandList).add_option(Option(text, disabled=True, id=self._NO_MATCHES))
            self._list_visible = True
        else:
            self._list_visible = False
