"""The quiz as a learner goes through it: keys and mouse, verdict and reason, the record, what comes back."""

import pytest
from learner import app_of, click, lab, press, section, settle, shown, text_of

from lessons import quiz
from lessons.progress import read
from lessons.summary.labs.quiz import QuizObservation, QuizSettings
from tui.labs.summary.quiz_missed import MissedList
from tui.labs.summary.quiz_page import QuestionPage

FIVE = "questions=and_one_input,xor_alone,colder"
"""Three questions, whatever else is drawn."""

FULLWIDTH = dict(enumerate("１２３４", start=1))
"""Numbers as an input method left on sends them."""


def seen(pilot) -> QuizObservation:
    found = lab(pilot).observation
    assert isinstance(found, QuizObservation)
    return found


def settings(pilot) -> QuizSettings:
    found = lab(pilot).settings
    assert isinstance(found, QuizSettings)
    return found


def right_key(pilot) -> int:
    """Give the number of the right choice of the present question."""
    asked = seen(pilot).asked[seen(pilot).at - 1]
    name = asked.name.partition(".")[2]
    return asked.choices.index(f"@quiz.{name}.{quiz.questions()[name].entry.right}") + 1


def wrong_key(pilot) -> int:
    return right_key(pilot) % 4 + 1


async def test_a_question_is_answered_by_its_number_and_the_reason_comes_at_once(opened) -> None:
    async with opened(f"summary.quiz?{FIVE}") as pilot:
        page = text_of(pilot, "#question")
        assert "Question 1/3" in page and quiz.text("quiz.and_one_input.question", "en")[:30] in page
        why = str(quiz.text("quiz.and_one_input.why", "en"))[:30]
        assert why not in page

        await press(pilot, str(right_key(pilot)), "1")  # a number that comes once more opens no lab

        page = text_of(pilot, "#question")
        assert "✓  That is right" in page and why in page and "2.3 Neuron" in page
        await press(pilot, "space")
        assert "Question 2/3" in text_of(pilot, "#question")
        key = wrong_key(pilot)
        await press(pilot, FULLWIDTH[key])
        assert f"✗  The right answer is {seen(pilot).asked[1].answer}" in text_of(pilot, "#question")
        await press(pilot, "enter", "space", "full_stop")
        assert (seen(pilot).answered, seen(pilot).at) == (2, 3), "a question that is open is not gone past"
        await press(pilot, *["down"] * (right_key(pilot) - 1), "enter")
        assert (seen(pilot).right, seen(pilot).at) == (2, 3)


async def test_a_click_answers_and_a_click_opens_the_lab(opened) -> None:
    async with opened(f"summary.quiz?{FIVE}") as pilot:
        await click(pilot, "#question", f"choice:{wrong_key(pilot)}")
        assert seen(pilot).asked[0].right is False
        await press(pilot, "space")
        await click(pilot, "#question", "at:1")
        assert seen(pilot).at == 1
        await click(pilot, "#question", "open")

        assert section(pilot).lab_name == "neuron.unit"
        assert lab(pilot).address == quiz.questions()["and_one_input"].entry.lab
        assert app_of(pilot).open_address("summary.quiz")
        await settle(pilot)
        assert settings(pilot).answers, "the quiz stays where it was"


async def test_the_result_names_what_was_missed_and_its_labs_and_r_asks_the_same_again(opened) -> None:
    async with opened(f"summary.quiz?{FIVE}") as pilot:
        names = seen(pilot).names
        await press(pilot, str(wrong_key(pilot)), "space")
        await press(pilot, str(right_key(pilot)), "space")
        await press(pilot, str(wrong_key(pilot)), "space")

        assert seen(pilot).complete and isinstance(pilot.app.focused, MissedList)
        words = text_of(pilot, "#missed-list")
        assert "1 of 3 right" in words and "2.3 Neuron" in words and "7.2 GPT" in words
        assert "1/2" in text_of(pilot, "#result")
        await press(pilot, "down", "enter")
        assert seen(pilot).at == 3 and isinstance(pilot.app.focused, QuestionPage)
        await press(pilot, "space")
        assert seen(pilot).at == 0
        await press(pilot, "comma", "comma")
        assert seen(pilot).at == 2
        await press(pilot, "r")
        assert (seen(pilot).names, seen(pilot).answered, seen(pilot).at) == (names, 0, 1)
        assert isinstance(pilot.app.focused, QuestionPage)


async def test_answers_are_recorded_once_and_what_was_missed_comes_first_next_time(opened) -> None:
    async with opened("summary.quiz?count=3") as pilot:
        first, second, third = seen(pilot).asked
        await press(pilot, str(wrong_key(pilot)), "space")
        await press(pilot, str(right_key(pilot)), "comma", "full_stop", "space")
        await press(pilot, str(wrong_key(pilot)), "space")

        record = app_of(pilot).keeping.progress.answered
        assert {name: (each.tries, each.last.right) for name, each in record.items()} == {
            first.name: (1, False),
            second.name: (1, True),
            third.name: (1, False),
        }
        assert read(app_of(pilot).places.progress)[0].answered == record

        await press(pilot, "n")
        assert settings(pilot).seed == 1 and settings(pilot).answers == ""
        assert [each.name for each in seen(pilot).asked[:2]] == [first.name, third.name]
        assert second.name not in {each.name for each in seen(pilot).asked}
        assert "missed last time" in text_of(pilot, "#question")
        assert "missed 2" in text_of(pilot, "#record")
        assert "New questions have been drawn" in shown(pilot)

        await press(pilot, str(right_key(pilot)), "n")
        assert seen(pilot).asked[0].name == third.name
        lab(pilot).set("section", "language")
        await settle(pilot)
        assert {each.name.partition(".")[0] for each in seen(pilot).asked} == {"language"}


async def test_a_question_that_is_gone_is_said_and_undoing_takes_no_answer_back(opened) -> None:
    async with opened("summary.quiz?questions=was_once,colder") as pilot:
        assert "was_once" in text_of(pilot, "#notice")
        lab(pilot).past = []
        await press(pilot, "1", "u")
        assert settings(pilot).answers == "1" and seen(pilot).answered == 1


async def test_a_record_that_cannot_be_written_keeps_the_answers_and_says_so_once(
    opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    async with opened(f"summary.quiz?{FIVE}") as pilot:
        folder = app_of(pilot).places.progress
        with monkeypatch.context() as patched:
            patched.setattr("lessons.progress._append", full)
            await press(pilot, str(right_key(pilot)))
            assert seen(pilot).right == 1
            assert "full" in text_of(pilot, "#footer").lower()
            await press(pilot, "space", str(wrong_key(pilot)))
            assert len(app_of(pilot).keeping.journal.unsaved) == 2
            assert app_of(pilot).keeping.progress.answered["neuron.xor_alone"].last.right is False
        await press(pilot, "space", str(right_key(pilot)))  # there is room again

        assert app_of(pilot).keeping.journal.unsaved == []
        assert len(read(folder)[0].answered) == 3


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_every_question_is_seen_whole_at_the_smallest_size(opened, language: str) -> None:
    """The longest questions with their explanations and labs, on 80×24."""
    from rich.cells import cell_len

    def length(question):
        found = question.entry.ja if language == "ja" else question.entry.en
        return sum(-(-cell_len(part) // 66) for part in (found.question, found.why))

    longest = sorted(quiz.questions().values(), key=length)[-6:]
    names = ",".join(question.name for question in longest)
    async with opened(f"summary.quiz?questions={names}", size=(80, 24), language=language) as pilot:
        for question in longest:
            await press(pilot, "1")
            page = pilot.app.screen.query_one("#question", QuestionPage)
            assert len(page._lines(page.size.width, airy=False)) + 1 <= page.size.height, question.full
            assert "open" in {spot.name for spot in page.canvas.spots}
            await press(pilot, "space")
