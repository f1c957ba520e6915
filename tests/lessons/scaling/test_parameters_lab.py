"""The heavy half of `scaling.parameters`: counts written out, the lecture's table, memory, the years, and to scale."""

import re
import sys

import pytest

import engine.machine
from engine.machine import Gpu, Machine
from lessons.scaling.experiments.parameters import observe
from lessons.scaling.experiments.parameters.memory import size
from lessons.scaling.labs.parameters import IMAGES, LANGUAGE, ParametersObservation, ParametersSettings
from lessons.scaling.labs.parameters.exercises import EXERCISES
from lessons.vocabulary.exercise import Moment, Trail
from lessons.vocabulary.figures import Formula
from lessons.vocabulary.settings import SettingError, fields, settings_from
from tui.drawing.canvas import Look
from tui.drawing.cells import draw
from tui.drawing.palette import palette
from tui.locale import words

GIB = 2**30
MODELS = next(each.choices for each in fields(ParametersSettings) if each.name == "model")


def seen(**settings: object) -> ParametersObservation:
    return observe(settings_from(ParametersSettings, settings))


def written(formula: Formula) -> list[str]:
    return [" ".join(term.number for term in line.terms if term.number) for line in formula.lines]


def test_every_model_is_a_network_for_images_or_language_or_the_learners_own() -> None:
    assert {"neuron", "own", *IMAGES, *LANGUAGE} == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_the_count_that_is_written_out_is_the_count(model: str) -> None:
    found = seen(model=model)
    results = [text.rpartition("= ")[2].replace(",", "") for text in written(found.arithmetic)]

    assert found.parameters == sum(part.parameters for part in found.part_counts)
    assert sum(part.share for part in found.part_counts) == pytest.approx(1)
    assert str(found.parameters) in results
    assert model == "neuron" or results[-1] == str(found.multiply_adds)
    for text in written(found.arithmetic)[-2 if model != "neuron" else -1 :]:
        summands, _, result = text.replace(",", "").replace("×", "*").rpartition(" = ")
        assert not summands or eval(summands) == int(result), text


def test_a_neuron_has_four_parameters_and_its_threshold_is_a_weight() -> None:
    found = seen()

    assert (found.parameters, found.weights, found.thresholds, found.layers) == (4, 3, 1, (3, 1))
    assert written(found.arithmetic) == ["w₁x₁ + w₂x₂ + w₃x₃ + w₀x₀", "3 × 1 + 1 = 4"]
    assert found.graph is not None
    dashed = [link for link in found.graph.links if link.weight is not None]
    assert len(found.graph.links) == found.parameters and len(dashed) == found.thresholds


@pytest.mark.parametrize(("layers", "links"), [("3,4,2", 26), ("2,1", 3), ("4,4,4,4", 60)])
def test_each_line_of_a_small_network_is_a_parameter(layers: str, links: int) -> None:
    found = seen(model="own", layers=layers)

    assert found.graph is not None and len(found.graph.links) == links == found.parameters
    assert sum(link.weight is not None for link in found.graph.links) == found.thresholds


def test_of_wide_layers_some_units_are_drawn_and_all_are_counted() -> None:
    found = seen(model="own", layers="784,100,10")

    assert found.parameters == 784 * 100 + 100 + 100 * 10 + 10 == (found.weights or 0) + (found.thresholds or 0)
    assert found.graph is not None and found.graph.heads == ("784", "100", "10") and len(found.graph.nodes) == 14
    assert found.parts.written[0].startswith("78,400 + 100 = 78,500")


@pytest.mark.parametrize("layers", ["3", "0,3", "3,,2", "3,4,", "a,b", "3.5,2", "100000,1", ",".join("1" * 10)])
def test_what_is_no_network_is_refused(layers: str) -> None:
    with pytest.raises(SettingError) as caught:
        seen(model="own", layers=layers)
    assert (caught.value.problem, caught.value.values["name"]) == ("pattern", "layers")


def test_a_token_costs_more_the_more_it_looks_at_up_to_the_context() -> None:
    costs = [seen(model="gpt1", tokens=tokens) for tokens in (16, 256, 512, 4096)]

    assert [each.looks_at for each in costs] == [16, 256, 512, 512]
    assert costs[1].multiply_adds - costs[0].multiply_adds == 240 * 2 * 12 * 768
    assert costs[2].multiply_adds == costs[3].multiply_adds
    assert seen(model="vgg16", tokens=16).looks_at is None


def test_the_table_has_all_rows_of_the_lecture_and_says_why() -> None:
    found = seen(view="table", model="gpt1")
    assert found.table is not None
    rows = {row.model: (row.quoted, row.counted) for row in found.rows}

    assert len(rows) == len(found.table.rows) == 13
    assert rows["GPT-3"] == (175_000_000_000, 174_604_259_328)
    assert rows["GPT-4"] == (None, None) and rows["PaLM 2"] == (340_000_000_000, None)
    assert found.table.rows[found.table.present or 0][0].text == "GPT"
    assert [reason.rpartition(".")[2] for reason in found.reasons] == ["as_bert", "unknown", "reported"]
    texts = {cells[0].text: cells[2].text for cells in found.table.rows}
    assert [texts[name] for name in ("AlexNet", "VGG-16", "BERT", "GPT-2", "PaLM")] == [
        "62.4M",
        "138.0M",
        "340M",
        "1.5B",
        "540B",
    ]
    assert seen(view="table").table.present is None


def machine(monkeypatch: pytest.MonkeyPatch, memory: int, *gpus: int) -> None:
    cards = tuple(Gpu(index, "", "a card", total, total, 0.0) for index, total in enumerate(gpus))
    found = Machine("a processor", 8, memory, 0, cards)
    monkeypatch.setattr(engine.machine, "describe", lambda: found)


@pytest.mark.parametrize(
    ("memory", "gpus", "fits"),
    [
        (16 * GIB, (), [False, False, False, False]),
        (64 * GIB, (), [False, False, False, True]),
        (16 * GIB, (24 * GIB, 80 * GIB), [False, False, True, True]),
        (1024 * GIB, (), [True, True, True, True]),
    ],
)
def test_memory_is_compared_with_this_machine(
    monkeypatch, memory: int, gpus: tuple[int, ...], fits: list[bool]
) -> None:
    machine(monkeypatch, memory, *gpus)
    found = seen(model="llama2_70b", view="memory")
    assert found.memory is not None

    assert found.bytes == {
        "32": 4 * found.parameters,
        "16": 2 * found.parameters,
        "8": found.parameters,
        "4": found.parameters // 2,
    }
    assert [text.endswith("✓") for text in found.memory.written[:4]] == fits
    assert found.memory.chosen == (fits.index(True) if True in fits else None)
    assert len(found.memory.names) == 5 + bool(gpus)
    assert (found.memory_total, found.gpu_total) == (memory, max(gpus, default=None))


def test_memory_of_a_device_is_written_once_and_in_the_unit_of_what_is_needed(monkeypatch) -> None:
    machine(monkeypatch, 16 * GIB, 24 * GIB)
    found = seen(model="gpt2", view="memory").memory
    assert found is not None and [text.split()[1] for text in found.written[-2:]] == ["GB", "GB"]
    assert not any("iB" in text for text in (*found.names, *found.written))


@pytest.mark.parametrize(
    ("layers", "over", "to_go"),
    [("784,10", False, "51,550"), ("784,70,60,10", False, ""), ("784,1500,40,10", True, "1,177,350")],
)
def test_too_many_parameters_are_over_the_goal(layers: str, over: bool, to_go: str) -> None:
    settings = settings_from(ParametersSettings, {"model": "own", "layers": layers})
    *_, near = EXERCISES[1].check(Trail(now=Moment(settings, observe(settings))))
    assert (near.over, near.to_go, near.met) == (over, to_go, not to_go)


def test_two_equal_networks_are_not_said_to_differ() -> None:
    settings = settings_from(ParametersSettings, {"model": "alexnet"})
    moment = Moment(settings, observe(settings))
    fewer = EXERCISES[2].check(Trail(now=moment, marked=moment))[2]
    assert not fewer.met and fewer.now == "60,965,224 : 60,965,224"


@pytest.mark.parametrize("model", ["neuron", "palm", "gpt2", "llama_65b"])
def test_the_names_of_the_years_stand_beside_their_points(model: str) -> None:
    chart = seen(view="years", model=model).years
    assert chart is not None
    look = Look(palette("night"), words("ja").say, False)
    rows = draw(chart, 69, 21, look).lines()
    for mark in chart.marks:
        assert any(
            re.search(rf"[●○] {re.escape(mark.name)}(?!\S)|(?<!\S){re.escape(mark.name)} [●○]", row) for row in rows
        ), mark


def test_a_machine_that_does_not_tell_its_memory_is_not_compared(monkeypatch) -> None:
    machine(monkeypatch, 0)
    found = seen(model="gpt2", view="memory")
    assert found.memory is not None

    assert len(found.memory.names) == 4 and found.memory.chosen is None and found.memory_total is None
    assert not any(mark in text for text in found.memory.written for mark in "✓✗")


def test_no_machine_is_asked_before_memory_is_looked_at(monkeypatch) -> None:
    monkeypatch.setattr(engine.machine, "describe", lambda: pytest.fail("asked"))

    assert seen(model="gpt2").memory_total is None


def test_sizes_are_written_by_thousands() -> None:
    assert [size(count) for count in (16, 1500, 2_000_000, 10**9, 2 * 10**12)] == [
        "16 B",
        "1.5 KB",
        "2.0 MB",
        "1.0 GB",
        "2.0 TB",
    ]


def test_the_years_have_every_network_with_a_number_and_the_chosen_one_first() -> None:
    marks = seen(view="years", model="llama_65b").years.marks

    assert len(marks) == 12 and (marks[0].name, marks[0].tone) == ("LLaMA 65.3B", "accent")
    assert [mark.name for mark in marks if mark.hollow] == ["PaLM 2"]
    for model in ("gpt2", "lenet5", "bert_base"):
        chart = seen(view="years", model=model).years
        assert len(chart.marks) == 13 and chart.marks[0].tone == "accent"
        assert chart.x.low <= chart.marks[0].x <= chart.x.high and chart.y.low <= chart.marks[0].y
    assert all(mark.tone != "accent" for mark in seen(view="years").years.marks)


def test_rectangles_are_to_scale() -> None:
    found = seen(view="scale", model="palm")
    assert found.stack is not None and found.squares is not None
    stack = {mark.name.partition(" ")[0]: (mark.x, mark.y) for mark in found.stack.marks}
    sides = {mark.name.partition(" ")[0]: mark.x for mark in found.squares.marks}

    assert stack == {"nano": (128, 4), "GPT-2": (768, 12), "GPT-3": (12_288, 96), "PaLM": (18_432, 118)}
    assert (sides["GPT-3"] / sides["GPT-2"]) ** 2 == pytest.approx(174_604_259_328 / 124_439_808)
    assert found.ratios["GPT-3"] == pytest.approx(174_604_259_328 / 820_864)
    assert [*seen(view="scale").ratios] == ["nano", "GPT-2", "GPT-3"]


def test_a_network_of_ones_own_needs_no_torch() -> None:
    import subprocess

    code = (
        "import sys; from lessons.scaling.experiments.parameters import observe; "
        "from lessons.scaling.labs.parameters import ParametersSettings as S; "
        "observe(S()); observe(S(model='own')); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
