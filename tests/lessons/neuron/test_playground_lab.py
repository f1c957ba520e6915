"""The lab `neuron.playground`: what a run tells, learning that is changed, gone back to and branched from."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from engine.network.playground.table import TableError
from engine.network.playground.training import WeightsError
from lessons.address import address_of, parse
from lessons.neuron.experiments.playground import observe
from lessons.neuron.experiments.playground.carried import carried
from lessons.neuron.labs.playground.settings import PlaygroundSettings, layers, written
from lessons.neuron.labs.playground.weights import decode, encode, places
from lessons.vocabulary import marks
from lessons.vocabulary.observation import numbers
from lessons.vocabulary.settings import SettingError, settings_from


def begun(**settings):
    """A course of learning, and what it shows first."""
    course = observe(PlaygroundSettings(train=True, **settings))
    return course, next(course)


def test_a_run_tells_losses_speed_and_with_seeds_how_many_succeed():
    told = msgspec.json.decode(msgspec.json.encode(numbers(observe(PlaygroundSettings(epochs=60)))))
    many = numbers(observe(PlaygroundSettings(hidden="3", epochs=60, seeds=24, goal=0.1)))

    assert {"train_loss", "test_loss", "samples_per_second", "epochs"} <= told.keys()
    assert told["epochs"] == 60 and told["samples_per_second"] > 0 and "success_rate" not in told
    assert 0 < many["success_rate"] <= 1 and len(many["test_losses"]) == 24


def test_epochs_learned_at_once_are_those_learned_step_by_step():
    course, _ = begun(data="xor")
    settings = PlaygroundSettings(data="xor", train=True)
    for _ in range(7):
        last = course.send(settings)

    at_once = observe(PlaygroundSettings(data="xor", epochs=7))
    np.testing.assert_array_equal(last.weights, at_once.weights)
    assert last.epochs == at_once.epochs == 7


def test_settings_reach_what_learns_without_a_step_and_without_starting_over():
    course, _ = begun()
    settings = PlaygroundSettings(train=True)
    before = course.send(settings)
    changed = course.send(replace(settings, rate=0.1, hidden="5,2"))

    assert changed.epochs == before.epochs == 1
    old = dict(zip(places(("x1", "x2"), (4, 2)), before.weights, strict=True))
    new = dict(zip(places(("x1", "x2"), (5, 2)), changed.weights, strict=True))
    assert all(new[place] == weight for place, weight in old.items())
    assert course.send(replace(settings, rate=0.1, hidden="5,2")).epochs == 2


def test_an_earlier_moment_is_gone_on_from_as_if_nothing_had_happened():
    settings = PlaygroundSettings(train=True, optimizer="adam", batch=7)
    course, _ = begun(optimizer="adam", batch=7)
    early, late = course.send(settings), course.send(settings)
    again = next(observe(settings, early.state))

    np.testing.assert_array_equal(again.weights, late.weights)
    assert again.loss.lines[0].y.tolist() == pytest.approx(late.loss.lines[0].y.tolist(), rel=1e-6)


def test_the_goal_ends_it():
    course, _ = begun(data="gaussian", goal=0.2)
    settings = PlaygroundSettings(data="gaussian", goal=0.2, train=True)
    *_, last = iter(lambda: _sent(course, settings), None)

    assert last.reached and last.test_loss <= 0.2


def _sent(course, settings):
    try:
        return course.send(settings)
    except StopIteration:
        return None


def test_weights_set_by_hand_take_the_place_of_what_was_learned_and_give_it_back():
    course, _ = begun()
    settings = PlaygroundSettings(train=True)
    before = course.send(settings)
    moved = before.weights.copy()
    moved[0] = 2.5
    edited = course.send(replace(settings, weights=encode(moved)))
    assert edited.weights[0] == 2.5 and edited.epochs == before.epochs
    np.testing.assert_array_equal(course.send(settings).weights, before.weights)


def test_what_is_kept_for_an_address_leads_to_the_same_weights():
    course, _ = begun()
    seen = course.send(PlaygroundSettings(train=True))
    kept = settings_from(PlaygroundSettings, {**seen.kept})
    address = address_of("neuron.playground", kept)

    assert len(address) < 4096
    there = observe(settings_from(PlaygroundSettings, parse(address).values))
    assert there.weights == pytest.approx(seen.weights, abs=1e-6)
    assert observe(PlaygroundSettings(epochs=3)).kept == {}, "settings alone lead there"


def test_weights_of_another_network_are_refused():
    with pytest.raises(WeightsError) as refused:
        observe(PlaygroundSettings(weights=encode(np.zeros(5))))
    assert refused.value.values == {"kind": "size", "given": 5, "expected": 25}


@pytest.mark.parametrize("wrong", ["9", "8,,8", "8,8,8,8,8,8,8", "three", "8, 8"])
def test_layers_that_cannot_be_are_refused(wrong):
    with pytest.raises(SettingError, match=r"pattern|text"):
        settings_from(PlaygroundSettings, {"hidden": wrong})
    assert written(layers("8,8,8")) == "8,8,8" and written(layers("0")) == "0"


def test_no_hidden_layer_is_written_as_0_or_as_nothing():
    none, zero = (settings_from(PlaygroundSettings, {"hidden": each}) for each in ("", "0"))
    assert observe(none).units == observe(zero).units == 0


def test_a_rate_that_explodes_is_told_and_the_moments_before_are_good():
    how = {"data": "plane", "hidden": "4", "activation": "linear", "rate": 10.0}
    course, first = begun(**how)
    settings = PlaygroundSettings(train=True, **how)
    *_, last = iter(lambda: _sent(course, settings), None)

    assert last.exploded and [each.kind for each in last.wrong] == ["explodes"]
    assert np.isfinite(last.output.values).all() and not first.wrong


def test_own_points_and_files(tmp_path: Path):
    points = [(1.0, -2.5, 1.0), (-6.0, 6.0, -1.0)]
    assert marks.decode(marks.encode(points)) == points
    own = observe(PlaygroundSettings(data="own", points=marks.encode(points)))
    assert len(own.output.points) == 2 and own.missing == "", "one to learn from, one to test with, both drawn"
    assert own.output.tests is not None and own.output.tests.tolist() == [True, False]
    assert observe(PlaygroundSettings(data="own")).missing == "own"

    table = tmp_path / "points.csv"
    table.write_text("a,b,kind\n1,2,x\n2,1,y\n3,3,x\n4,1,y\n", encoding="utf-8")
    read = observe(PlaygroundSettings(data="file", file=str(table)))
    assert read.output.x.name == "a" and read.output.class_names == ("y", "x")
    table.write_text("a,b,kind\n1,2,x\n2,,y\n", encoding="utf-8")
    with pytest.raises(TableError, match="blank"):
        observe(PlaygroundSettings(data="file", file=str(table)))


def test_weights_come_back_from_their_text():
    weights = np.array([0.1, -3.25, 1e-4])
    assert decode(encode(weights)) == pytest.approx(weights, rel=1e-6)
    for text in ("!!", "あ", "A"):
        with pytest.raises(ValueError):
            decode(text)


def test_an_example_is_followed_forward_and_back():
    seen = observe(PlaygroundSettings(data="xor", hidden="2", view="example", turn=6))
    assert seen.turns == 7 and seen.passed is not None  # three forward, the loss, three back
    assert seen.output.present is not None


def test_links_show_the_gradient_where_it_is_looked_at():
    weights, gradient = (observe(PlaygroundSettings(view=view)).network.links for view in ("network", "gradient"))
    assert [each.spot for each in weights] == [each.spot for each in gradient]
    assert any(one.weight != other.weight for one, other in zip(weights, gradient, strict=True))


def test_any_network_of_a_stack_can_be_looked_at():
    stack = PlaygroundSettings(seeds=3, epochs=5)
    seen = [observe(replace(stack, shown=place)) for place in range(3)]
    assert seen[0].weights == pytest.approx(observe(PlaygroundSettings(epochs=5)).weights)
    assert (seen[2].weights == observe(replace(stack, shown=23)).weights).all()  # beyond the last it is the last
    assert len({tuple(each.weights) for each in seen}) == 3


def test_weights_are_carried_into_another_shape():
    before = PlaygroundSettings(hidden="2", weights=encode(np.arange(1.0, 10.0)))
    now = replace(before, hidden="3", x1_x2=True, weights="")
    found = dict(zip(places(("x1", "x2", "x1_x2"), (3,)), decode(carried(before, now)), strict=True))
    assert [found["x1", "1.1"], found["x2", "1.1"], found["bias", "1.2"]] == [1, 2, 6]
    assert [found["1.1", "output"], found["1.2", "output"], found["bias", "output"]] == [7, 8, 9]
    fresh = observe(now).weights[-2]
    assert found["1.3", "output"] == pytest.approx(fresh, rel=1e-6)  # what is new is the seed's
    assert carried(replace(before, weights=encode(np.zeros(3))), now) == ""
