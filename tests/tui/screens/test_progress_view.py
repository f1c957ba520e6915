"""`summary.progress` as a learner uses it: labs that are next, squares, results, what is not written yet."""

import errno
import re
from datetime import timedelta
from pathlib import Path

import pytest
from learner import app_of, click, lab, place_of, press, section, settle, shown, text_of
from made_runs import MadeRuns

from lessons import progress as journals
from lessons.progress import Journal, Opened, Solved
from tui.labs.summary.progress.links import NextLabs, ResultList
from tui.labs.summary.progress.section_rows import SectionRows

ADDRESS = "summary.progress"


@pytest.fixture
def record(tmp_path: Path) -> None:
    """Two labs of the neuron's section, one solved and one begun, a month ago."""
    journal = Journal(tmp_path / "state" / "progress")
    for exercise in ("flip", "reach", "same"):
        journal.record(
            Solved(lab="neuron.synapse", exercise=exercise, address="neuron.synapse?w=2", time=1.0, value="0.93")
        )
    journal.record(Opened(lab="neuron.unit", time=2.0))


async def test_the_lab_that_is_next_is_opened_by_enter_and_by_a_click(opened, record) -> None:
    async with opened(f"{ADDRESS}?rule=begun") as pilot:
        assert [each.lab for each in lab(pilot).observation.following] == ["neuron.unit"]
        assert "left half-done" in text_of(pilot, "#next")
        pilot.app.screen.query_one(NextLabs).focus()
        await press(pilot, "enter")
        assert section(pilot).lab_name == "neuron.unit"
    async with opened(f"{ADDRESS}?rule=order") as pilot:
        await click(pilot, "#next", "1")
        assert section(pilot).lab_name == "introduction.map"


async def test_arrows_choose_a_section_and_its_labs_stand_beside_the_rows(opened, record) -> None:
    async with opened(ADDRESS) as pilot:
        assert isinstance(pilot.app.focused, SectionRows)
        await press(pilot, "down", "down")
        assert lab(pilot).settings.section == "neuron"
        assert "▪▪▪" in text_of(pilot, "#used") and "Gates" in text_of(pilot, "#used")
        await press(pilot, "enter")
        assert section(pilot).section.name == "neuron"


async def test_a_click_on_a_square_opens_its_lab_and_on_a_row_chooses_it(opened, record) -> None:
    async with opened(ADDRESS) as pilot:
        rows = pilot.app.screen.query_one(SectionRows)
        await pilot.click(rows, offset=(8, place_of(rows, "choose:language")[1]))
        await press(pilot)
        assert lab(pilot).settings.section == "language"
        assert "Neuron" in rows.tip("lab:neuron.unit") and "0/3" in rows.tip("lab:neuron.unit")
        await click(pilot, "#section-rows", "lab:neuron.unit")
        assert section(pilot).lab_name == "neuron.unit"


async def test_results_are_walked_through_and_opened_at_their_run(opened, record, tmp_path: Path) -> None:
    made = MadeRuns(tmp_path / "state" / "runs")
    made.add(1, best=0.95)
    made.add(2, best=0.97, settings={"rate": 0.01}, ago=timedelta(hours=1))
    async with opened(f"{ADDRESS}?view=results") as pilot:
        assert [each.rank for each in lab(pilot).observation.results] == [1, 2, 0, 0, 0]
        pilot.app.screen.query_one(ResultList).focus()
        before = text_of(pilot, "#curve")
        await press(pilot, "down")
        assert lab(pilot).settings.row == 2 and text_of(pilot, "#curve") != before
        await press(pilot, "end")
        assert lab(pilot).observation.curve is None and "0.93" in text_of(pilot, "#detail")
        await press(pilot, "home", "enter")
        assert section(pilot).lab_name == "convolution.lenet5"
        assert lab(pilot).settings.run == "lenet5-000002" and lab(pilot).settings.rate == 0.01


async def test_what_was_done_elsewhere_is_counted_when_the_lab_is_opened_again(opened) -> None:
    async with opened(ADDRESS) as pilot:
        assert lab(pilot).observation.solved == 0
        app = app_of(pilot)
        app.open_address("neuron.unit")
        await press(pilot)
        app.keeping._record(Solved(lab="neuron.unit", exercise="flip", address="neuron.unit"))
        app.open_address(ADDRESS)
        await pilot.pause()
        await lab(pilot).settled()
        await pilot.pause()
        assert lab(pilot).observation.solved == 1
        assert "1/" in text_of(pilot, "#section-rows")


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_what_could_not_be_written_is_said_and_not_lost(opened, language: str, monkeypatch) -> None:
    def full(path: Path, events: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as patched:
        patched.setattr(journals, "_append", full)
        async with opened(ADDRESS, language=language) as pilot:
            said = text_of(pilot, "#record-news")
            assert ("could not be written" if language == "en" else "まだ書けていない") in said
            keeping = app_of(pilot).keeping
            assert [event.lab for event in keeping.journal.unsaved] == [ADDRESS]
            await press(pilot, "v")
    assert keeping.journal.save() is None and keeping.journal.progress()[0].opened[ADDRESS]


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_entries_of_a_newer_nnlab_are_told_in_one_sentence(opened, language: str, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "progress"
    folder.mkdir(parents=True)
    line = b'{"event":"sung","lab":"neuron.unit"}\n'
    (folder / "newer.jsonl").write_bytes(line)
    async with opened(ADDRESS, language=language) as pilot:
        assert ("newer nnlab" if language == "en" else "新しい nnlab") in text_of(pilot, "#record-news")
    assert (folder / "newer.jsonl").read_bytes() == line


async def test_an_empty_record_says_what_will_be_there(opened) -> None:
    async with opened(ADDRESS) as pilot:
        await press(pilot, "v")
        assert "There are no results yet" in shown(pilot)
        await press(pilot, "v")
        assert "No exercise is solved yet" in shown(pilot)
        await press(pilot, "v")
        assert lab(pilot).settings.view == "sections"


async def test_it_is_drawn_at_every_size(opened, record) -> None:
    async with opened(f"{ADDRESS}?record=example&rule=fading&days=9", size=(80, 24)) as pilot:
        for size in ((50, 12), (79, 23), (200, 60)):
            await pilot.resize_terminal(*size)
            for _ in range(3):
                await press(pilot, "v", "tab")
                assert pilot.app._exception is None
                assert size < (80, 24) or "5.2" in shown(pilot)


async def test_where_rows_have_no_room_those_about_the_chosen_one_are_shown(opened) -> None:
    async with opened(ADDRESS, size=(80, 24)) as pilot:
        await press(pilot, "e", "h")  # the opened exercise and its hint take rows from the sections
        rows = text_of(pilot, "#section-rows")
        assert len(rows.splitlines()) < 11 and "The goal of AI" in rows and "Summary" not in rows
        assert rows.splitlines()[-1].startswith("↓") and all(not line.endswith("↓") for line in rows.splitlines())
        lab(pilot).set("section", "summary")
        await press(pilot)
        rows = text_of(pilot, "#section-rows")
        assert len(rows.splitlines()) < 11 and "Summary" in rows and "The goal of AI" not in rows
        assert rows.lstrip().startswith("↑")


async def test_names_of_curves_stand_in_the_order_of_their_ends_however_few_rows_there_are(opened) -> None:
    for size, keys in (((120, 40), ()), ((80, 24), ("e", "down", "h", "h", "h"))):
        async with opened(f"{ADDRESS}?record=example&view=recall&rule=fading", size=size) as pilot:
            await press(pilot, *keys)
            lines = [line for line in text_of(pilot, "#remembered").splitlines() if line.strip()]
            found = re.findall(r"\b\d\.\d\b", " ".join(re.sub(r"^\s*\S+", "", line)[40:] for line in lines))
            assert found == ["5.1", "2.2", "2.1", "2.3", "8.2", "7.1", "5.2"], lines


async def test_the_rule_and_the_days_are_explained_where_there_is_room(opened) -> None:
    async with opened(ADDRESS) as pilot:
        assert "exercises left   days later: after the record's last day" in text_of(pilot, "#about")
        lab(pilot).set("rule", "fading")
        await press(pilot)
        assert "fading: what you have most likely forgotten" in text_of(pilot, "#about")


async def test_a_wrong_section_is_named_and_what_a_prediction_came_to_is_explained(opened) -> None:
    async with opened(f"{ADDRESS}?record=example") as pilot:
        await press(pilot, "e", "right", "right", "enter")
        said = text_of(pilot, "#exercise")
        assert "named, by order → by fading: Nerve cell → Synapse" in said
        await press(pilot, "u")
        assert lab(pilot).settings.rule == "order" and "by order → by fading:" in text_of(pilot, "#exercise")
        await press(pilot, "down")
        lab(pilot).set("section", "neuron")
        await settle(pilot)
        said = text_of(pilot, "#exercise")
        assert re.search(r"✗ +the example, all sections +now example · 2 neuron", said), said
        lab(pilot).load(f"{ADDRESS}?record=example&view=recall&rule=fading&days=9")
        await settle(pilot)
        assert "now 7   over by 2" in text_of(pilot, "#exercise")
