"""The thin wire shows exactly what Textual alone would show, and sends less."""

import random
from collections.abc import Callable, Iterator

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import _compositor as compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import DataTable, Input, Label, Static

from tests.tui.screens import RecordingDriver, Terminal
from tui import wire
from tui.pen import PLAIN, Pen, transition
from tui.pen import Style as Look

STOCK = {
    compositor.LayoutUpdate: compositor.LayoutUpdate.render_segments,
    compositor.ChopsUpdate: compositor.ChopsUpdate.render_segments,
}
WORDS = [
    "weight",
    "前活性",
    "閾値を",
    "h = 1.5",
    "▀▄█",
    "発火する",
    "é́",
    "⠢⣀",
    "🙂",
    "𠮷野",
    "  ",
    "α→β",
    "が、",
]


@pytest.fixture
def thin_wire() -> Iterator[None]:
    assert wire.install()
    yield
    wire.uninstall()


class Note(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Label("別の画面 another screen " * 9)


class Overlay(ModalScreen[None]):
    CSS = "Overlay { align: center middle; } Overlay Label { width: 31; height: 5; background: $panel; }"

    def compose(self) -> ComposeResult:
        yield Label("重ねた窓の本文 overlay " * 4)


class Playground(App[None]):
    """A small app with all that may disturb the memory of a screen: layers, wide characters, scrolling."""

    CSS = """
    Screen { layers: base top; }
    #text, #table, #long { width: 1fr; height: 8; }
    #floating { layer: top; width: 15; height: 3; background: $accent; position: absolute; }
    Input { height: 1; border: none; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("前活性が閾値を超える " * 8, id="text")
            yield DataTable(id="table")
            with VerticalScroll(id="long"):
                yield Static("\n".join(f"{n} 行目 line {n} 発火する" for n in range(40)))
        yield Input(placeholder="文字", id="entry")
        yield Static("動く窓 moving " * 4, id="floating")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("重み", "w", "損失")
        table.add_rows([[f"w{n}", n * 0.5, "減る"] for n in range(20)])
        self.query_one(Input).cursor_blink = False


class Comparison:
    """Shows every update of an app on two terminals, through the thin wire and as Textual alone sends it."""

    def __init__(self, app: App[None], width: int, height: int) -> None:
        self.app = app
        self.resize(width, height)
        self.stock_bytes = self.thin_bytes = 0

    def resize(self, width: int, height: int) -> None:
        self.stock, self.thin = Terminal(width, height), Terminal(width, height)

    def render(self, thin: Callable[..., str]) -> Callable[..., str]:
        def both(update: compositor.CompositorUpdate, console: Console) -> str:
            stock_data, thin_data = STOCK[type(update)](update, console), thin(update, console)
            self.stock.feed(stock_data)
            self.thin.feed(thin_data)
            self.stock_bytes += len(stock_data.encode())
            self.thin_bytes += len(thin_data.encode())
            return thin_data

        return both

    def truth(self) -> list[list[tuple[object, ...]]]:
        """What a fresh terminal would show of the present screen."""
        size = self.app.size
        strips = self.app.screen._compositor.render_strips()
        full = compositor.LayoutUpdate([[strip] for strip in strips], Region(0, 0, *size))
        return Terminal(*size).feed(STOCK[type(full)](full, self.app.console)).cells()

    def check(self, trail: list[str]) -> None:
        thin, stock = self.thin.cells(), self.stock.cells()
        if thin != stock:
            # Textual itself loses a wide character that a region's edge cuts; the thin wire may show it.
            truth = self.truth()
            wrong = [
                (x, y, thin[y][x], stock[y][x], truth[y][x])
                for y, row in enumerate(thin)
                for x in range(len(row))
                if thin[y][x] not in (stock[y][x], truth[y][x])
            ]
            assert not wrong, (trail[-6:], wrong[:4])


async def use_at_random(seed: int, steps: int, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """Drives the playground by a seeded random learner and compares the two terminals after each step."""
    chance = random.Random(seed)
    app = Playground(driver_class=RecordingDriver)
    comparison = Comparison(app, 80, 24)
    monkeypatch.setattr(compositor.LayoutUpdate, "render_segments", comparison.render(wire.render_layout))
    monkeypatch.setattr(compositor.ChopsUpdate, "render_segments", comparison.render(wire.render_chops))

    async with app.run_test(headless=False, size=(80, 24)) as pilot:

        def words() -> Content:
            spans = [
                Content.styled(chance.choice(WORDS), chance.choice(["", "bold red", "on blue", "underline"]))
                for _ in range(chance.randrange(1, 30))
            ]
            return Content("").join(spans)

        async def press() -> None:
            keys = ["a", "前", "活", "backspace", "left", "right", "tab", "down", "up", "pagedown", "home"]
            await pilot.press(*chance.choices(keys, k=3))

        async def write() -> None:
            app.screen_stack[0].query_one("#text", Static).update(words())

        async def move() -> None:
            floating = app.screen_stack[0].query_one("#floating")
            if chance.random() < 0.5:
                floating.styles.offset = (chance.randrange(-5, 75), chance.randrange(-1, 20))
            else:
                floating.styles.offset = (floating.region.x + chance.choice([-1, 1]), floating.region.y)

        async def colour() -> None:
            app.theme = chance.choice(["textual-dark", "textual-light", "nord"])

        async def show() -> None:
            widget = app.screen_stack[0].query_one(chance.choice(["#text", "#table", "#floating"]))
            widget.display = not widget.display

        async def scroll() -> None:
            app.screen_stack[0].query_one("#long").scroll_to(y=chance.randrange(30), animate=False)

        async def change_screen() -> None:
            if len(app.screen_stack) > 1:
                app.pop_screen()
            else:
                app.push_screen(chance.choice([Note, Overlay])())

        async def resize() -> None:
            size = (chance.randrange(40, 100), chance.randrange(10, 30))
            comparison.resize(*size)
            await pilot.resize_terminal(*size)

        async def repaint() -> None:
            app.refresh()

        actions = [press, write, write, move, move, colour, show, scroll, change_screen, resize, repaint]
        trail: list[str] = []
        for _ in range(steps):
            action = chance.choice(actions)
            trail.append(action.__name__)
            await action()
            await pilot.pause()
            comparison.check(trail)
    return comparison


@pytest.mark.parametrize("seed", range(4))
async def test_random_use_ends_in_the_same_screen(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = await use_at_random(seed, 25, monkeypatch)
    assert comparison.thin_bytes < comparison.stock_bytes


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
async def test_long_random_use_ends_in_the_same_screen(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    await use_at_random(seed, 50, monkeypatch)


async def run_through(app: Playground) -> Terminal:
    """Types, moves and comes back from another screen; returns the terminal that read all the app wrote."""
    async with app.run_test(headless=False, size=(60, 16)) as pilot:
        app.query_one(Input).focus()
        await pilot.press("前", "a", "left", "b")
        app.query_one("#floating").styles.offset = (11, 2)
        await pilot.pause()
        app.push_screen(Note())
        await pilot.pause()
        app.pop_screen()
        app.query_one("#text", Static).update("発火")
        await pilot.pause()
        return Terminal(60, 16).feed("".join(app._driver.written_data))


async def test_two_runs_with_and_without_end_alike_with_the_cursor_in_place() -> None:
    stock = await run_through(Playground(driver_class=RecordingDriver))
    assert wire.install()
    try:
        thin = await run_through(Playground(driver_class=RecordingDriver))
    finally:
        wire.uninstall()
    assert thin.cells() == stock.cells()
    assert (thin.screen.cursor.x, thin.screen.cursor.y) == (stock.screen.cursor.x, stock.screen.cursor.y)


async def test_an_equal_refresh_sends_nothing_and_one_after_forgetting_sends_all(thin_wire: None) -> None:
    app = Playground(driver_class=RecordingDriver)
    async with app.run_test(headless=False, size=(60, 16)) as pilot:
        await pilot.pause()
        app._driver.written_data.clear()
        app.query_one("#text").refresh()
        await pilot.pause()
        app.refresh()
        await pilot.pause()
        assert "閾" not in "".join(app._driver.written_data)
        wire.forget(app.console)
        app.refresh()
        await pilot.pause()
        assert "閾" in "".join(app._driver.written_data)


async def test_apps_in_one_process_remember_their_own_screens(thin_wire: None) -> None:
    first, second = Playground(driver_class=RecordingDriver), Playground(driver_class=RecordingDriver)
    async with first.run_test(headless=False, size=(60, 16)) as pilot:
        await pilot.pause()
        async with second.run_test(headless=False, size=(60, 16)) as other:
            await other.pause()
            assert Terminal(60, 16).feed("".join(second._driver.written_data)).cells() == (
                Terminal(60, 16).feed("".join(first._driver.written_data)).cells()
            )


def strip(*pieces: tuple[str, str]) -> Strip:
    return Strip([Segment(text, Style.parse(style)) for text, style in pieces])


def show(*strips: Strip) -> list[str]:
    """What is sent when these strips follow one another at the left of the first line."""
    shadow, sent = wire.Shadow(), []
    for one in strips:
        pen = Pen()
        shadow.write(pen, 0, 0, wire.cells_of(one, ColorSystem.TRUECOLOR))
        sent.append(pen.finish())
    return sent


def test_only_what_differs_is_sent() -> None:
    assert show(strip(("weight 0.10", "")), strip(("weight 0.20", "")))[1] == "\x1b[1;10H2"


def test_a_short_equal_gap_is_sent_again_and_a_long_one_jumped_over() -> None:
    assert show(strip(("a12345z", "")), strip(("b12Z45y", "")))[1] == "\x1b[1Hb12Z45y"
    assert show(strip(("a12345678z", "")), strip(("b12345678y", "")))[1] == "\x1b[1Hb\x1b[10Gy"


def test_a_wide_character_goes_whole() -> None:
    assert show(strip(("日本", "")), strip(("日木", "")))[1] == "\x1b[1;3H木"
    assert show(strip(("日本", "")), strip(("日本", "red")))[1].count("日本") == 1


def test_the_half_of_a_wide_character_that_a_write_leaves_is_blanked() -> None:
    shadow, pen, terminal = wire.Shadow(), Pen(), Terminal(6, 1)
    shadow.write(pen, 0, 0, wire.cells_of(strip(("日本語", "")), ColorSystem.TRUECOLOR))
    shadow.write(pen, 0, 1, wire.cells_of(strip(("xy", "")), ColorSystem.TRUECOLOR))
    terminal.feed(pen.finish())
    assert [terminal.screen.buffer[0][x].data for x in range(6)] == [" ", "x", "y", " ", "語", ""]


def test_marks_stay_with_their_letter_even_across_styles() -> None:
    cells = wire.cells_of(strip(("か", "red"), ("\u3099x", "blue")), ColorSystem.TRUECOLOR)
    assert [cell.text for cell in cells] == ["か\u3099", "", "x"]


def test_after_a_character_of_doubtful_width_the_cursor_is_placed_and_the_rest_sent_anew() -> None:
    first, second = show(strip(("👩\u200d💻abc", "")), strip(("❤\ufe0fabc", "")))
    assert first.endswith("👩\u200d💻\x1b[3Gabc")
    assert second.endswith("❤\ufe0f\x1b[3Gabc")


def test_control_codes_pass_untouched_and_their_place_is_forgotten() -> None:
    console = Console(force_terminal=True, color_system="truecolor")
    shadow, pen = wire.Shadow(), Pen()
    image = Strip([Segment("\x1bPq#0!9~\x1b\\", None, [(1,)])], 4)
    wire.write_strips(shadow, pen, console, 0, [(0, 4, strip(("abcd", "")))])
    wire.write_strips(shadow, Pen(), console, 0, [(0, 4, image)])
    again = Pen()
    wire.write_strips(shadow, again, console, 0, [(0, 4, strip(("abcd", "")))])
    assert "abcd" in again.finish()


def test_a_region_that_ends_in_a_wide_character_takes_it_whole(thin_wire: None) -> None:
    console = Console()

    def update(text: str, x2: int) -> str:
        return compositor.ChopsUpdate([{0: strip((text, ""))}], [(0, 0, x2)], [[6]]).render_segments(console)

    update("abcdef", 6)
    assert update("日本語", 3).endswith("日本")
    assert update("abcdef", 6).endswith("abcd")


def test_a_region_of_one_column_at_the_end_of_a_piece_is_sent(thin_wire: None) -> None:
    update = compositor.ChopsUpdate([{0: strip(("abc", "")), 3: strip(("def", ""))}], [(0, 2, 4)], [[3, 6]])
    assert update.render_segments(Console()) == "\x1b[1Habcd"


def test_styles_change_by_their_difference() -> None:
    red, blue = Look(1, "31", "44"), Look(1, "34", "44")
    assert transition(red, blue)[0] == "\x1b[34m"
    assert transition(red, PLAIN)[0] == "\x1b[m"
    assert transition(red, Look(foreground=None, background="44"))[0] == ""
    assert transition(Look(3, "31"), Look(2, "31"))[0] == "\x1b[22;2m"


@pytest.mark.parametrize("missing", ["LayoutUpdate", "ChopsUpdate"])
def test_without_what_it_replaces_textual_stays_as_it_is(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {update for update in STOCK if update.__name__ != missing}
    monkeypatch.delattr(compositor, missing)
    assert not wire.install()
    assert all(update.render_segments is STOCK[update] for update in kept)


def test_textual_is_built_as_the_wire_expects() -> None:
    assert wire.install() and wire.install()
    assert compositor.ChopsUpdate.render_segments is wire.render_chops
    wire.uninstall()
    assert all(update.render_segments is stock for update, stock in STOCK.items())
