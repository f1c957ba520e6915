"""`language.next_word` as a learner uses it: walks the tree, draws words, changes the corpus, asks, brings a text."""

from pathlib import Path

import pytest
from learner import click, lab, press, section, shown, text_of, wheel
from textual.pilot import Pilot
from textual.widgets import Input

from tui.labs.language.next_word_corpus import Corpus
from tui.screens.choose_image import ChooseImage
from tui.widgets.tree_view import TreeView

NAME = "language.next_word"


def tree(pilot: Pilot[int]) -> TreeView:
    return section(pilot).query_one("#tree", TreeView)


def path(pilot: Pilot[int]) -> str:
    return str(lab(pilot).settings.path)


async def typed(pilot: Pilot[int], text: str) -> None:
    """Put a text into the entry that is open, and take it."""
    entry = section(pilot).query_one(Input)
    entry.value = text
    await press(pilot, "enter")


async def test_the_first_picture_is_the_lectures_tree(opened) -> None:
    async with opened(address=NAME) as pilot:
        assert tree(pilot).has_focus
        text = text_of(pilot, "#tree")
        for word, share in (("首都は", "0.4"), ("首相", "0.3"), ("観光", "0.3"), ("東京", "0.7"), ("京都", "0.2"),
                            ("大阪", "0.1"), ("です", "0.7"), ("だろう", "0.2"), ("かもしれない", "0.1")):  # fmt: skip
            assert any(word in line and share in line[line.index(word) :] for line in text.splitlines()), word
        assert "0.196" in text_of(pilot, "#product")
        assert "だから" in text_of(pilot, "#corpus")


async def test_keys_walk_the_tree_and_the_product_runs_with_them(opened) -> None:
    async with opened(address=NAME) as pilot:
        await press(pilot, "down")
        assert path(pilot) == "首都 は"
        await press(pilot, "right", "down")
        assert path(pilot) == "首都 は 京都"
        assert "0.080" in text_of(pilot, "#product")
        await press(pilot, "home", "enter")
        assert path(pilot) == "首都 は 東京 です"
        await press(pilot, "left", "left", "end")
        assert path(pilot) == "観光"
        await press(pilot, "left", "left")
        assert path(pilot) == ""


async def test_a_click_goes_to_a_word_and_on_the_root_back(opened) -> None:
    async with opened(address=NAME) as pilot:
        await click(pilot, "#tree", "pick:1:京都")
        assert path(pilot) == "首都 は 京都"
        await click(pilot, "#tree", "pick:0:首相")
        assert path(pilot) == "首相"
        await wheel(pilot, tree(pilot), up=False)
        assert path(pilot) == "観光"
        await click(pilot, "#tree", "level:0")
        assert path(pilot) == ""


async def test_words_are_drawn_one_by_one_or_to_the_end_and_taken_back(opened) -> None:
    async with opened(address=f"{NAME}?seed=3") as pilot:
        whole = lab(pilot).observation.sampled
        assert len(whole) > 2
        await press(pilot, "full_stop")
        first = path(pilot).split()
        assert whole[: len(first)] == tuple(first)
        await press(pilot, "greater_than_sign")
        assert path(pilot).split() == list(whole)
        await press(pilot, "full_stop")
        assert path(pilot).split() == list(whole), "behind the end nothing is drawn"
        await press(pilot, "comma")
        assert path(pilot).split() == list(whole[:-1])
        await press(pilot, "less_than_sign", "n")
        assert path(pilot) == "" and lab(pilot).settings.seed == 4


async def test_a_changed_sentence_changes_the_tree(opened) -> None:
    async with opened(address=NAME) as pilot:
        corpus = section(pilot).query_one(Corpus)
        corpus.focus()
        await press(pilot, *["down"] * 7, "enter")
        await typed(pilot, "日本 の　首相 は 元気 だ")
        assert lab(pilot).observation.next["日本の"]["首相"] == 0.4
        assert "日本 の 首相 は 元気 だ" in text_of(pilot, "#corpus")
        await press(pilot, "enter")
        await typed(pilot, "a/b")
        assert lab(pilot).observation.changed == 1, "refused, nothing is lost"
        await press(pilot, "escape", "plus", "plus")
        assert lab(pilot).observation.sentences == 18
        await press(pilot, "minus")
        assert lab(pilot).observation.sentences == 17
        await press(pilot, "backspace")
        assert lab(pilot).settings.corpus == "" and lab(pilot).observation.next["日本の"]["首相"] == 0.3


async def test_prompt_and_sentence_are_typed_without_spaces_too(opened) -> None:
    async with opened(address=NAME) as pilot:
        section(pilot).query_one("#setting-prompt").focus()
        await press(pilot, "enter")
        await typed(pilot, "首都は")
        assert next(iter(lab(pilot).observation.next)) == "首都は"
        await click(pilot, "#setting-sentence", "text")
        await typed(pilot, "日本の首都は大阪です")
        assert lab(pilot).observation.sentence_probability == 0
        await press(pilot, "enter")
        await typed(pilot, "日本 の 猫")
        assert lab(pilot).observation.unknown == ("猫",) and "猫" in text_of(pilot, "#notice")


async def test_a_text_of_ones_own_is_counted_and_a_wrong_one_refused_with_nothing_lost(opened, tmp_path: Path) -> None:
    good, bad = tmp_path / "own.txt", tmp_path / "old.txt"
    good.write_text("赤い花が咲く。白い花も咲く。赤い鳥が鳴く。" * 10, encoding="utf-8")
    bad.write_text("日本の首都は東京です。\n" * 20, encoding="shift_jis")
    async with opened(address=NAME, size=(120, 40)) as pilot:
        tree(pilot).focus()
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ChooseImage)
        pilot.app.screen.query_one(Input).value = str(good)
        await press(pilot, "enter")
        assert (lab(pilot).settings.text, lab(pilot).observation.source) == ("file", "file")
        before = lab(pilot).observation.next
        await press(pilot, "i")
        pilot.app.screen.query_one(Input).value = str(bad)
        await press(pilot, "enter")
        assert lab(pilot).settings.file == str(good) and lab(pilot).observation.next == before
        assert "Shift_JIS" in text_of(pilot, "#notice")
        await press(pilot, "i", "enter")  # as it is likely to be meant
        assert (lab(pilot).settings.file, lab(pilot).settings.encoding) == (str(bad), "shift_jis")
        assert "首都" in text_of(pilot, "#corpus")
        await press(pilot, "i")
        pilot.app.screen.query_one(Input).value = ""
        await press(pilot, "enter")
        assert lab(pilot).settings == type(lab(pilot).settings)(), "no file is the lecture's text again"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_v_shows_one_part_after_another_where_there_is_little_room(opened, size: tuple[int, int]) -> None:
    async with opened(address=f"{NAME}?smoothing=kneser_ney", size=size) as pilot:
        for part in ("#corpus", "#words", "#perplexities", "#tree"):
            await press(pilot, "v")
            assert section(pilot).query_one(part).size.height > 2, part
            assert pilot.app.screen.focused is not None and pilot.app.screen.focused.size.height, part
        assert "首都" in shown(pilot)


async def test_a_long_sentence_is_seen_while_it_is_typed(opened) -> None:
    async with opened(address=NAME) as pilot:
        corpus = section(pilot).query_one(Corpus)
        corpus.at = max(range(len(corpus.lines)), key=lambda index: len(corpus.lines[index]))
        corpus.focus()
        await press(pilot, "enter", "end", "x")
        assert corpus.lines[corpus.at][-6:] + "x" in shown(pilot)
