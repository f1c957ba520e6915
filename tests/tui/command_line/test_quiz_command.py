"""The quiz as it is typed: its questions to read, its answers graded, in lines and in JSON."""

import json
from collections.abc import Callable

import pytest

from lessons import quiz

Type = Callable[..., tuple[int, str, str]]
TWO = "questions=and_one_input,xor_alone"


def test_json_has_the_questions_as_they_are_read_and_grades_answers(nnlab: Type) -> None:
    status, stdout, stderr = nnlab("run", "summary.quiz", TWO, "--json")
    assert (status, stderr) == (0, "")
    before = json.loads(stdout)
    assert [asked["question"] for asked in before["asked"]] == [
        quiz.text(f"quiz.{name}.question", "en") for name in ("and_one_input", "xor_alone")
    ]
    assert (before["answered"], before["complete"], before["asked"][0]["answer"]) == (0, False, None)

    answers = "".join(
        str(asked["choices"].index(quiz.text(f"quiz.{name}.{quiz.questions()[name].entry.right}", "en")) + 1)
        for name, asked in zip(before["names"].split(","), before["asked"], strict=True)
    )
    status, stdout, _ = nnlab("run", "summary.quiz", TWO, f"answers={answers}", "--json")
    after = json.loads(stdout)
    assert (status, after["right"], after["complete"], after["missed"]) == (0, 2, True, [])
    assert after["asked"][1]["lab"] == quiz.questions()["xor_alone"].entry.lab


def test_without_names_the_seed_draws_and_names_them(nnlab: Type) -> None:
    drawn = [json.loads(nnlab("run", "summary.quiz", f"seed={seed}", "--json")[1])["names"] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0].split(",")) == 10


def test_a_sheet_is_read_in_the_learners_language(nnlab: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "ja_JP.UTF-8")
    status, stdout, _ = nnlab("run", "summary.quiz", TWO, "answers=1")
    assert status == 0
    assert "1  w₁ = w₂ = 1" in stdout and "2  ユニット一つに XOR" in stdout
    assert f"nnlab open '{quiz.questions()['and_one_input'].entry.lab}'" in stdout
    assert quiz.questions()["xor_alone"].entry.lab not in stdout, "nothing is told of an open question"
    assert "@" not in stdout


@pytest.mark.parametrize("typed", ["answers=15", "answers=a", "questions=No!", "count=21", "section=ten", "at=-1"])
def test_what_cannot_be_is_said_in_one_line(typed: str, nnlab: Type) -> None:
    status, stdout, stderr = nnlab("run", "summary.quiz", typed)
    assert (status, stdout) == (2, "")
    assert stderr.startswith("nnlab: ") and stderr.count("\n") == 1
