"""Lines end where Japanese and English allow, at every width, and between phrases where they can."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import content
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui import typesetting
from tui.typesetting import SPACE, divide_line, wrap

NEVER_FIRST = "、。，．）」』】〕！？ーっゃゅょァィゥェォッャュョ々・：；"
NEVER_LAST = "（「『【〔"
LESSON = (
    "人工ニューロンは、入力に重みを掛けて足し合わせた前活性が閾値を超えたときにだけ発火する。"
    "重みを変えるのは学習（training）である。🙂𠮷野さんは「h\u00a0=\u00a01.5」とした。"
    "すると、パーセプトロンはもっと発火しやすくなった。シグモイドやtanh、ReLUなども使う。"
)
PIECES = [
    "前活性が",
    "閾値を、",
    "「発火する」",
    "（training）",
    "ちょっと",
    "パーセプトロン",
    "🙂",
    "𠮷野",
    "w",
    " ",
    "が\u3099",
]
PIECES += ["h\u00a0=\u00a01.5", "である。", "backpropagation ", "…", "人々の", "データ"]


def lines_of(text: str, width: int) -> list[str]:
    """The lines as `divide_line` parts them, with the spaces at their ends."""
    starts = divide_line(text, width)
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def check(text: str, width: int) -> None:
    lines = lines_of(text, width)
    assert "".join(lines) == text
    legal = set(typesetting.line_ends(text)[-1])
    end = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end += len(line)
        assert line
        assert cell_len(line.rstrip(SPACE)) <= width
        if end not in legal:
            # Only what is wider than a line may be parted elsewhere, and then it begins the line.
            start = end - len(line)
            assert not [place for place in legal if start < place <= end]
            continue
        assert following[:1] not in NEVER_FIRST or not following, (line, following)
        assert line[-1] not in NEVER_LAST
        assert not (line[-1:].isascii() and line[-1:].isalpha() and following[:1].isascii() and following[:1].isalpha())
        assert "\u00a0" not in (line[-1:], following[:1])


@pytest.mark.parametrize("width", range(10, 121))
def test_a_lesson_is_set_by_the_rules_at_every_width(width: int) -> None:
    check(LESSON, width)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join), st.integers(10, 120))
@settings(deadline=None, max_examples=150)
def test_any_text_is_set_by_the_rules(text: str, width: int) -> None:
    check(text, width)


@given(st.text(max_size=60).filter(lambda text: "\n" not in text), st.integers(2, 30))
@settings(deadline=None, max_examples=150)
def test_nothing_is_lost_and_no_line_is_too_wide_whatever_the_text(text: str, width: int) -> None:
    lines = lines_of(text, width)
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip(SPACE)) <= width or len(line) <= 2 for line in lines)


def test_phrases_stay_whole() -> None:
    assert wrap("その和を前活性という。前活性が閾値を超えると、発火する。", 24) == [
        "その和を前活性という。",
        "前活性が閾値を超えると、",
        "発火する。",
    ]


def test_a_line_is_not_left_half_empty_for_a_long_phrase() -> None:
    lines = wrap("信号がディープニューラルネットワークに届く。", 20)
    assert cell_len(lines[0]) >= 0.7 * 20


@pytest.mark.parametrize("width", range(8, 30))
def test_no_break_spaces_and_latin_words_hold(width: int) -> None:
    for line in wrap("閾値はh\u00a0=\u00a01.5でtrainingする", width):
        assert "h\u00a0=\u00a01.5" in line or "\u00a0" not in line
        assert "training" in line or not {"train", "ning"} & set(line.split())


def test_characters_beyond_the_basic_plane_do_not_shift_the_ends() -> None:
    assert wrap("🙂🙂🙂🙂、前活性", 12) == ["🙂🙂🙂🙂、", "前活性"]


def test_what_is_wider_than_a_line_is_parted_between_characters_only_when_folding() -> None:
    assert wrap("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]
    assert divide_line("a backpropagation b", 6, fold=False) == [2, 18]


def test_wrap_keeps_paragraphs_and_empty_lines() -> None:
    assert wrap("one two\n\nthree", 4) == ["one", "two", "", "thre", "e"]
    assert wrap("", 10) == [""]


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(LESSON, id="page")


async def test_all_of_textual_is_set_by_it() -> None:
    assert typesetting.install() and typesetting.install()
    try:
        app = Page()
        async with app.run_test(size=(41, 20)):
            shown = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
        assert shown[: len(wrap(LESSON, 41))] == wrap(LESSON, 41)
    finally:
        typesetting.uninstall()
    assert content.divide_line is not divide_line


def test_without_what_it_replaces_textual_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(content, "divide_line")
    assert not typesetting.install()


def test_without_icu_lines_end_at_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    typesetting.line_ends.cache_clear()
    typesetting.line_starts.cache_clear()
    monkeypatch.setattr(typesetting, "breakers", lambda: None)
    assert wrap("前活性 閾値", 8) == ["前活性", "閾値"]
    typesetting.line_ends.cache_clear()
    typesetting.line_starts.cache_clear()


def test_icu_is_loaded_with_the_first_japanese_text() -> None:
    program = (
        "import sys; from tui import typesetting; typesetting.install(); typesetting.wrap('plain words', 5);"
        "assert not any(name.startswith('icu4py') for name in sys.modules);"
        "typesetting.wrap('前活性', 4); assert 'icu4py.breakers' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
