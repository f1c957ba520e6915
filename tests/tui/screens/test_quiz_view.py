"""The quiz as a learner goes through it: keys and mouse, verdict and reason, the record, what comes back."""

import pytest
from learner import app_of, click, lab, press, section, settle, shown, text_of

from engine.learner.spacing import shuffled
from lessons import quiz
from lessons.address import parse
from lessons.progress import read
from lessons.summary.labs.quiz import QuizObservation, QuizSettings
from tui.labs.summary.quiz_missed import MissedList
from tui.labs.summary.quiz_page import QuestionPage
from tui.screens.help import entries_of
from tui.screens.home import HomeScreen
from tui.widgets.footer import FooterLine

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


async def test_numbers_answer_from_anywhere_in_the_lab_and_jump_to_no_other(opened) -> None:
    """From the slider, the open exercise and the lesson; wide numbers too; what is no choice rests."""
    async with opened(f"summary.quiz?{FIVE}", size=(120, 40)) as pilot:
        section(pilot).view.control("count").focus()  # type: ignore[union-attr]
        await press(pilot, "5", "９", "0")
        assert section(pilot).lab_name == "summary.quiz" and seen(pilot).answered == 0
        assert "1…4 answer" in text_of(pilot, "#footer")
        await press(pilot, "3")
        assert settings(pilot).answers == "3"
        assert "1…4" not in text_of(pilot, "#footer")
        await press(pilot, "1", "3")  # it is answered: a number that comes once more opens no lab
        assert section(pilot).lab_name == "summary.quiz" and settings(pilot).answers == "3"

        await press(pilot, "space", "e")  # the exercise sets a quiz of its own
        assert pilot.app.focused is section(pilot).query_one("#exercise")
        footer = section(pilot).query_one("#footer", FooterLine)
        footer._forget()
        await settle(pilot)
        assert "1…4 answer" in text_of(pilot, "#footer")
        await press(pilot, FULLWIDTH[2])
        assert settings(pilot).answers == "2"
        await press(pilot, "escape", "space")
        section(pilot).query_one("#lesson").focus()
        assert "1…4 answer" in text_of(pilot, "#footer")
        await press(pilot, FULLWIDTH[4])
        assert settings(pilot).answers == "24"

        lab(pilot).load("summary.quiz?questions=colder&answers=1")
        await settle(pilot)
        assert seen(pilot).at == 0
        await press(pilot, "3")
        assert section(pilot).lab_name == "summary.report", "the result has no choices"


async def test_numbers_that_are_typed_into_a_setting_answer_nothing(opened) -> None:
    async with opened("summary.quiz") as pilot:
        section(pilot).view.control("count").focus()  # type: ignore[union-attr]
        await press(pilot, "enter", "backspace", "backspace", "4", "enter")
        assert (settings(pilot).count, settings(pilot).answers, seen(pilot).total) == (4, "", 4)


async def test_escape_goes_back_to_the_quiz_that_a_lab_was_opened_from(opened) -> None:
    async with opened(f"summary.quiz?{FIVE}", size=(120, 40)) as pilot:
        await press(pilot, "1", "right")
        assert section(pilot).lab_name == "neuron.unit"
        assert "esc back to Quiz" in text_of(pilot, "#footer")
        await press(pilot, "e")
        assert "back to Quiz" not in text_of(pilot, "#footer"), "the open exercise is closed first"
        await press(pilot, "escape")
        assert section(pilot).lab_name == "neuron.unit"
        await press(pilot, "escape")
        assert section(pilot).lab_name == "summary.quiz" and settings(pilot).answers == "1"
        assert "back to" not in text_of(pilot, "#footer")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_whoever_leaves_the_lab_otherwise_has_no_way_back(opened) -> None:
    async with opened(f"summary.quiz?{FIVE}") as pilot:
        await press(pilot, "1", "right", "right_square_bracket", "left_square_bracket")
        assert section(pilot).lab_name == "neuron.unit"
        assert "back to" not in text_of(pilot, "#footer")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("language", "keys"),
    [("en", ("n new questions", "r same again")), ("ja", ("n 新しい問題", "r 同じ問題をもう一度"))],
)
async def test_the_footer_names_what_the_result_can_be_followed_by(opened, language: str, keys) -> None:
    async with opened("summary.quiz?questions=colder&answers=1", size=(120, 40), language=language) as pilot:
        assert seen(pilot).at == 0
        footer = text_of(pilot, "#footer")
        assert all(key in footer for key in keys) and "space" not in footer
        assert any("new_questions" in entry.names and entry.shown == "n" for entry in entries_of(section(pilot)))
        await press(pilot, "space")
        assert seen(pilot).at == 0


async def test_a_list_of_missed_questions_that_is_cut_says_how_many_more_there_are(opened) -> None:
    names = sorted(quiz.questions())[:20]
    given = all_wrong(names)
    async with opened(f"summary.quiz?questions={','.join(names)}&answers={given}&count=20", size=(120, 40)) as pilot:
        page = section(pilot).query_one(MissedList)
        assert len(page.missed) == 20

        def looked() -> list[int]:
            return [int(spot.name[5:]) for spot in page.canvas.spots if spot.name.startswith("open:")]

        first = looked()
        assert 0 < len(first) < 20 and f"… {20 - len(first)} more ↓" in text_of(pilot, "#missed-list")
        await click(pilot, "#missed-list", f"more:{len(first)}")
        assert page.cursor == len(first) and page.cursor in looked() and "before ↑" in text_of(pilot, "#missed-list")
        await press(pilot, *["down"] * (19 - page.cursor))
        assert looked()[-1] == 19 and "more ↓" not in text_of(pilot, "#missed-list")


def all_wrong(names: list[str]) -> str:
    """Give an answer to each question, all of them wrong."""
    known = quiz.questions()
    places = [shuffled(quiz.CHOICES, 0, name).index(known[name].entry.right) for name in names]
    return "".join(str((place + 1) % 4 + 1) for place in places)


def texts(found: quiz.Texts) -> tuple[str, ...]:
    return found.a, found.b, found.c, found.d


async def test_choices_that_are_numbers_are_not_mistaken_for_their_labels(opened) -> None:
    name = next(name for name, each in quiz.questions().items() if {"0", "1"} & set(texts(each.entry.en)))
    async with opened(f"summary.quiz?questions={name}") as pilot:
        page = text_of(pilot, "#question")
        assert all(f"[{number}]  " in page for number in range(1, 5))
        await press(pilot, "1")
        assert f"[{seen(pilot).asked[0].answer}]✓ " in text_of(pilot, "#question"), "the verdict names it by its number"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_section_with_fewer_questions_than_are_wanted_says_so(opened, size) -> None:
    async with opened("summary.quiz?section=language&count=20", size=size) as pilot:
        there = len(quiz.groups("language"))
        assert there < 20 and f"only {there} in this section" in text_of(pilot, "#question")
        await press(pilot, "1")
        assert f"only {there} in this section" in text_of(pilot, "#question")
        lab(pilot).set("count", there)
        await settle(pilot)
        assert "in this section" not in text_of(pilot, "#question")


async def test_who_comes_back_from_a_lab_finds_the_missed_question_that_led_there(opened) -> None:
    names = sorted(quiz.questions())[:3]
    async with opened(f"summary.quiz?questions={','.join(names)}&answers={all_wrong(names)}") as pilot:
        await press(pilot, "down", "down", "right")
        assert section(pilot).lab_name == parse(quiz.questions()[names[2]].entry.lab).lab
        await press(pilot, "escape")
        missed = section(pilot).query_one(MissedList)
        assert missed.has_focus and missed.present is not None and missed.present[0] == 3
        await press(pilot, "r", "1")
        assert missed.cursor == 0, "another round begins at its first"
