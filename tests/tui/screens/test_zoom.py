from lessons.vocabulary.figures import Curves, Graph
from tui.screens.section import SectionScreen
from tui.screens.zoom import ZoomScreen
from tui.widgets.figure import FigureView


async def test_it_shows_the_main_figure_and_follows_the_lab(opened) -> None:
    async with opened() as pilot:
        await pilot.press("z")
        await pilot.pause()
        screen = pilot.app.screen
        view = screen.query_one(FigureView)
        assert isinstance(screen, ZoomScreen) and isinstance(view.figure, Graph)
        assert view.size.width > 110 and view.size.height > 30
        session = pilot.app.session("neuron.unit")
        session.set("w1", -0.8)
        await session.settled()
        screen.follow()
        assert view.figure is session.observation.network
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(view.figure, Curves)
        await pilot.press("z")
        assert isinstance(pilot.app.screen, SectionScreen)
