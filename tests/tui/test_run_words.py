"""Runs in words: names, times, results, in both languages."""

from datetime import datetime

import pytest

from engine.training.record import RunRecord, Status
from tui import run_words
from tui.locale import words

EN, JA = words("en"), words("ja")
NOW = datetime(2026, 3, 2, 9, 30)


def record(**changed: object) -> RunRecord:
    values: dict[str, object] = {"id": "a-000000", "lab": "neuron.unit", "settings": {}, "function": "", "created": 0.0}
    return RunRecord(**(values | {"threads": 1} | changed))  # type: ignore[arg-type]


def test_a_run_is_called_by_its_name_else_by_what_differs() -> None:
    assert run_words.name_of(record(name="mine", settings={"h": 1}), EN) == "mine"
    assert run_words.name_of(record(), EN) == "default"
    assert run_words.name_of(record(settings={"w1": -0.5, "f": "tanh"}), JA) == "w₁ −0.5、f tanh"
    assert run_words.name_of(record(lab="no.lab", settings={"rate": 0.01}), EN) == "rate 0.01"


@pytest.mark.parametrize(
    ("moment", "english", "japanese"),
    [
        (datetime(2026, 3, 2, 8, 5), "today 08:05", "今日 08:05"),
        (datetime(2026, 3, 1, 23, 59), "yest. 23:59", "昨日 23:59"),
        (datetime(2026, 2, 28, 9, 30), "Feb 28", "2月28日"),
        (datetime(2025, 12, 31, 9, 30), "Dec 31 2025", "2025年12月31日"),
    ],
)
def test_the_start_is_said_as_people_say_it(moment: datetime, english: str, japanese: str) -> None:
    found = [run_words.started(moment.timestamp(), NOW.timestamp(), each) for each in (EN, JA)]
    assert found == [english, japanese]


def test_times_results_and_sizes_are_short() -> None:
    assert [run_words.clock(each) for each in (0, 38.9, 75, 3723)] == ["0:00", "0:38", "1:15", "1:02:03"]
    assert [run_words.left(each, EN) for each in (3.2, 100, 7200)] == ["3 s left", "2 min left", "2 h left"]
    assert run_words.result(Status(values={"test_accuracy": 0.955, "test_loss": 0.1})) == "95.5 %"
    assert run_words.result(Status(values={"test_loss": 0.1224})) == "0.122"
    assert run_words.result(Status(values={"train_loss": 1.0})) == "–"
    assert [run_words.size_text(each) for each in (900, 1_500_000, 412_000_000)] == ["1 kB", "1.5 MB", "412 MB"]


def test_a_text_is_cut_to_cells() -> None:
    assert run_words.fit("学習率 0.01", 6, lambda text: sum(1 + (each > "⿿") for each in text)) == "学習…"
    assert run_words.fit("rate", 4, len) == "rate"
    assert run_words.fit("rate", 0, len) == ""
