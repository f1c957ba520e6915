"""The ways back along links: they hold while the learner stays where a link has led."""

from tui.ways import MOST, Ways


def test_links_one_after_another_lead_back_one_after_another() -> None:
    ways = Ways()
    ways.led("summary.quiz", "neuron.unit")
    ways.at("neuron.unit")
    ways.led("neuron.unit", "language.gpt")

    assert ways.back_from("language.gpt") == "neuron.unit" and ways.back_from("neuron.unit") is None
    assert ways.pop() == "neuron.unit"
    ways.at("neuron.unit")
    assert ways.back_from("neuron.unit") == "summary.quiz"
    assert ways.pop() == "summary.quiz"
    assert ways.back_from("summary.quiz") is None


def test_who_goes_elsewhere_has_no_way_back_afterwards() -> None:
    ways = Ways()
    ways.led("summary.quiz", "neuron.unit")
    ways.at("neuron.gates")
    ways.at("neuron.unit")
    assert ways.back_from("neuron.unit") is None

    ways.led("summary.quiz", "neuron.unit")
    ways.led("neuron.gates", "language.gpt")  # a link in a lab that no link has led to
    assert ways.pop() == "neuron.gates" and ways.back_from("neuron.unit") is None


def test_ways_are_not_kept_without_end() -> None:
    ways = Ways()
    for _ in range(MOST * 3):
        ways.led("a.one", "b.two")
        ways.led("b.two", "a.one")
    count = 0
    while ways.back_from("a.one") or ways.back_from("b.two"):
        ways.pop()
        count += 1
    assert count == MOST
