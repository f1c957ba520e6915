"""The table of glyphs keeps its promise: one width in normal mode, none in doubt in wide mode."""

import unicodedata

import pytest
from rich.cells import cell_len

from tui.glyphs import AMBIGUOUS, GLYPHS, glyph, is_safe, translate, unsafe

FORBIDDEN = "①★※■◆🙂é"


def test_every_replacement_is_safe() -> None:
    assert [text for text in AMBIGUOUS.values() if not is_safe(text)] == []


def test_every_replaced_character_is_ambiguous_and_one_cell_wide() -> None:
    for character in AMBIGUOUS:
        assert unicodedata.east_asian_width(character) == "A", character
        assert cell_len(character) == 1, character


def test_no_safe_character_is_ambiguous() -> None:
    safe = [chr(code) for code in range(0x20, 0x30000) if is_safe(chr(code))]
    assert [character for character in safe if unicodedata.east_asian_width(character) == "A"] == []


@pytest.mark.parametrize("name", GLYPHS)
def test_every_name_has_a_glyph_in_both_modes(name: str) -> None:
    assert cell_len(glyph(name)) == 1 and not unsafe(glyph(name))
    assert is_safe(glyph(name, wide=True))


def test_wide_mode_replaces_and_normal_mode_leaves() -> None:
    text = "x₁ × α ≤ ● … 前活性"
    assert translate(text, wide=False) == text
    assert translate(text, wide=True) == "x1 * alpha <= O ... 前活性"


def test_what_no_screen_may_show_is_found() -> None:
    assert unsafe(f"前活性 h = 1.5 ▐ → {FORBIDDEN}") == set(FORBIDDEN)
    assert unsafe("") == set()
