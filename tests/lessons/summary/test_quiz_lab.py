"""The lab `summary.quiz`: what is asked by which record, how answers are looked up, what follows what."""

from pathlib import Path

import pytest

from lessons import quiz
from lessons.progress import Answered, Journal, Progress
from lessons.summary.experiments.quiz import observe, seen
from lessons.summary.labs.quiz import EXERCISES, QuizSettings
from lessons.vocabulary.exercise import Trail


def answered(names: list[str], *, right: bool, time: float = 1.0) -> Progress:
    """A record with these questions answered, one a second."""
    events = [
        Answered(
            lab="summary.quiz",
            section=quiz.questions()[name].section,
            question=name,
            right=right,
            choice="a",
            time=time + place,
        )
        for place, name in enumerate(names)
    ]
    return Progress().after(events)


def names_of(observation) -> list[str]:
    return observation.names.split(",")


def right_answers(settings: QuizSettings) -> str:
    """Answer each question by trying: what is told of the first choice says which is right."""
    told = seen(
        QuizSettings(seed=settings.seed, questions=seen(settings, Progress()).names, answers="1" * 20), Progress()
    )
    return "".join(str(each.answer) for each in told.asked)


def test_ten_questions_are_about_as_many_sections_as_there_are():
    assert observe(QuizSettings(count=10)).about == min(10, len(quiz.sections()))
    assert observe(QuizSettings(section="neuron", count=5)).about == 1


def test_a_section_with_fewer_questions_than_wanted_asks_all_of_them():
    found = observe(QuizSettings(section="neuron", count=20))

    assert sorted(names_of(found)) == sorted(quiz.groups("neuron"))


def test_a_repeated_quiz_asks_others():
    first = names_of(seen(QuizSettings(), Progress()))
    record = answered(first, right=True)

    for seed in range(5):
        assert not set(first) & set(names_of(seen(QuizSettings(seed=seed), record)))


def test_what_was_missed_comes_back_first_the_longest_ago_first():
    missed = ["xor_alone", "colder", "too_weak"]
    record = answered(missed, right=False)

    for seed in (1, 2):
        assert names_of(seen(QuizSettings(seed=seed), record))[:3] == missed
    assert names_of(seen(QuizSettings(section="language"), record))[0] == "colder"


def test_what_was_missed_and_then_known_is_missed_no_more():
    record = answered(["xor_alone"], right=False).after(
        [
            Answered(lab="summary.quiz", section="neuron", question="xor_alone", right=True, choice="a", time=9.0),
        ]
    )

    assert "xor_alone" not in names_of(seen(QuizSettings(section="neuron"), record))


def test_when_all_were_known_the_oldest_are_asked_again():
    order = sorted(quiz.groups("neuron"))

    assert names_of(seen(QuizSettings(section="neuron", count=3, seed=4), answered(order, right=True))) == order[:3]


def test_answers_in_the_record_of_questions_that_are_gone_change_nothing():
    record = Progress().after(
        [Answered(lab="summary.quiz", section="neuron", question="was_once", right=False, choice="a", time=1.0)]
    )

    assert seen(QuizSettings(), record).names == seen(QuizSettings(), Progress()).names


def test_the_record_is_read_where_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_PROGRESS", str(tmp_path))
    Journal(tmp_path).record(
        Answered(lab="summary.quiz", section="language", question="colder", right=False, choice="b")
    )

    assert names_of(observe(QuizSettings()))[0] == "colder"
    assert observe(QuizSettings(questions="xor_alone")).names == "xor_alone"


def test_the_same_seed_asks_the_same_first_questions_of_more():
    few, many = (observe(QuizSettings(count=count, seed=3)) for count in (5, 15))

    assert few.asked == many.asked[:5]


def test_the_right_answers_are_right_and_the_others_wrong():
    settings = QuizSettings(section="convolution", count=8)
    right = right_answers(settings)
    wrong = "".join(str(int(digit) % 4 + 1) for digit in right)

    for answers, count in ((right, 8), (wrong, 0), (right[:4] + wrong[4:], 4)):
        found = observe(QuizSettings(section="convolution", count=8, answers=answers))
        assert (found.right, len(found.missed), found.complete, found.at) == (count, 8 - count, True, 0)


def test_nothing_of_the_answer_is_told_before_it_is_given():
    first, second, *_ = observe(QuizSettings(answers="1")).asked

    assert first.why and first.lab and first.answer
    assert (second.why, second.lab, second.answer, second.right) == ("", "", None, None)


def test_steps_go_from_question_to_question_and_stop_at_one_that_is_open():
    def after(**values):
        return observe(QuizSettings(count=3, **values))

    assert after().onward == {} and after().backward == {}
    assert after(answers="1", at=1).onward == {"at": 0}
    assert after(answers="12").at == 3 and after(answers="12").onward == {}
    assert after(answers="12", at=1).onward == {"at": 2}
    assert after(answers="12").backward == {"at": 2}
    assert after(answers="123", at=3).onward == {"at": 0}
    assert after(answers="123").onward == {} and after(answers="123").backward == {"at": 3}
    assert after(answers="1", at=3).at == 2, "no question is seen before those before it are answered"


def test_a_question_that_is_gone_is_left_out_with_its_answer_and_said():
    found = observe(QuizSettings(questions="was_once,xor_alone,colder", answers="11"))

    assert names_of(found) == ["xor_alone", "colder"]
    assert (found.answered, found.at) == (1, 2)
    assert [news.values for news in found.news] == [{"names": "was_once"}]


def test_where_all_named_are_gone_others_are_drawn():
    assert observe(QuizSettings(questions="was_once", count=4)).total == 4


def test_guessing_is_right_for_about_a_quarter(moment):
    guess = EXERCISES[0]

    assert guess.answer(Trail(now=moment(guess.reveals[0]))) == "quarter"


def test_every_question_can_be_asked_and_answered(moment):
    for name, question in quiz.questions().items():
        found = observe(QuizSettings(questions=name, answers="1"))
        (asked,) = found.asked
        assert asked.choices[asked.answer - 1] == f"@{question.key(question.entry.right)}"
        assert asked.right == (asked.answer == 1)


def test_a_quiz_that_has_not_ended_tells_how_many_are_answered_and_not_that_none_is_wrong(moment):
    begun = moment("summary.quiz?section=neuron&seed=1")
    last = EXERCISES[1].check(Trail(begun))[-1]
    assert not last.met and last.now == "0 @summary.quiz.perfect.answered"

    ended = moment(EXERCISES[1].solution[0])
    last = EXERCISES[1].check(Trail(ended))[-1]
    assert last.met and not last.now


def test_the_hints_of_answering_again_tell_what_was_missed_at_the_mark(moment):
    before, after = EXERCISES[2].solution
    marked, anew = moment(before), moment(after.partition("&answers=")[0])

    assert EXERCISES[2].facts(Trail(marked))["missed_marked"] == "–"
    facts = EXERCISES[2].facts(Trail(anew, marked))
    assert (facts["missed"], facts["missed_marked"]) == ("0", str(len(marked.observation.missed)))
    assert int(facts["missed_marked"]) > 0
