"""Figures as SVG, from figures made by hand."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from handmade import FIGURES, NAN, UNKNOWN, curves, maps, plane, playground, unit

from lessons.vocabulary.figures import Axis, Bars, Curves, Figure, Graph, Line, Link, Node, Raster
from tui.drawing.palette import palette
from tui.drawing.svg import svg
from tui.drawing.svg.document import text_width
from tui.locale import words


def parsed(figure: Figure, language: str = "ja", theme: str = "paper") -> ElementTree.Element:
    return ElementTree.fromstring(svg(figure, words(language), theme))


def found(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(root.iter(f"{{http://www.w3.org/2000/svg}}{name}"))


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in found(root, "text")]


@pytest.mark.parametrize("theme", ["night", "paper", "clear"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_kind_stands_alone_and_says_its_texts_in_both_languages(name: str, theme: str) -> None:
    for language, word in (("ja", "出力"), ("en", "output")):
        root = parsed(FIGURES[name], language, theme)
        assert root.get("role") == "img"
        assert found(root, "title")[0].text == root.get("aria-label") != ""
        assert any(word in text for text in texts(root))
        assert not any("@" in text for text in texts(root))
        assert float(root.get("width", "")) <= 720
        assert found(root, "rect")[0].get("fill") == palette(theme).colour("surface")
        for element in root.iter():
            assert "id" not in element.attrib
            for key, value in element.attrib.items():
                assert key == "aria-label" or not re.search(r"\b(nan|inf)\b", value), (key, value)


def test_the_width_that_is_asked_for_is_never_passed() -> None:
    for figure in FIGURES.values():
        root = ElementTree.fromstring(svg(figure, words("ja"), width=300))
        assert float(root.get("width", "")) <= 300


def test_texts_are_escaped_and_cleaned() -> None:
    root = parsed(Bars(title='a < b & "c" \x07', names=("<b>",), values=np.array([0.5])))
    assert root.get("aria-label") == 'a < b & "c" '
    assert "<b>" in texts(root)


def test_full_width_characters_are_wider() -> None:
    assert text_width("出力", 10) == pytest.approx(20)
    assert text_width("ab", 10) < 13


def test_the_present_point_stands_on_both_axes_in_violet() -> None:
    root = parsed(curves())
    accent = palette("paper").colour("accent")
    violet = {element.text for element in found(root, "text") if element.get("fill") == accent}
    assert {"0.61", "+0.46"} <= violet
    assert {"0", "1", "−4", "+4"} <= set(texts(root))


def test_a_number_that_is_none_interrupts_a_curve() -> None:
    broken = Line(x=np.arange(6.0), y=np.array([0, 1, NAN, np.inf, 1, 0]))
    axis = Axis(high=5)
    root = parsed(Curves(title="t", x=axis, y=axis, lines=(broken,), point=(NAN, 0.5)))
    assert [path.get("d", "").count("M") for path in found(root, "path")] == [2]
    assert not found(root, "circle")


def test_names_at_the_ends_do_not_overlap() -> None:
    lines = tuple(Line(x=np.array([0.0, 1.0]), y=np.array([0.0, 0.5]), name=name) for name in ("a", "b", "c"))
    root = parsed(Curves(title="t", x=Axis(), y=Axis(), lines=lines))
    heights = sorted(float(each.get("y", "")) for each in found(root, "text") if each.text in ("a", "b", "c"))
    assert min(np.diff(heights)) >= 14


def test_long_series_are_thinned_without_losing_a_peak() -> None:
    y = np.zeros(50_000)
    y[31_234] = 1.0
    figure = Curves(title="t", x=Axis(high=49_999), y=Axis(), lines=(Line(x=np.arange(50_000.0), y=y),))
    path = found(parsed(figure), "path")[0].get("d", "")
    assert path.count("L") < 4_000
    heights = [float(pair.split()[1]) for pair in re.split("[ML]", path)[1:]]
    assert max(heights) - min(heights) > 250


def test_lines_of_a_plane_end_at_its_frame() -> None:
    root = parsed(plane())
    ground = found(root, "svg")[1]
    left, top = float(ground.get("x", "")), float(ground.get("y", ""))
    right, bottom = left + float(ground.get("width", "")), top + float(ground.get("height", ""))
    text = palette("paper").colour("text")
    line = next(each for each in found(root, "line") if each.get("stroke") == text)
    for x, y in (("x1", "y1"), ("x2", "y2")):
        assert left - 0.1 <= float(line.get(x, "")) <= right + 0.1
        assert top - 0.1 <= float(line.get(y, "")) <= bottom + 0.1


def test_plane_tells_classes_wrong_points_and_segments_without_colour() -> None:
    root = parsed(plane())
    shades = palette("paper")
    fills = [circle.get("fill") for circle in found(root, "circle")]
    assert fills.count(shades.colour("series-1")) == 2  # one point within the frame, and its explanation
    assert len([path for path in found(root, "path") if path.get("stroke") == shades.colour("error")]) == 1
    assert len([line for line in found(root, "line") if line.get("stroke-dasharray") == "5 4"]) == 1


def test_negative_links_are_dashed_and_wide_by_their_weight() -> None:
    root = parsed(unit())
    links = [path for path in found(root, "path") if "C" in path.get("d", "")]
    dashes = [path.get("stroke-dasharray") for path in links]
    widths = [float(path.get("stroke-width", "")) for path in links]
    assert [dash is not None for dash in dashes] == [True, False, False]
    assert widths == sorted(widths) and widths[0] < widths[-1]
    assert {"w0", "w1", "w2"} <= set(texts(root))


def test_links_of_weight_zero_and_none_are_plain_and_unknown_ones_left_out() -> None:
    root = parsed(unit((0.0, NAN, 1.0)))
    links = [path for path in found(root, "path") if "C" in path.get("d", "")]
    assert len(links) == 2
    assert links[0].get("stroke") == palette("paper").colour("line")


def test_a_playground_has_a_map_a_unit_and_leaves_out_weak_links() -> None:
    figure = playground()
    root = parsed(figure)
    assert len(found(root, "svg")) == 1 + 18
    greatest = max(abs(link.weight) for link in figure.links)
    strong = [link for link in figure.links if abs(link.weight) >= 0.1 * greatest]
    assert len([path for path in found(root, "path") if "C" in path.get("d", "")]) == len(strong) < 70


def test_links_back_beside_and_to_itself_are_drawn() -> None:
    nodes = tuple(Node(name=name, layer=layer, symbol=name) for name, layer in (("a", 0), ("b", 0), ("c", 1)))
    pairs = (("a", "b"), ("c", "a"), ("c", "c"))
    links = tuple(Link(source=source, target=target, weight=1.0) for source, target in pairs)
    assert len(found(parsed(Graph(nodes=nodes, links=links)), "path")) == 3


def test_symbols_and_numbers_of_a_formula_stand_in_one_column() -> None:
    root = parsed(FIGURES["formula"])
    place = {element.text: element.get("x") for element in found(root, "text")}
    assert place["w₁"] == place["0.80"]
    assert place["出力"] == place["0.61"]


def test_the_present_row_has_a_band_and_the_answer_a_bar_in_violet() -> None:
    shades = palette("paper")
    bands = [each for each in found(parsed(FIGURES["table"]), "rect") if each.get("fill") == shades.colour("panel")]
    assert len(bands) == 1
    bars = [each for each in found(parsed(FIGURES["bars"]), "rect") if each.get("fill") == shades.colour("accent")]
    assert float(bars[0].get("width", "")) == pytest.approx(0.993 * 340, abs=0.1)


def test_a_raster_has_one_map_an_image_and_the_limits_on_its_bar() -> None:
    root = parsed(maps())
    assert len(found(root, "svg")) == 1 + 16 + 1
    assert {"0", "2", "16 × 10×10"} <= set(texts(root))


def test_a_map_of_very_many_cells_becomes_an_image_inside_the_text() -> None:
    root = parsed(Raster(title="t", values=np.full((200, 200), NAN), map="signed"))
    image = found(root, "image")[0]
    assert image.get("href", "").startswith("data:image/png;base64,")


@pytest.mark.parametrize("name", UNKNOWN)
def test_figures_without_numbers_are_drawn_too(name: str) -> None:
    assert not re.search(r'="[^"]*\b(nan|inf)\b', svg(UNKNOWN[name], words("en"), "night"))
