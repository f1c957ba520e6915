"""A tour: what its file may say, and one key that steps through it."""

from pathlib import Path

import pytest

from tui import cli, tour
from tui.app import NnlabApp
from tui.errors import Refused
from tui.locale import words
from tui.palette_provider import NnlabCommands, NnlabPalette
from tui.screens.home import HomeScreen
from tui.screens.section import SectionScreen
from tui.screens.zoom import ZoomScreen
from tui.tour import Stop, Tour
from tui.widgets.footer import FooterLine

FILE = """\ufeff# the second lecture

neuron.unit
2.4?gate=OR\tone line is enough
 gates?gate=XOR　直線 1 本では分けられない  # 2
introduction
"""

STOPS = (
    Stop("neuron.unit"),
    Stop("neuron.gates?gate=OR", "one line is enough"),
    Stop("neuron.gates?gate=XOR", "直線 1 本では分けられない # 2"),
    Stop("introduction"),
)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "tour.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_line_is_an_address_and_what_is_said_of_it(tmp_path: Path) -> None:
    assert tour.read(written(tmp_path, FILE), words("en")).stops == STOPS
    assert tour.read(written(tmp_path, FILE.replace("\n", "\r\n")), words("en")).stops == STOPS


@pytest.mark.parametrize(
    ("content", "key"),
    [("", "empty"), ("# only a remark\n", "empty"), (b"\xff\xfe", "not_text"), ("#" * 1_000_001, "too_long")],
    ids=("nothing", "remarks", "a picture", "much"),
)
def test_a_file_that_is_no_tour(tmp_path: Path, content: str | bytes, key: str) -> None:
    with pytest.raises(Refused) as refused:
        tour.read(written(tmp_path, content), words("en"))
    assert refused.value.notice.key == f"tour.{key}"


@pytest.mark.parametrize(
    "line", ["nowhere", "neuron.gates?gate=NO", "neuron.unit?w1=99", "neuron?x=1", "a=b c", "\x1b[2J"]
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_broken_line_is_named(
    tmp_path: Path, line: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, {"en": "en_US.UTF-8", "ja": "ja_JP.UTF-8"}[language])
    path = written(tmp_path, f"neuron.unit\n\n{line}\n")
    assert cli.main(["--tour", str(path)]) == 2
    said = capsys.readouterr()
    begin = words(language).text("tour.line", path=path, line=3, text="|", reason="").partition("|")[0]
    assert said.out == "" and said.err.startswith(f"nnlab: {begin}") and said.err.count("\n") == 1
    assert "\x1b" not in said.err


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--tour", str(tmp_path / "none")]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "none") in said and said.count("\n") == 1


async def test_one_key_steps_through_it(tmp_path: Path) -> None:
    app = NnlabApp(environ={"NNLAB_HOME": str(tmp_path), "LANG": "C.UTF-8"}, tour=Tour(STOPS))
    async with app.run_test(size=(120, 40)) as pilot:

        async def shows(address: str) -> None:
            await pilot.pause()
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, SectionScreen)
            assert screen.session is not None and screen.session.address == address

        def footer() -> str:
            return app.screen.query_one(FooterLine).canvas.lines()[0]

        await shows("neuron.unit")
        app.screen.query_one(FooterLine)._forget()
        await pilot.pause()
        assert f"f F {app.words.text('command.tour')} 1/4" in footer()
        app.session("neuron.unit").set("w1", 0.1)
        await pilot.press("f")
        await shows("neuron.gates?gate=OR")
        assert "2/4" in footer() and "one line is enough" in footer()
        await pilot.press("F")
        await shows("neuron.unit")  # as the file says, not as it was left
        await pilot.press("F")
        await pilot.pause()
        assert app.words.text("tour.begin", count=4) in footer()
        await pilot.press("f", "f")
        await shows("neuron.gates?gate=XOR")
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, ZoomScreen)
        await pilot.press("F")
        await shows("neuron.gates?gate=OR")
        await pilot.press("f", "f")
        await pilot.pause()
        assert app.screen.section.name == "introduction"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f")  # back to where the tour is
        await pilot.pause()
        assert isinstance(app.screen, SectionScreen) and app.screen.section.name == "introduction"
        await pilot.press("f")
        await pilot.pause()
        assert app.words.text("tour.end", count=4) in footer()


async def test_without_a_tour_its_keys_are_none(tmp_path: Path) -> None:
    app = NnlabApp(environ={"NNLAB_HOME": str(tmp_path), "LANG": "C.UTF-8"})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.words.text("command.tour") not in app.screen.query_one(FooterLine).canvas.lines()[0].split()


async def test_a_theme_for_this_time_only(tmp_path: Path) -> None:
    app = NnlabApp(environ={"NNLAB_HOME": str(tmp_path), "NNLAB_THEME": "paper", "COLORTERM": "truecolor"})
    async with app.run_test(size=(120, 40)) as pilot:
        assert app.theme == "nnlab-paper" and app.keeping.preferences.theme == "auto"
        app.prefer(curves="blocks")
        await pilot.pause()
        assert app.theme == "nnlab-paper" and app.keeping.preferences.theme == "auto"
        await pilot.press("T")
        await pilot.pause()
        assert app.theme == "nnlab-clear" and app.keeping.preferences.theme == "clear"


async def test_the_palette_offers_both_ways(tmp_path: Path) -> None:
    app = NnlabApp(environ={"NNLAB_HOME": str(tmp_path), "LANG": "C.UTF-8"}, tour=Tour(STOPS[:2]))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("colon")
        await pilot.pause()
        assert isinstance(app.screen, NnlabPalette)
        entries = [text for text, keys, _ in NnlabCommands(app.screen).entries() if keys in ("f", "F")]
        assert entries == [app.words.text("command.tour.1"), app.words.text("command.tour.2")]
