"""`summary.report` as a learner uses it: chooses what stands in it, sees how much that is, and writes it."""

import errno
import re
from pathlib import Path

import pytest
from learner import lab, press, section, settle, shown, text_of
from recorded import Recorded

from lessons.progress import Solved, read
from tui.labs.summary.report_words import WriteLine
from tui.report import writing
from tui.widgets.entry import Entry


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.chdir(tmp_path)
    made = Recorded(tmp_path)
    made.full()
    return made


async def test_what_is_chosen_is_counted_and_what_is_counted_is_written(opened, record: Recorded) -> None:
    async with opened(address="summary.report?samples=0") as pilot:
        await settle(pilot)
        assert lab(pilot).observation.figures == 8 and "kB of HTML" in text_of(pilot, "#write")
        before = text_of(pilot, "#write")
        lab(pilot).set("curves", "none")
        await settle(pilot)
        assert lab(pilot).observation.figures == 0 and text_of(pilot, "#write") != before
        await press(pilot, "w")
        path = record.progress.parents[1] / "nnlab-report.html"
        assert "wrote" in shown(pilot) and f"✓ {path}"[-20:] in text_of(pilot, "#write")
        content = path.read_text(encoding="utf-8")
        assert "neuron.unit?w1=-0.8" in content and "<svg" not in content
        await press(pilot, "w")
        assert path.with_name("nnlab-report-2.html").exists() and path.read_text(encoding="utf-8") == content


async def test_the_row_of_the_file_is_in_the_learners_language_and_says_whose_record_it_is(
    opened, record: Recorded
) -> None:
    async with opened(address="summary.report?curves=none&samples=0", language="ja") as pilot:
        await settle(pilot)
        assert re.search(r"w 書く +HTML で \d+ kB", text_of(pilot, "#write"))
        await press(pilot, "w")
        await settle(pilot)
        assert "✓ " in text_of(pilot, "#write") and re.search(r"\.html に書きました \(\d+ kB\)", shown(pilot))
        await press(pilot, "L")
        await settle(pilot)
        assert re.search(r"w write +\d+ kB of HTML +▸ nnlab-report-2.html", text_of(pilot, "#write"))
        assert "に書きました" not in shown(pilot)
        lab(pilot).set("record", "example")
        await settle(pilot)
        assert "w write (the example)" in text_of(pilot, "#write")


async def test_a_click_writes_markdown_in_the_other_language_with_a_name(opened, record: Recorded) -> None:
    async with opened(address="summary.report?form=markdown&language=ja&curves=none&samples=0") as pilot:
        section(pilot).query_one("#setting-owner").focus()
        await press(pilot, "enter", *"<A>", "enter")
        assert not section(pilot).query(Entry) and lab(pilot).settings.owner == "<A>"
        await pilot.click(WriteLine, offset=(3, 0))
        await settle(pilot)
        content = (record.progress.parents[1] / "nnlab-report.md").read_text(encoding="utf-8")
        assert content.startswith("# ニューラルネットワークの学習記録\n\n\\<A\\>")


async def test_a_disk_that_takes_nothing_is_said(opened, record: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(writing, "put", refuse)
    async with opened(address="summary.report?curves=none&samples=0") as pilot:
        await press(pilot, "w")
        assert "The disk is full" in shown(pilot)
        assert not list(record.progress.parents[1].glob("nnlab-report*"))


async def test_an_empty_record_says_what_to_do(opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(address="summary.report", size=(80, 24), language="ja") as pilot:
        await settle(pilot)
        assert "まだ記録がありません" in text_of(pilot, "#news")
        await press(pilot, "w")
        assert (tmp_path / "nnlab-report.html").exists()


async def test_a_new_look_finds_what_was_solved_meanwhile(opened, record: Recorded) -> None:
    async with opened(address="summary.report?curves=none&samples=0") as pilot:
        before = lab(pilot).observation.solved
        await press(pilot, "[")
        record.note(Solved(lab="neuron.synapse", exercise="reach", address="neuron.synapse"))
        assert read(record.progress)[0].is_solved("neuron.synapse", "reach")
        await press(pilot, "]")
        assert lab(pilot).observation.solved == before + 1
